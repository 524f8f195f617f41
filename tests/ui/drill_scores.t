# The same seed and the same keys come to the same score on the screen: each drill is played twice from one copy of the
# case file, key for key, and everything that the debrief says is the same, its moments too.
today 2026-03-09
prepare practice 3 7
sh <<END
cp -a "$FILE" "$HOME/before" ; cp -a "$HOME/state" "$HOME/state-before"
cat >"$HOME/again" <<'SH'
printf "%s\n" "$PASS" | "$DOLEN" --file "$FILE" --passphrase-fd 0 drill score >"$HOME/score.$1"
printf "%s\n" "$PASS" | "$DOLEN" --json --file "$FILE" --passphrase-fd 0 drill replay --keys | tr '{' '\n' | sed -n 's/.*"key":\(".*"\),"ms".*/\1/p' >"$HOME/keys.$1"
rm -rf "$FILE" "$HOME/state" ; cp -a "$HOME/before" "$FILE" ; cp -a "$HOME/state-before" "$HOME/state"
SH
cat >"$HOME/same" <<'SH'
cmp "$HOME/score.1" "$HOME/score.2"
cmp "$HOME/keys.1" "$HOME/keys.2"
test "$(wc -l <"$HOME/keys.1")" -gt 10
grep -q "$1" "$HOME/score.1"
SH
END

case bereavement
run ; passphrase ; keys 'Y' <Enter> 'y' 'D' '1' <C-s> 'w' '1' '2' '1' '2' '1' '2' '1' '2' <Esc> ; type "Plot nine" ; keys <C-s> 'B' 'y' ; row 1 "Debrief"
keys <C-q> ; wait-exit 0 ; sh 'set -- 1 ; . "$HOME/again"'
run ; passphrase ; keys 'Y' <Enter> 'y' 'D' '1' <C-s> 'w' '1' '2' '1' '2' '1' '2' '1' '2' <Esc> ; type "Plot nine" ; keys <C-s> 'B' 'y' ; row 1 "Debrief"
keys <C-q> ; wait-exit 0 ; sh 'set -- 2 ; . "$HOME/again"'
sh 'set -- "Thirteen months" ; . "$HOME/same"'

case carer
run ; passphrase ; keys 'Y' <Down> <Enter> 'y' 'W' '2' '1' '2' <Esc> 'D' '1' <C-s> 'w' '1' '1' '1' <Esc> ; type "To read" ; keys <C-s> 'B' 'y' ; row 1 "Debrief"
keys <C-q> ; wait-exit 0 ; sh 'set -- 1 ; . "$HOME/again"'
run ; passphrase ; keys 'Y' <Down> <Enter> 'y' 'W' '2' '1' '2' <Esc> 'D' '1' <C-s> 'w' '1' '1' '1' <Esc> ; type "To read" ; keys <C-s> 'B' 'y' ; row 1 "Debrief"
keys <C-q> ; wait-exit 0 ; sh 'set -- 2 ; . "$HOME/again"'
sh 'set -- "How is he?" ; . "$HOME/same"'

case declines
run ; passphrase ; keys 'Y' <Down> <Down> <Enter> 'y' 'W' '1' '1' '2' '1' '1' '1' <Esc> 'D' '2' <C-s> 'B' 'y' ; row 1 "Debrief"
keys <C-q> ; wait-exit 0 ; sh 'set -- 1 ; . "$HOME/again"'
run ; passphrase ; keys 'Y' <Down> <Down> <Enter> 'y' 'W' '1' '1' '2' '1' '1' '1' <Esc> 'D' '2' <C-s> 'B' 'y' ; row 1 "Debrief"
keys <C-q> ; wait-exit 0 ; sh 'set -- 2 ; . "$HOME/again"'
sh 'set -- "No, thank you" ; . "$HOME/same"'
