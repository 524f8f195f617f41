# A permission is taken back with one key, beside the answer that was given; the screen says what is left to do, which answer
# stands, and that an older one no longer does.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case one-key-takes-a-permission-back
type "/huw" ; keys <Enter> <Enter> '8' ; expect "= Given · Partneriaeth Les" ; row 24 "x Withdraw" ; keys 'x'
row 1 "Privacy and permission" ; expect "(x) Withdrawn" ; expect "Withdrawn today; change what is not so. Ctrl-S files it."
keys <C-s> ; row 4 "> 9 Mar 2026    Withdrawn · Partneriaeth Les" ; expect "nothing is left to do" ; expect "is left to do stands in Consent." 
expect "No longer stands: answered again on 9 Mar 2026" ; expect-not "= Given"
keys 'x' ; expect "Go to a permission that was given first" ; keys <Down> 'x' ; row 1 "Consent" ; row 22 "" ; row 23 "No longer stands: answered again on 9 Mar 2026" ; keys 'u' ; expect "= Given · Partneriaeth Les" ; expect-not "No longer stands"

case what-is-left-to-do-is-said-of-each-purpose
type "/lin" ; keys <Enter> <Enter> 's' '2' '1' <Tab> '1' <Tab> <Tab> ; type "Y Bwrdd" ; keys <Tab> '5' <Tab> <Tab> '1' '1' <C-s>
expect "Filed: Privacy" ; keys '8' 'x' <C-s> ; expect "nothing is left to do" ; resize 40x12 ; keys <F9> ; keys <Down> <Up> ; expect "nid oes dim"
keys <F9> ; resize 80x24

case an-unfinished-form-is-not-overwritten
type "/huw" ; keys <Enter> <Enter> '8' 's' '2' <Esc> ; expect "Kept as a draft" ; keys 'x' ; expect "then x withdraws" ; expect-not "(x) Withdrawn"
