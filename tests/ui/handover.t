# Hand-over mode: the person sees one form and nothing else; the passphrase alone leads back.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter> ; row 1 "Linda Tucker"

# From a list too it is said whom it would be given to, before it is.
case it-is-said-to-whom
keys 't' ; row 3 "Mohammed Khan" ; keys 'H' ; expect "Which form for Mohammed Khan?" ; keys <Esc> <End> 'H' ; expect "Choose a person first"
type "/lin" ; keys <Enter> 'H' ; expect "Which form for Linda Tucker?" ; type "zzz" ; expect "Nothing here has" ; cursor-on "Loneliness" ; keys <Backspace> <Home> '2' '1' ; expect "Give the laptop to Linda Tucker now?" ; keys 'n'

case nothing-leads-out
keys 'H' ; expect "Which form for " ; keys '2' '1' ; expect "nothing else" ; keys 'y'
expect "Next I would like to ask you" ; expect "Cymraeg" ; expect-not "Linda"
keys <Esc> <C-o> 't' <F1> <F3> <F4> <F5> <F6> <F7> <F8> <F10> <F12> ; expect "Next I would like to ask you"
type ":today\r" ; expect "satisfied" ; type "?/pqQ!-" ; expect "satisfied" ; expect-not "Linda" ; expect-not "Today"
keys <F2> ; expect "999" ; expect-not "Linda" ; type "a" ; keys <Esc> ; expect "satisfied"
# and without F-keys
expect "F2 or Ctrl-N: phone numbers" ; keys <C-n> ; expect "999" ; keys <C-n> ; expect "satisfied" ; expect "F9 Ctrl-L" ; keys <C-l> ; expect "neu Ctrl-N" ; keys <C-l> ; expect "or Ctrl-N"

case filled-in-and-given-back
keys 'H' '2' '1' 'y' <Enter> '7' <Enter> '6' <Enter> '5' <Enter> '4' <Enter>
expect "Please give the laptop back." ; expect "Rhowch y gliniadur yn ôl" ; keys <Esc> <F10> 't' ; expect "Please give"
keys <Enter> ; type "guess" ; keys <Enter> ; expect "That passphrase or code does not open" ; expect-not "Linda" ; expect-not "guess"
type "ymarfer" ; keys <Enter> ; row 1 "Linda Tucker" ; expect "Filed, as the person answered it"
keys '7' ; row 2 "[7 Measures]" ; expect "7"

case stopped-half-way-it-is-a-draft
keys 'H' '2' '2' 'y' <Enter> '8' <C-p> ; type "ymarfer" ; keys <Enter>
row 1 "Personal well-being" ; row 1 "Linda Tucker" ; expect "You left off here." ; expect "nowadays?  8"

case in-welsh-and-back
keys 'H' '4' 'y' ; expect "What is your sex?" ; keys <F9> ; expect "Beth yw eich rhyw?"
keys <C-p> ; type "ymarfer" ; keys <Enter> ; row 1 "Overview"

case the-lock-is-the-only-other-way
keys 'H' '2' '1' 'y' <Enter> '3' <C-z> ; expect "Passphrase or recovery code" ; expect-not "satisfied"
passphrase ; row 1 "Linda Tucker" ; expect "[3]"

case from-an-open-form
keys 'M' '2' '1' '7' <F7> ; expect "nothing else" ; keys 'y' <Enter> ; expect "[7]" ; expect-not "Linda"
