# A caseload goes to a colleague on the same laptop, and u takes it back.
today 2026-03-09
prepare practice 6 7
sh <<END
printf 'pont y bont 99 eirin\n' >"$HOME/p2"
"$DOLEN" --file "$FILE" --passphrase-fd 3 keys add passphrase --name "Gwen Prawf" --kdf-mib 64 --new-fd 4 4<"$HOME/p2" >/dev/null
END
run ; passphrase

case handed-over-and-back
keys ':' ; type "caseload" ; keys <Enter> ; row 1 ": open cases (" ; expect "thing" ; keys <Space> ; expect "Marked: 1" ; row 24 "x Hand over"
keys 'x' ; expect "To whom?" ; expect "Gwen Prawf" ; keys <Enter> ; expect "Hand 1 open case to Gwen Prawf?" ; keys 'y'
expect "Handed over. People: 1" ; keys <Tab> ; row 1 "Gwen Prawf: open cases (1)" ; keys 'u' ; row 1 "Gwen Prawf: open cases (0)"

# All of them, without a mark, and one who thinks better of it: nothing changes until it is said.
case all-of-them-and-a-no
keys ':' ; type "caseload" ; keys <Enter> ; expect "x hands all of these over" ; keys 'x' <Enter> ; expect "open cases to Gwen Prawf?" ; keys 'n' ; expect "Not handed over."
keys 'x' <Enter> 'y' ; expect "Handed over. People:" ; row 1 "(0)" ; expect-not "x hands" ; keys 'u'
expect "Take all of it back?" ; keys 'n' ; expect "Not taken back. Nothing was changed." ; row 1 "(0)" ; keys 'u' 'y' ; expect "The last change is taken back." ; expect "x hands all"

# Her passphrase was taken away: cases may still go to her, but not unawares.
case somebody-without-a-way-in-is-said-to-be
keys ':' ; type "ways-in" ; keys <Enter> <End> 'd' 'y' ; expect "Taken away." ; keys ':' ; type "caseload" ; keys <Enter> 'x' ; expect "Gwen Prawf, who has no way in here"

# Enter opens a person as it does in every list, Esc leads back, and o is the short way.
case the-list-is-for-working-too
keys <Esc> <Esc> 't' 'p' 'o' ; row 1 ": open cases (" ; keys <Enter> ; row 2 "[1 Overview]" ; keys <Esc> ; row 1 ": open cases (" ; keys 'c' ; expect "Contact" ; keys <Esc> ; row 1 ": open cases ("

# Today: everybody's, or only one's own and what is nobody's yet. All of this practice caseload is Mair's.
case only-mine
keys 't' ; row 24 "o Only yours" ; row 1 "Today (" ; keys 'o' ; row 1 "Today, yours (" ; expect "o shows everybody's" ; row 24 "o Everybody's"
keys 'p' 'o' 'x' <Enter> 'y' ; expect "Handed over. People:" ; keys 't' ; row 1 "Today, yours" ; expect-not "follow-up" ; keys <C-k> ; passphrase ; row 1 "Today, yours"
keys 'o' ; row 1 "Today (" ; expect "Everybody's now" ; expect "follow-up"

# With no case there is nothing to mark and nothing to hand on, which is said; and nobody is no colleague while no case is with nobody.
case nothing-to-hand-over-is-said
keys ':' ; type "caseload" ; keys <Enter> <Tab> ; row 1 "open cases (0)" ; keys 'x' ; expect "There is no case here to hand over." ; keys <Space> ; expect "There is no case here to hand over." ; row 1 "Gwen Prawf: open"
keys <Tab> ; expect-not "(nobody)" ; expect-not "open cases (0)" ; keys <Tab> ; row 1 "Gwen Prawf: open" ; keys <S-Tab> ; expect-not "open cases (0)" ; keys <S-Tab> ; row 1 "Gwen Prawf: open"

# On a list f is a slip for finding: that the referrer was told is asked, with the name. On the row that says so it is not.
case that-the-referrer-was-told-is-asked-on-a-list
keys <Esc> <Esc> 't' 'p' ; type "/moham" ; keys <Enter> 'f' ; expect "Mohammed Khan: was the referrer told today?" ; keys 'n' ; expect "Nothing was changed."
