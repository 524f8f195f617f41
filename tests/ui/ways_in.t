# What opens the case file: a colleague gets a passphrase, one's own changes, one is taken away; each slip is said.
today 2026-03-09 ; idle off
prepare practice 3 7
sh <<END
printf 'pont y bont 99 eirin\n' >"$HOME/p2"
"$DOLEN" --file "$FILE" --passphrase-fd 3 keys add passphrase --name "Gwen Prawf" --kdf-mib 64 --new-fd 4 4<"$HOME/p2" >/dev/null
END
run ; passphrase ; keys ':' ; type "ways-in" ; keys <Enter> ; row 1 "Ways in (3)"

case a-colleague-types-their-own
expect "(in use)" ; row 24 "Enter Change" ; keys 'd' ; expect "so it stays"
keys 'a' ; type "gwen  prawf" ; keys <Enter> ; expect "has a way in already: number 3"
keys 'a' ; type "Deio Prawf" ; keys <Enter> ; row 1 "New passphrase" ; expect "Deio Prawf types it"
type "byr" ; keys <Enter> ; expect "That passphrase is short"
type "afon llyn mynydd 7" ; keys <Enter> ; expect "The same again" ; type "afon llyn mynydd 8" ; keys <Enter> ; expect "The two passphrases differ"
expect-not "mynydd" ; type "afon llyn mynydd 7" ; keys <Enter> ; type "afon llyn mynydd 7" ; keys <Enter>
wait-for "Deio Prawf opens the case file" ; row 1 "Ways in (4)"
sh 'printf "%s\n" "afon llyn mynydd 7" >"$HOME/p3"'
keys <C-q> ; wait-exit 0
sh '"$DOLEN" --lang en --file "$FILE" --passphrase-fd 3 caseload list 3<"$HOME/p3" | grep -q "Deio Prawf"'

# On the small screen the whole of it is there, and a lock in the middle leaves nothing typed behind.
case ones-own-is-asked-for-first
resize 40x12 ; row 12 "Enter Change" ; keys <Enter> ; expect "as it is now" ; type "pont y bont 99 eirin" ; keys <Enter>
wait-for "somebody else's" ; type "wrong altogether" ; keys <Enter> ; wait-for "does not open" ; cursor-on ">"
keys <F9> ; expect "Eich cyfrinymadrodd" ; keys <F9> ; type "ymarfer" ; keys <Enter> ; wait-for "The new passphrase"
type "half a new one" ; keys <C-k> ; wait-for "Passphrase or recovery" ; passphrase ; row 1 "Ways in (3)"
resize 80x24 ; keys <Home> <Enter> ; expect "as it is now" ; cursor-on ">"
type "ymarfer" ; keys <Enter> ; wait-for "The new passphrase" ; type "newydd sbon danlli 8" ; keys <Enter>
expect "The same again" ; type "newydd sbon danlli 8" ; keys <Enter> ; wait-for "The passphrase is changed"
keys <C-k> ; wait-for "Passphrase or recovery" ; type "ymarfer" ; keys <Enter> ; wait-for "does not open"
type "newydd sbon danlli 8" ; keys <Enter> ; wait-for "Ways in (3)"

case one-is-taken-away-after-asking
keys <End> ; expect "d takes it away" ; keys 'd' ; expect "Take away the passphrase of Gwen Prawf?" ; keys 'n' ; expect "It stays." ; row 1 "(3)"
keys 'd' 'y' ; expect "Taken away." ; row 1 "(2)" ; keys 'u' ; row 1 "(2)"
keys <End> 'd' ; expect "the last way in that was tried" ; row 1 "(2)" ; row 24 "Enter Try it" ; keys <Enter> ; expect "> 0 of 35" ; keys <Esc> ; row 1 "(2)"
keys <C-q> ; wait-exit 0
sh '! "$DOLEN" --file "$FILE" --passphrase-fd 3 person list 3<"$HOME/p2" >/dev/null 2>"$HOME/e" ; grep -q "does not open" "$HOME/e"'

# The passphrase is forgotten: the paper opens the case file, and hers gets new words; she stays who she is.
case a-forgotten-passphrase-gets-new-words
keys <C-q> ; wait-exit 0
sh 'printf "%s\n" "$PASS" >"$HOME/p" ; "$DOLEN" --file "$FILE" --passphrase-fd 3 keys add recovery --to "$HOME/code" 3<"$HOME/p" >/dev/null && "$DOLEN" --file "$FILE" --passphrase-fd 3 keys test 3<"$HOME/code" >/dev/null'
run ; wait-for "Passphrase or recovery" ; type "pont y bont 98 eirin" ; keys <Enter> ; wait-for "does not open"
type-file "code" ; keys <Enter> ; wait-for "Today" ; keys ':' ; type "ways-in" ; keys <Enter> ; row 1 "Ways in (4)" ; keys <End> <Up>
expect "Forgotten? Enter gives it new words" ; keys <Enter> ; expect "Gwen Prawf types it" ; expect "The new passphrase"
type "afon llyn mynydd 7" ; keys <Enter> ; type "afon llyn mynydd 7" ; keys <Enter> ; wait-for "The passphrase is changed" ; row 1 "(4)"
keys <C-q> ; wait-exit 0
sh 'printf "%s\n" "afon llyn mynydd 7" >"$HOME/p3" ; "$DOLEN" --lang en --file "$FILE" --passphrase-fd 3 caseload list 3<"$HOME/p3" | grep -c "Gwen Prawf" | grep -qx 1'
