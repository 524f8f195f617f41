# Reports: from the list to a page, exact counts on the screen alone, and a file that never has them.
today 2026-03-09
prepare practice 60 7
run ; passphrase
keys ':' ; type "reports" ; keys <Enter>

case from-the-list-to-a-page
row 1 "Reports" ; expect "1 April 2025 to 31 March 2026"
keys <Enter> ; row 1 "Activity" ; expect "1. Work by month" ; keys <Esc> ; row 1 "Reports"

case the-language-of-a-page-changes-with-the-screen
keys <Enter> <F9> ; expect "1. Gwaith fesul mis" ; keys <F9> ; expect "1. Work by month"

case exact-counts-stay-on-the-screen
keys <Enter> 'E' ; row 1 "Activity (exact)" ; expect "EXACT COUNTS" ; keys 's' ; expect "Save as" ; keys '2'
expect "Into which new file?" ; keys <Enter> ; expect "Saved, with small numbers kept back:"
keys 's' ; expect "Save as" ; keys '2' ; expect "Into which new file?" ; keys <Enter> ; expect "exists already"
keys 's' ; expect "Save as" ; keys '4' ; expect "Into which new file?" ; keys <C-u> ; type "page.xlsx" ; keys <Enter>
expect "another kind of file"
