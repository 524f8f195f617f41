# A morning at the inbox: the oldest referral is decided in each of the ways there are, and the referrer is told.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case accepted-from-the-most-urgent
row 3 "Mohammed Khan" ; row 3 "waiting for a decision" ; keys <Space> ; row 1 "Mohammed Khan" ; keys 'D' ; expect "What was decided?"
keys '1' <C-s> ; expect "Filed: Decision" ; expect "Accepted · open since" ; keys 't' ; row 3 "feedback owed"
expect "8 open episodes · 0 referrals waiting" ; keys 'i' ; row 1 "Referrals" ; expect-not "Mohammed"

case clinical-and-returned-to-the-referrer
keys 'i' 'D' '2' ; expect-not "Main reason" ; keys <F9> ; expect-not "Y prif reswm" ; keys <F9> <Up>
keys '5' ; expect "Main reason" ; keys '6' ; expect "Phone the referrer" ; keys <C-s> ; expect "Filed: Decision" ; row 1 "Mohammed Khan"
keys 't' ; expect "0 referrals waiting" ; expect "7 open episodes"

case the-person-declined-and-u-brings-it-back
keys 'i' 'D' '3' '1' <C-s> ; expect "Filed: Decision" ; keys 't' ; expect "0 referrals waiting" ; keys 'u' ; expect "taken back"
expect "1 referral waiting" ; row 3 "Mohammed Khan"

case something-serious-came-first
keys 'i' 'D' '7' <C-s> ; expect "Filed: Decision" ; expect "Referred" ; expect "Decide on the referral" ; keys 't' ; row 3 "Mohammed Khan"
row 3 "put off today" ; keys <Enter> '!' ; row 1 "Something serious" ; expect "999" ; keys <Esc> ; row 1 "Mohammed"

# A referral of today has waited no days: the column says so in a word that fits it, in Welsh too.
case one-of-today
keys 't' 'a' ; type "Gwen Prawf" ; keys <Enter> '1' '2' '1' <C-s> '1' <C-s> ; keys 'i' ; expect "today" ; expect-not "0 days"
keys <F9> ; expect "heddiw" ; expect-not "0 o ddiwrn" ; expect "daeth i" ; expect-not "derbyniwyd" ; keys <F9>
