# Two laptops on the screen: a person is sealed for the other one, comes back changed, and what both wrote is settled.
today 2026-03-09
prepare practice 3 7
sh <<END
other() { XDG_STATE_HOME=$HOME/other "$DOLEN" --file "$HOME/B" --passphrase-fd 3 "$@" 3<"$HOME/p"; }
mine() { "$DOLEN" --file "$FILE" --passphrase-fd 3 "$@" 3<"$HOME/p"; }
printf '%s\n' "$PASS" >"$HOME/p"
XDG_STATE_HOME=$HOME/other "$DOLEN" --file "$HOME/B" practice new --cases 1 --seed 3 --passphrase-fd 0 <"$HOME/p" >/dev/null 2>&1
mine source show >"$HOME/A.json" ; other source show >"$HOME/B.json"
mine handover trust "$HOME/B.json" >/dev/null ; other handover trust "$HOME/A.json" >/dev/null
p=$(mine --json person list | sed 's/.*"items":\[{"id":"\([^"]*\)".*/\1/')
mine handover make "$p" --to "$HOME/B.json" --out "$HOME/first" >/dev/null
other handover open "$HOME/first" >/dev/null
echo '{"gp_practice":"Theirs"}' | other person edit "$p" --answers - >/dev/null
echo '{"gp_practice":"Mine"}' | mine person edit "$p" --answers - >/dev/null
other handover make "$p" --to "$HOME/A.json" --out "$HOME/second" >/dev/null
echo '{"communication_needs":"Theirs too"}' | other person edit "$p" --answers - >/dev/null
echo '{"communication_needs":"Mine too"}' | mine person edit "$p" --answers - >/dev/null
other handover make "$p" --to "$HOME/A.json" --out "$HOME/both" >/dev/null
q=$(echo '{"given_name":"Gwilym","family_name":"Newydd"}' | other --json person add --answers - | sed 's/^{"id":"\([^"]*\)".*/\1/')
for day in 05 06 07; do echo "{\"received_on\":\"2026-01-$day\",\"route\":\"SELF\",\"source\":\"SELF\"}" | other referral add "$q" --answers - >/dev/null; done
other handover make "$q" --to "$HOME/A.json" --out "$HOME/third" >/dev/null
printf '%s\n' "$HOME/both" >"$HOME/where2" ; printf '%s\n' "$HOME/third" >"$HOME/where3" ; printf '%s\n' "$HOME/second" >"$HOME/where" ; printf '%s\n' "$HOME/B.json" >"$HOME/identity" ; printf '%s\n' "$HOME/mine.json" >"$HOME/saved"
END
run ; passphrase

case open-settle-and-take-back
keys ':' ; type "open-handover" ; keys <Enter> ; expect "File from another laptop:" ; type-file "where" ; keys <Enter>
row 1 "Two laptops (1)" ; expect "1 mine: Mine" ; expect "2 theirs: Theirs" ; keys '2' ; row 1 "Two laptops (0)" ; expect "Settled."
keys 'u' ; row 1 "Two laptops (1)"

case it-is-said-at-the-start
keys <C-q> ; wait-exit 0
sh '! "$DOLEN" --file "$FILE" --passphrase-fd 3 handover open "$HOME/second" 3<"$HOME/p" >/dev/null 2>&1'
run ; passphrase ; expect "1 difference between two laptops waits" ; keys ':' ; type "conflicts" ; keys <Enter> ; keys '1' ; row 1 "(0)"

# Two differences may look alike: a lock in between does not bring one to the other.
case after-a-lock-it-is-the-same-difference
keys ':' ; type "open-handover" ; keys <Enter> ; type-file "where2" ; keys <Enter> ; row 1 "Two laptops (2)" ; keys <End> ; expect "1 mine: Mine too" ; keys <C-k> ; expect-not "Mine" ; passphrase
row 1 "Two laptops (2)" ; expect "1 mine: Mine too" ; keys '1' ; row 1 "Two laptops (1)" ; expect "1 mine: Mine"

# Trust is given and taken back on the screen, and the other laptop gets this one's identity.
case a-laptop-is-trusted-by-its-fingerprint
keys 't' ':' ; type "laptops" ; keys <Enter> ; row 1 "Trusted laptops (1)" ; expect "This laptop" ; expect "Trusted"
row 24 "Enter Save identity" ; keys 'd' ; expect "This laptop always stands here" ; keys <Down> ; row 24 "a Add" ; keys <Enter> ; expect "trusted since 9 Mar 2026" ; expect "The fingerprint of its key: " ; keys '1' ; row 1 "(1)"
keys <Enter> '2' ; expect "Refuse handovers" ; keys 'n' ; row 1 "(1)" ; keys 'd' ; expect "Refuse handovers" ; keys 'n' ; row 1 "(1)"
keys 'd' 'y' ; row 1 "(0)" ; expect "refused from now on"
sh '! "$DOLEN" --file "$FILE" --passphrase-fd 3 handover open "$HOME/second" 3<"$HOME/p" >/dev/null 2>&1'
keys 'a' ; type-file "identity" ; keys <Enter> ; expect "Is it the same?" ; keys 'n' ; row 1 "(0)" ; expect "Not trusted."
keys 'a' <Esc> ; row 1 "(0)" ; keys 'a' ; type "/nowhere" ; keys <Enter> ; expect "does not exist" ; row 1 "(0)"
keys 'a' ; type-file "identity" ; keys <Enter> 'y' ; row 1 "(1)" ; expect "opened from now on"
keys 'a' ; type-file "identity" ; keys <Enter> ; expect "is trusted already, with this fingerprint" ; expect-not "Not trusted" ; row 1 "(1)"
keys <Home> <Enter> ; expect "New file" ; type-file "saved" ; keys <Enter> ; expect "no secret"
sh 'cmp "$HOME/mine.json" "$HOME/A.json"'

case what-would-come-is-said-and-asked-about
keys 't' ; expect "3 people" ; keys ':' ; type "open-handover" ; keys <Enter> ; type-file "where3" ; keys <Enter>
expect "7 records are new or changed" ; expect "Person: 1;" ; expect "Take all of it over?" ; keys <Enter> ; expect "Not taken over. Nothing was changed." ; expect "3 people"
keys ':' ; type "open-handover" ; keys <Enter> ; type-file "where3" ; keys <Enter> 'y' ; expect "new records: 7; fields taken over: 0" ; expect "4 people"
keys 'u' ; expect "The last step changed" ; keys 'n' ; expect "4 people" ; keys 'u' 'y' ; expect "Taken back: " ; expect "3 people"

# Over a list the title names nobody: the question does, before anything is sealed.
case it-is-said-whose-records-are-sealed
keys 'p' ':' ; type "make-handover" ; keys <Enter> ; expect "Michael Carter, 8 Dec 1969" ; expect ". For which laptop?" ; keys <Esc> ; expect-not "For which laptop?"

case a-handover-that-was-refused-is-said-before-the-file
keys 'p' <Enter> 's' '2' '1' <Tab> '1' <Tab> ; type "Jo, Swansea" ; keys <Tab> '7' <Tab> '1' '1' '2' <C-s> ; expect "Filed: Privacy"
keys ':' ; type "make-handover" ; keys <Enter> ; expect "Said no on 9 Mar 2026 to handing over to" ; expect "Jo, Swansea. For which laptop?" ; keys <F9> ; expect "Dywedwyd na ar 9 Maw 2026 i drosglwyddo i" ; keys <F9> <Esc>
