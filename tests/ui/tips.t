# A line of advice at the first uses of a screen: counted, put away with a key, turned off in Settings.
today 2026-03-09
prepare practice 12 7
sh 'rm "$XDG_CONFIG_HOME/dolen/settings"'
run ; passphrase

case it-stands-there-and-a-message-takes-its-place
expect "Space opens the most urgent thing" ; expect "(z: seen)"
keys '.' ; expect-not "Space opens the most urgent" ; expect "Nothing to do again" ; keys <Down> ; expect "Space opens the most urgent"
keys 'p' ; expect "/ and part of a name finds somebody" ; keys '/' ; expect "(Ctrl-G: seen)"

case put-away-for-good-and-through-a-restart
keys 'z' ; expect-not "Space opens the most urgent" ; keys 'z' ; expect "There is no tip here now."
keys 'p' 't' ; expect-not "Space opens the most urgent" ; keys <C-q> ; wait-exit 0
run ; passphrase ; expect-not "Space opens the most urgent" ; keys 'p' ; expect "/ and part of a name"

case gone-after-a-few-times
keys 'i' ; expect "D decides" ; keys <Esc> 'i' ; expect "D decides" ; keys <Esc> 'i' ; expect "D decides"
keys <Esc> 'i' ; expect "D decides" ; keys <Esc> 'i' ; expect "D decides" ; keys <Esc> 'i' ; expect-not "D decides"

case turned-off
keys ':' ; type "settings" ; keys <Enter> ; expect "it is kept at once" ; keys <Down> <Down> <Down> <Down> ; cursor-on "Tips" ; keys <Right>
keys <Esc> 'A' ; expect-not "f finds by need" ; keys 't' ; expect-not "Space opens the most urgent"

case in-welsh
keys 'L' ; expect "(z: gwelwyd)"

case not-on-a-small-screen
resize 40x12 ; expect-not "(z: seen)" ; resize 80x24 ; expect "(z: seen)"

# An empty list has no use for advice about its rows, and does not use it up.
case not-used-up-by-empty-lists
prepare empty ; sh 'rm -f "$XDG_CONFIG_HOME/dolen/settings"' ; run ; passphrase
keys 'i' ; expect "No referral waits" ; expect-not "D decides on" ; keys 't' 'i' 't' 'i' 't' 'i' 't' 'i' 't' 'i' 't'
keys 'a' ; type "Ceri Prawf" ; keys <Enter> <C-s> <C-s> ; keys 'i' ; expect "D decides on"
