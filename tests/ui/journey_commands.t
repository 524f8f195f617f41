# Without F-keys and almost without letters: everything by ':' and its name, completed with Tab.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case by-name-alone
keys ':' ; type "peo" ; keys <Tab> <Enter> ; row 1 "People (12)" ; type "/lin" ; row 1 "People (1 of 12)" ; keys <Enter> <Enter> ; row 1 "Linda Tucker"
keys ':' ; type "contact" ; keys <Enter> ; row 1 "Contact" ; keys '5' <Tab> '1' ; keys <C-o> ':' ; type "file-form" ; keys <Enter> ; expect "Filed: Contact"
keys ':' ; type "again" ; keys <Enter> ; row 1 "Contact" ; expect "Filled in as last time" ; keys <C-o> ':' ; type "discard-draft" ; keys <Enter> ; row 1 "Linda Tucker"
keys ':' ; type "notes" ; keys <Enter> ; row 1 "Talk notes" ; type "She sings." ; keys <C-o> ':' ; type "take-words" ; keys <Enter>
expect "Arrows take more words" ; keys ':' ; type "file-words" ; keys <Enter> ; expect "To which question?" ; keys <Esc> ; row 1 "Talk notes"
keys <C-o> ':' ; type "back" ; keys <Enter> ; row 1 "Linda Tucker" ; keys ':' ; type "something-serious" ; keys <Enter> ; row 1 "Something serious" ; keys <Esc>
keys ':' ; type "language" ; keys <Enter> ; row 1 "Trosolwg" ; keys ':' ; type "language" ; keys <Enter> ; row 1 "Overview"
keys ':' ; type "missing" ; keys <Enter> ; expect "to go" ; keys <Esc> ; keys ':' ; type "nonsense" ; keys <Enter> ; expect "There is no action called"
keys ':' ; type "lock" ; keys <Enter> ; expect "Passphrase or recovery code" ; passphrase ; row 1 "Linda Tucker" ; keys ':' ; type "quit" ; keys <Enter> ; wait-exit 0

# Words that several actions have are no mistake: Enter shows the first of them, and takes it the next time.
case welsh-words-that-several-actions-have
keys <F9> ':' ; type "bylch" ; keys <Enter> ; expect-not "Nid oes gweithred" ; expect "> gaps" ; keys <Enter> ; row 1 "Bylchau" ; keys <Esc> <F9>

case a-number-that-met-stands-in-its-groups
type "/9990000026" ; expect "NHS number: 999 000 0026" ; keys <Esc> <Esc>
