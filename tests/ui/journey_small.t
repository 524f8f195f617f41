# 40 columns and 12 rows from the referral to the closing: nothing that cannot be reached.
size 40x12
today 2026-03-09
prepare empty
run ; passphrase

case from-the-referral-to-the-closing
row 1 "Today" ; keys 'a' ; expect "Name of the person" ; type "Ceri Prawf" ; keys <Enter> ; row 1 "Language" ; keys '1' '2' '1' <C-s> ; row 1 "Referral"
keys '1' <C-s> ; row 1 "Ceri" ; keys 'D' ; expect "What was decided?" ; keys '1' <C-s> ; expect "Filed" ; row 1 "Ceri"
keys 'N' ; expect "Ctrl-T" ; type "She sings." ; keys <C-t> 's' <Enter> ; expect "To which question?" ; type "good at" ; keys <Enter> ; expect "Filed to" ; keys <Esc>
keys 'w' ; expect "What matters to you?" ; keys <C-s> ; expect "Filed" ; keys 'P' <Enter> ; type "Sing" ; keys <Enter> <Enter> '3' <C-s> ; expect "Filed"
keys 'c' '5' <Tab> '1' <C-s> ; expect "Filed: Contact" ; keys 'U' ; type "A lift" ; keys <Tab> <Tab> <Tab> <Tab> '1' <C-s> ; expect "Filed: Gap"
keys 'C' ; expect "Why is it closing?" ; keys '1' <C-s> ; expect "Filed: Closing" ; expect "Closed" ; keys 't' ; row 1 "Today" ; keys <C-q> ; wait-exit 0
