# Keys are answered while a batch is sealed or on its way: other views, the lock, leaving; what breaks off loses nothing.
prepare empty
sh 'bash tests/lib/sync_setup.sh'

case while-a-slow-server-takes-its-time
sh 'bash tests/lib/sync_setup.sh slow'
run ; passphrase ; keys 'X' 's' <Enter> 'y' ; expect "waiting to be sent"
idle off
keys 'S' ; expect "Sending 0 %" ; expect "being sent"
keys 't' ; expect "Today" ; keys 'p' ; expect "Eirlys" ; expect "Sending 0 %"
keys <Enter> ; expect "Eirlys Prawf" ; keys <Esc> 'X' ; expect "being sent" ; keys 'S' ; expect "A batch is on its way already."
sh 'bash tests/lib/sync_setup.sh open'
idle on
wait-for "1 batch sent." ; keys 't' 'X' ; expect "sent, no receipt yet" ; expect-not "Sending"
sh 'ls "$HOME"/sshd/there/*.dlnb.minisig'

case locked-while-it-is-on-its-way
sh 'bash tests/lib/sync_setup.sh slow'
run ; passphrase ; keys 'X' 's' <Enter> 'y' ; expect "waiting to be sent"
idle off
keys 'S' ; expect "Sending 0 %"
keys <C-k> ; expect "Passphrase" ; expect-not "Eirlys"
idle on
sh 'rm "$HOME/sshd/gate"'
passphrase ; keys 't' 'X' ; expect "sent, no receipt yet"       # what was begun goes again by itself
sh 'ls "$HOME"/sshd/there/*.dlnb.minisig'

case killed-while-it-is-on-its-way
sh 'bash tests/lib/sync_setup.sh slow'
run ; passphrase ; keys 'X' 's' <Enter> 'y' ; expect "waiting to be sent"
idle off
keys 'S' ; expect "Sending 0 %"
signal KILL ; wait-exit 137
idle on
sh 'rm "$HOME/sshd/gate"'
run ; passphrase ; keys 'X' ; expect "sent, no receipt yet"
sh 'ls "$HOME"/sshd/there/*.dlnb.minisig'

case while-the-disk-is-slow-to-take-what-is-sealed
sh 'mkdir -m 700 "$HOME/case/outbox" "$HOME/case/outbox/w-hub" ; mkfifo "$HOME/gate"'
exec sh -c 'FAULT_DIR="$HOME/case/outbox" FAULT_CALLS=fsync FAULT_NTH=1 FAULT_GATE="$HOME/gate" LD_PRELOAD=$(realpath "$BUILD")/tests/fault_shim.so exec "$DOLEN" --file "$FILE"'
passphrase ; keys 'X' 's' <Enter>
idle off
keys 'y' ; expect "Sealing" ; row 1 "Outbox" ; expect "being made"
keys 's' ; expect "A batch is being made already." ; keys 'S' ; expect "There is nothing to send, and"
keys 't' 'p' ; expect "Eirlys" ; keys <Enter> ; expect "Eirlys Prawf" ; keys <Esc> 'X' ; expect "being made"
sh 'echo >"$HOME/gate"'
idle on
wait-for "Sealed. It waits here: S sends it." ; keys 't' 'X' ; expect "waiting to be sent" ; keys 'S' ; expect "sent, no receipt yet"
sh 'ls "$HOME"/drop/*.dlnb.minisig ; ! ls -A "$HOME/case/outbox/w-hub" | grep -q "^[.]"'

case locked-while-it-is-sealed
sh 'mkdir -m 700 "$HOME/case/outbox" "$HOME/case/outbox/w-hub" ; mkfifo "$HOME/gate"'
exec sh -c 'FAULT_DIR="$HOME/case/outbox" FAULT_CALLS=fsync FAULT_NTH=1 FAULT_GATE="$HOME/gate" LD_PRELOAD=$(realpath "$BUILD")/tests/fault_shim.so exec "$DOLEN" --file "$FILE"'
passphrase ; keys 'X' 's' <Enter>
idle off
keys 'y' ; expect "Sealing" ; sh 'timeout 20 sh -c "until [ -e \"$HOME\"/gate.reached ]; do :; done"' ; keys <C-k>
sh 'echo >"$HOME/gate"'
wait-for "Passphrase" ; expect-not "Eirlys"
sh 'rm "$HOME/gate"'
idle on
passphrase ; keys 't' 'X' ; expect-not "being made" ; expect "Nothing is known to have arrived."
sh '! ls -A "$HOME/case/outbox/w-hub" | grep -q .'
keys 's' ; expect "3 rows about 1 person." ; keys <Enter> 'y' ; expect "waiting to be sent" ; keys 'S' ; expect "sent, no receipt yet"

case killed-while-it-is-sealed
sh 'mkdir -m 700 "$HOME/case/outbox" "$HOME/case/outbox/w-hub" ; mkfifo "$HOME/gate"'
exec sh -c 'FAULT_DIR="$HOME/case/outbox" FAULT_CALLS=fsync FAULT_NTH=1 FAULT_GATE="$HOME/gate" LD_PRELOAD=$(realpath "$BUILD")/tests/fault_shim.so exec "$DOLEN" --file "$FILE"'
passphrase ; keys 'X' 's' <Enter>
idle off
keys 'y' ; expect "Sealing" ; sh 'timeout 20 sh -c "until [ -e \"$HOME\"/gate.reached ]; do :; done"' ; signal KILL ; wait-exit 137
idle on
run ; passphrase ; keys 'X' ; expect-not "being made"
sh '! ls -A "$HOME/case/outbox/w-hub" | grep -q .'
keys 's' ; expect "3 rows about 1 person." ; keys <Enter> 'y' ; expect "waiting to be sent" ; keys 'S' ; expect "sent, no receipt yet"

case a-server-s-key-is-shown-compared-and-kept
sh 'bash tests/lib/sync_setup.sh strange'
run ; passphrase ; keys 'X' 's' <Enter> 'y' ; expect "waiting to be sent" ; keys 'S' ; expect "something must be done here"
keys 'K' ; row 1 "Key of the server" ; wait-for "SHA256:" ; expect "Compare it, letter for letter" ; keys <Esc>
row 1 "Outbox" ; keys 'S' ; expect "something must be done here"
keys 'K' ; wait-for "SHA256:" ; keys <Enter> ; expect "Is it, letter for letter" ; keys 'y' ; row 1 "Outbox" ; keys 'S' ; expect "sent, no receipt yet"
keys 'K' ; wait-for "It is the one on record"

# The program that carries says nothing at all: keys are answered all the while, and at the bound a sentence names it.
case beside-a-carrier-that-says-nothing
sh 'bash tests/lib/sync_setup.sh silent'
exec sh -c 'LANG=C.UTF-8 DOLEN_SHARE="$PWD" exec "$HOME/alone/dolen" --file "$FILE"'
passphrase ; keys 'X' 's' <Enter> 'y' ; expect "waiting to be sent"
idle off
keys 'S' ; expect "Sending 0 %" ; keys 't' ; expect "Today" ; keys 'p' ; expect "Eirlys" ; keys <Enter> ; expect "Eirlys Prawf"
keys <Esc> 'X' ; expect "being sent"
idle on
deadline 30000
wait-for "gave no answer in time" ; keys 't' 'X' ; expect "tried again"

# The keys of the outbox do nothing on what would leave: it was looked at once, and is sealed once.
case what-would-leave-is-not-opened-twice
run ; passphrase ; keys 'X' 's' ; row 1 "What would leave" ; keys 's' 'S' ; row 1 "What would leave" ; keys <Esc> ; row 1 "Outbox"
expect "Nothing is known to have arrived."

# What waits for its stick goes by itself when its time has come and the stick is back, wherever one is then.
case a-stick-that-is-back-is-found-by-itself
sh 'mv "$HOME/drop" "$HOME/away"'
run ; passphrase ; keys 'X' 's' <Enter> 'y' ; expect "waiting to be sent" ; keys 'S' ; wait-for "tried again" ; keys 'p' ; expect "Eirlys"
sh 'mv "$HOME/away" "$HOME/drop"'
deadline 90000
wait-for "1 batch sent." ; expect "Eirlys" ; keys 'X' ; expect "sent, no receipt yet"
sh 'ls "$HOME"/drop/*.dlnb.minisig'
