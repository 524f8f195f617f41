# F12: the screen is blank until a key; after more than a minute it asks for the passphrase (that is a unit test's).
today 2026-03-09
prepare practice 12 7
run ; passphrase

case blank-and-back
type "/lin" ; keys <Enter> <Enter> ; row 1 "Linda Tucker" ; keys <F12>
expect-not "Linda" ; expect-not "Overview" ; expect-not "TRAINING" ; cursor 1 1
keys 'x' ; row 1 "Linda Tucker" ; expect "07700 900498"

# A hand that falls on the keyboard brings the screen back, and nothing else; Ctrl-K among the keys still locks.
case several-keys-at-once-do-nothing
type "/lin" ; keys <Enter> <Enter> <F12> ; type "xtAm" ; row 1 "Overview" ; row 1 "Linda Tucker"
keys 't' ; row 1 "Today" ; keys <F12> ; type "ab" ; wait-for "Passphrase"

case from-the-middle-of-a-word
type "/lin" ; keys <Enter> <Enter> 'w' ; type "Y cor, a fy chwa" ; keys <F12> ; expect-not "cor" ; expect-not "Linda"
keys 'd' ; expect "Y cor, a fy chwa" ; expect-not "chwad" ; type "er" ; expect "Y cor, a fy chwaer"

case something-serious-opens-from-it-and-shows-nobody-first
keys <F12> <F2> ; row 1 "Something serious" ; expect-not "Mohammed" ; keys <Esc> ; row 1 "Today"
keys <F12> '!' ; row 1 "Something serious"

case locking-while-it-is-blank-shows-nothing-first
type "/lin" ; keys <Enter> <Enter> ; keys <F12> <C-k> ; wait-for "Passphrase" ; expect-not "Linda"
