# F9: both languages in place, with what was being done kept as it was.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case everywhere
row 1 "Today (22)" ; keys <F9> ; row 1 "Heddiw (22)" ; expect-not "Today" ; expect-not "waiting"
keys 'p' ; row 1 "Pobl (12)" ; keys <F9> ; row 1 "People (12)"
keys 'A' ; row 1 "Directory" ; keys <F9> ; row 1 "Cyfeiriadur" ; keys 't' ; row 1 "Heddiw"

case in-the-middle-of-typing
type "/lin" ; keys <Enter> <Enter> 'w' <Tab> ; type "Garddio a siarad" ; cursor-on "Garddio a siarad"
keys <Left> <Left> <F9> ; row 1 "Sgwrs am yr hyn sy'n bwysig" ; cursor-on "Garddio a siarad" ; expect "Sut beth yw wythnos dda?"
type "X" ; expect "Garddio a siarXad" ; keys <F9> ; expect "What does a good week look like?" ; expect "siarXad"

case a-choice-keeps-its-place
type "/lin" ; keys <Enter> <Enter> 'c' <Down> <Down> ; cursor-on "Face to face at home"
keys <F9> ; cursor-on "gartref" ; keys <F9> ; cursor-on "Face to face at home"

case what-does-not-pass-is-said-again
type "/lin" ; keys <Enter> <Enter> 'c' <S-Tab> ; type "some day" ; keys <Enter> ; expect "This is not a date."
keys <F9> ; expect-not "This is not a date." ; expect "dyddiad"

case the-letter-does-it-too
keys 'L' ; row 1 "Heddiw" ; keys ':' ; expect-not "Type" ; keys <Esc> 'L' ; row 1 "Today"

case started-in-welsh
run --lang cy ; expect "Cyfrinymadrodd" ; passphrase ; row 1 "Heddiw" ; keys 'a' ; type "Ceri" ; keys <Enter>
row 1 "Iaith" ; expect "Pa iaith hoffech chi ei siarad gyda ni?"

case a-question-says-itself-again
run --lang en ; passphrase ; type "/lin" ; keys <Enter> <Enter> 'M' ; expect "Which measure?" ; expect "Loneliness (ONS)"
keys <F9> ; expect "Pa fesur?" ; expect-not "Which measure?" ; expect-not "Loneliness" ; keys <F9> ; expect "Which measure?" ; keys <Esc>

case what-was-said-is-said-again
keys <Esc> 'Z' ; expect "That key does nothing here" ; keys <F9> ; expect-not "That key" ; expect "Nid yw'r fysell honno"
keys <F9> ; expect "That key does nothing here"
