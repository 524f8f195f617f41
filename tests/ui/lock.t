# Ctrl-K: nothing stays on the screen or above it, and the passphrase brings back the same question.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter>

case from-a-form-and-back
keys 'c' '5' <Tab> '1' ; type "45" ; keys <Tab> <Tab> ; type "Half a sen"
keys <C-k> ; raw "\e[3J"
expect-not "Linda" ; expect-not "Half" ; expect-not "Contact" ; expect "Passphrase or recovery code, then Enter:"
type "wrong" ; keys <Enter> ; expect "That passphrase or code does not open" ; expect-not "Linda"
passphrase ; row 1 "Contact" ; row 1 "Linda Tucker" ; expect "Half a sen" ; cursor-on "Half a sen"
type "tence" ; keys <C-s> ; expect "Filed: Contact" ; keys '6' ; expect "Half a sentence"

case a-date-half-typed
keys 'c' <Up> ; type "31/0" ; keys <C-k> ; expect-not "31/0" ; passphrase ; row 1 "Contact" ; expect "31/0"
keys <C-s> ; expect-not "Filed: Contact" ; type "1/2026" ; keys <C-s> ; expect "Filed: Contact"

case from-a-section-and-back
keys '7' ; row 2 "[7 Measures]" ; keys <C-k> ; expect-not "Linda" ; passphrase
row 1 "Linda Tucker" ; row 2 "[7 Measures]"

case from-today
keys 't' <C-k> ; expect-not "due" ; passphrase ; row 1 "Today"

case in-the-language-one-was-in
keys <F9> <C-k> ; expect "Cyfrinymadrodd" ; passphrase ; expect "Trosolwg"
keys 'c' <Up> ; type "31/0" ; keys <C-k> ; passphrase ; expect "Cyswllt" ; expect "31/0" ; type "1/2026" ; keys <C-s>
expect "Ffeiliwyd: Cyswllt"

case from-a-question
keys '6' 'a' '5' <C-s> ; keys 'd' ; expect "why does it go into the bin?" ; type "because" ; keys <C-k> ; expect-not "because"
passphrase ; row 1 "Linda Tucker" ; expect-not "because"

case the-same-process-holds-the-file
keys <C-k>
sh '! printf "%s\n" "$PASS" | "$DOLEN" --file "$FILE" --passphrase-fd 0 person list >"$HOME/out" 2>"$HOME/err"; grep -q "in use\|open" "$HOME/err"'
passphrase ; row 1 "Linda Tucker"

case something-serious-while-it-is-locked
keys <C-k> <F2> ; row 1 "Something serious / Rhywbeth difrifol" ; expect "999" ; expect "116 123"
expect-not "Linda" ; expect-not "a Note" ; expect-not "Today"
keys <Esc> ; expect "Passphrase or recovery code" ; passphrase ; row 1 "Linda Tucker"
