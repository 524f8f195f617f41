# The private meter of minutes on forms: counted while a form is in front, shown to the practitioner alone, forgotten on demand.
today 2026-03-09
prepare practice 6 7
env DOLEN_TEST_KEY_SECONDS=20
sh <<END
printf 'pont y bont 99 eirin\n' >"$HOME/p2"
"$DOLEN" --file "$FILE" --passphrase-fd 3 keys add passphrase --name "Gwen Prawf" --kdf-mib 64 --new-fd 4 4<"$HOME/p2" >/dev/null
END
run ; passphrase

case nothing-yet-and-what-it-is-for
keys '%' ; row 1 "My paperwork time" ; expect "nobody but you sees it" ; expect "This week: 0 min" ; expect "No time on forms was counted"

case every-key-in-a-form-and-none-outside
type "/Jack" ; keys <Enter> <Enter> 'c' ; row 1 "Contact" ; keys <Tab> <Tab> <Tab> <Esc>
keys ':' ; type "paperwork" ; keys <Enter> ; row 1 "My paperwork time" ; expect "This week: 1 min" ; expect "9 Mar 2026   1 min        ██" ; expect "Contact: 1 min"
resize 40x12 ; row 1 "My paperwork time" ; keys <PgDn> ; expect "Each week" ; expect "██" ; keys <PgDn> <PgDn> ; expect "Contact: 1 min"
resize 80x24 ; keys 'L' ; row 1 "Fy amser gwaith papur" ; expect "Cyswllt: 1 mun"

case filed-forms-and-averages
keys 'a' ; type "Nia Prawf" ; keys <Enter> ; expect "Language" ; keys <C-s>
expect "Referral" ; keys <Tab> <Tab> <Tab> <Tab> <C-s> ; expect "Filed: Referral"
keys '%' ; expect "over 1 referral that you wrote down: 2 min" ; expect "it is not how long one case took." ; expect "Referral: 2 min, filed 1 time, 2 min each"

case a-long-pause-is-no-paperwork
env DOLEN_TEST_KEY_SECONDS=121
keys <C-q> ; wait-exit 0 ; run ; passphrase ; type "/Jack" ; keys <Enter> <Enter> 'c' ; row 1 "Contact" ; keys <Tab> <Tab> <Tab> <Esc>
keys '%' ; row 1 "My paperwork time" ; expect "This week: 0 min"

case kept-through-a-lock-and-shown-to-nobody-else
type "/Jack" ; keys <Enter> <Enter> 'c' <Tab> <Tab> <Tab> <C-k> ; expect "Passphrase or recovery code"
type "pont y bont 99 eirin" ; keys <Enter> ; wait-for "TRAINING" ; keys '%' ; row 1 "My paperwork time" ; expect "This week: 0 min" ; expect-not "Contact"
keys 'F' ; expect "for good?" ; keys 'y' ; expect "Your minutes are forgotten"
keys <C-k> ; passphrase ; keys '%' ; expect "Contact: 1 min"

case forgotten-and-not-brought-back
type "/Jack" ; keys <Enter> <Enter> 'c' <Tab> <Tab> <Tab> <Esc> '%' ; expect "Contact: 1 min" ; keys 'F' 'n' ; expect "Contact: 1 min"
keys 'F' 'y' ; expect "Your minutes are forgotten" ; expect "This week: 0 min" ; expect-not "Contact:"
keys 'u' <C-q> ; wait-exit 0 ; run ; passphrase ; keys '%' ; expect "This week: 0 min"

case switched-off
keys ':' ; type "settings" ; keys <Enter> <Down> <Down> <Down> <Down> <Down> ; cursor-on "Paperwork time" ; keys <Left> <Esc>
type "/Jack" ; keys <Enter> <Enter> 'c' <Tab> <Tab> <Tab> <Esc> '%' ; expect "Counting is switched off" ; expect "This week: 0 min"

case a-form-in-the-persons-hands-is-none
type "/Jack" ; keys <Enter> <Enter> 'H' ; expect "Which form for Jack" ; keys '1' ; keys '1' ; keys 'y' ; keys <Tab> <Tab> <Tab> <C-p>
expect "assphrase" ; type "ymarfer" ; keys <Enter> ; keys '%' ; row 1 "My paperwork time" ; expect "This week: under 1 min"  # one key after it came back

case plain-lines
env LC_ALL=C
keys <C-q> ; wait-exit 0 ; run ; passphrase ; type "/Jack" ; keys <Enter> <Enter> 'c' <Tab> <Tab> <Tab> <Esc> '%' ; expect "9 Mar 2026   1 min        ####"
