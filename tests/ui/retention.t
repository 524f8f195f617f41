# Whose records are past their time stands on the screen: nothing goes by itself, and what must stay is held with a reason.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case nobody-is-past-it
type ":retention" ; keys <Enter> ; row 1 "Past their time (0)" ; expect "Nobody's records are past their time." ; row 24 "Esc Back" ; expect-not "Enter Open"

case held-and-released
keys 'Q' ; wait-exit 0 ; setup retention policy --closed-years 1 --declined-years 1
run ; passphrase ; type ":retention" ; keys <Enter> ; row 1 "Past their time (" ; row 2 "> ! " ; row 2 "closed on" ; row 24 "Enter Open" ; expect-not "c Contact"
expect ":hold-records keeps." ; resize 40x12 ; expect "closed on" ; expect ":hold-records" ; resize 80x24
keys <Enter> ; row 1 "Overview" ; expect "past its time since" ; type ":hold-records" ; keys <Enter> ; expect "Why are these records to be kept"
keys <Esc> ; expect "Not held: a reason is needed. Nothing was changed." ; expect "past its time since"
type ":hold-records" ; keys <Enter> ; type "a complaint is open" ; keys <Enter> ; expect "Held: these records are kept" ; expect "held until released" ; expect-not "past its time"
keys <Esc> ; row 1 "Past their time (" ; row 2 ">   " ; expect "held: a complaint is open" ; type ":forget" ; keys <Enter> ; expect "records are held. Nothing was changed."
keys <F9> ; row 1 "Y tu hwnt i'w hamser" ; expect "wedi'u dal: a complaint is" ; keys <F9>
type ":hold-records" ; keys <Enter> ; expect "These records are held: a complaint is open." ; keys <Enter> ; expect "They stay held. Nothing was changed."
type ":hold-records" ; keys <Enter> 'y' ; expect "Released: these records are kept as long as all others." ; row 2 "> ! " ; expect-not "held: a"
