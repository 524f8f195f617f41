# What is typed is kept: when a field is left, when typing stops, and through a kill at any moment.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter> ; row 1 "Linda Tucker"

case killed-after-a-field-was-left
keys 'c' '5' <Tab> ; cursor-on "Result" ; keys '1' ; type "45" ; keys <Tab>
signal KILL ; wait-exit 137
run ; passphrase ; expect "Linda Tucker" ; row 3 "unfinished form from today: Contact, 5 answers"
type "/lin" ; keys <Enter> <Enter> 'c' ; row 2 "Draft of 9 Mar 2026" ; row 2 "answers not yet filed"
row 2 "You left off here." ; cursor-on "Language used" ; expect "Phone" ; expect "Took place" ; expect "45"
keys <C-s> ; expect "Filed: Contact"
signal KILL ; wait-exit 137
run ; passphrase ; type "/lin" ; keys <Enter> <Enter> '6' ; row 2 "[Contacts]" ; expect "Phone"
keys 't' ; expect-not "unfinished form"

case killed-in-the-middle-of-a-sentence
keys 'w' ; type "The garden, and my sister in Porth" ; wakes
signal KILL ; wait-exit 137
run ; passphrase ; type "/lin" ; keys <Enter> <Enter> 'w'
row 2 "Draft of 9 Mar 2026" ; expect "The garden, and my sister in Porth"

case taken-up-from-today
keys 'w' ; type "The garden" ; keys <Tab> <Esc> ; expect "Kept as a draft."
keys 't' ; row 3 "Linda Tucker" ; row 3 "unfinished form" ; keys <Enter> ; row 1 "What matters conversation"
cursor-on "The garden"

case looked-at-only-leaves-nothing
keys 'c' <Tab> <Tab> <Tab> <Esc> ; expect-not "Kept as a draft" ; keys 't' ; expect-not "unfinished form"

case put-in-the-bin
keys 'w' ; type "Not this" ; keys <Tab> <F8> ; expect "The draft is in the bin for 30 days."
keys 'w' ; expect-not "Not this"

case killed-between-the-name-and-the-referral
keys 't' 'a' ; type "Ceri Prawf" ; keys <Enter> ; row 1 "Language"
signal KILL ; wait-exit 137
run ; passphrase ; row 3 "unfinished form from today: Language" ; keys <Enter> ; row 1 "Language" ; keys '1' <C-s> ; row 1 "Referral"
signal KILL ; wait-exit 137
run ; passphrase ; row 3 "unfinished form from today: Referral" ; keys <Enter> ; row 1 "Referral"
keys '1' <C-s> ; row 1 "Ceri Prawf" ; expect "waits for a decision"

case only-a-newcomer-is-asked-for-a-referral
type "/lin" ; keys <Enter> <Enter> '2' ; row 2 "[Intake]" ; keys <Enter> ; row 1 "Language" ; keys '1'
signal KILL ; wait-exit 137
run ; passphrase ; keys <Enter> ; row 1 "Language" ; keys <C-s> ; row 1 "Today"

# An entry for the directory is about nobody: what it is stands where a name would, and no empty dash.
case a-draft-about-nobody-has-a-name-too
keys 'A' 'a' ; type "Knit and natter" ; keys <Tab> <Esc> ; expect "Kept as a draft." ; keys 't' ; row 3 "Community asset" ; row 3 "unfinished form from today"
keys <Enter> ; expect "Knit and natter" ; keys <C-s> ; expect "Filed: Community asset"
