# The user's key file: a changed key works and help shows it; a bad line is named by file and number, before the passphrase
# and once more after it, and the program opens all the same.
today 2026-03-09
prepare practice 1 7

case a-changed-key-works-and-a-bad-line-is-named
exec sh -c 'printf "today T\nnonsense x\nlock none\npeople\n" >"$HOME/config/dolen/keys"; exec "$DOLEN" --lang en --file "$FILE"'
wait-for "keys:2: there is no action called 'nonsense'" ; expect "keys:4: 'people' has no key" ; expect "config/dolen." ; type "ymarfer" ; keys <Enter>
wait-for "keys:2: there is no action called" ; row 1 "Today" ; keys 'i' ; expect-not "keys:2" ; row 1 "Referrals waiting" ; keys 't' ; row 1 "Referrals waiting"
keys 'T' ; row 1 "Today" ; keys '?' ; expect "T Today" ; keys <Esc> ; keys <C-k> ; expect "That key does nothing here"
type ":lock" ; keys <Enter> ; wait-for "Passphrase"

case f2-stays-and-a-key-wanted-twice-is-named
exec sh -c 'printf "something-serious none\npeople x\ntoday x\ncontact F2\n" >"$HOME/config/dolen/keys"; exec "$DOLEN" --lang en --file "$FILE"'
wait-for "keys:3: 'x' is taken here from 'people' of line 2" ; expect "keys:4: F2 stays with 'something-serious'"
keys <F2> ; row 1 "Something serious" ; keys <Esc> ; type "ymarfer" ; keys <Enter> ; wait-for "Today" ; keys <F2> ; row 1 "Something serious" ; keys <Esc> 'c' ; row 1 "Today"
