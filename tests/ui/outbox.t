# The outbox on the screen: what would leave, sealed, sent while the screen stays live, and arrived only with its receipt.
prepare empty
sh 'bash tests/lib/sync_setup.sh'
run ; passphrase ; keys 'X' ; row 1 "Outbox" ; expect "Wellbeing figures (w-hub)" ; expect "Nothing is known to have arrived."

case what-would-leave-is-said-first
keys 's' ; row 1 "What would leave" ; expect "Everything: nothing has arrived there yet." ; expect "3 rows about 1 person."
expect "Nobody is left out." ; expect "1 person shares these with nobody else here." ; expect "pseudonymised personal data"
expect-not "Eirlys"
keys <Esc> ; row 1 "Outbox" ; expect-not "waiting to be sent"

case sealed-then-sent-then-arrived-with-its-receipt
keys 's' <Enter> 'y' ; expect "Sealed. It waits here: S sends it." ; row 1 "Outbox" ; expect "waiting to be sent"
expect "Nothing is known to have arrived."
keys 'S' ; expect "sent, no receipt yet" ; expect "Nothing is known to have arrived." ; sh 'ls "$HOME"/drop/*.dlnb.minisig'
sh 'bash tests/lib/sync_setup.sh receive'
keys 'r' ; expect "1 receipt read." ; expect "= arrived and taken in" ; expect "Arrived: everything until"
keys <Down> <Enter> ; expect "3 new, 0 changed, 0 taken back" ; keys <Esc> ; row 1 "Outbox"
keys 's' ; expect "Nothing has changed for this destination" ; keys <Esc>
keys <F9> ; row 1 "Blwch anfon" ; expect "Ffigurau llesiant (w-hub)" ; expect "wedi cyrraedd a'i dderbyn" ; keys <F9>
resize 40x12 ; keys 't' ':' ; type "outbox" ; keys <Enter> ; row 1 "Outbox" ; expect "arrived and taken in"
keys <C-q> ; wait-exit 0
sh '! grep -rqa -e Eirlys -e Prawf "$HOME/case" "$HOME/drop" "$HOME/config"'

case a-second-one-is-said-to-be-a-second-one
keys 's' ; expect-not "has not arrived" ; keys <Enter> 'y' ; expect "Sealed." ; keys 's' ; expect "has not arrived there yet." ; keys <Enter> ; expect "Seal another one all the same?"
keys <F9> ; expect "Selio un arall er hynny?" ; keys <F9> 'n' <Esc> 'S' ; expect "sent, no receipt yet" ; keys 's' ; expect "has not arrived" ; keys <Esc>
sh 'bash tests/lib/sync_setup.sh receive' ; keys 'r' 's' ; expect "Nothing has changed" ; expect-not "has not arrived"

# A withdrawal says what is left to do, and no longer says it once the hub has taken the rows back.
case a-withdrawal-says-when-nothing-is-left-to-do
keys 's' <Enter> 'y' ; expect "Sealed." ; keys 'S' ; expect "sent, no receipt yet" ; sh 'bash tests/lib/sync_setup.sh receive' ; keys 'r' ; expect "arrived and taken in"
type "/eirlys" ; keys <Enter> <Enter> '8' 'x' <C-s> ; expect "seal and send it today" ; keys 'X' 's' ; expect "3 rows are taken back." ; keys <Enter> 'y' ; expect "Sealed."
keys 'S' ; expect "sent, no receipt yet" ; type "/eirlys" ; keys <Enter> <Enter> '8' ; expect "by a batch that has not" ; expect-not "send it today"
sh 'bash tests/lib/sync_setup.sh receive' ; keys 'X' 'r' ; expect-not "no receipt yet" ; type "/eirlys" ; keys <Enter> <Enter> '8' ; expect "nothing is left to do" ; expect-not "send it today"

case a-stick-that-is-not-there
keys 's' <Enter> 'y'
sh 'mv "$HOME/drop" "$HOME/elsewhere"'
keys 'S' ; expect "not sent" ; sh 'mv "$HOME/elsewhere" "$HOME/drop"'
keys 'S' ; expect "sent, no receipt yet"

case a-new-policy-is-read-before-it-is-adopted
keys 'n' ; expect "No new policy of this service is known."
sh 'bash tests/lib/sync_setup.sh policy' ; sh 'bash tests/lib/sync_setup.sh receive'
keys 'r' <Home> ; expect "The service has signed a new policy"
keys 'n' ; expect "number 2" ; expect "More leaves" ; expect "Dates: by day (until now: by month)" ; expect-not "Less leaves"
keys <Enter> 'n' ; expect "More leaves" ; keys <Esc> ; row 1 "Outbox" ; expect "The service has signed a new policy"
keys 'n' <Enter> 'y' ; expect "Adopted. The next batch has everything again." ; row 1 "Outbox"
expect-not "The service has signed a new policy" ; expect "has everything again: the policy"
keys 'n' ; expect "No new policy of this service is known."
