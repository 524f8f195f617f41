# What is pasted is written, and nothing else: a tab, a line end or a control character of a letter is never a key.
today 2026-03-09
prepare practice 12 7

case a-line-takes-it-as-one-line-and-does-not-go-on
run ; raw "\e[?2004h" ; passphrase ; keys 'a'
type "\e[200~Gwen\r\nMair\u00a0\u00adEvans\t(Mam)\r\n\e[201~" ; expect "Name of the person referred: Gwen Mair Evans (Mam)"
keys <Enter> ; row 1 "Gwen Mair Evans (Mam)" ; row 1 "Language"

case a-note-keeps-its-paragraphs
run ; passphrase ; type "/lin" ; keys <Enter> <Enter> 'c' '5' <Tab> '1' <Tab> <Tab> <Tab> <S-Tab> ; expect "Enter starts a line"
type "\e[200~She \u201clost\u201d him.\r\n\r\n\r\n\r\n\u2022\tvery lonely\x0bsoft break\r\n\e[201~" ; row 1 "Contact"
row 8 "Note" ; row 9 "She \u201clost\u201d him." ; row 11 "\u2022 very lonely" ; row 12 "soft break"
type "!" ; row 12 "soft break!"

case where-nothing-is-typed-it-is-no-command
run ; passphrase ; row 1 "Today" ; type "\e[200~d 3\r\nC\x0bQ\e[201~" ; row 1 "Today" ; expect "Pasted text has no place here. Nothing was changed."
keys 'p' ; row 1 "People" ; expect-not "Pasted text"

case ctrl-o-does-not-reach-into-it
run ; passphrase ; type "/lin" ; keys <Enter> <Enter> 'c' <C-o> ; type "\e[200~!Q\e[201~" ; row 1 "Contact" ; expect "Pasted text has no place here."

case a-second-mark-that-was-lost-holds-nobody
run ; passphrase ; type "\e[200~abc" ; row 1 "Today" ; keys <Esc> 'p' ; row 1 "People"

case the-terminal-is-asked-to-stop-when-the-program-ends
run ; passphrase ; keys <C-q> ; wait-exit 0 ; raw "\e[?2004l"
