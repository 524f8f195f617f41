# On the plan: how close a goal is and what became of an action, in two keys.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter>
keys 'P' <Enter> ; type "Get out of the house" ; keys <Enter> <Enter> '3' ; expect "[3]"
keys <Enter> <Down> <Enter> ; type "Ring the choir" ; keys <C-s> ; expect "Filed" ; keys '4' ; expect "Ring the choir"

case a-goal-and-an-action
keys <Home> <Down> ; cursor-on "Get out" ; keys 'x' ; expect "How close is the person" ; keys '9' ; expect "Kept; u takes it back."
keys <Down> ; cursor-on "Ring the choir" ; keys 'x' '1' ; expect "[x] Ring the choir" ; keys 'x' '3' ; expect "Why?"
type "They moved away" ; keys <Enter> ; expect "Dropped" ; expect "They moved away"
keys 'u' ; expect-not "They moved away"
# filed again, the plan adds no rating of its own
keys <Home> ; keys 'P' <C-s> ; keys '4' ; expect "From 3 to 9 of 10"

# 1 waits for the 0 of 10, and what is no rating is said
case ten-is-not-one
keys '4' <Home> <Down> ; cursor-on "Get out" ; keys 'x' '1' ; expect "another digit goes on" ; keys '0' ; expect "From 3 to 10 of 10"
keys 'x' '1' <Enter> ; expect "From 3 to 1 of 10" ; keys 'x' '1' '7' ; expect "Nothing here has" ; keys <Esc> ; expect "From 3 to 1 of 10"

case an-action-for-a-goal-that-is-not-there
keys 'P' <Tab> <Tab> <Tab> <Tab> ; row 1 "Action plan" ; cursor-on "Ring the choir" ; keys <Tab> ; type "2" ; keys <Down> ; expect "There is no such goal."
keys <Backspace> ; type "1" ; keys <C-s> ; expect "Filed: Action plan"

# agreed at the next visit: the day is noted as in a plan that is agreed at once
case agreed-later-has-its-day
keys 'P' <Tab> <Tab> <Tab> <Tab> <Tab> <Tab> <Tab> <Tab> <Tab> <Tab> <Tab> ; expect "Space says yes" ; keys ' ' <C-s> ; expect "Filed: Action plan"
keys '4' ; expect "Agreed with the person · 9 Mar 2026"

# a goal is taken out: what is done for the others stays with them
case a-goal-taken-out-takes-no-action-from-another
keys 'P' <Tab> <Tab> <Tab> <Enter> ; type "Bake bread" ; keys <Tab> <Tab> <Tab> <Tab> <Tab> ; cursor-on "" ; type "2" ; keys <Home> ; expect "For which goal"
keys <C-s> ; expect "Filed: Action plan" ; keys 'P' <F6> ; expect "Remove Goal 1" ; keys 'y' <C-s> ; expect "Filed: Action plan"
keys '4' ; expect "1. Bake bread" ; expect "   [ ] Ring the choir"

# put right on a screen in the other language, it was held in the language it was held in
case amended-on-a-welsh-screen
keys <F9> 'P' ; row 1 "Cynllun gweithredu" ; type " again" ; keys <C-s> ; expect "Ffeiliwyd" ; keys <F9> '0' ; row 2 "[0 History]" ; expect "Action plan" ; expect-not "Language it was held in"

case opened-on-its-line
keys '4' <End> ; cursor-on "Ring the choir" ; keys <Enter> ; row 1 "Action plan" ; cursor-on "Ring the choir" ; type "!" ; keys <Esc> ; expect "Kept as a draft"
keys <Home> <Down> ; cursor-on "Get out" ; keys <Enter> ; row 1 "Action plan" ; expect "You left off here" ; expect "Ring the choir!"

case a-goal-that-is-new-has-nothing-on-record
keys 'P' <Tab> <Tab> <Tab> <Enter> ; type "Bake bread" ; keys <Esc> ; expect "Kept as a draft" ; keys 't' ; row 3 ", 12:00, " ; keys 'v' ; row 1 "Not yet filed"
expect "Goal 2, What would you like to happen?: Bake bread; on record: (empty)" ; expect-not "Skipped by a rule"
