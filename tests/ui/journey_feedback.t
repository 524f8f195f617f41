# Feedback to the referrer, from Today to a letter that is kept: what may be shared is checked first, and nothing more is in it.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case without-permission-only-whether-seen
expect "Stephen Collins" ; expect "feedback owed to the referrer" ; keys <Down> <Enter> ; row 1 "Stephen Collins" ; expect "Send feedback to the referrer"
keys ':' ; type "letter" ; keys <Enter> ; row 1 "Letter to the referrer" ; row 1 "Stephen Collins" ; expect "Pantri Pawb"
expect "Without permission to share, this letter says only" ; expect "We tell more only when a person has agreed" ; expect-not "Together we found"
expect-not "Maes-y-dre" ; expect-not "07700900553" ; expect-not "in a drawer" ; keys <Esc> ; row 1 "Overview"

case with-it-what-may-be-shared-is-read-out
type "/steph" ; keys <Enter> <Enter> 's' '2' '1' <Tab> '1' <Tab> ; type "Pantri Pawb" ; keys <Tab> '2' ; type "That he came, and which group" ; keys <Tab> '1' '1' '1' <C-s>
expect "Filed: Privacy" ; keys ':' ; type "letter" ; keys <Enter> ; row 1 "Letter to the referrer"
expect "The permission says what may be shared: \"That he came, and which group\"" ; expect "Our work together ended on" ; expect-not "We tell more only"
expect-not "Maes-y-dre" ; expect-not "07700900553" ; expect-not "in a drawer"
keys 's' ; expect "PDF, to print on A4" ; keys '4' ; expect "/letter.txt" ; keys <Enter> ; expect "Saved, not encrypted" ; expect "f then says" ; sh <<END
grep -q 'Pantri Pawb' "$HOME/letter.txt" && grep -q 'Our work together ended on' "$HOME/letter.txt" || exit 1
grep -qE 'Maes-y-dre|07700900553|LL77|in a drawer' "$HOME/letter.txt" && exit 1
grep -q 'TRAINING' "$HOME/letter.txt"
END
keys 's' '1' ; expect "/letter.pdf" ; keys <Enter> ; expect "Saved, not encrypted" ; sh <<END
head -c 5 "$HOME/letter.pdf" | grep -q %PDF-
END
keys <Esc> '0' ; row 2 "[0 History]" ; expect "Letter made: feedback"

# What is said on a page works on that page; the copy for the person tells no referrer anything.
case told-from-the-letter-itself
type "/steph" ; keys <Enter> <Enter> ':' ; type "print-plan" ; keys <Enter> ; row 1 "copy of the plan" ; keys 'f' ; expect "not the letter to the referrer" ; keys <Esc>
keys 'F' ; row 1 "Letter to the referrer" ; keys 'f' ; expect "Feedback to the referrer: sent today." ; row 1 "Letter to the referrer" ; keys 'f' ; expect "No feedback is owed"
keys <Esc> 'u' ; expect "Taken back: "

case told-and-no-longer-due
keys 't' ; expect "Stephen Collins" ; type "/steph" ; keys <Enter> <Enter> 'f' ; expect "Feedback to the referrer: sent today." ; keys 't' ; row 1 "Today" ; expect-not "Stephen Collins"

case a-refusal-is-kept-to
type "/lin" ; keys <Enter> <Enter> 's' '2' '1' <Tab> '1' <Tab> ; type "Dr Catrin Puw" ; keys <Tab> '2' <Tab> '1' '1' '2' <C-s> ; expect "Filed: Privacy"
keys ':' ; type "letter" ; keys <Enter> ; expect "The person said no to telling this referrer what happened; no letter was made" ; row 1 "Linda Tucker" ; row 1 "Overview"

# Two letters: each is known by its name in the list of those made; one that cannot be used is not passed over in silence.
case a-letter-of-the-service-and-one-that-is-damaged
keys <C-q> ; wait-exit 0
sh <<END
mkdir -p "$XDG_CONFIG_HOME/dolen/forms/letters"
cat >"$XDG_CONFIG_HOME/dolen/forms/letters/thanks.yaml" <<'Y'
letter: thanks
version: 1
title: {en: A word of thanks, cy: Gair o ddiolch}
paragraphs:
  - text: {en: "Thank you, ${referrer}.", cy: "Diolch, ${referrer}."}
Y
sed 's/referrer/refferer/' "$XDG_CONFIG_HOME/dolen/forms/letters/thanks.yaml" | sed 's/thanks$/wrong/' >"$XDG_CONFIG_HOME/dolen/forms/letters/wrong.yaml"
END
run ; passphrase ; type "/steph" ; keys <Enter> <Enter> 'F' ; expect "Which letter?" ; expect "A word of thanks" ; expect "1 letter of your service cannot be used."
keys '2' ; expect "Thank you, " ; keys 's' '4' <Enter> ; expect "Saved, not encrypted" ; keys <Esc> '9' <Tab> ; row 2 "[Letters]" ; expect "letter made · A word of thanks"
