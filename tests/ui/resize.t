# Any size at any moment: down to what is too small, and back to the same place.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case today-down-and-back
resize 200x60 ; row 1 "Today (22)" ; resize 60x16 ; row 1 "Today (22)" ; resize 40x12 ; row 1 "Today (22)" ; row -1 "?"
resize 20x5 ; expect "40" ; expect-not "Mohammed" ; resize 80x24 ; row 1 "Today (22)" ; cursor-on "Mohammed Khan"

case a-form-with-half-a-sentence
type "/lin" ; keys <Enter> <Enter> 'w' ; type "Words that go on over the edge of a narrow screen and further"
resize 40x12 ; cursor-on "further" ; resize 20x5 ; type "!" ; resize 40x12 ; expect "further!"
resize 200x60 ; cursor-on "further!" ; resize 80x24 ; cursor-on "further!" ; keys <C-s> ; expect "Filed"

case a-question-a-menu-a-chart
keys 'a' ; type "Ce" ; resize 40x12 ; type "ri" ; cursor-on "Ceri" ; resize 20x5 ; resize 80x24 ; cursor-on "Ceri" ; keys <Esc>
keys 'm' ; resize 40x12 ; row 1 "Menu" ; resize 80x24 ; keys <Esc>
type "/huw" ; keys <Enter> <Enter> '7' ; row 2 "[7 Measures]" ; resize 40x12 ; row 2 "Measures" ; resize 200x60 ; row 2 "[7 Measures]"

case keys-while-it-is-too-small
resize 20x5 ; keys <F2> ; resize 80x24 ; row 1 "Something serious"

case the-lock-screen
keys <C-k> ; resize 40x12 ; expect "Passphrase or recovery code" ; resize 20x5 ; resize 80x24 ; passphrase ; row 1 "Today"

case twenty-sizes-in-a-row
type "/lin" ; keys <Enter> <Enter> 'P'
resize 79x24 ; resize 41x13 ; resize 120x30 ; resize 60x12 ; resize 40x40 ; resize 1x1 ; resize 2x60 ; resize 200x2
resize 40x11 ; resize 39x12 ; resize 81x25 ; resize 80x24 ; row 1 "Action plan" ; cursor-on "Add: Goal"
