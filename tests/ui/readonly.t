# A damaged database opens for reading only: it says so, what is typed is not lost without a word, and the program ends.
today 2026-03-09
prepare practice 12 7
sh 'printf "\125\252\125" | dd of="$FILE/case.db" bs=1 seek=3 conv=notrunc status=none'
run ; passphrase ; expect "Open for reading only: nothing typed now can be kept."
type "/lin" ; keys <Enter> <Enter> ; row 1 "Linda Tucker" ; expect "READ ONLY"
keys 'w' ; type "The garden"

case a-form-that-cannot-be-kept-is-left-at-the-second-try
keys <C-k> ; expect "What was typed last could not be kept" ; expect "The garden"
keys <C-k> ; expect "Passphrase or recovery code" ; expect "What was typed last before locking could not be kept." ; expect-not "garden"

case leaving-for-today-too
keys <C-o> 't' ; expect "What was typed last could not be kept" ; expect "The garden" ; keys <C-o> 't' ; row 1 "Today"

case a-shutdown-does-not-say-that-all-is-saved
signal TERM ; wait-exit 130 ; raw "What was typed last could not be kept; everything saved" ; raw-not "Everything is saved"
