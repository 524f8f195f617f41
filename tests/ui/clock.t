# A clock that was set back: said on opening, before a day is written wrongly; a clock that is right says nothing.
today 2026-03-09
prepare practice 2 7
run ; passphrase ; row 1 "Today" ; expect-not "clock says" ; keys 'Q' ; wait-exit 0

case two-months-back
today 2026-01-05
run ; passphrase ; row 1 "Today" ; expect "This laptop's clock says 5 Jan 2026" ; expect "Mar 2026 12:00. Nothing was changed." ; expect "start again." ; resize 40x12 ; expect "start again."
