# Somebody is forgotten for good on the screen: never while a case is open, never by a slip, and nothing of them stays in sight.
today 2026-03-09
prepare practice 6 7
sh <<END
printf '{"given_name":"Zenobia","family_name":"Prawf","phone":"029 2018 0123"}' | "$DOLEN" --file "$FILE" --passphrase-fd 3 person add --answers - >/dev/null
END
run ; passphrase

case an-open-case-is-closed-first
type "/tucker" ; keys <Enter> <Enter> ':' ; type "forget" ; keys <Enter> ; row 1 "Overview" ; expect "decide or close first"

case the-name-is-typed-and-nothing-else-does-it
type "/zenobia" ; keys <Enter> <Enter> ':' ; type "forget" ; keys <Enter> ; row 1 "Forgetting  " ; expect "There is no way back."
expect "type their name, Zenobia Prawf" ; keys <Esc> ; row 1 "Overview" ; expect "Not forgotten. Nothing was changed."
keys ':' ; type "forget" ; keys <Enter> <Enter> ; row 1 "Forgetting  " ; expect "The name typed is not this person's. Nothing was changed."
# it is asked again: letters typed anew are no actions
type "Zenobia" ; keys <Enter> ; expect "The name typed is not this person's." ; cursor-on "Zenobia" ; keys <C-u> ; type "Zen" ; row 1 "Forgetting  " ; keys <Esc> ; row 1 "Zenobia Prawf"

case gone-from-every-screen
type "/zenobia" ; keys <Enter> <Enter> '2' 'e' ; expect "Ask this first" ; keys '1' <C-s> ; expect "Filed"
keys ':' ; type "forget-list" ; keys <Enter> ; row 1 "Forgetting  " ; resize 40x12 ; keys <F9>
keys ':' ; type "forget" ; keys <Enter> ; expect "Nid oes ffordd yn" ; type "zenobia prawf" ; keys <Enter> ; row 1 "Heddiw" ; expect "Wedi'i anghofio, am byth."
keys <F9> ; resize 80x24 ; row 1 "Today" ; expect-not "Zenobia" ; keys 'u' ; expect-not "Zenobia" ; keys 'p' ; expect "(forgotten)" ; expect-not "Zenobia"
keys '/' ; type "zenobia" ; keys <Enter> ; expect-not "Zenobia Prawf" ; keys <Esc> <Esc> <C-q> ; wait-exit 0
sh <<END
"$DOLEN" --file "$FILE" --passphrase-fd 3 audit verify >/dev/null
END
