# The views that the program brings itself (the lock, an unfinished form's changes, the recovery test, the debrief, the
# replay, the group) at the sizes that every view is drawn at, in both languages and without colour, the cursor where it belongs.
today 2026-03-09
prepare practice 12 7
sh <<END
printf '%s\n' "$PASS" | "$DOLEN" --file "$FILE" --passphrase-fd 0 keys add recovery --to "$HOME/code" >/dev/null
END
setup drill start bereavement --plays tests/data/drills/bereavement/average.json
env NO_COLOR=1
run ; passphrase ; row 1 "Today"

case the-lock
keys <C-k> ; cursor-on ">" ; resize 40x12 ; expect "Passphrase or recovery code" ; cursor-on ">" ; resize 200x60 ; cursor-on ">"
resize 80x24 ; keys <F9> ; expect "Cyfrinymadrodd" ; cursor-on ">" ; resize 40x12 ; cursor-on ">" ; resize 200x60 ; cursor-on ">"
attr ">" -colour ; keys <F9> ; resize 80x24 ; passphrase

case what-an-unfinished-form-would-change
type "/lin" ; keys <Enter> <Enter> 'c' '5' <Tab> '1' <Esc> 't' ; cursor-on ", 12:00, " ; keys 'v'
row 1 "Not yet filed" ; cursor 2 1 ; expect "How: Phone" ; attr "How" -colour
resize 40x12 ; row 1 "Not yet filed" ; cursor 2 1 ; expect "How: Phone" ; resize 200x60 ; row 1 "Not yet filed" ; cursor 2 1 ; expect "Result: Took place"
resize 80x24 ; keys <F9> ; row 1 "Heb ei ffeilio eto" ; cursor 2 1 ; expect "Sut: Ffôn" ; resize 40x12 ; cursor 2 1 ; expect "Sut: Ffôn"
resize 200x60 ; cursor 2 1 ; expect "Sut: Ffôn" ; resize 80x24 ; keys <F9> <Esc> ; cursor-on ", 12:00, "

case the-recovery-test
keys ':' ; type "recovery-test" ; keys <Enter> ; cursor-on "> 0 of 35" ; resize 40x12 ; cursor-on "> 0 of 35" ; resize 200x60 ; cursor-on "> 0 of 35"
attr "> 0 of 35" -colour
resize 80x24 ; keys <F9> ; cursor-on "> 0 o 35" ; resize 40x12 ; cursor-on "> 0 o 35" ; resize 200x60 ; cursor-on "> 0 o 35"
resize 80x24 ; keys <F9> <Esc> ; row 1 "Today"

case the-debrief-and-the-group
keys 'Y' 'v' ; row 1 "Debrief" ; cursor 2 1 ; resize 40x12 ; row 1 "Debrief" ; cursor 2 1 ; expect "Score: 14 of 24"
resize 200x60 ; row 1 "Debrief" ; cursor 2 1 ; expect "Core data set: 6 to go" ; attr "Score" -colour
resize 80x24 ; keys <F9> ; row 1 "Ôl-drafodaeth" ; cursor 2 1 ; resize 40x12 ; cursor 2 1 ; expect "Sgôr: 14 o 24" ; resize 200x60 ; cursor 2 1
expect "Set ddata graidd: 6 ar ôl" ; resize 80x24 ; keys <F9> <Esc> 'c' ; row 1 "Drills: the group" ; cursor 2 1 ; row 3 "58  Thirteen months"
resize 40x12 ; row 3 "58  Thirteen months" ; cursor 2 1 ; resize 200x60 ; row 3 "58  Thirteen months" ; cursor 2 1
keys <F9> ; row 1 "Ymarferion: y grŵp" ; row 3 "58  Tri mis ar ddeg" ; cursor 2 1 ; resize 40x12 ; row 3 "58  Tri mis ar ddeg" ; cursor 2 1
resize 80x24 ; cursor 2 1 ; keys <F9> <Esc> <Esc>

case the-replay
keys 'Y' 'r' ; row 1 "Replay" ; cursor 2 1 ; expect "Step 0 of 11" ; resize 40x12 ; row 1 "Replay" ; cursor 2 1 ; expect "Step 0 of 11"
resize 200x60 ; row 1 "Replay" ; cursor 2 1 ; attr "Step 0" -colour
resize 80x24 ; keys <F9> ; row 1 "Ailchwarae" ; cursor 2 1 ; resize 40x12 ; cursor 2 1 ; expect "Cam 0 o 11" ; resize 200x60 ; cursor 2 1
