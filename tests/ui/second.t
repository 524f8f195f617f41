# One case file, one program: a second start says who has it, and ends; the first does not notice.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case named
sh <<END
rc=0 ; "$DOLEN" --file "$FILE" --passphrase-fd 3 person list >"$HOME/out" 2>"$HOME/err" || rc=$?
test "$rc" = 7
grep -q 'dolen: ' "$HOME/err" ; grep -q 'process' "$HOME/err" ; ! test -s "$HOME/out"
! grep -q Mohammed "$HOME/err"
END
keys 'p' ; row 1 "People (12)"

case free-again-after-a-kill
signal KILL ; wait-exit 137 ; run ; passphrase ; row 1 "Today"
