# Text that would move the cursor, turn the line round or stand on its neighbours: kept as text, never raw, never in the way.
today 2026-03-09
prepare practice 12 7

case in-a-file-of-answers
sh <<END
printf '{"given_name": "A\\u001b[31mB\\u001b]0;x\\u0007C", "family_name": "\\u202edlrow\\u202c\\u200b\\u2066q"}' > "$HOME/p.json"
"$DOLEN" --file "$FILE" --passphrase-fd 3 person add --answers "$HOME/p.json" 3<&3 || true
END
run ; passphrase ; keys 'p' ; row 1 "People" ; raw-not "\e[31mB" ; raw-not "\u202e" ; raw-not "\u2066"

case pasted-into-a-line
run ; passphrase ; keys 'a' ; type "A\u202eB\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301C\u200b" ; expect "Name of the person" ; raw-not "\u202e"
keys <Enter> ; row 1 "Language"

case pasted-into-every-field-of-a-contact
run ; passphrase ; type "/lin" ; keys <Enter> <Enter> 'c' '5' <Tab> '1' ; type "4\u202e5" ; keys <Tab> <Tab>
type "one\u2028two \u202ethree\u202c \u00adfour Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d" ; raw-not "\u202e" ; keys <Tab> <Tab>
type "\u202anext\u2069" ; keys <C-s> ; raw-not "\u202a" ; raw-not "\u2069" ; row 1 "Linda"

case brackets-of-a-paste
run ; passphrase ; type "/lin" ; keys <Enter> <Enter> 'w' ; type "\e[200~first line\rsecond\e[201~" ; expect "second"
row 1 "What matters conversation"

case wide-and-emoji
run ; passphrase ; type "/lin" ; keys <Enter> <Enter> 'w'
type "漢字 \U01f469\u200d\U01f33e \U01f1ec\U01f1e7 ŵŷ e\u0301" ; expect "漢字" ; expect "ŵŷ" ; keys <Left> <Left> <Left> ; type "|" ; expect "ŵ|ŷ e"
same-column "Who matters" "What does"

case invalid-bytes
run ; passphrase ; type "/lin" ; keys <Enter> <Enter> 'w' ; type "a\xff\xc3(b\x80" ; expect "a" ; row 1 "What matters" ; keys <C-s> ; expect "Filed"

case longer-than-the-screen
run ; passphrase ; keys 'a'
type "LlanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochLlanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
keys <Enter> ; row 1 "Language" ; keys <C-s> ; keys <C-s> ; keys 'y' ; keys 't' 'p' ; row 1 "People (13)"

case unknown-sequences
run ; passphrase ; type "\e[99~\e[1;9Q\eOz\e[<0;1;1M\e_apc\e\\" ; row 1 "Today" ; keys 'p' ; row 1 "People"
