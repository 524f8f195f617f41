# A week-old draft of a form there is one of: what was written since is taken over or asked about, never written over.
today 2026-03-09
prepare practice 3 7
sh <<END
printf '%s\n' "$PASS" >"$HOME/p"
echo '{"given_name":"Eirlys","preferred_name":"Lys","gp_practice":"Y Feddygfa"}' >"$HOME/a"
"$DOLEN" --file "$FILE" --passphrase-fd 3 --json person add --answers "$HOME/a" 3<"$HOME/p" | sed 's/.*"id":"\([^"]*\)".*/\1/' >"$HOME/id"
echo '{"preferred_name":"Eiri","gp_practice":"Meddygfa Newydd"}' >"$HOME/b"
END
run ; passphrase
type "/eirlys" ; keys <Enter> 'e' ; row 1 "Person"

case asked-where-both-changed-it-and-taken-over-where-not
keys <Tab> <Tab> ; cursor-on "Lys" ; keys <End> ; type "i" ; keys <Tab> <Esc> ; expect "Kept as a draft" ; keys <C-q> ; wait-exit 0
today 2026-03-16
sh '"$DOLEN" --file "$FILE" --passphrase-fd 3 person edit "$(cat "$HOME/id")" --answers "$HOME/b" 3<"$HOME/p" >/dev/null'
run ; passphrase ; row 3 "Person, 9 Mar 2026, 1 answer" ; keys <Enter>
expect "Changed elsewhere since this draft was begun" ; expect "Draft: Lysi" ; expect "Record: Eiri" ; keys '2'
row 1 "Person" ; expect "1 answer was changed elsewhere" ; keys <C-s> ; expect "Person: nothing was changed" ; keys <C-q> ; wait-exit 0
sh '"$DOLEN" --file "$FILE" --passphrase-fd 3 --json person show "$(cat "$HOME/id")" 3<"$HOME/p" >"$HOME/out"; grep -q Eiri "$HOME/out"; grep -q "Meddygfa Newydd" "$HOME/out"'
