# A contact from Today in under ten keys; somebody who cannot be reached is tried again, written to, and closed for.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter>

case no-answer-three-times
keys 'c' '5' <Tab> '5' ; expect "12 Mar 2026" ; expect "Try again: 2 of 3" ; keys <C-s> ; expect "Filed: Contact"
keys '6' ; expect "Try again: 2 of 3"
keys 'c' '5' '5' '5' ; expect "Another professional" ; expect-not "Try again" ; keys <C-s> ; expect "Filed: Contact"
keys 'c' '5' <Tab> '5' <C-s> 'c' '5' <Tab> '5' ; expect "10 Mar 2026" ; expect "Write a letter" ; keys <C-s>
keys 'c' '5' <Tab> '5' ; expect "23 Mar 2026" ; expect "contact was lost" ; keys <C-s>

# Nobody drops off Today unsaid: a contact that sets no next day is the last thing that anybody is reminded of.
case spoken-to-and-no-next-day
keys 'c' '5' <Tab> '1' <C-s> ; expect "Filed: Contact" ; expect "Nothing is due for" ; resize 40x12 ; expect "due for them now" ; resize 80x24
keys 'c' '5' <Tab> '1' ; type "30" ; keys <Tab> <Tab> <Tab> ; type "+3" ; keys <C-s> ; expect "Filed: Contact" ; expect-not "Nothing is due"
keys <F9> 'c' '5' <Tab> '1' <C-s> ; expect "Nid oes dim i'w wneud" ; keys <F9>

# What was to be asked is still to be asked when nobody answers, and is said once however often that is.
case no-answer-keeps-what-it-was-about
keys 'c' '5' <Tab> '1' ; type "30" ; keys <Tab> <Tab> <Tab> ; type "+3" ; keys <Tab> ; type "ask about the lift" ; keys <C-s> ; expect "Filed: Contact"
keys 'c' '5' <Tab> '5' ; expect "Try again: 2 of 3 (ask about the lift)" ; keys <C-s> ; expect "Filed: Contact"
keys <F9> 'c' '5' <Tab> '5' ; expect "3 o 3 (ask abou" ; keys <C-s> 'c' '5' <Tab> '5' ; expect "Ysgrifennu llythyr (ask about" ; keys <C-s>
keys 'c' '5' <Tab> '5' ; expect-not "the lift" ; keys <Esc> <F9>

case what-was-written-stays-and-a-change-of-mind-takes-it-back
keys 'c' '5' <Tab> '2' ; expect "Ring: what got in the way?" ; keys <Up> '1' ; expect-not "Ring: what" ; expect-not "12 Mar 2026"

case again-is-the-next-try
keys 'c' '5' <Tab> '5' <C-s> ; expect "Filed: Contact" ; keys '.' ; expect "Try again: 3 of 3" ; keys <C-s> ; expect "Filed: Contact" ; keys '.' ; expect "Write a letter"

# Somebody who may be rung and met, and nothing else, is never proposed to be written to.
case no-letter-where-none-was-agreed
keys <Down> <Down> <Down> <Down> <Down> <Down> 'e' ; cursor-on "07700900498" ; keys <Up> '1' ; expect "How may we contact you?"
keys '1' '5' <C-s> ; expect "Filed: Person"
keys 'c' '5' <Tab> '5' <C-s> 'c' '5' <Tab> '5' ; expect "Try again: 3 of 3" ; keys <C-s>
keys 'c' '5' <Tab> '5' ; expect "Look first at how they may be reached" ; expect-not "Write a letter"

case five-keys-from-today
keys 't' <Down> 'c' '5' <Tab> '5' <C-s> ; expect "Filed: Contact" ; row 1 "Today"

# Nobody is proposed to be closed, or tried, on a Saturday. (7 and 21 Mar 2026 are Saturdays.)
case the-next-step-is-on-a-working-day
keys 'c' '5' <Tab> '2' <C-s> ; expect "Filed: Contact" ; keys 'c' '5' <Tab> '2' <C-s> ; expect "Filed: Contact"
keys 'c' <Up> ; type "7/3/26" ; keys <Tab> '5' <Tab> '2' ; expect "7 Mar 2026" ; expect "23 Mar 2026" ; expect "contact was lost"
