# Permission to share: given, withdrawn, refused; capacity in doubt never counts as given; under 16 others are asked.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case given-and-then-withdrawn
type "/lin" ; keys <Enter> <Enter> 's' '2' '1' <Tab> '1' <Tab> ; type "Tywyn choir" ; keys <Tab> '1' <Tab> '1' '1' '1' <C-s>
expect "Filed: Privacy" ; keys '8' ; row 2 "[8 Consent]" ; expect "Tywyn choir" ; expect "Given"
keys 's' <Tab> <Tab> <Tab> <Tab> ; type "Tywyn choir" ; keys <Tab> '1' <Tab> '1' '1' '3' <C-s> ; expect "Filed: Privacy" ; expect "Withdrawn"

case in-doubt-is-not-given
type "/lin" ; keys <Enter> <Enter> 's' '2' '1' <Tab> '1' <Tab> ; type "Tywyn choir" ; keys <Tab> '1' <Tab> '1' '3'
expect "In doubt: the Mental Capacity Act steps" ; expect "Start from the view that the person can decide." ; keys <End> <Up> <Up> <Up> <Up> '1' ; expect-not "(x) Given" ; keys '2' <C-s> ; expect "Filed: Privacy" ; keys '8' ; expect "Refused"

# The Act is not for children: in doubt, whoever has parental responsibility is asked; it counts as little as it does later.
case in-doubt-under-16
keys 'a' ; type "Efa Ifanc" ; keys <Enter> '1' '2' '1' <C-s> '1' <C-s> <End> <Enter> <Tab> <Tab> <Tab> <Tab> ; type "3/2/2014" ; keys <Tab> <C-s> ; expect "(12 years)"
keys 's' '2' '1' <Tab> '1' <Tab> ; type "Tywyn choir" ; keys <Tab> '1' <Tab> '1' '3' ; expect "Under 16 the Mental Capacity Act does not apply." ; expect-not "Start from the view"
keys <Tab> <Tab> '1' ; expect "it never counts" ; expect-not "(x) Given"

case somebody-under-16
keys 'a' ; type "Efa Ifanc" ; keys <Enter> '1' '2' '1' <C-s> '1' <C-s> 'D' '1' <C-s> <End> <Enter> <Tab> <Tab> <Tab> <Tab>
type "3/2/2014" ; keys <Tab> <C-s> ; expect "(12 years)"
keys 'w' ; expect "Under 16: who is present, and who may agree to this?" ; type "Her mother" ; keys <Tab> ; type "The park" ; keys <C-s>
expect "Filed: What matters" ; keys 'M' ; expect "for people of 16 and over" ; expect-not "Which measure?"

case the-history-tells-of-permissions-and-contacts
type "/lin" ; keys <Enter> <Enter> 'c' '5' <Tab> '1' <C-s> ; expect "Filed: Contact" ; keys '0' ; row 2 "[0 History]"
row 4 "Contact" ; expect "Result: Took place"
keys 's' '2' '1' <Tab> '1' <Tab> ; type "Tywyn choir" ; keys <Tab> '1' <Tab> '1' '1' '1' <C-s> ; expect "Filed: Privacy"
keys '0' ; row 4 "Privacy and permission" ; expect "Tywyn choir" ; expect-not "asset: "

# A no is said before the name is given away, not found out at the group's door.
case refused-and-connected-all-the-same
type "/lin" ; keys <Enter> <Enter> 's' '2' '1' <Tab> '1' <Tab> ; type "harbour voices CHOIR" ; keys <Tab> '1' <Tab> '1' '1' '2' <C-s> ; expect "Filed: Privacy"
keys 'n' ; type "/choir" ; keys <Enter> <Enter> ; expect "Said no on 9 Mar 2026 to their details going there." ; expect "Choose it all the same?" ; keys <F9> ; expect "Dywedwyd na ar 9 Maw 2026" ; keys <F9> 'n' ; row 1 "Connect to what?"
