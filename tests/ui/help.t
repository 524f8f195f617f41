# Help says what can be done here; the menu and the command line do it.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case help-is-about-this-screen
keys '?' ; row 1 "Help" ; expect "What is due, most urgent first, and why." ; expect "On this screen" ; keys <Esc> ; row 1 "Today"
keys 'A' <F1> ; row 1 "Help" ; expect-not "What is due, most urgent" ; keys <Esc> ; row 1 "Directory"

case help-from-a-text-field
type "/lin" ; keys <Enter> <Enter> 'w' ; type "Gardd" ; keys <F1> ; row 1 "Help" ; expect "File the form" ; keys <Esc> ; expect "Gardd"
keys <C-o> '?' ; row 1 "Help" ; keys <Esc> ; cursor-on "Gardd"

case to-the-end-and-back
keys '?' <End> ; expect "To the last" ; expect "Marks" ; keys <C-Home> ; expect "What is due, most urgent first"

# A word of what one wants to do: here, and on other screens.
case a-word-is-searched-for-in-help
keys '?' ; row 24 "/ Search" ; keys '/' ; type "undo" ; expect "Take back the last change" ; expect-not "Moving about" ; expect-not "Most urgent" ; keys <C-u> ; type "same person"
expect "On other screens" ; expect ":merge" ; expect "Join this record with another one" ; keys <Enter> <Down> <Down> ; row 1 "Help" ; keys '/' ; type "qqqq" ; expect "Nothing has that in it."
keys <Esc> ; row 1 "Help" ; expect "On this screen" ; keys <Esc> ; row 1 "Today"
keys <F9> '?' '/' ; type "dadwneud" ; expect "u " ; expect-not "Symud" ; resize 40x12 ; expect "newid" ; keys <Esc> <Esc> <F9> ; resize 80x24 ; row 1 "Today"

case the-menu-does-it
keys <F10> ; row 1 "Menu" ; keys <Esc> ; row 1 "Today" ; keys 'm' <Enter> ; row 1 "Overview"

case the-command-line-does-it
keys ':' ; type "dir" ; expect "directory" ; keys <Enter> ; row 1 "Directory" ; keys ':' ; type "nonsense" ; keys <Enter> ; expect "nonsense"
keys ':' <Esc> ; row 1 "Directory"

case every-way-has-its-way-back
keys 'p' 'i' 'A' <Esc> ; row 1 "Referrals" ; keys <Esc> ; row 1 "People" ; keys <Esc> ; row 1 "Today" ; keys <Esc>
expect "This is the first screen. Q leaves, Ctrl-K locks."

case a-key-that-does-nothing-says-so
keys 'Z' ; expect "That key does nothing here; ? shows what does." ; keys <Down> ; expect-not "does nothing here" ; keys '/' <C-x> ; expect "does nothing here"

case help-on-a-key-or-a-word-from-the-command-line
keys ':' ; type "help c" ; expect "Help for this screen" ; keys <Enter> ; row 1 "Help" ; expect "Log a contact" ; expect-not "Close the episode" ; expect-not "People: search" ; keys <Esc> <Esc> ; row 1 "Today"
keys ':' ; type "help Ctrl-K" ; keys <Enter> ; row 1 "Help" ; expect "Lock the case file now" ; expect-not "Log a contact" ; keys <Esc> <Esc>
keys ':' ; type "help lock" ; keys <Enter> ; row 1 "Help" ; expect "Lock the case file now" ; keys <Esc> <Esc> ; row 1 "Today"
