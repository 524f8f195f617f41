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

case found-by-what-a-person-needs
keys <Esc> 'A' 'f' ; expect "Find by" ; expect "Cost: any" ; type "4" ; expect "Donation" ; type "2" ; expect "Cost: Free" ; row 2 "cost:free"
keys 'f' ; type "33" ; expect "Cost: Free · Day: Tuesday" ; expect-not "Nothing found" ; keys 'f' ; type "31" ; expect-not "Day:"
keys 'f' ; type "7" ; row 2 "/ then words" ; type "/mens" ; expect "Men's Shed" ; keys <Esc>

case found-when-connecting
keys 't' ; type "/lin" ; keys <Enter> <Enter> 'n' ; row 1 "Connect to what?" ; type "/day:tue lang:cy" ; expect "Day: Tuesday · Language: Welsh" ; keys <Esc> <Esc> <Esc>

case twice-and-by-quarter
keys '=' ; row 1 "There twice?" ; keys <Esc> '#' ; row 1 "Gaps by quarter" ; keys <Esc> ':' ; type "gap-table" ; keys <Enter> ; row 1 "Gaps by quarter"
