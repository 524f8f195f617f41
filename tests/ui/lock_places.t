# Ctrl-K anywhere, and the passphrase leads back there: every section of a person, every screen, a report with its choice.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case each-section-of-a-person
type "/lin" ; keys <Enter> <Enter> ; row 1 "Linda Tucker"
keys '2' <C-k> ; expect-not "Linda" ; passphrase ; row 1 "Linda Tucker" ; row 2 "[2 Intake]"
keys '3' <C-k> ; passphrase ; row 2 "[3 Convers"
keys '4' <C-k> ; passphrase ; row 2 "[4 Plan]"
keys '5' <C-k> ; passphrase ; row 2 "[5 Connect"
keys '6' <C-k> ; passphrase ; row 2 "[6 Contact"
keys '7' <C-k> ; passphrase ; row 2 "[7 Measures]"
keys '8' <C-k> ; passphrase ; row 2 "[8 Consent]"
keys '0' <C-k> ; passphrase ; row 2 "[0 History]"
keys <Left> ; row 2 "[Letters]" ; keys <C-k> ; passphrase ; row 2 "[Letters]"

case notes-of-something-serious-are-not-shown-unasked
type "/lin" ; keys <Enter> <Enter> '9' <C-k> ; passphrase ; row 1 "Linda Tucker" ; row 2 "[1 Overview]"

case from-a-list-to-choose-from-one-comes-back-to-whom-it-was-for
type "/lin" ; keys <Enter> <Enter> '5' 'n' ; row 1 "Connect to what?" ; keys <C-k> ; passphrase ; row 1 "Linda Tucker" ; row 2 "[5 Connect"

case a-report-with-its-year-and-its-choice
keys ':' ; type "reports" ; keys <Enter> <Left> <Down> <Down> ; expect "1 April 2024 to 31 March 2025" ; keys <C-k> ; expect-not "April" ; passphrase
row 1 "Reports" ; expect "1 April 2024 to 31 March 2025" ; cursor-on "Needs"
keys <Enter> ; row 1 "Needs" ; keys <C-k> ; expect-not "Needs" ; passphrase ; row 1 "Needs" ; expect "31 Mar 2025"
keys <Esc> ; row 1 "Reports" ; expect "1 April 2024" ; cursor-on "Needs"

case what-stood-then-and-one-change
type "/lin" ; keys <Enter> <Enter> '0' '@' ; type "8 Mar 2026" ; keys <Enter> ; row 1 "8 Mar 2026: as it was" ; keys <C-k> ; passphrase ; row 1 "8 Mar 2026: as it was"
keys <Esc> ; row 1 "Linda Tucker" ; row 2 "[0 History]" ; keys <Enter> ; row 1 "One change" ; keys <C-k> ; passphrase ; row 1 "One change" ; row 1 "Linda Tucker" ; keys <Esc> ; row 2 "[0 History]"
keys '-' ; row 1 "to go" ; keys <C-k> ; passphrase ; row 1 "to go" ; row 1 "Linda Tucker"

case each-list
keys 'p' ; row 1 "People" ; keys <C-k> ; passphrase ; row 1 "People"
keys 'i' ; row 1 "Referrals" ; keys <C-k> ; passphrase ; row 1 "Referrals"
keys 'A' ; row 1 "Directory" ; keys <C-k> ; passphrase ; row 1 "Directory"
type "/shed" ; keys <Enter> <Enter> ; row 1 "Shed" ; keys <C-k> ; passphrase ; row 1 "Shed"
keys '0' ; row 1 "History" ; keys <C-k> ; passphrase ; row 1 "History" ; keys 't'
keys 'R' ; row 1 "Call list" ; keys <C-k> ; passphrase ; row 1 "Call list"
keys ':' ; type "gaps" ; keys <Enter> ; row 1 "Gaps" ; keys <C-k> ; passphrase ; row 1 "Gaps"

case each-screen-by-its-name
keys ':' ; type "supervision" ; keys <Enter> ; row 1 "Supervision" ; keys <C-k> ; passphrase ; row 1 "Supervision"
keys ':' ; type "show-bin" ; keys <Enter> ; row 1 "Bin" ; keys <C-k> ; passphrase ; row 1 "Bin"
keys ':' ; type "settings" ; keys <Enter> ; row 1 "Settings" ; keys <C-k> ; passphrase ; row 1 "Settings"
keys ':' ; type "caseload" ; keys <Enter> ; row 1 "open cases" ; keys <C-k> ; passphrase ; row 1 "open cases"
keys ':' ; type "conflicts" ; keys <Enter> ; row 1 "laptops" ; keys <C-k> ; passphrase ; row 1 "laptops"
keys ':' ; type "outbox" ; keys <Enter> ; row 1 "Outbox" ; keys <C-k> ; passphrase ; row 1 "Outbox"
keys ':' ; type "drills" ; keys <Enter> ; row 1 "Drills" ; keys <C-k> ; passphrase ; row 1 "Drills"
keys ':' ; type "gap-table" ; keys <Enter> ; row 1 "quarter" ; keys <C-k> ; passphrase ; row 1 "quarter"

case a-letter-leads-back-to-its-person
type "/steph" ; keys <Enter> <Enter> 'F' ; row 1 "Letter to the referrer" ; keys <C-k> ; expect-not "Stephen" ; passphrase ; row 1 "Stephen Collins" ; row 1 "Overview"
