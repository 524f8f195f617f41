# A form that is open below comes back to the top when it is asked for again: there are never two of one draft.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter> 'w' ; type "The garden"

case asked-for-again
keys <C-o> ':' ; type "conversation" ; keys <Enter> ; expect "The garden" ; keys <Esc> ; row 1 "Linda Tucker" ; row 2 "[1 Overview]"

case from-a-list-above-it
keys 'w' ; expect "The garden" ; keys <C-o> ':' ; type "people" ; keys <Enter> ; row 1 "People" ; type "/lin" ; keys <Enter> 'w'
expect "The garden" ; keys <Esc> ; row 1 "Linda Tucker" ; keys <Esc> ; row 1 "People"

case only-the-form-in-front-is-thrown-away
keys 't' ; type "/lin" ; keys <Enter> <Enter> 'w' ; expect "The garden"
keys <C-o> ':' ; type "people" ; keys <Enter> ; keys ':' ; type "discard" ; keys <Enter> ; row 1 "People"
keys <Esc> ; expect "The garden"
