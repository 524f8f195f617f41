# Talk first, code later: notes while they talk, words of them filed to questions, back again, undone, and through a kill.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter> ; row 1 "Linda Tucker"

case kept-through-a-kill
keys 'N' ; row 1 "Talk notes of 9 Mar 2026" ; row 1 "Linda Tucker" ; expect "Ctrl-T takes words"
type "Her sister in Porth rings on Sundays." ; wakes ; signal KILL ; wait-exit 137
run ; passphrase ; row 3 ", 12:00, " ; keys <Enter>
expect "Her sister in Porth" ; keys <Esc> ; expect "The notes are kept." ; expect-not "unfinished"

case the-whole-way
keys 'N' ; type "Her sister in Porth rings on Sundays. She sang in a choir. Bus ends at six."
keys <Esc> ; expect "The notes are kept." ; keys 'N' ; expect "Bus ends at six."
# a sentence, to a question found by typing part of it
keys <Home> <C-t> ; expect "Arrows take more words" ; cursor-on "Her sister"
keys 's' <Enter> ; expect "To which question?" ; type "who matters" ; keys <Enter>
expect "Filed to \"Who matters to you?\"" ; row 1 "(1 filed)"
keys <Home> ; expect "Filed to: Who matters to you?"
# words taken backwards, to another
keys <End> <C-t> <Left> <Left> <Left> <Enter> ; type "gets way" ; keys <Enter> ; row 1 "(2 filed)"
keys <Esc>
# seen in the question, and back to the words
keys 'w' ; row 1 "What matters conversation" ; keys <S-Tab> <S-Tab> ; cursor-on "Her sister in Porth rings on Sundays."
expect "From your notes of 9 Mar 2026: \"Her sister in Porth"
keys <C-n> ; row 1 "Talk notes of 9 Mar 2026" ; cursor-on "Her sister in Porth"
# filed from the form itself: it stands there at once
keys <End> <Left> <Left> <Left> <Left> <Left> <Left> <Left> <Left> <Left> <Left> <Left> <Left> <Left> <Left> <Left> <Left> <Left> <Left> <Left> <Left> <C-t> 's' <Enter>
type "good at" ; keys <Enter> ; row 1 "(3 filed)"
keys <Esc> ; row 1 "What matters conversation" ; expect "She sang in a choir."
keys <C-s> ; expect "Filed: What matters" ; keys '3' ; row 2 "[3 Conversation]" ; expect "From your notes of 9 Mar 2026"
# safe when the note is written on
keys 'N' <Home> ; type "Monday. " ; keys <Esc> 'N' ; row 1 "(3 filed)" ; keys <Home> <Right> <Right> <Right> <Right> <Right> <Right> <Right> <Right> <Right> ; expect "Filed to: Who matters to you?"
keys <Esc> 'h' 'h' 'h' ; row 2 "[0 History]" ; expect "Monday. Her sister"
keys '@' ; type "31/2/2026" ; keys <Enter> ; expect "is not a date" ; cursor-on "31/2/2026" ; keys <C-u> ; type "today" ; keys <Enter> ; row 1 ": as it was" ; keys <End> ; expect "What was said: Monday. Her sister"

# A page of notes is gone through in order: once words are filed, the caret stands on the next sentence.
case sentence-after-sentence
keys 'N' ; type "Mair rings on Sundays. She sang in a choir. The bus ends at six." ; keys <Home> <C-t> 's' <Enter> ; type "who matters" ; keys <Enter> ; expect "Filed to \"Who matters to you?\"" ; cursor-on "Mair rings" ; expect-not "Filed to: Who"
keys <C-t> 's' <Enter> ; type "good at" ; keys <Enter> ; row 1 "(2 filed)" ; keys <C-t> 's' <Enter> ; type "gets way" ; keys <Enter> ; row 1 "(3 filed)"
type " Then home." ; expect "The bus ends at six. Then home." ; keys <C-Home> ; expect "Filed to: Who matters to you?" ; keys <C-End> ; type " So." ; expect "Then home. So." ;  keys <Esc> 'w' ; expect "She sang in a choir." ; expect "The bus ends at six." ; keys <Esc>

case words-taken-back
keys 'N' ; type "She wants to sing again." ; keys <C-t> 's' <Enter> ; type "nosuch" ; expect "Nothing has that in it"
keys <C-u> ; type "good week" ; keys <Enter> ; row 1 "(1 filed)"
keys <C-o> 'u' ; expect "The words are taken out of the answer again." ; row 1 "Talk notes of 9 Mar 2026 "
keys <Esc> 'w' ; expect-not "She wants to sing again." ; keys <Esc>

case locked-on-a-page-with-words-filed-one-comes-back-to-it
keys 'N' ; type "A goal of theirs." ; keys <Home> <C-t> 's' <Enter> ; type "goal" ; keys <Enter> ; row 1 "(1 filed)" ; keys <C-k> ; expect-not "theirs"
passphrase ; row 1 "Talk notes of 9 Mar 2026 (1 filed)" ; expect "A goal of theirs." ; type " And more." ; keys <Esc> ; row 1 "Overview"

case taken-back-the-words-leave-no-empty-form
keys 'N' ; type "A goal of theirs." ; keys <Home> <C-t> 's' <Enter> ; type "goal" ; keys <Enter> <C-o> 'u' ; expect "taken out of the answer again"
keys <Esc> ; row 1 "Overview" ; expect-not "Unfinished"

case a-question-is-found-by-what-people-call-it
keys 'N' ; type "She wants to sing again." ; keys <C-t> 's' <Enter>
type "goal" ; expect "What would you like to happen? (Action plan)" ; expect-not "Who matters to you?"
keys <C-u> ; type "barrier" ; expect "What gets in the way?" ; expect-not "Nothing has that in it"
keys <C-u> ; type "in_the_way" ; expect "What gets in the way?"
keys <C-u> ; type "own words" ; expect "Who matters to you?" ; expect "What matters to you?"
keys <C-u> ; type "plan goal" ; keys <Enter> ; expect "Filed to: What would you like to happen?" ; keys <Esc>
keys 'L' 'N' ; keys <Home> <C-t> 's' <Enter> ; type "amcan" ; expect "Beth hoffech chi ei weld yn digwydd?" ; keys <Esc> <Esc>
keys <Esc> 'L'

case a-choice-ticked-and-taken-back-from-outside
keys 'N' ; type "Nobody calls." ; keys <C-t> 's' <Enter> ; type "reasons debt" ; keys <Enter>
expect "Filed to: Debt"
keys <Esc> 'u' ; expect "The words are taken out of the answer again" ; keys 'N' ; row 1 "Talk notes of 9 Mar 2026 "

# A choice that stood on record already was not ticked by the words: taking them back must not untick it.
case a-choice-that-was-there-stays
keys 'N' ; type "Nobody calls." ; keys <C-t> 's' <Enter> ; type "reasons loneliness" ; keys <Enter> ; expect "which was the answer already" ; keys <Esc> ; expect-not "Unfinished"
keys 'u' ; expect "Only the link is taken back" ; expect-not "Unfinished"

case written-over-they-are-no-longer-marked
keys 'N' ; type "Nobody calls." ; keys <C-t> 's' <Enter> ; type "matters to you? what" ; keys <Enter> ; row 1 "(1 filed)"
keys <Home> ; expect "Filed to: What matters to you?" ; keys <End> <C-w> ; type "rings." ; keys <Home> ; expect-not "Filed to:"
keys <Esc> 'w' ; expect "From your notes of 9 Mar 2026: \"Nobody calls.\""

case in-welsh-on-a-small-screen
resize 40x12
keys 'L' 'N' ; row 1 "Nodiadau" ; type "Mae hi'n canu." ; keys <C-t> 's' <Enter> ; type "da am" ; keys <Enter> ; expect "Ffeiliwyd at" ; keys <Esc> ; expect "wedi'u cadw"

# The page is written on above the words: the way back from the question still ends at them. Taken out of a form that is
# filed, they stand in it until the draft is filed too, and that is said.
case written-on-since-and-taken-out-of-what-is-filed
keys 'N' ; type "She sang in a choir. The bus ends at six." ; keys <Home> <C-t> <Right> <Right> <Right> <Right> ; keys <Esc> <C-t> <Enter> ; type "gets way" ; keys <Enter> ; row 1 "(1 filed)"
keys <Home> ; type "On the phone: " ; keys <Esc> 'w' <C-n> ; row 1 "Talk notes" ; expect "Filed to: What gets in the way?" ; keys <Esc> <C-s> ; expect "Filed: What matters"
keys 'N' <C-o> 'u' ; expect "The words are taken out in a draft of the form." ; keys <Esc> ; expect "Unfinished"

case the-same-words-are-not-filed-twice-to-one-question
keys 'N' ; type "She sang in a choir." ; keys <Home> <C-t> 's' <Enter> ; type "good at" ; keys <Enter> ; row 1 "(1 filed)"
keys <C-t> 's' <Enter> ; type "good at" ; keys <Enter> ; expect "These words stand in that answer already." ; row 1 "(1 filed)"
# to another question they go
keys <C-t> 's' <Enter> ; type "who matters" ; keys <Enter> ; row 1 "(2 filed)"
