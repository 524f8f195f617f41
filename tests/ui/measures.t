# Measures: before and after, the band, the change, the chart; what was not answered is not nought.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case a-chart-in-lines-and-letters
type "/huw" ; keys <Enter> <Enter> 'M' 'p' <Enter> '2' ; row 2 "Review" ; keys '8' <Tab> '8' <Tab> '9' <Tab> '1' <C-s>
keys '7' ; row 2 "[7 Measures]" ; expect "Baseline 5 (Medium) · Review 8 (High): better" ; expect "10│" ; expect "● 8"
expect "Anxiety yesterday          = Baseline 8 (High) · Review 1 (Very low):"

case nought-and-no-answer-are-two-things
keys 'a' ; type "Ceri Morgan" ; keys <Enter> <C-s> <C-s> 'D' '1' <C-s>
keys 'M' ; expect "Which measure?" ; keys 'p' <Enter> '1' ; row 2 "Baseline" ; keys '0' ; expect "[0]" ; keys <Tab> '-' ; expect "Why is there no answer?"
keys '2' ; keys <C-s> ; keys <Tab> ; keys '7' ; row 2 "[7 Measures]" ; expect "Baseline 0 (Low)"
expect-not "worthwhile = Baseline"

case ten-by-two-keys-and-arrows
type "/huw" ; keys <Enter> <Enter> 'M' 'p' <Enter> '1' ; keys '1' '0' ; expect "[10]" ; keys <Left> ; expect "[9]" ; keys <BS> ; expect "not answered"

# Enter alone takes the point that comes next: no second start is written down by habit.
case the-next-point-is-proposed
keys 'a' ; type "Gwen Prawf" ; keys <Enter> <C-s> <C-s> 'D' '1' <C-s> 'M' 'p' <Enter> <Enter> ; row 2 "Baseline" ; keys '5' <C-s>
keys 'M' 'p' <Enter> ; expect "> 2 ( ) Review" ; keys <Enter> ; row 2 "Review" ; expect-not "There is a baseline already" ; keys <Esc>
keys 'M' 'p' <Enter> '1' ; row 2 "Baseline" ; row 3 "There is a baseline already: what comes after it is a review." ; keys <Esc>

# Nothing answered is nothing to file: no empty review stands among the figures.
case an-empty-measure-is-not-filed
type "/huw" ; keys <Enter> <Enter> 'M' 'p' <Enter> '2' ; row 2 "Review" ; type "hello" ; expect "not answered" ; expect "A number answers this"
keys <C-s> ; expect "Nothing is answered in this form, so nothing was filed." ; row 2 "Review" ; keys <Esc> '0' ; expect-not "0 answers"
keys 'M' 'p' <Enter> <Enter> '-' '1' <C-s> ; expect "Filed: Personal well-being"

# A slip put right a week later, on a Welsh screen: it stays the baseline of its day, asked in English.
case a-slip-put-right-keeps-its-point
keys 'a' ; type "Idris Prawf" ; keys <Enter> <C-s> <C-s> 'D' '1' <C-s> 'M' 'p' <Enter> '1' ; keys '6' <C-s> <C-q> ; wait-exit 0
today 2026-03-16 ; run ; passphrase
type "/idris prawf" ; keys <Enter> <Enter> '7' ; expect "Baseline 6 (Medium)" ; keys 'L' 'e' ; row 2 "Llinell sylfaen" ; keys '4' <C-s> 'L'
expect "Baseline 4 (Low)" ; expect "Fill it in: Review"
keys 'M' 'p' <Enter> <Enter> ; keys '7' <C-s> ; expect "Baseline 4 (Low) · Review 7 (High): better" ; expect "9 Mar 2026"

# Filed late from paper: a baseline of its own day stands before the review that was filed first, and is its pair. The day
# alone is no answer. It is put right like any other slip, and the person is not asked for it.
case filed-late-from-paper
keys 'a' ; type "Elin Prawf" ; keys <Enter> <C-s> <C-s> 'D' '1' <C-s> 'M' 'p' <Enter> '2' ; keys '7' <C-s>
keys 'M' 'p' <Enter> '1' ; row 2 "Baseline" ; keys <Tab> <Tab> <Tab> <Tab> ; expect ">   Filled in on" ; keys <C-u> ; type "2 March" ; keys <C-s> ; expect "Nothing is answered in this form"
keys <Up> <Up> <Up> <Up> '4' <C-s> ; expect "Filed: Personal well-being"
keys '7' ; expect "Baseline 4 (Low) · Review 7 (High): better" ; expect "2 Mar 2026"
keys <Down> <Down> ; cursor-on "Answers: Baseline · 2 Mar 2026" ; keys 'e' ; row 2 "Baseline" ; keys '3' <C-s> ; expect "Baseline 3 (Low) · Review 7 (High): better" ; expect "Answers: Review · 9 Mar 2026"
keys <Down> <Down> <Down> <Down> 'H' '2' '3' 'y' ; expect "1/5" ; expect-not "Filled in"

# Half the answers make no score, and the page says so.
case no-score-says-why
keys 'a' ; type "Mair Prawf" ; keys <Enter> <C-s> <C-s> 'D' '1' <C-s> 'M' ; type "swem" ; keys <Enter> '1' ; keys <Tab> '3' <Tab> '4' <C-s> ; keys '7'
expect "Baseline no score: a question has no answer" ; expect "Answer 2" ; keys 'M' ; type "swem" ; keys <Enter> <Enter> ; type "30" ; keys <C-s>
expect "Baseline no score: a question has no answer ·"
