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
