# One key gives the answer that was filed last to the same question, for whomever; nothing that is somebody's own.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case the-same-surgery-for-the-next-one
keys 'a' ; type "Nia Prawf" ; keys <Enter> <C-s> ; row 1 "Referral" ; keys <C-r> ; expect "Nothing was filed here yet"
keys '3' '1' ; type "Dr Prydderch" ; keys <Tab> <Tab> ; type "Meddygfa Prawf" ; keys <C-s> ; expect "Filed: Referral"
keys 't' 'a' ; type "Owain Prawf" ; keys <Enter> <Enter> <C-s> ; row 1 "Referral" ; keys <C-r> <Tab> <C-r> <Tab> <Tab> <Tab> ; expect-not "Meddygfa Prawf" ; keys <C-r> ; expect "Meddygfa Prawf"
keys <C-s> ; expect "Filed: Referral"

case gone-with-the-lock
type "/lin" ; keys <Enter> <Enter> 'c' '5' <C-s> ; expect "Filed: Contact" ; keys 'c' <C-r> ; expect "Phone"
keys <C-k> ; passphrase ; row 1 "Contact" ; keys <Tab> <C-r> ; expect "Nothing was filed here yet"

case what-is-somebodys-own-is-not-said-again
type "/lin" ; keys <Enter> <Enter> '!' <Enter> ; expect "999" ; keys 'a' ; type "Heol Prawf" ; keys <Tab> ; type "Seen" ; keys <C-s> ; expect "Filed"
keys <Esc> '!' 'a' <C-r> ; expect "Nothing was filed here yet" ; expect-not "Heol Prawf"
