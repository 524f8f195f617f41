# The directory: searched as one types, added to, changed, checked.
today 2026-03-09
prepare practice 12 7
run ; passphrase ; keys 'A'

case searched
row 1 "Directory (36)" ; type "/choir" ; expect "Harbour Voices choir" ; expect-not "Men's Shed" ; keys <Esc> ; row 1 "Directory"

case added
keys 'a' ; row 1 "Community asset (1 to go)" ; cursor-on "" ; type "Sinema'r Cwm" ; keys <Tab> <Tab> ; type "Cyfeillion y Sinema" ; keys <C-s>
expect "Filed: Community asset" ; row 1 "Directory (37)" ; type "/sinema" ; expect "Sinema'r Cwm" ; keys <Enter> <Enter> ; row 1 "Sinema'r Cwm"
expect "Cyfeillion y Sinema"

case only-a-welsh-name
keys 'a' <Tab> ; type "Côr y Bont" ; keys <C-s> ; expect "Filed: Community asset" ; type "/cor y bont" ; expect "Côr y Bont"

case changed
type "/shed" ; keys <Enter> 'e' ; row 1 "Community asset" ; keys <Tab> <Tab> ; type " 2" ; keys <C-s> ; expect "Filed: Community asset"
row 1 "Directory" ; cursor-on "Men's Shed"

case left-without-a-trace
keys 'a' <Tab> <Tab> <Esc> ; row 1 "Directory (36)" ; keys 't' ; expect-not "unfinished form"
