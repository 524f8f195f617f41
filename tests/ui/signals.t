# A closed window, a shutdown, Ctrl-Z: what is typed is kept, the case file is closed, the code says so.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter> 'w' ; type "The garden, and my si"

case term
signal TERM ; wait-exit 130 ; raw "\e[3J"
sh '"$DOLEN" --file "$FILE" --passphrase-fd 3 verify 3<&3'
run ; passphrase ; row 3 ", 12:00, " ; keys <Enter> ; expect "The garden, and my si"

case hang-up
signal HUP ; wait-exit 130 ; run ; passphrase ; keys <Enter> ; expect "The garden, and my si"

case leaving-the-program
keys <C-q> ; wait-exit 0 ; run ; passphrase ; keys <Enter> ; expect "The garden, and my si"


case term-while-a-question-is-open
keys <Esc> ; keys 'w' ; keys <Tab> <Tab> ; type "and the sea" ; keys <C-o> '-' ; expect "Why is there no answer?"
signal TERM ; wait-exit 130 ; run ; passphrase ; row 3 ", 12:00, " ; keys <Enter> ; expect "and the sea"

case ctrl-z-locks-and-comes-back
keys <C-z> ; expect "Passphrase or recovery code" ; expect-not "Linda" ; raw "\e[3J" ; passphrase ; expect "The garden, and my si"
