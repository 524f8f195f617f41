# The recovery drill on the screen: from Settings, and from Today when nobody has tried the paper for a quarter.
today 2026-03-09
prepare practice 3 7
sh <<END
printf '%s\n' "$PASS" | "$DOLEN" --file "$FILE" --passphrase-fd 0 keys add recovery --to "$HOME/code" >/dev/null
printf '%s\n' "$PASS" | "$DOLEN" --file "$FILE" --passphrase-fd 0 backup "$HOME/b1" >/dev/null
END
run ; passphrase

case the-paper-opens-a-copy
keys ':' ; type "settings" ; keys <Enter> ; row 24 "T Recovery test" ; keys 'T' ; row 1 "Recovery test"
expect "Fetch the paper" ; expect "> 0 of 35" ; type "abc" ; expect "> 3 of 35" ; expect-not "abc" ; keys <C-u>
type-file "code" ; expect "> 35 of 35" ; keys <Enter>
expect "4 of 4 points" ; expect "opened the newest backup" ; expect "The copy is removed."
sh '[ ! -e "$FILE/recovery-test" ]'
keys <Esc> ; row 1 "Settings" ; keys 'T' ; expect "Last time: 9 Mar 2026, 4 of 4 points."

case a-slip-is-found-in-its-group
keys ':' ; type "recovery-test" ; keys <Enter> ; type "AAAAA" ; keys <Enter> ; expect "7 groups of 5" ; expect "> 0 of 35"
keys <Esc> ; row 1 "Today"

case on-a-small-screen-in-welsh
resize 40x12 ; keys ':' ; type "recovery-test" ; keys <Enter> ; keys <F9> ; expect "o 35" ; cursor-on ">" ; expect "newidir dim yma" ; type "AAAAA" ; keys <Enter> ; expect "o 5 llythyren" ; expect "y cod cyfan eto."
type-file "code" ; keys <Enter> ; expect "4 o 4" ; keys <Esc> <F9> ; resize 80x24

case asked-for-after-a-quarter
keys <C-q> ; wait-exit 0 ; today 2026-06-30
run ; passphrase ; expect "test of the recovery code" ; resize 40x12 ; row 5 "! supervision due 102 days ago" ; resize 80x24 ; expect "–"
