# Safe contact: dots wherever a phone, address or e-mail stands, the rule before a value, one value at a time.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter> ; expect "07700 900498"
keys <Down> <Down> <Down> <Down> <Down> <Down> 'e' ; cursor-on "07700900498"
keys <Up> ; cursor-on "(x) No" ; keys '1' ; expect "How may we contact you?"
keys <Tab> ; type "Mornings, before eleven." ; keys <C-s> ; expect "Filed: Person"

case dots-until-one-is-shown
row 1 "* Linda Tucker" ; expect-not "900498" ; expect-not "Harbour Row" ; expect "•••"
expect-not "SA11 4AT" ; keys <Down> ; keys <Up>
keys 'r' ; expect "Mornings, before eleven. Show it now?" ; expect-not "900498"
keys 'y' ; expect "07700 900498" ; expect-not "Harbour Row"
keys <Esc> ; keys <Enter> ; row 1 "* Linda Tucker" ; expect-not "900498"

case the-reveal-stands-in-the-history
keys 'r' 'y' ; expect "07700 900498" ; keys '0' ; row 2 "[0 History]" ; expect-not "900498" ; expect-not "Harbour Row"
expect "Shown on the screen: Phone"

case a-value-that-is-shown-does-not-show-in-the-history-what-it-was-before
keys 'r' 'y' ; expect "07700 900498" ; keys 'e' <C-o> 'r' 'y' <End> <BS> ; type "7" ; keys <C-s>
expect "Filed: Person" ; expect "900497" ; keys '0' ; expect "Phone: ••• → •••" ; expect-not "90049"

case locked-on-a-hidden-value-one-comes-back-to-it
keys 'e' ; cursor-on "Phone" ; keys <S-Tab> <S-Tab> <S-Tab> ; type " Not at noon." ; keys <Tab> <Tab> <Tab> ; cursor-on "Phone"
keys <C-k> ; passphrase ; expect "Not at noon" ; cursor-on "Phone" ; expect "hidden; r shows it"

case locked-on-the-row-that-files-one-does-not-go-to-the-first-question
keys 'c' '7' <Tab> <Tab> <Tab> <Tab> <Tab> <Tab> ; cursor-on "File this form" ; keys <C-k> ; passphrase ; expect "You left off here"
cursor-on "1 (x) The person"

case not-shown-when-one-says-no
keys 'r' 'n' ; expect-not "900498"

case in-lists-search-and-forms
keys 't' 'p' ; expect-not "900498"
type "/SA11" ; expect-not "SA11 4AT" ; keys <Esc> <Esc>
type "/lin" ; keys <Enter> <Enter> 'e' ; keys <Esc>
keys <Down> <Down> <Down> <Down> <Down> <Down> 'e' ; expect-not "900498" ; expect-not "Harbour Row" ; expect "hidden; r shows it"

case an-unfinished-form-and-what-it-would-change
keys 't' 'p' ; type "/lin" ; keys <Enter> <Enter> <Down> <Down> <Down> <Down> <Down> <Down> 'e'
keys <C-o> 'r' ; expect "Show it now?" ; keys 'y' <End> <BS> ; type "9" ; keys <Tab> <Esc> ; expect "Kept as a draft"
keys 't' ; expect "not yet filed." ; expect-not "900498" ; keys <Home> 'v' ; row 1 "Not yet filed" ; expect "•••" ; expect-not "90049"
resize 200x60 ; expect-not "90049" ; resize 80x24 ; keys 'd' ; expect "In the bin" ; expect-not "90049"
type "/lin" ; keys <Enter> <Enter> 'e' ; keys <Esc>

case the-mark-says-nothing-until-asked
expect-not "concern" ; expect-not "safeguarding" ; expect-not "abuse" ; expect-not "risk"
keys '*' ; expect "Mornings, before eleven"

case a-paper-for-home-is-made-only-when-asked
keys ':' ; type "print-plan" ; keys <Enter> 's' ; expect "Others may read this paper" ; expect "Make a file of it all the same?" ; expect-not "PDF, to"
keys 'n' ; row 1 "The person's copy of the plan" ; expect-not "PDF, to" ; keys 's' 'y' ; expect "PDF, to print on A4" ; keys '4' <Enter>
expect "Saved, not encrypted" ; sh 'grep -q Tucker "$HOME/plan.txt"'
keys 's' ; resize 40x12 ; expect "Make a file of it all the same?" ; keys <F9> ; expect "Gall eraill ddarllen" ; expect "Gwneud ffeil ohono er hynny?"
keys 'n' ; resize 80x24 ; keys <Esc>

case not-in-the-papers-nor-in-commands
keys ':' ; type "print-plan" ; keys <Enter> ; expect-not "900498" ; expect-not "Harbour Row"
keys <C-q> ; wait-exit 0
sh '"$DOLEN" --file "$FILE" --passphrase-fd 3 person list --json --match tucker 3<&3 >"$HOME/out"; ! grep -q 900498 "$HOME/out"'
