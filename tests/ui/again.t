# '.' does the last action again on what the cursor is on, and never anything that could not be meant.
today 2026-03-09
prepare practice 12 7
sh <<END
printf '%s\n' "$PASS" >"$HOME/p" ; echo '{"given_name":"Quentin","family_name":"Iawn","birth_date":"2014-05-01"}' >"$HOME/child"
"$DOLEN" --file "$FILE" --passphrase-fd 3 person add --answers "$HOME/child" 3<"$HOME/p" >/dev/null
END
run ; passphrase

case nothing-yet
keys '.' ; expect "Nothing to do again yet"

case the-same-contact-with-the-next-person
type "/lin" ; keys <Enter> <Enter> ; row 1 "Linda Tucker"
keys 'c' '5' <Tab> '1' ; type "45" ; keys <Tab> <Tab> ; type "Her words alone" ; keys <C-s> ; expect "Filed: Contact"
keys 't' ; type "/gwil" ; keys <Enter> '.' ; row 1 "Contact" ; expect "Filled in as last time" ; expect "Took place" ; expect "45" ; expect-not "Her words alone"
keys <C-s> ; expect "Filed: Contact"

case the-same-mark-and-u-takes-it-back
type "/lin" ; keys <Enter> <Enter> 'P' <Enter> ; type "Walk" ; keys <Enter> <Enter> '3' <C-s> ; expect "Filed: Action plan"
keys '4' ; row 2 "[4 Plan]" ; keys <Home> <Down> ; cursor-on "Walk" ; keys 'x' '7' ; expect "Kept; u takes it back" ; keys '.' ; expect "Kept; u takes it back"

case the-same-measure-for-somebody-else
type "/lin" ; keys <Enter> <Enter> 'M' '2' '1' ; row 1 "Personal well-being" ; row 2 "Baseline" ; keys <Esc>
keys 't' ; type "/gwil" ; keys <Enter> '.' ; row 1 "Personal well-being" ; row 2 "Baseline"

case not-a-measure-for-adults-for-a-child
type "/lin" ; keys <Enter> <Enter> 'M' '2' '1' '7' <C-s> ; expect "Filed: Personal well-being" ; type "/quentin" ; keys <Enter> <Enter> ; row 1 "Quentin" ; keys '.'
row 1 "Overview" ; expect "people of 16 and over"

case the-bin-asks-again
type "/lin" ; keys <Enter> <Enter> '6' ; row 2 "[6 Contacts]"
keys 'c' '5' <C-s> ; expect "Filed: Contact" ; keys 'c' '1' <C-s> ; expect "Filed: Contact"
keys <Home> 'd' ; type "twice" ; keys <Enter> ; expect "In the bin for 30 days"
keys '.' ; expect "why does it go into the bin?" ; cursor-on "twice" ; keys <Esc> ; expect-not "In the bin"

case in-a-text-it-is-a-full-stop
type "/lin" ; keys <Enter> <Enter> 'w' '.' ; cursor-on "." ; keys <C-o> '.' ; expect "Not in a form."
