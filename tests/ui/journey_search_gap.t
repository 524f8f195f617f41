# Nothing fits: the need goes on record from the search for a group, with what was looked for still there afterwards.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter>

case from-the-connection-search
keys 'n' ; row 1 "Connect to what?" ; type "/falconry" ; expect "Nothing found." ; expect "Ctrl-O U records a gap." ; keys <C-o> 'U' ; row 1 "Gap"
type "Somebody to fly a falcon with" ; keys <Tab> <Tab> <Tab> <Tab> '1' <C-s> ; expect "Filed: Gap" ; row 1 "Connect to what?"
keys <Esc> <Esc> '#' ; row 1 "Gaps by quarter" ; keys <Esc> ':' ; type "gaps" ; keys <Enter> ; expect "Somebody to fly a falcon with"

# What was chosen to search by need not be said again: what kind, where, in which language.
case what-was-looked-for-goes-into-the-gap
keys <Esc> ; type "/lin" ; keys <Enter> <Enter> 'n' ; type "/need:transport place:aberfelin language:bsl" ; keys <C-o> 'U' ; row 1 "Gap" ; expect "Filled in from what you looked for" ; expect "Community transport" ; expect "aberfelin" ; expect "British Sign Language"
type "A car" ; keys <Tab> <Tab> <Tab> <Tab> '1' <C-s> ; expect "Filed: Gap" ; keys <Esc> <Esc> ':' ; type "gaps" ; keys <Enter> ; expect "A car" ; expect "Community transport"

case a-second-search-for-a-person-starts-anew-and-backspace-goes-on-with-the-first
keys <Esc> ; row 1 "People" ; row 2 "lin" ; type "/gwil" ; row 2 "Search: gwil" ; expect "Gwilym Jenkins" ; keys <Enter> <Enter> ; row 1 "Gwilym Jenkins"
keys <Esc> <Backspace> <Backspace> ; row 2 "Search: gw" ; keys <Esc> ; expect "Michael Carter"
