# Line mode on a terminal: lines end between words at the width the window has now, and a change of it holds at once.
today 2026-03-09
prepare practice 12 7
idle off

case words-stay-whole-and-a-new-width-holds-at-once
run --plain --lang en ; resize 40x120 ; wait-for "Passphrase" ; passphrase ; wait-for "more reads on."
expect "6. Call list: whom to ring, the one out" ; type ":help\r"
wait-for "Answer a list with the number, the word," ; wait-for "or how its line begins. Enter reads the"
resize 66x120 ; type ":help\r" ; wait-for "Answer a list with the number, the word, or how its line begins."

case in-welsh-the-letters-are-counted-not-their-bytes
run --plain --lang cy ; resize 40x60 ; wait-for "Cyfrinymadrodd" ; passphrase ; wait-for "ymlaen."
expect "6. Rhestr alwadau: pwy i'w ffonio, yr un" ; expect "8. Rhywbeth difrifol: beth i'w wneud,"
expect "Rhif neu air, < i fynd yn ôl:"


case a-word-with-a-colon-that-is-none-leads-to-those-there-are
run --plain --lang en ; wait-for "Passphrase" ; passphrase ; wait-for "more reads on." ; type ":printer\r"
wait-for "There is no word with a colon by that name." ; type "printer\r" ; wait-for "That is not in the list."

case a-question-mark-at-a-list-reads-help
run --plain --lang en ; wait-for "Passphrase" ; passphrase ; wait-for "more reads on." ; type "?\r"
wait-for "Answer a list with the number, the word," ; wait-for "Enter reads the list."
