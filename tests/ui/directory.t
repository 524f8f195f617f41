# The directory: searched as one types, added to, changed, checked.
today 2026-03-09
prepare practice 12 7
run ; passphrase ; keys 'A'

case searched
row 1 "Directory (36)" ; type "/choir" ; expect "Harbour Voices choir" ; row 1 " of 36)" ; expect-not "Men's Shed" ; keys <Esc> ; row 1 "Directory"

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
keys 'a' <Tab> <Tab> <Esc> ; row 1 "Directory (36)" ; keys 't' ; expect-not "not yet filed."

case found-by-what-a-person-needs
keys <Esc> 'A' 'f' ; expect "Find by" ; expect "Cost: any" ; type "4" ; expect "Donation" ; type "2" ; expect "Cost: Free" ; row 2 "cost:free"
keys 'f' ; type "33" ; expect "Cost: Free · Day: Tuesday" ; expect-not "Nothing found" ; keys 'f' ; type "31" ; expect-not "Day:"
keys 'f' ; type "7" ; row 2 "/ words" ; type "/mens" ; expect "Men's Shed" ; keys <Esc>

case found-when-connecting
keys 't' ; type "/lin" ; keys <Enter> <Enter> 'n' ; row 1 "Connect to what?" ; type "/day:tue lang:cy" ; expect "Day: Tuesday · Language: Welsh" ; keys <Esc> <Esc> <Esc>

# Behind what f put together a new word begins; of a word that no list knows nothing is said to be missing.
case words-behind-the-filters-and-a-slip-in-them
type "/choir" ; keys <Esc> 'f' ; type "42" ; row 2 "cost:free" ; type "/day:munday" ; row 2 "cost:free day:munday" ; expect "no list knows the word before (?)"
keys <Backspace> <Backspace> <Backspace> <Backspace> ; row 2 "cost:free day:mu" ; keys <Backspace> ; type "on" ; expect-not "Nothing found" ; keys <Esc>

case twice-and-by-quarter
keys '=' ; row 1 "There twice?" ; keys <Esc> '#' ; row 1 "Gaps by quarter" ; keys <Esc> ':' ; type "gap-table" ; keys <Enter> ; row 1 "Gaps by quarter"

# Two entries that are there already: the pair that looks like one, and any other by its name; nothing on a slip.
case two-entries-are-places-of-one-offer
keys <Esc> 'A' 'a' ; type "Men's Shed" ; keys <C-s> ; expect "already: Men's Shed. = shows them." ; keys '=' ; row 1 "There twice? (1)" ; cursor-on "Men's Shed"
expect "& says that" ; keys '&' ; expect "Places of one offer, with which entry?" ; keys <Esc> ; row 1 "There twice? (1)"
keys '&' '1' ; expect "2 places of one offer. u takes it back." ; row 1 "There twice? (0)" ; keys <Esc>
type "/shed" ; keys <Enter> <Enter> ; row 1 "Men's Shed" ; keys <End> ; expect "The same offer at other places" ; keys <Home>
keys '&' ; expect "Name of the other entry:" ; type "qqqq" ; keys <Enter> ; expect "No other entry was found by that name."
keys '&' ; type "choir" ; keys <Enter> '1' ; expect "3 places of one offer." ; keys <End> ; expect "Harbour Voices" ; keys 'u' <End> ; expect-not "Harbour Voices" ; keys <Home>
keys ':' ; type "own-offer" ; keys <Enter> ; expect "It is an offer of its own. u takes it back." ; keys <End> ; expect-not "at other places" ; keys <Home>
keys ':' ; type "own-offer" ; keys <Enter> ; expect "It has no other place" ; resize 40x12 ; keys '&' ; expect "Another entry, by its name" ; keys '2' ; expect "Name of the other entry:" ; keys <Esc> ; resize 80x24

# The same thing twice: what each says is brought together, whoever is connected to either is connected to the one that stays.
case one-thing-written-down-twice-becomes-one-entry
keys <Esc> 'A' 'a' ; type "Harbour Voices choir" ; keys <C-s> ; expect "already: Harbour Voices choir. = shows" ; keys '=' ; row 1 "There twice? (1)"
expect "J keeps the one under the cursor" ; keys 'J' ; expect "Which entry is the same thing?" ; keys <Esc> ; row 1 "There twice? (1)"
keys 'J' '1' ; expect "Keep Harbour Voices choir?" ; expect "goes to the bin" ; keys <Enter> ; expect "They stay two entries." ; row 1 "There twice? (1)"
keys 'J' '1' 'y' ; expect "One entry now; " ; row 1 "There twice? (0)" ; keys 'u' ; expect "Taken back: Directory entry" ; row 1 "There twice? (1)"

# What was begun about the entry that went to the bin goes on about the one that stays; where both say something, one
# is asked. Parted again, it is about its own entry.
case a-form-begun-about-the-other-is-filed-about-the-one-that-stays
keys <Esc> 'A' 'a' ; type "Clwb Qoed" ; keys <C-s> ; expect "Filed: " ; type "/qoed" ; keys <Enter> 'e' ; row 1 "Community asset"
keys <Tab> <Tab> ; type "Cyfeillion y Sied" ; keys <Esc> ; expect "Kept as a draft"
keys <Esc> ; type "/men's" ; keys <Enter> <Enter> ; row 1 "Men's Shed" ; keys 'J' ; type "qoed" ; keys <Enter> '1' ; expect "Clwb Qoed goes to the bin" ; keys 'y' ; expect "One entry now; "
keys 't' ; row 3 ", 12:00, " ; keys <Enter> ; expect "Changed elsewhere since this draft was begun: Run by" ; expect "Record: Sied y Bont" ; keys '1' ; row 1 "Community asset"
keys <C-s> ; expect "Filed: Community asset" ; keys 'A' ; type "/men's" ; keys <Enter> <Enter> ; row 1 "Men's Shed" ; expect "Cyfeillion y Sied" ; keys 't' ; expect-not "unfinished"

case a-form-begun-before-and-filed-after-the-parting-is-about-its-own-entry
keys <Esc> 'A' 'a' ; type "Clwb Qoed" ; keys <C-s> ; expect "Filed: " ; type "/qoed" ; keys <Enter> 'e' ; row 1 "Community asset"
keys <Tab> <Tab> ; type "Cyfeillion y Sied" ; keys <Esc> ; expect "Kept as a draft"
keys <Esc> ; type "/men's" ; keys <Enter> <Enter> ; row 1 "Men's Shed" ; keys 'J' ; type "qoed" ; keys <Enter> '1' 'y' ; expect "One entry now; " ; keys 'u' ; expect "Taken back: Directory entry"
keys 't' ; row 3 ", 12:00, " ; keys <Enter> ; row 1 "Community asset" ; keys <C-s> ; expect "Filed: Community asset"
keys 'A' ; type "/qoed" ; keys <Enter> <Enter> ; row 1 "Clwb Qoed" ; expect "Cyfeillion y Sied" ; keys <Esc> <Esc> ; type "/men's" ; keys <Enter> <Enter> ; row 1 "Men's Shed" ; expect "Sied y Bont"

case what-the-history-says-of-places-is-in-words
keys <Esc> 'A' ; type "/shed" ; keys <Enter> <Enter> ; row 1 "Men's Shed" ; keys '&' ; type "choir" ; keys <Enter> '1' ; expect "places of one offer." ; keys '0' ; row 1 "History" ; expect "The same offer at other places"

# Another place that nobody says anything about is no entry; with a word in it, it is one.
case another-place-left-empty-is-not-added
keys <Esc> 'A' ; row 1 "Directory (36)" ; type "/shed" ; keys <Enter> <Enter> ; row 1 "Men's Shed" ; keys '+' ; row 1 "Community asset" ; expect "Ctrl-S files it; empty"
keys <Tab> <Esc> ; expect "the other place is not in the directory" ; row 1 "Men's Shed" ; expect-not "at other places" ; keys 'A' ; row 1 "Directory (36)"
type "/shed" ; keys <Enter> <Enter> '+' ; type "Fridays" ; keys <Esc> ; expect "Kept as a draft" ; keys 'A' ; row 1 "Directory (37)" ; keys 't' ; expect "not yet filed."
case each-of-the-three-days-says-who-wrote-it-down
keys 'A' <Enter> ; expect "We talked to them" ; expect "today · Practice" ; expect "days ago · Practice" ; resize 40x12 ; expect "· Practice"
