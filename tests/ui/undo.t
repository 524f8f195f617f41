# Nothing is lost by a slip: undo, the bin with its reason, and the draft's bin.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter> 'c' '5' <Tab> '1' ; type "45" ; keys <C-s> ; expect "Filed: Contact" ; keys '6' ; expect "45"

# In a hurry the key that files is pressed twice: what was filed stands there, not that the key does nothing.
case filed-is-said-again
keys <C-s> ; expect "That key does nothing here" ; keys 'c' '5' <C-s> <C-s> ; expect "Filed: Contact" ; keys <C-s> ; expect "u takes it back"
keys 'u' ; expect "Taken back: Contact" ; keys <Down> <C-s> ; expect "That key does nothing here"

case the-last-change
keys 'u' ; expect "Taken back: Contact, Lin" ; expect-not "45"

# Filing what nobody changed writes nothing: u is then about the change before it, so it is not offered.
case filed-without-a-change
keys 'P' <Enter> ; type "Sing in a choir" ; keys <C-s> ; expect "Filed: Action plan"
keys 'P' <C-s> ; expect "Action plan: nothing was changed, and it stands as it was." ; expect-not "u takes it back"
keys 'u' ; expect "Taken back: Action plan" ; keys 'P' <C-s> ; expect "Nothing is answered in this form"

# A contact that says only today would end the follow-up it was opened for: it is asked first, and the same key is a yes.
case nothing-but-today-is-asked
keys 'c' <C-s> ; expect "Nothing was answered here. File it all the same?" ; keys <Enter> ; row 1 "Contact" ; keys <Esc> 'c' <C-s> <C-s> ; expect "Filed: Contact (2 answers"

# Behind the last question Enter asks: the key that files is a yes there, and another letter says which are.
case filing-is-asked-and-answered-with-the-same-key
keys 'P' <Enter> ; type "Sing in a choir" ; keys <PgDn> <PgDn> <PgDn> <PgDn> <Enter> ; expect "File Action plan?"
keys 'x' ; expect "Here y is yes and n is no." ; expect "File Action plan?" ; keys <C-s> ; expect "Filed: Action plan (1 answer"

case into-the-bin-and-back
keys 'd' ; expect "why does it go into the bin?" ; keys <Enter> ; expect "a reason is needed" ; expect "45"
keys 'd' ; type "Somebody else's" ; keys <Enter> ; expect "In the bin for 30 days" ; expect-not "45"
keys 'u' ; expect "45"

case not-without-saying-why
keys 'd' <Esc> ; expect "45" ; keys 't' ; type "/lin" ; keys <Enter> <Enter> '6' ; expect "45"

case out-of-the-history-after-a-restart
keys 'c' '5' <Tab> '1' ; type "47" ; keys <C-s> ; expect "Filed: Contact" ; signal KILL ; wait-exit 137
run ; passphrase ; type "/lin" ; keys <Enter> <Enter> '6' ; expect "47"
keys '0' 'u' ; expect "Take this back?" ; expect "goes to the bin" ; keys 'n'
keys '6' ; expect "47" ; keys '0' 'u' ; expect "Take this back?" ; keys 'y' ; expect "Taken back." ; keys '6' ; expect-not "47"

case a-plan-out-of-the-history-with-what-came-of-it
keys 'P' <Enter> ; type "Sing in a choir" ; keys <C-s> ; expect "Filed" ; keys '4' ; expect "Sing in a choir" ; signal KILL ; wait-exit 137
run ; passphrase ; type "/lin" ; keys <Enter> <Enter> '0' ; expect "Sing in a choir"
keys 'g' ; expect "Action plan" ; keys 'u' ; expect "Take this back?" ; expect "Goal" ; keys 'y' ; expect "Taken back."
keys '4' ; expect-not "Sing in a choir" ; keys '0' 'g' 'u' ; expect "comes out of the bin" ; keys 'y' ; keys '4' ; expect "Sing in a choir"

case a-directory-entry-from-its-own-history
keys 'A' ; type "/shed" ; keys <Enter> 'e' <Tab> <Tab> ; type " Two" ; keys <C-s> ; expect "Filed: Community asset" ; signal KILL ; wait-exit 137
run ; passphrase ; keys 'A' ; type "/shed" ; keys <Enter> <Enter> ; expect "Sied y Bont Two" ; keys '0' ; row 1 "History" ; expect "→ Sied y Bont Two"
keys 'u' ; expect "Take this back?" ; keys 'y' ; expect "Taken back." ; keys <Esc> ; expect-not "Sied y Bont Two"

case nothing-left-to-take-back
prepare empty
run ; passphrase ; keys 'u' ; expect-not "taken back"
