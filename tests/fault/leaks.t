# The screens of leaks.sh: a name and a word typed wherever something can be typed. $LOOK scans the disk.
prepare empty
run

case typed-everywhere
# as a passphrase that is wrong, then the right one
type "pererinwyllt" ; keys <Enter> ; expect "That passphrase or code does not open" ; passphrase ; expect "This case file is empty"

# the search box, the command line, a question that is left
type "/Gwrhydcanari" ; keys <Esc> <Esc> ':' ; type "pererinwyllt" ; keys <Enter> <Esc>
keys 'a' ; type "Gwrhydcanari" ; keys <Esc> ; sh '$LOOK "after the search box and a question"'

# a person, how to write to them, where they live, how they may be rung
keys 'a' ; type "Gwrhydcanari Pererinwyllt" ; keys <Enter> <C-s>
row 1 "Referral" ; keys '2' '1' ; type "pererinwyllt" ; keys <Tab> ; type "pererinwyllt" ; keys <Tab> <Tab> <Tab> '1' <Tab>
type "Gwrhydcanari, pererinwyllt" ; keys <Tab> <Tab> ; type "pererinwyllt" ; sh '$LOOK "with a referral half typed"'
keys <C-s> ; row 1 "Overview" ; row 1 "Gwrhydcanari" ; keys 'D' '1' <C-s>
keys <End> <Enter> ; row 1 "Person" ; keys <Tab> <Tab> ; type "Gwrhydcanari" ; keys <Tab> ; type "pererinwyllt" ; keys <Tab> <Tab> <Tab>
type "1 Stryd Gwrhydcanari\rpererinwyllt" ; keys <Tab> ; type "CF10 1AA" ; keys <Tab> <Tab> <Tab> '1' <Tab>
type "pererinwyllt" ; keys <Tab> <Tab> <Tab> ; type "07700900942" ; keys <Tab> <Tab> ; type "pererinwyllt@example.org" ; keys <Tab>
sh '$LOOK "with a person half typed"' ; keys <C-s> ; expect "Filed: Person"

# the conversation, kept as a draft by the timer, then killed
keys 'w' ; type "pererinwyllt" ; keys <Tab> ; type "Gwrhydcanari" ; keys <Tab> ; type "pererinwyllt" ; keys <Tab>
type "pererinwyllt" ; wakes ; sh '$LOOK "with a draft of a conversation"'
signal KILL ; wait-exit 137 ; sh '$LOOK "after a kill in a form"'
run ; passphrase ; row 3 "Gwrhydcanari" ; keys <Enter> ; expect "pererinwyllt" ; keys <C-s> ; expect "Filed: What matters"

# the plan, an asset, a gap, a contact, a note of something serious, a reason for the bin
type "/Gwrhyd" ; keys <Enter> <Enter> 'P' <Enter> ; type "pererinwyllt" ; keys <Tab> ; type "pererinwyllt" ; keys <C-s>
keys 'U' ; type "pererinwyllt" ; keys <Tab> <Tab> <Tab> ; type "pererinwyllt" ; keys <Tab> '1' <C-s> ; expect "Filed: Gap"
keys 'A' 'a' ; type "Gwrhydcanari" ; keys <Tab> ; type "pererinwyllt" ; keys <C-s> ; expect "Filed: Community asset" ; keys <Esc>
keys 'c' '5' <Tab> '5' ; type "pererinwyllt" ; keys <C-s>
keys <F2> 'a' ; type "pererinwyllt" ; keys <Esc> ; keys <Esc>
keys '6' 'd' ; type "pererinwyllt" ; keys <Enter> ; sh '$LOOK "after every form"'

# locked, with a form open; the other language; the plan to read; then something breaks, then it ends
keys 'w' ; type "Gwrhydcanari pererinwyllt" ; keys <F9> <C-k> ; expect "Cyfrinymadrodd" ; expect-not "pererinwyllt" ; sh '$LOOK "while it is locked"'
passphrase ; expect "pererinwyllt" ; signal SEGV ; wait-exit 139 ; sh '$LOOK "after a crash"'
run ; passphrase ; type "/Gwrhyd" ; keys <Enter> <Enter> ':' ; type "print-plan" ; keys <Enter> <C-q> ; wait-exit 0
sh '$LOOK "after it ended"'
sh '"$DOLEN" --file "$FILE" --passphrase-fd 3 search pererinwyllt 3<&3 | grep -q .'
