# A new recovery code on the terminal: shown on the other screen, typed back, and gone from this one.
today 2026-03-09 ; idle off
prepare practice 1 7

case the-code-leaves-nothing-behind
exec sh -c 'printf "%s\n" "ymarfer" >"$HOME/p"; exec 3<"$HOME/p"; exec "$DOLEN" --file "$FILE" --passphrase-fd 3 keys add recovery'
wait-for "Press Enter when it is on paper" ; expect "keep the paper away" ; raw "\e[?1049h" ; keys <Enter>
wait-for "Type the recovery code from the paper:" ; raw "\e[?1049l" ; expect-not "keep the paper away"
type "AAAAA" ; keys <Enter> ; wait-for "Group 1 has a slip in it"

case a-terminal-of-lines-gets-no-escape-sequences
exec sh -c 'printf "%s\n" "ymarfer" >"$HOME/p"; exec 3<"$HOME/p"; TERM=dumb exec "$DOLEN" --lang en --file "$FILE" --passphrase-fd 3 keys add recovery'
wait-for "close its window when you have finished" ; raw-not "\e[" ; keys <Enter>
wait-for "Type the recovery code from the paper:" ; raw-not "\e["

case new-keys-say-that-nothing-is-changed-yet
exec sh -c 'exec "$DOLEN" --lang en --file "$FILE" keys rotate --confirm 1'
wait-for "Passphrase:" ; type "ymarfer" ; keys <Enter> ; wait-for "Press Enter when it is on paper" ; keys <Enter>
wait-for "Type the recovery code from the paper:" ; expect "Until the new code is typed back nothing is changed" ; expect "still opens the case file."
