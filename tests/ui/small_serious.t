# At 40 columns, in both languages: what to do stays readable, and the way to a note is in sight.
size 40x12
today 2026-03-09
prepare practice 12 7
run ; passphrase

case the-note-is-one-key-away-in-both-languages
type "/huw" ; keys <Enter> <Enter> <F2> ; row 12 "a Note" ; keys <Enter> ; row 12 "a Note" ; expect-not "Enter Open"
keys <F9> ; row 12 "a Nodyn" ; keys 'a' <Down> <C-s> ; expect "Enter Iawn" ; keys <Enter> ; expect "Eto i'w ateb" ; expect-not "mae - yn dweud"
