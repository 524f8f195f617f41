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
