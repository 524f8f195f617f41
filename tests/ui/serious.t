# Something serious: from everywhere, in both languages, and the screen behind it as it was.
today 2026-03-09
prepare practice 12 7
run ; passphrase

# Where letters look for a line, or answer yes or no, ! is still something serious and ? still help.
case from-a-list-to-pick-from-and-from-a-question
type "/lin" ; keys <Enter> <Enter> 'M' ; expect "Which measure?" ; keys '!' ; row 1 "Something serious" ; keys <Esc> ; expect "Which measure?"
keys 'z' ; expect "Nothing here has" ; keys <BS> '?' ; row 1 "Help" ; keys <Esc> <Esc> 'H' '1' '1' ; expect "Give the laptop to" ; keys '!' ; row 1 "Something serious"

case from-a-list-and-back
keys <F2> ; row 1 "Something serious / Rhywbeth difrifol" ; expect "999" ; expect "Samaritans / Y Samariaid"
expect-not "Mohammed" ; keys <Esc> ; row 1 "Today"
keys '!' ; row 1 "Something serious" ; keys <Esc> ; row 1 "Today"

case one-protocol
keys <F2> <Down> <Down> <Enter> ; expect "suicide" ; expect "hunanladdiad" ; keys <Esc> <Esc> ; row 1 "Today"

case from-a-field-without-losing-a-letter
type "/lin" ; keys <Enter> <Enter> 'w' ; type "Half a thou" ; keys <F2> ; row 1 "Something serious" ; expect-not "Linda"
expect-not "Half" ; keys <Esc> ; cursor-on "Half a thou" ; type "ght" ; expect "Half a thought"
keys <C-o> '!' ; row 1 "Something serious" ; keys <Esc> ; expect "Half a thought"

case from-a-question-and-the-menu
keys 'a' ; expect "Name of the person" ; keys <F2> ; row 1 "Something serious" ; keys <Esc> ; expect "Name of the person"
keys <Esc> <F10> <F2> ; row 1 "Something serious"

case from-settings-help-and-the-command-line
keys '?' <F2> ; row 1 "Something serious" ; keys <Esc> ; row 1 "Help"
keys <Esc> ':' <F2> ; row 1 "Something serious"

case a-note-with-the-time
type "/lin" ; keys <Enter> <Enter> <F2> 'a' ; expect "Linda Tucker" ; expect "9 Mar 2026" ; expect "12:00"
keys <C-o> '!' ; keys <Esc>
# another day has another time: none is claimed until it is typed; back on today it is now again
keys <Up> <Up> <C-u> ; type "-1" ; keys <Tab> ; expect "8 Mar 2026" ; expect-not "12:00"
keys <Up> <C-u> ; type "today" ; keys <Tab> ; cursor-on "12:00"
# and what was typed stands, whatever the day
keys <C-u> ; type "9.30" ; keys <Tab> <Up> <Up> <C-u> ; type "-1" ; keys <Tab> ; expect "9.30"

case a-note-without-what-was-seen-is-no-empty-line-afterwards
type "/lin" ; keys <Enter> <Enter> <F2> <Down> <Down> <Down> <Down> <Down> <Enter> 'a' <C-s> ; expect "required question is still open" ; keys 'y' ; expect "Nothing was answered here" ; keys 'y' ; expect "Filed: Something serious"
keys <Esc> <Esc> '9' ; row 2 "[9 Notes]" ; expect "What was seen or said is not written down yet." ; keys <F9> ; expect "welwyd neu a ddywedwyd"

case a-note-that-was-filed-is-not-taken-back-by-one-key
type "/lin" ; keys <Enter> <Enter> <F2> <Down> <Down> <Down> <Down> <Down> <Enter> 'a' <C-s> ; keys 'y' ; expect "Nothing was answered here" ; keys 'y' ; expect "Filed: Something serious"
expect-not "takes it back"
keys <Esc> <Esc> 'u' ; expect "never taken back" ; keys <F9> ; expect "difrifol"

case from-a-list-it-asks-whose-note-it-is
# the cursor of Today stands on somebody, whoever it is that rang
keys <F2> 'a' ; expect "Nobody's record is open. Is the note about" ; keys <Esc> ; row 1 "Something serious" ; expect "open the person, then F2 and a"
keys <Esc> ; row 1 "Today" ; expect-not "not yet filed."
keys 'p' <F2> 'a' ; expect "Nobody's record is open" ; keys <F9> ; expect "Nid oes cofnod neb ar agor" ; keys 'y' ; expect "Ble y digwyddodd"
# from the menu of a person it is theirs, and no list's
keys <F9> <Esc> <Esc> <Esc> ; type "/lin" ; keys <Enter> <Enter> 'm' <F2> 'a' ; expect "Linda Tucker" ; expect "Where it happened" ; keys <Esc> <Esc> ; row 1 "Overview"

case a-note-that-is-not-finished-is-called-a-note-where-nobody-asked-for-it
type "/lin" ; keys <Enter> <Enter> <F2> 'a' ; type "At the surgery" ; keys <Tab> <Esc> <Esc> ; row 1 "Overview" ; expect "Note · 9 Mar 2026" ; expect-not "erious ·"
keys 't' ; expect "You were in Note, Linda Tucker" ; expect-not "Something" ; keys <F9> ; expect "Nodyn, Linda Tucker" ; expect-not "difrifol"
keys 'd' ; expect-not "difrifol" ; type "twice" ; keys <Enter> ':' ; type "show-bin" ; keys <Enter> ; expect "Linda" ; expect-not "difrifol"

case a-broken-file-of-the-service-does-not-take-what-to-do-away
sh 'mkdir -p "$HOME/config/dolen/protocols"; printf "protocol: thoughts-of-suicide\ntitle: {en: \"Th\n" >"$HOME/config/dolen/protocols/thoughts-of-suicide.yaml"'
keys <C-q> ; wait-exit 0 ; run ; passphrase ; keys <F2> ; expect "Thoughts of suicide" ; expect "116 123"
keys <Down> <Down> <Enter> ; expect "hunanladdiad" ; expect "cannot be read: this is what came" ; keys <Esc> <Home> <Enter> <End> ; expect "doctor says which"

case in-a-window-that-is-too-small-the-number-stands-all-the-same
resize 20x5 ; expect "too" ; expect-not "999" ; keys <F2> ; expect "999" ; resize 80x24 ; row 1 "Something serious" ; keys <Esc> ; row 1 "Today"

case the-notes-say-when-where-what-is-wanted-and-who-was-told
type "/lin" ; keys <Enter> <Enter> <F2> 'a' ; type "At the surgery" ; keys <Tab> ; type "A bruise" ; keys <Tab> ; type "A friend told" ; keys <C-s>
expect "Filed: Something serious" ; keys <Esc> '9' ; expect "Time: 12:00" ; expect "Where: At the surgery" ; expect "What the person wants: A friend told" ; expect-not "lead told:"
keys '1' ; expect "to talk over with your supervisor today" ; keys '9' <Enter> <End>

# What was read when the note was begun is on it: filed at once, or as a draft later.
case the-note-names-the-protocol-it-was-begun-from
type "/lin" ; keys <Enter> <Enter> <F2> <Down> <Down> <Enter> 'a' <Tab> ; type "A bruise" ; keys <C-s> ; expect "Filed: Something serious"
keys <Esc> <Esc> '9' ; expect "Protocol: Thoughts of suicide" ; keys <F9> ; expect "Protocol: Meddwl am hunanladdiad" ; keys <F9>
keys <F2> <Down> <Down> <Down> <Enter> 'a' <Tab> ; type "Later" ; keys <Esc> <Esc> <Esc> <F2> 'a' ; expect "Later" ; keys <C-s> ; expect "Filed: Something serious"
keys <Esc> '9' ; expect "Later" ; expect "Protocol: Acute mental illness"
keys <F2> 'a' <Tab> ; type "Third" ; keys <C-s> ; expect "Filed: Something serious" ; keys <Esc> '9' <Home> ; expect "Third"

case the-history-says-what-was-opened-and-only-in-an-open-record
keys 'p' <F2> <Esc> <Enter> '0' ; row 2 "[0 History]" ; expect-not "Guidance opened"
keys <F2> <Esc> '1' '0' ; expect "Guidance opened" ; keys <F9> ; expect "Agorwyd canllaw"
