# A form that a service added itself: it is filled in from the person's intake, its answers stand there, and stay when the
# form itself is gone.
today 2026-03-09
prepare practice 12 7
sh <<END
mkdir -p "$HOME/config/dolen/forms" && cp tests/data/forms/own/carers.yaml "$HOME/config/dolen/forms/"
END
run ; passphrase
type "/lin" ; keys <Enter> <Enter> '2' 'G' ; expect "Carer's check" ; cursor-on "Nothing written down yet" ; keys <Enter> ; row 1 "Carer's check"
type "My mother" ; keys <Tab> ; type "20" ; keys <C-s> ; expect "Filed: Carer's check (2 answers"

case its-answers-stand-in-the-intake
row 1 "Intake" ; expect "Carer's check · 9 Mar 2026" ; expect "My mother" ; keys 'G' ; cursor-on "Enter fills in another one."
keys <F9> ; expect "Gwirio gofalwr · 9 Maw 2026" ; cursor-on "Mae Enter yn llenwi un arall." ; keys <F9> <Up> <Enter>
row 1 "Carer's check" ; expect "My mother" ; keys <C-u> ; type "25" ; keys <C-s> ; expect "25"
resize 40x12 ; keys 'G' ; expect "Hours a week" ; cursor-on "Enter fills in another one."

case they-stay-when-the-form-is-gone
keys <C-q> ; wait-exit 0 ; sh 'rm "$HOME/config/dolen/forms/carers.yaml"'
run ; passphrase ; type "/lin" ; keys <Enter> <Enter> '2' 'G' ; expect "Carer's check · 9 Mar 2026" ; expect "My mother" ; expect-not "Enter fills in another"
