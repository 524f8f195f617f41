# What stands on Today and under "Next" opens just what it names: one Enter to the person, one more to the thing.
prepare empty
sh <<END
me() { printf '%s\n' "$PASS" | "$DOLEN" --file "$FILE" --json --passphrase-fd 0 "$@"; }
answers() { a=$1; shift; printf '%s' "$a" >"$HOME/a" ; me "$@" --answers "$HOME/a"; }
id() { sed -n 's/^{"id":"\([^"]*\)".*/\1/p'; }
p=$(answers '{"given_name":"Eirlys","family_name":"Prawf"}' person add | id)
r=$(answers '{"received_on":"'"$(date +%F)"'","route":"PROFESSIONAL","source":"GPPR","feedback_wanted":"YES","referrer_name":"Dr Prawf"}' referral add "$p" | id)
printf '%s' "$p" >"$HOME/p" ; printf '%s' "$r" >"$HOME/r"
END
run ; passphrase

case a-referral-is-decided
row 3 "referral came today" ; keys <Enter> ; row 1 "Overview" ; cursor-on "waits for a decision" ; keys <Enter> ; expect "What was decided?"
keys '1' <C-s> ; expect "Filed: Decision"

case a-follow-up-is-a-contact
keys <Enter> <Enter> '1' <C-s> 'c' '5' <Tab> '1' ; type "5" ; keys <Tab> <Tab> <Tab> ; type "today" ; keys <C-s> ; keys 't' ; row 3 "follow-up due today"
# (safe contact is read on the overview first)
keys <Space> ; cursor-on "follow-up due today" ; keys <Enter> ; row 1 "Contact" ; keys <Esc>

case something-serious-goes-off-today-once-the-supervisor-knows
keys '!' 'a' 'y' ; keys <Tab> ; type "She said that" ; keys <C-s> ; expect "Filed" ; keys 't' ; row 3 "to talk over with your supervisor"
keys <Enter> ; cursor-on "to talk over with your supervisor" ; keys <Enter> ; row 1 "Something serious" ; expect "told on"
type "today" ; keys <C-s> ; expect "Filed" ; keys 't' ; expect-not "supervisor"

case feedback-is-the-letter
keys <Enter> <Enter> '1' <C-s> 'C' '1' <C-s> ; keys 't' ; row 3 "feedback owed" ; keys <Enter> ; cursor-on "feedback owed" ; keys <Enter>
row 1 "Letter to the referrer" ; keys <Esc> ; keys 'F' ; row 1 "Letter to the referrer" ; keys <Esc> ; row 1 "Overview"
keys <Down> ; cursor-on "Send feedback to the referrer" ; keys <Enter> ; row 1 "Letter to the referrer"
