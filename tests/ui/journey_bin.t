# Into the bin with a reason, found there, and taken out again.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter> 'c' '5' <Tab> '1' ; type "45" ; keys <C-s> '6' ; expect "45"

case a-contact-and-back
keys 'd' ; type "written down twice" ; keys <Enter> ; expect "In the bin for 30 days" ; expect-not "45"
keys ':' ; type "show-bin" ; keys <Enter> ; row 1 "Bin (1)" ; expect "30 days left · Reason: written down twice"
keys <Enter> ; expect "Out of the bin again: Contact" ; row 1 "Bin (0)" ; keys <Esc> ; expect "45"

case a-whole-person-and-back
keys 't' 'p' ; type "/lin" ; keys <Enter> 'd' ; type "never came" ; keys <Enter> ; expect "In the bin for 30 days" ; keys 't' ; expect "11 people"
keys ':' ; type "show-bin" ; keys <Enter> ; expect "Person" ; expect "Linda Tucker" ; keys <Enter> 't' ; expect "12 people"

# A key that finds nothing under the cursor says so.
case an-empty-list-says-that-nothing-is-there
keys 't' ':' ; type "show-bin" ; keys <Enter> ; row 1 "Bin (0)" ; keys 'e' ; expect "There is nothing to change here."

# A person in the bin takes along what waits for a decision and what is open: the counts, the inbox and Today say the same.
case a-person-takes-along-what-waits
keys 't' ; expect "12 people · 7 open episodes · 1 referral waiting" ; keys 'p' ; type "/mohammed" ; keys <Enter> 'd' ; type "twice" ; keys <Enter>
keys 't' ; expect "11 people · 7 open episodes · 0 referrals waiting" ; keys 'i' ; row 1 "Referrals waiting (0)"
keys 'u' 't' ; expect "12 people · 7 open episodes · 1 referral waiting" ; keys 'i' ; row 1 "Referrals waiting (1)"
keys 'p' ; type "/lin" ; keys <Enter> 'd' ; type "twice" ; keys <Enter> 't' ; expect "11 people · 6 open episodes" ; keys 'u' ; expect "12 people · 7 open episodes"

# Nobody with an open period of support is let go after the 30 days; so they do not vanish from the bin either.
case who-stays-in-the-bin-is-found-there
keys 'p' ; type "/lin" ; keys <Enter> 'd' ; type "by mistake" ; keys <Enter> 'Q' ; wait-exit 0
today 2026-05-20 ; run ; passphrase ; keys ':' ; type "show-bin" ; keys <Enter> ; expect "Linda Tucker" ; expect "stays: a period of support is open · Reason: by mistake"
keys <Enter> 't' ; expect "12 people · 7 open episodes"
