# The history of a form that was amended: each question with its answer old and new, shortened in the list, whole on its
# page; and as it was on the day before.
today 2026-03-09
prepare practice 12 7
run ; passphrase ; type "/lin" ; keys <Enter> <Enter> ; row 1 "Linda Tucker"
keys 'w' ; type "The river" ; keys <C-s> ; expect "Filed: What matters conversation"
keys '3' <Enter> ; row 1 "What matters conversation" ; keys <End>
type ", and my sister Mair on a Sunday when the bus runs, which in winter it does not do at all, and so I sit by the window and wait for the spring"
keys <C-s> ; expect "Filed: What matters conversation" ; keys '0' ; row 2 "History]"

case old-and-new-shortened-on-the-row
expect "What matters to you? The river → The river, and my sister Mair" ; expect "…" ; expect-not "wait for the spring" ; expect "Enter Open"

case whole-on-its-own-page
keys <Enter> ; row 1 "One change" ; row 1 "Linda Tucker" ; expect "What matters to you? The river → The river, and my sister Mair" ; expect "wait for the spring"
keys 'u' ; expect "Take this back?" ; keys 'n' ; row 1 "One change" ; keys <Esc> ; row 2 "History]"
keys <Down> ; expect "answers" ; keys <Enter> ; row 1 "One change" ; expect "How it stands: Filed" ; expect "What matters to you? The river" ; expect-not "Mair" ; keys <Esc>

case in-welsh
keys <F9> ; expect "Beth sy'n bwysig i chi? The river → The river, and my sister Mair" ; keys <Up> <Enter> ; row 1 "Un newid" ; expect "wait for the spring" ; keys <Esc> <F9>

case small
size 40x12 ; row 2 "Hi" ; keys <Enter> ; row 1 "One change" ; expect "The river →" ; keys <Esc> ; size 80x24

case two-long-answers-from-where-they-differ
keys '3' <Enter> ; row 1 "What matters conversation" ; keys <End> ; type " to come back" ; keys <C-s> ; expect "Filed: What matters" ; keys '0'
expect "What matters to you? …" ; expect "to come back"

case as-it-was-on-a-day-that-has-not-come
keys '@' ; type "1/1/2030" ; keys <Enter> ; expect "This day has not come yet (today is 9 Mar 2026)." ; expect "As it was on which day? 1/1/2030" ; keys <Esc> ; row 2 "History]"

case as-it-was-covers-what-was-filed
keys '@' ; type "9 Mar 2026" ; keys <Enter> ; row 1 "9 Mar 2026: as it was" ; keys <PgDn> <PgDn> <PgDn> <PgDn> <PgDn> ; expect "The river, and my sister Mair" ; keys <Esc>
keys '@' ; type "8 Mar 2026" ; keys <Enter> ; row 1 "8 Mar 2026: as it was" ; expect-not "The river"

case as-it-was-from-any-section
keys <Esc> 't' ; type "/lin" ; keys <Enter> <Enter> ; row 1 "Overview" ; keys '@' ; type "9 Mar 2026" ; keys <Enter> ; row 1 "9 Mar 2026: as it was" ; keys <Esc> ; row 1 "Overview"

# To say that one would rather not answer is an answer, and the history has it.
case what-was-not-answered-and-why
type "/mohammed" ; keys <Enter> <Enter> 'E' ; row 1 "About you" ; keys <Home> <C-o> '-' '2' ; expect "Prefers not to say" ; keys <C-s> ; expect "Filed: About you" ; keys '0' ; row 2 "History]" ; expect "Prefers not to say"
