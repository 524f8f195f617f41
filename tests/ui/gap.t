# A need that nothing meets: recorded from the person, counted with the others.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter>

case from-the-person
keys 'U' ; row 1 "Gap" ; type "A lift home in the evening" ; keys <Tab> <Tab> <Tab> <Tab> '1' <C-s> ; expect "Filed: Gap"
keys ':' ; type "gaps" ; keys <Enter> ; expect "A lift home in the evening"

case what-is-required-is-said-not-forced
keys 'U' <C-s> ; expect "2 required questions are still open. File all the same?" ; keys 'n' ; expect "Still to be answered: \"What was needed" ; cursor-on "" ; type "Somewhere warm"
expect "Somewhere warm" ; keys <C-s> ; expect "1 required question is still open." ; keys 'y' ; expect "Filed: Gap"

case from-the-list-of-assets
keys 'n' ; row 1 "Connect to what?" ; keys 'U' ; row 1 "Gap" ; keys <Esc> ; row 1 "Connect to what?" ; keys <Esc> ; row 1 "Overview"

# On a list that is searched by typing, u is a letter: the way back is the one that works there.
case taken-back-from-the-list-of-assets
keys 'n' ; type "/falconry" ; keys <C-o> 'U' ; type "A hawk" ; keys <Tab> <Tab> <Tab> <Tab> '1' <C-s> ; expect "Ctrl-O u takes" ; row 1 "Connect to what?"
keys <C-o> 'u' ; expect "Taken back: " ; row 2 "Search: falconry" ; keys <Esc> <Esc> ; row 1 "Overview"

case why-there-is-no-answer
keys 'U' <C-o> '-' ; expect "Why is there no answer?" ; expect "Prefers not to say" ; keys '3' <Esc> ; row 1 "Overview"

case what-the-record-knows-is-not-asked-again
keys 'U' ; type "Somewhere warm" ; keys <Tab> <Tab> ; expect "It stands in the person's record already" ; keys <Esc> 't' ; expect "You were in Gap"

case a-long-list-leaves-its-question-in-sight
# twenty-two authorities, one of them known already: the question, the choices and where it is known stand together
keys 'U' <Tab> <Tab> ; row 2 ">   Local authority" ; expect "(x)" ; expect "It stands in the person's record already" ; keys <Up> ; row 2 ">   Local authority" ; expect "(x)"
resize 40x12 ; row 2 ">   Local authority" ; expect "( )" ; resize 80x24 ; keys <Esc>

case looking-leaves-no-draft
keys 'U' <Esc> 't' ; expect-not "not yet filed."
