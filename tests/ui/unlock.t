# The way in: a wrong passphrase, the right one, and what works before either.
today 2026-03-09
prepare practice 12 7
run

case wrong-then-right
expect "Passphrase or recovery code, then Enter:" ; row 6 "TRAINING" ; cursor-on ">"
type "nid hwn" ; expect "•••" ; expect-not "nid" ; keys <Enter>
expect "That passphrase or code does not open" ; expect "the recovery"
keys 'y' ; expect-not "That passphrase or code does not open" ; keys <Esc>
passphrase ; row 1 "Today (22)" ; row 1 "TRAINING" ; raw-not "ymarfer"

case never-how-long-it-is
type "a" ; expect "> •••" ; cursor 9 10
type "bcdefghijklmnopqrstuvwxyz" ; expect "> •••" ; cursor 9 10
keys <C-u> ; cursor 9 7 ; expect-not "•••"

case rubbing-out-and-typing-again
type "ymarferx" ; keys <BS> <Enter> ; row 1 "Today"

case both-languages-before-it-is-open
keys <F9> ; expect "Cyfrinymadrodd" ; keys <F9> ; expect "Passphrase or recovery code"

case nothing-of-the-case-before-it-is-open
keys 'p' <C-u> ; expect-not "Mohammed" ; keys <F10> ; expect-not "Inbox" ; keys <F12> ; expect-not "Today"
expect "Passphrase or recovery code"

case leaving
keys <C-q> ; wait-exit 0

case the-recovery-code
prepare empty
run
sh 'test -s "$HOME/code"'
expect-not "TRAINING"
type "nid hwn" ; keys <Enter> ; expect "recovery code"
passphrase ; expect "This case file is empty"

case something-serious-without-an-f-key
expect "F2 or Ctrl-O !:" ; keys <C-o> '!' ; row 1 "Something serious" ; expect "999" ; keys <Esc> ; expect "Passphrase"
