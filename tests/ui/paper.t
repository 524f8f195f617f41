# The person's plan and the referrer's letter, from the screen to a file that is printed.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case the-plan-as-a-file-that-names-nobody
type "/lin" ; keys <Enter> <Enter> ':' ; type "print-plan" ; keys <Enter> ; row 1 "The person's copy of the plan" ; row 1 "Linda"
row -1 "s Save" ; row -1 "Esc Back" ; keys 's' ; expect "PDF, to print on A4" ; keys '4' ; expect "/plan.txt" ; keys <Enter>
expect "Saved, not encrypted" ; sh <<END
grep -q 'Linda Tucker' "$HOME/plan.txt"
END
keys 's' '4' ; expect "/plan-2.txt" ; keys <Esc> ; keys <Esc> ; row 1 "Overview"

case as-a-pdf-in-large-print
type "/lin" ; keys <Enter> <Enter> ':' ; type "print-plan" ; keys <Enter> 's' '2' ; expect "/plan.pdf" ; keys <Enter> ; expect "Saved, not encrypted"
sh <<END
head -c 5 "$HOME/plan.pdf" | grep -q %PDF-
END

case what-forgetting-would-reach
type "/lin" ; keys <Enter> <Enter> ':' ; type "print-plan" ; keys <Enter> 's' '4' <Enter> ; expect "Saved, not encrypted"
keys <Esc> ':' ; type "forget-list" ; keys <Enter> ; row 1 "Forgetting  " ; expect "would delete from the case file" ; expect "Person: 1"
keys <End> ; expect "Copy of the plan made for the person" ; expect "Nothing was changed" ; resize 40x12 ; keys <F9> ; keys <Home> ; expect "yn dileu"
keys <F9> ; resize 80x24 ; keys <Esc> ; row 1 "Overview"

case nobody-is-overwritten
type "/lin" ; keys <Enter> <Enter> ':' ; type "print-plan" ; keys <Enter> 's' '4' ; keys <C-u> ; type "/etc/hostname" ; keys <Enter>
expect "exists already; it is as it was"
keys 's' '4' ; keys <C-u> ; type "plan.pdf" ; keys <Enter> ; expect "another kind of file"

case a-self-referral-has-nobody-to-write-to
type "/gwil" ; keys <Enter> <Enter> ':' ; type "letter" ; keys <Enter> ; row 1 "Overview" ; expect "there is nobody to write to"

case the-letter-to-who-referred
type "/step" ; keys <Enter> <Enter> ':' ; type "letter" ; keys <Enter> ; row 1 "Letter to the referrer" ; keys 's' '4' ; expect "/letter.txt"
keys <Enter> ; expect "Saved, not encrypted"
