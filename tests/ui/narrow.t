# Everything works at 40 columns and 12 rows, in both languages.
size 40x12
today 2026-03-09
prepare practice 12 7
run ; passphrase

case the-lists
row 1 "Today (22)" ; row -1 "?" ; keys 'p' ; row 1 "People (12)" ; type "/lin" ; expect "Linda Tucker" ; keys <Enter> <Enter>
row 1 "Linda" ; keys '6' ; expect "Contacts" ; keys 'A' ; row 1 "Directory" ; keys 'i' ; row 1 "Referrals"

case a-contact
type "/lin" ; keys <Enter> <Enter> 'c' ; cursor-on "How" ; keys '5' <Tab> '1' ; type "45" ; keys <Tab> <Tab>
type "A long talk about the garden and the neighbours" ; keys <Tab> ; type "+14" ; keys <Tab> ; type "ring" ; keys <C-s>
expect "Filed: Contact" ; row 1 "Linda"

case a-measure
type "/lin" ; keys <Enter> <Enter> 'M' '2' '1' ; expect "satisfied" ; cursor-on " 0  1  2"
keys '7' <Tab> '7' <Tab> '7' <Tab> '2' <C-s> ; expect "Filed" ; keys '7' ; expect "7"

case how-the-drill-in-focus-went-is-said
keys 'Y' ; row 1 "Drills (12)" ; expect "not played yet"

case something-serious-and-settings
keys <F2> ; row 1 "Something serious" ; expect "999" ; keys <Esc> ':' ; type "settings" ; keys <Enter> ; row 1 "Settings"
keys <Esc> '?' ; row 1 "Help" ; keys <Esc> 'm' ; row 1 "Menu"

case in-welsh
keys <F9> ; row 1 "Heddiw" ; keys 'a' ; type "Ceri" ; keys <Enter> ; row 1 "Iaith" ; keys '1' '1' '1' <C-s> ; row 1 "Atgyfeiriad"
keys '1' <C-s> ; row 1 "Ceri"

case the-way-back-stands-on-the-last-line
keys 'a' ; row -1 "Enter OK  Esc Back" ; type "Ceri" ; keys <Enter> ; row 1 "Language" ; row -1 "Ctrl-S File it  Esc Back" ; keys <Esc>
keys 't' ; type "/lin" ; keys <Enter> <Enter> ; row 1 "Linda" ; row -1 "Enter Open  Esc Back"

# What to do stands at the end of a sentence: it is not cut off here either.
case a-long-warning-is-whole
type "/step" ; keys <Enter> <Enter> ':' ; type "letter" ; keys <Enter> ; row 1 "Letter to …   Stephen Colli…" ; expect "as the referral does."
keys <Esc> <F9> ':' ; type "letter" ; keys <Enter> ; row 1 "Llythyr" ; expect "atgyfeiriad."

# The practitioner's way back is whole in large type on a small screen.
case handed-over-the-way-back-is-whole
type "/lin" ; keys <Enter> <Enter> 'H' '2' '1' 'y' ; expect "Ctrl-P: stop" ; keys <F9> ; expect "Ctrl-P: atal" ; keys <C-p> ; type "ymarfer" ; keys <Enter> ; row 1 "Overview"

case a-refusal-stands-once
type "/lin" ; keys <Enter> <Enter> 'c' <S-Tab> ; type "99/99" ; keys <Enter> ; expect "There is no such day" ; row 10 "Note"

# What went wrong never pushes off the screen what helps all the same.
case a-wrong-passphrase-leaves-the-keys-in-sight
keys <C-k> ; expect "Passphrase or recovery code" ; type "nid hwn" ; keys <Enter>
expect "does not open" ; expect "use the recovery code." ; expect "F2: something serious. F9: Cymraeg."
keys <F9> ; expect "yn agor" ; expect "adfer." ; expect "F2: rhywbeth difrifol. F9: English."
keys <F2> ; row 1 "Rhywbeth difrifol" ; keys <Esc> <F9> ; passphrase ; row 1 "Today"

case how-soon-is-said-whole-or-not-at-all
keys 'a' ; type "Gwen Prawf" ; keys <Enter> '1' '2' '1' <C-s> '1' <Tab> <Tab> ; expect "How soon" ; expect "Within a week  soon" ; expect "3 ( ) Within two working days" ; expect-not "days  u"
