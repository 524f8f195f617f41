# Yn Gymraeg o'r dechrau i'r diwedd: a whole case without a word of English on the screen.
today 2026-03-09
prepare empty
run --lang cy ; expect "Cyfrinymadrodd" ; passphrase

case o-atgyfeiriad-i-gau
row 1 "Heddiw" ; keys 'a' ; expect "Enw'r person" ; type "Ceri Ŵyn Prawf" ; keys <Enter> ; row 1 "Iaith" ; expect "Pa iaith hoffech chi ei siarad gyda ni?"
keys '1' '1' '1' <C-s> ; row 1 "Atgyfeiriad" ; expect-not "Filed" ; expect "Ffeiliwyd" ; keys '1' <C-s> ; row 1 "Ceri Ŵyn Prawf · Cymraeg"
keys 'D' ; expect "Beth oedd y penderfyniad?" ; keys '1' <C-s> ; expect "Derbyniwyd" ; expect-not "Accepted"
keys 'N' ; row 1 "Nodiadau sgwrs" ; type "Mae hi'n canu yn y côr." ; keys <C-t> 's' <Enter> ; type "da am" ; keys <Enter> ; expect "Ffeiliwyd at" ; keys <Esc>
keys 'w' ; expect "Beth sy'n bwysig i chi?" ; expect "Mae hi'n canu yn y côr." ; keys <C-s>
keys 'P' <Enter> ; type "Canu gydag eraill" ; keys <Enter> <Enter> '3' <C-s> ; expect "Ffeiliwyd"
keys 'c' '5' <Tab> '1' <C-s> ; expect "Ffeiliwyd: Cyswllt" ; keys 'C' ; expect "Pam mae'n cau?" ; keys '1' <C-s> ; expect "Caewyd"
expect-not "Closed" ; keys '?' ; row 1 "Cymorth" ; expect-not "Help for" ; keys <Esc> 't' ; row 1 "Heddiw" ; keys <C-q> ; wait-exit 0
