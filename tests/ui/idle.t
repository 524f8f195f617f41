# Left alone, it keeps what is typed and locks by itself; a key puts that off.
today 2026-03-09
prepare practice 12 7
env DOLEN_TEST_IDLE_MS=2500
run ; passphrase

case from-today
row 1 "Today" ; bytes-idle 1 ; row 1 "Today"
wait-for "Passphrase or recovery code" ; expect-not "Mohammed" ; raw "\e[3J"
passphrase ; row 1 "Today"

case with-words-half-typed
type "/lin" ; keys <Enter> <Enter> 'w' ; type "Pethau bychain" ; wait-for "Passphrase or recovery code"
expect-not "Pethau" ; passphrase ; expect "Pethau bychain" ; row 1 "What matters conversation"

case not-on-a-real-case-file
prepare empty
run ; passphrase ; expect "This case file is empty" ; bytes-idle 4 ; expect "This case file is empty"

case a-date-half-typed
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter> 'c' <Up> ; type "31/0" ; wait-for "Passphrase or recovery code"
expect-not "31/0" ; passphrase ; row 1 "Contact" ; expect "31/0"
