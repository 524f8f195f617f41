# Old and plain terminals: without colour, without lines, without Unicode. The words say all of it.
today 2026-03-09
prepare practice 12 7

case no-colour
env NO_COLOR=1
run ; passphrase ; row 1 "Today (22)" ; attr "Today (22)" reverse -colour
type "/lin" ; keys <Enter> <Enter> ; row 1 "Linda"

case vt100
env TERM=vt100
run ; passphrase ; row 1 "Today (22)" ; attr "Today (22)" -colour
type "/lin" ; keys <Enter> <Enter> 'c' '5' ; expect "Phone"

case ascii
env LC_ALL=C
run ; passphrase ; row 1 "Today (22)" ; raw-not "\xe2" ; raw-not "\xc5"
type "/huw" ; keys <Enter> <Enter> '7' ; row 2 "[7 Measures]" ; raw-not "\xe2" ; expect-not "\u2502"

case the-settings-do-the-same
run ; passphrase ; keys ':' ; type "settings" ; keys <Enter> <Down> <Down> ; cursor-on "Plain lines" ; keys <Space>
expect "yes"

case a-terminal-that-cannot-place-text
env TERM=dumb
run ; wait-exit 1 ; expect "--plain" ; expect-not "Passphrase"

# PuTTY and rxvt say that they are xterm and number the keys that xterm spells with a letter.
case keys-by-their-numbers
run ; passphrase ; row 3 "> ! " ; type "\e[4~" ; expect-not "> ! " ; expect "↑" ; type "\e[1~" ; row 3 "> ! "
type "\e[12~" ; row 1 "Something serious" ; keys <Esc> ; type "\e[1;5~" ; type "\e[99~" ; row 1 "Today (22)" ; type "\e[20~" ; row 1 "Heddiw (22)"
