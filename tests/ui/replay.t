# The replay for the trainer: what was pressed, key by key, with the screen that each key brought; whose it is, when
# two have played; honest about a play of which no keys were kept.
today 2026-03-09
prepare practice 5 7
sh <<END
printf 'gwenno yn ymarfer heno 5\n' >"$HOME/p2"
exec 4<"$HOME/p2"
printf '%s\n' "$PASS" | "$DOLEN" --file "$FILE" --passphrase-fd 0 keys add passphrase --name Gwenno --kdf-mib 64 --new-fd 4 >/dev/null
END

# played by Gwenno
run ; type "gwenno yn ymarfer heno 5" ; keys <Enter> ; row 1 "Today"
keys 'Y' <Enter> 'y' ; row 1 "Maureen Pask" ; keys 'D' '1' <C-s> ; expect "Filed: Decision" ; keys 'w' ; expect "minute 2"
keys <Esc> ; type "Sul" ; keys 'ŵ' <C-o> 'W' ; expect "Sulŵ" ; keys '1' '1'

# a recovery code that is typed in the middle of it
keys <Esc> <C-o> ':' ; type "recovery-test" ; keys <Enter> ; expect "of 35" ; type "QZQZQ" ; keys <C-u> <Esc>
# and the screen is locked, and opened again
keys <C-k> ; type "gwenno yn ymarfer heno 5" ; keys <Enter> ; expect "Sulŵ" ; keys <C-o> 'B' ; expect "The conversation is not over yet" ; keys 'y' ; row 1 "Debrief" ; keys <Esc>

case key-by-key
row 1 "Drills (12)" ; row 24 "Enter Play" ; keys 'r' ; row 1 "Replay: Thirteen months" ; expect "Key 0 of" ; expect "It begins" ; expect "the referral has arrived"
keys <Space> ; expect "Key 1 of" ; row 2 ": D" ; expect "Decision on the referral" ; keys <Right> ; row 2 ": 1"
keys <Left> ; expect "Key 1 of" ; row 2 ": D" ; keys <Tab> ; row 2 ": Ctrl-S" ; row 2 "step 1 of" ; expect "+1  The referral was decided on."

# what was typed stands as it was typed, letter by letter, with the simulated minute
keys <Right> <Right> <Right> ; row 2 ": S" ; row 2 "(minute 2, step 1 of" ; keys <Right> <Right> <Right> ; row 2 ": ŵ" ; expect "Sulŵ"
keys <Left> ; row 2 ": l" ; expect "Sul" ; expect-not "Sulŵ"

# home, end, and to the next step
keys <End> ; expect "This was the last key." ; expect "What went well" ; row 2 ": y" ; keys <Home> ; expect "Key 0 of"

# on at the pace it was typed, to the end; step by step, at the same place
keys 'p' ; wait-for "What went well" ; expect "This was the last key." ; keys <Home> ; expect "Key 0 of" ; expect-not "runs on"
keys <Tab> 's' ; expect "Step 1 of" ; expect "Filed: Decision on the referral" ; keys <Right> ; expect "You:" ; keys 's' ; row 2 "step 2 of"
keys <Esc> ; row 1 "Drills (12)" ; keys <Esc> ; row 1 "Today"

case nothing-of-a-passphrase
keys <C-q> ; wait-exit 0
sh <<END
"$DOLEN" --json --file "$FILE" --passphrase-fd 3 drill replay --keys >"$HOME/keys"
tr '{' '\n' <"$HOME/keys" | sed -n 's/.*"key":"\(.\)".*/\1/p' | tr -d '\n' >"$HOME/letters"
grep -q 'D1' "$HOME/letters" ; grep -q 'Sulŵ' "$HOME/letters" ; ! grep -q 'Q' "$HOME/letters" ; ! grep -q 'gwenno' "$HOME/letters"
test "$(tr '{' '\n' <"$HOME/keys" | grep -c passphrase)" = 1
test "$(tr '{' '\n' <"$HOME/keys" | grep -c begins)" = 2
END

case whose
keys <C-q> ; wait-exit 0
setup drill start bereavement --plays tests/data/drills/bereavement/average.json
run ; passphrase ; keys 'Y' 'r' ; expect "Whose?" ; expect "Gwenno" ; keys '1'
# one's own was played by commands: no keys, and it says so
expect "No keys were kept of this one" ; keys <Right> ; expect "Step 1 of" ; keys 's' ; expect "No keys were kept" ; expect "Step 1 of"
keys <Esc> 'r' '2' ; expect "Key 0 of" ; keys <Tab> ; row 2 ": Ctrl-S" ; keys <Esc> 'v' ; expect "Whose?" ; keys '2' ; expect "Score: " ; keys <Esc>

case small-and-welsh
resize 40x12 ; keys 'r' <F9> ; row 1 "HYFFORDDIANT" ; expect "Bysell 0 o" ; keys <Tab> ; expect "Ctrl-S" ; cursor-on "Next" ; keys <End>
expect "Dyna'r fysell olaf." ; keys <Esc> <F9>
