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
keys 'i' 'D' '3' '1' <C-s> ; expect "Filed: Decision" ; keys 't' ; expect "0 referrals waiting" ; keys 'u' ; expect "Taken back"
expect "1 referral waiting" ; row 3 "Mohammed Khan"

case something-serious-came-first
keys 'i' 'D' '7' <C-s> ; expect "Filed: Decision" ; expect "Referred" ; expect "Decide on the referral" ; keys 't' ; row 3 "Mohammed Khan"
row 3 "put off today" ; keys <Enter> '!' ; row 1 "Something serious" ; expect "999" ; keys <Esc> ; row 1 "Mohammed"

# A referral of today has waited no days: the column says so in a word that fits it, in Welsh too.
case one-of-today
keys 't' 'a' ; type "Gwen Prawf" ; keys <Enter> '1' '2' '1' <C-s> '1' <C-s> ; keys 'i' ; expect "today" ; expect-not "0 days"
keys <F9> ; expect "heddiw" ; expect-not "0 o ddiwrn" ; expect "daeth i" ; expect-not "derbyniwyd" ; keys <F9>

# Off the waiting list: that is a decision of the day it is made, and the referrer, told of the list, is to be told of it too.
case off-the-waiting-list-a-month-later
keys 'i' 'D' '2' <C-s> ; expect "accepted today, on the waiting list" ; keys 'f' ; expect "sent today" ; keys 'Q' ; wait-exit 0
today 2026-04-10 ; run ; passphrase ; type "/mohammed" ; keys <Enter> <Enter> 'D' ; expect "Date of the decision               9 Mar 2026"
keys '1' ; expect "Friday 10 April 2026" ; keys <S-Tab> '2' ; expect "Monday 9 March 2026" ; expect "Referrer told on                   9 Mar 2026"
keys <S-Tab> '1' <C-s> ; expect "open since 10 Apr 2026" ; keys 'u' ; expect "Take all of it back?" ; keys 'y' 'D' '3' '1' ; expect "Friday 10 April 2026" ; expect "Referrer told on" ; expect-not "9 Mar 2026"

# Who was never reached did not decline, and nothing was returned to anybody: the overview says which it was, and goes on saying it.
case how-it-ended-is-said-as-it-was-decided
keys 'i' 'D' '8' <C-s> ; row 4 "Where it stands            Unable to make contact · referral of" ; expect "Language                   Urdu" ; keys 'f'
row 4 "Where it stands            Feedback sent · Unable to make contact" ; keys <F9> ; expect "Methu cysylltu" ; keys <F9>
keys 'D' '9' <C-s> ; row 4 "Duplicate of another referral" ; expect-not "Returned"

# On the row that files nothing is typed: a note begun there must not add things elsewhere. A word that no choice has picks none.
case words-typed-where-there-is-no-field
keys 'i' 'D' '1' <Tab> <Tab> <Tab> ; expect ">   File this form" ; type "Rang; starts Monday" ; row 1 "Decision on the referral" ; expect "Nothing is typed here: Enter shows"
keys <C-o> 't' ; row 1 "Today" ; keys <Enter> ; row 1 "Decision" ; keys <S-Tab> ; expect "(x) Accepted"
type "due" ; expect "Nothing here has" ; keys <Enter> ; expect "Nothing here has" ; expect "(x) Accepted" ; expect-not "Main reason" ; keys <Backspace> <Esc>

# Huws and Hughes are one name, spelt in two languages.
case the-other-languages-spelling-is-offered
keys 'a' ; type "Gwen Hughes" ; keys <Enter> '1' '1' '1' <C-s> '1' <C-s> ; expect "Filed: Referral" ; keys 't' 'a' ; type "Gwen Huws" ; keys <Enter> ; expect "Is it one of these people?" ; expect "Gwen Hughes (sounds the same)" ; keys <Esc>
