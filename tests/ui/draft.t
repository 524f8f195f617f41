# What is typed is kept: when a field is left, when typing stops, and through a kill at any moment.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter> ; row 1 "Linda Tucker"

case killed-after-a-field-was-left
keys 'c' '5' <Tab> ; cursor-on "Result" ; keys '1' ; type "45" ; keys <Tab>
signal KILL ; wait-exit 137
run ; passphrase ; expect "Linda Tucker" ; row 3 "unfinished"
type "/lin" ; keys <Enter> <Enter> 'c' ; row 2 "Draft of 9 Mar 2026" ; row 2 "answers not yet filed"
row 2 "You left off here." ; cursor-on "Language used" ; expect "Phone" ; expect "Took place" ; expect "45"
keys <C-s> ; expect "Filed: Contact"
signal KILL ; wait-exit 137
run ; passphrase ; type "/lin" ; keys <Enter> <Enter> '6' ; row 2 "[6 Contacts]" ; expect "Phone"
keys 't' ; expect-not "not yet filed."

case killed-in-the-middle-of-a-sentence
keys 'w' ; type "The garden, and my sister in Porth" ; wakes
signal KILL ; wait-exit 137
run ; passphrase ; type "/lin" ; keys <Enter> <Enter> 'w'
row 2 "Draft of 9 Mar 2026" ; expect "The garden, and my sister in Porth"

case taken-up-from-today
keys 'w' ; type "The garden" ; keys <Tab> <Esc> ; expect "Kept as a draft."
keys 't' ; row 3 "Linda Tucker" ; row 3 "What matters conversation, 12:00, 2 answers" ; keys <Enter> ; row 1 "What matters conversation"
cursor-on "The garden"

case looked-at-only-leaves-nothing
keys 'c' <Tab> <Tab> <Tab> <Esc> ; expect-not "Kept as a draft" ; keys 't' ; expect-not "not yet filed."

# Neither what was filled in before nor a form that opens by itself is a draft before somebody writes in it.
case what-nobody-touched-leaves-no-draft
keys 'c' '5' <Tab> '1' <C-s> ; expect "Filed: Contact" ; keys 't' ; type "/gwil" ; keys <Enter> '.' ; expect "Filled in as last time"
keys <Tab> <Tab> <Esc> ; expect-not "Kept as a draft" ; keys 't' ; expect-not "not yet filed."
keys 'a' ; type "Cadi Prawf" ; keys <Enter> ; row 1 "Language" ; keys <Tab> <Esc> ; row 1 "Cadi Prawf" ; expect "no draft is kept. The person stands under People without a" ; expect "referral: a takes it down"
keys 't' ; expect-not "not yet filed."
type "/gwil" ; keys <Enter> '.' ; expect "Filled in as last time" ; keys <Tab> <Tab> <Tab> '7' ; wakes
signal KILL ; wait-exit 137
run ; passphrase ; row 3 "unfinished" ; keys <Enter> ; row 1 "Contact" ; expect "Phone"

case put-in-the-bin
keys 'w' ; type "Not this" ; keys <Tab> <F8> ; expect "The draft is in the bin for 30 days."
keys 'w' ; expect-not "Not this"

case killed-between-the-name-and-the-referral
keys 't' 'a' ; type "Ceri Prawf" ; keys <Enter> ; row 1 "Language"
signal KILL ; wait-exit 137
run ; passphrase ; row 3 "unfinished" ; keys <Enter> ; row 1 "Language" ; keys '1' <C-s> ; row 1 "Referral"
signal KILL ; wait-exit 137
run ; passphrase ; row 3 "unfinished" ; keys <Enter> ; row 1 "Referral"
keys '1' <C-s> ; row 1 "Ceri Prawf" ; expect "waits for a decision"

case only-a-newcomer-is-asked-for-a-referral
type "/lin" ; keys <Enter> <Enter> '2' ; row 2 "[2 Intake]" ; keys <Enter> ; row 1 "Language" ; keys '1'
signal KILL ; wait-exit 137
run ; passphrase ; keys <Enter> ; row 1 "Language" ; keys <C-s> ; row 1 "Today"

# An entry for the directory is about nobody: what it is stands where a name would, and no empty dash.
case a-draft-about-nobody-has-a-name-too
keys 'A' 'a' ; type "Knit and natter" ; keys <Tab> <Esc> ; expect "Kept as a draft." ; keys 't' ; row 3 "Community asset" ; row 3 "unfinished"
keys <Enter> ; expect "Knit and natter" ; keys <C-s> ; expect "Filed: Community asset"

# What was begun is not lost when the same key is pressed again: a supervision goes on, and of two entries each is told of.
case begun-again-from-the-same-key
keys ':' ; type "supervision" ; keys <Enter> 'a' ; expect ">   With whom" ; type "Carys Prawf" ; keys <Tab> <Esc> ; expect "Kept as a draft."
keys 'a' ; expect "Draft of 9 Mar 2026" ; expect "Carys Prawf" ; cursor-on "Topics" ; keys <C-s> ; expect "Filed: Supervision" ; keys 'a' ; expect ">   With whom" ; expect-not "Carys Prawf" ; keys <Esc>
keys 'A' 'a' ; type "Knit and natter" ; keys <Tab> <Esc> 'a' ; row 2 "Another one of these is unfinished; it waits in Today." ; expect-not "Knit and natter" ; resize 40x12 ; expect "Another one of these is unfinished" ; resize 80x24
type "Chess club" ; keys <C-s> ; expect "Filed: Community asset" ; keys 't' ; row 3 "Community asset" ; row 3 "unfinished" ; keys <Enter> ; expect "Knit and natter"

# One rule, one screen: where one was, when, how much is not on record, and three ways on.
case an-unfinished-form-says-what-it-is-and-shows-its-changes
keys 't' ; type "/lin" ; keys <Enter> <Enter> 'c' '5' <Tab> '1' ; type "45" ; keys <Tab> <Esc> 't'
row 3 "unfinished: Contact, 12:00, 5 answers"
expect "You were in Contact, Linda Tucker, 12:00. 5 answers not yet filed." ; expect "d puts it in the bin for 30 days"
keys 'v' ; row 1 "Not yet filed" ; expect "Contact: 5 answers are not as they are on record." ; expect "Nothing of this form is on record yet."
expect ": 45" ; expect ": Phone" ; keys <Enter> ; row 1 "Contact" ; cursor-on "Language used" ; keys <Esc> <Esc>
resize 40x12 ; keys 't' ; row 3 "Linda" ; row 3 " Contact, 12:00, 5" ; expect "You were in Contact, Linda" ; expect "not yet filed." ; expect "30 days."
keys 'v' ; row 1 "Not yet filed" ; expect ": 45" ; keys <Esc> ; resize 80x24 ; keys <F9> ; expect "5 ateb heb eu ffeilio eto." ; keys 'v' ; expect "Nid oes dim o'r ffurflen hon ar gofnod eto." ; keys <Esc> <F9>

case filing-says-what-was-filed
keys 'c' '5' <Tab> '1' ; type "45" ; keys <C-s> ; expect "Filed: Contact (5 answers, 4 left empty). u takes it back." ; keys '6' ; expect "45"
keys 'u' ; expect-not "45"

case only-what-differs-from-the-record-is-a-change
keys 'A' ; type "/shed" ; keys <Enter> 'e' ; row 1 "Community asset" ; keys <Tab> <Tab> ; type " 2" ; keys <Tab> <Esc> 't'
keys 'v' ; expect "Community asset: 1 answer is not as it is on record." ; expect "on record:" ; expect-not "Nothing of this form"

# Goals, a text of several lines and half a date are questions and answers; what a rule hides is no change.
case all-kinds-of-answers-are-shown-as-answers
keys 't' ; type "/lin" ; keys <Enter> <Enter> 'P' <Enter> ; type "Get out" ; keys <Tab> ; type "The sea" ; keys <Tab> '4' <Esc> 't'
row 3 ", 3 answers" ; keys 'v' ; expect "Action plan: 3 answers are not as they are on record." ; expect "Goal 1, What would you like to happen?: Get out"
expect "Goal 1, Why does it matter to you?: The sea" ; expect "Goal 1, How close are you to this now?: 4" ; expect-not "Skipped" ; keys 'd' ; expect "In the bin"
keys 't' ; type "/lin" ; keys <Enter> <Enter> 'w' ; type "One" ; keys <Enter> ; type "two" ; keys <Tab> <Esc> 't' 'v' ; expect "What matters to you?: One two"
keys 'd' 't' ; type "/lin" ; keys <Enter> <Enter> 'c' '5' <Tab> '1' <Tab> <Tab> <Tab> ; type "31/" ; keys <C-k> ; expect "Passphrase" ; signal KILL ; wait-exit 137
run ; passphrase ; row 3 "Linda Tucker" ; keys 'v' ; expect "Next contact on: 31/ (not finished)" ; expect "Result: Took place"
keys <F9> ; expect "(heb ei orffen)" ; keys <F9> 'd' ; expect "In the bin"

case into-the-bin-without-a-question-and-back
keys 't' ; type "/lin" ; keys <Enter> <Enter> 'w' ; type "The sea" ; keys <Tab> <Esc> 't' ; row 3 "2 answers"
keys 'd' ; expect "In the bin for 30 days" ; expect-not "not yet filed."
keys ':' ; type "show-bin" ; keys <Enter> ; row 1 "Bin" ; expect "Draft" ; expect "30 days left" ; keys <Enter> 't'
row 3 "What matters conversation, 12:00, 2 answers" ; keys <Enter> ; expect "The sea"

# Where the row has no room for all of it, the form's name is not what is cut.
case a-row-without-room-names-the-form
type "/lin" ; keys <Enter> <Enter> 'w' ; type "The garden" ; keys <Tab> <Esc> 't' ; row 3 "What matters conversation, 12:00, " ; resize 40x12 ; row 3 " What matters " ; resize 200x24 ; row 3 "unfinished form from today: What matters conversation, 12:00, "

# The next key is about the same person, though a row came above theirs or theirs went.
case the-cursor-goes-to-what-was-left-and-stays-with-whom-it-was-filed-about
keys 't' <Down> ; cursor-on "Stephen Collins" ; keys 'c' '5' <Tab> '1' <Esc> ; cursor-on "unfinished: Contact" ; cursor-on "Stephen Collins"
keys <Enter> <C-s> ; expect "Filed: Contact" ; row 1 "Today" ; cursor-on "Stephen Collins" ; cursor-on "feedback owed"
keys <Down> ; cursor-on "Sandra Lewis" ; keys 'c' '5' <Tab> '5' <C-s> ; expect "Filed: Contact" ; cursor-on "Gwilym Jenkins"
