# Line mode on a terminal: lines end between words at the width the window has now, and a change of it holds at once.
today 2026-03-09
prepare practice 12 7
idle off

case words-stay-whole-and-a-new-width-holds-at-once
run --plain --lang en ; resize 40x120 ; wait-for "Passphrase" ; passphrase ; wait-for "27. Quit"
expect "7. Gaps: unmet needs recorded so far" ; expect "14. Whose open cases are whose, and" ; type ":help\r"
wait-for "Answer a list with the number, the word," ; wait-for "or how its line begins. Enter reads the"
resize 66x120 ; type ":help\r" ; wait-for "Answer a list with the number, the word, or how its line begins."

case in-welsh-the-letters-are-counted-not-their-bytes
run --plain --lang cy ; resize 40x60 ; wait-for "Cyfrinymadrodd" ; passphrase ; wait-for "27. Gadael"
expect "trosglwyddo i gydweithiwr" ; expect "12. Bin: yr hyn a roddwyd ynddo yn ystod" ; expect "20. Rhywbeth difrifol: beth i'w wneud,"
expect "Rhif neu air, < i fynd yn ôl:"

