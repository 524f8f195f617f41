# Where a connection stands, told later: its day is the day it is written down, and who said so is asked anew.
today 2026-03-02
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter> 'n' <Down> <Down> <Enter> '2' '1' <Tab> '3' '3' <C-s> ; expect "Filed: Connection" ; keys '5' ; expect "Referral sent (The practitioner)" ; expect "2 Mar 2026"
keys <C-q> ; wait-exit 0
today 2026-03-09
run ; passphrase ; type "/lin" ; keys <Enter> <Enter> '5'

case chosen-twice-is-asked
keys 'n' <Down> <Down> <Enter> ; expect "The person is connected to it already:" ; expect "Referral sent. Choose it all the same?" ; keys 'n' ; row 1 "Connect to what?" ; expect "Not chosen. Nothing was changed." ; keys <Esc> ; row 1 "Connections"

case news-of-today
keys <Enter> ; row 1 "Connection" ; expect "A referral comes into the call list" ; keys '6' ; expect "9 Mar 2026" ; expect-not "(x) The practitioner" ; keys '1' <C-s>
expect "Filed: Connection" ; expect "Went for the first time (The person)" ; expect "9 Mar 2026"

case a-day-that-was-written-stays
keys <Enter> <Tab> <Tab> <C-u> <Backspace> <Backspace> <Backspace> <Backspace> <Backspace> <Backspace> <Backspace> <Backspace> ; type "3 mar" ; keys <Tab> <S-Tab> <S-Tab> <S-Tab> ; expect "A referral comes into the call list"
keys '6' ; expect-not "(x) The practitioner" ; expect "3 Mar 2026" ; expect-not "9 Mar 2026"

case the-note-alone-changes-no-day
keys <Enter> <Tab> <Tab> <Tab> ; type "rings them on Fridays" ; keys <C-s> ; expect "Filed: Connection" ; expect "Referral sent (The practitioner)" ; expect "2 Mar 2026"

# Suggested is not connected yet: the next step is to say what came of it, there where it stands.
case a-suggestion-is-the-next-step
keys 't' 'a' ; type "Ifan Prawf" ; keys <Enter> '1' '2' '1' <C-s> '1' <C-s> 'D' '1' <C-s> ; expect "Connect to something in the community"
keys 'n' <Enter> 'y' '1' <C-s> ; expect "Filed: Connection" ; expect "Say what became of the suggestion" ; expect-not "Connect to something" ; keys <Down> <Down> ; cursor-on "Say what became"
keys <Enter> ; row 1 "Connection" ; expect ">   Where it stands" ; keys '2' <C-s> ; expect-not "Say what became" ; expect-not "Connect to something"
