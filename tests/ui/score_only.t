# Measures of which only the score is kept: the total typed in, the metric score looked up.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter>

case a-total-becomes-a-metric-score
keys 'M' ; expect "score only" ; keys '3' '1' ; expect "wording is licensed and not supplied" ; cursor-on ""
type "24" ; keys <C-s> ; expect "Filed" ; keys '7' ; row 2 "[7 Measures]" ; expect "21.54"

case seven-numbers-do-the-same
keys 'M' '3' '1' <Tab> '4' <Tab> '4' <Tab> '4' <Tab> '3' <Tab> '3' <Tab> '3' <Tab> '3' <C-s>
keys '7' ; expect "21.54"
