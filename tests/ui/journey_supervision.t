# The practitioner's own supervision: written down, due again in Today, nobody's case in it.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case written-down-and-due-again
keys ':' ; type "supervision" ; keys <Enter> ; row 1 "Supervision" ; keys 'a' ; row 1 "Supervision" ; type "Bethan Rees" ; keys <Tab> '1' <Enter> <Tab> ; type "60" ; keys <Tab> ; type "+28" ; keys <C-s>
expect "Filed: Supervision" ; expect "Bethan Rees" ; expect "Caseload and workload" ; expect "6 Apr 2026"
