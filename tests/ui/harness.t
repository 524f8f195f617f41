# The terminal driver itself, on a small shell program.
size 40x10
exec sh tests/lib/echo.sh

case keys-and-screen
expect "Top line" ; row 1 "Top" ; row 2 "plain"
attr "Bold" bold -reverse ; attr "back" reverse ; attr "plain" -bold
keys <F2> ; expect "key 1b4f51 number 1"
keys 'ab' ; expect "key 62 number 3"
keys <Up> <C-k> <Esc> ; expect "key 1b number 6"
type "x" ; expect-not "number 6"
screen <<END
Top line
Bold plain back
key 78 number 7
END
keys <Enter> ; row 3 "key 0d"
cursor-on "key 0d" ; cursor 3 16

case wide-and-combining
keys 'w' ; expect "ŵ漢e\u0301" ; row 6 "ŵ漢e\u0301Z"

case ends-with-its-code
keys 'q' ; wait-exit 7

case a-signal
signal TERM ; keys 'x' ; wait-exit 9 ; expect "got TERM"

case idle-means-no-bytes
bytes-idle 0.2
