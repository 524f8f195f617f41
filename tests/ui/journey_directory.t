# An entry goes stale, somebody rings, it is checked; and what it says about itself stands there for the next person.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case stale-rung-and-checked
keys 'R' ; row 1 "Call list" ; expect "out of date" ; keys <Enter> ; row 1 "Phone call" ; keys '4' '1' '2' ; expect "Full until when?" ; type "+30" ; keys <Enter>
expect "Full until" ; expect "8 Apr 2026" ; keys '6' ; expect "How many new people a month?" ; keys <Enter> ; expect "6"
keys <C-s> ; expect "The call is filed" ; row 1 "Call list" ; keys 'A' ; type "/harbour v" ; keys <Enter> <Enter>
row 1 "Harbour Voices" ; expect "8 Apr 2026" ; expect "9 Mar 2026"

case full-is-said-before-somebody-is-sent-there
keys 'R' <Enter> <End> <Up> <Up> <Up> '2' ; type "+30" ; keys <Enter> <C-s> ; expect "The call is filed"
keys 't' ; type "/lin" ; keys <Enter> <Enter> 'n' ; type "/harbour v" ; expect "Full until 8 Apr 2026"
