# Settings: changed in place, kept for the next start, and never a word about anybody in them.
today 2026-03-09
prepare practice 12 7
run ; passphrase
keys ':' ; type "settings" ; keys <Enter> ; row 1 "Settings"

case kept
cursor-on "Lock after" ; expect "5 minutes" ; row 24 "Enter Change" ; keys <Down> <Space> ; cursor-on "Language" ; keys <Down> ; cursor-on "Plain lines" ; keys <Space>
cursor-on "yes" ; keys <C-q> ; wait-exit 0
run ; passphrase ; keys ':' ; type "settings" ; keys <Enter> <Down> <Down> ; cursor-on "Plain lines" ; cursor-on "yes"

case say-what-they-do
expect "Time without a key before the case file locks." ; keys <Down> ; expect-not "Time without a key"

case are-outside-the-case-file-and-hold-no-names
keys <Down> <Down> <Space> <C-q> ; wait-exit 0
sh 'ls -R "$HOME/config" ; ! grep -r -i -e tucker -e linda "$HOME/config" "$HOME/state"'

case back-to-where-one-was
keys <Esc> ; row 1 "Today"

case what-the-service-decided-stands-in-the-case-file
keys 'G' ; cursor-on "Kept without one" ; expect "2 years" ; keys <Up> ; cursor-on "Kept after closing" ; expect "8 years" ; keys <Right> ; expect "Enter changes this one" ; expect "8 years" ; keys <Enter> <BackSpace> ; type "12" ; keys <Enter>
expect "12 years" ; keys <Enter> <BackSpace> <BackSpace> ; type "500" ; keys <Enter> ; expect "Nothing was changed" ; expect "12 years"
keys <C-q> ; wait-exit 0 ; sh '! grep -r -e retention "$HOME/config"'
run ; passphrase ; keys ':' ; type "settings" ; keys <Enter> 'G' <Up> ; cursor-on "Kept after closing" ; expect "12 years"

# In Welsh too the setting says the language that is set: the word of the key bar for the other one is not it.
case the-language-is-called-by-its-own-name
keys ':' ; type "settings" ; keys <Enter> <Down> <Space> ; expect "in English" ; keys <Space> ; row 1 "Gosodiadau" ; expect "yn Gymraeg"

# On the smallest screen a sentence that is long, and a value that its column cuts, can be read whole.
case nothing-is-cut-on-a-small-screen
resize 40x12 ; keys ':' ; type "settings" ; keys <Enter> 'G' <Up> ; cursor-on "Kept after closing" ; expect "past its time."
keys 'g' 'g' <Down> ; cursor-on "Language" ; expect "as the system says. The" ; resize 80x24
