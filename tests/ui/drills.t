# A drill from the list to the debrief, on the real screens: the referral arrives, one talks over the real form, files it,
# and reads what it came to.
today 2026-03-09
prepare practice 5 7
run ; passphrase
keys 'Y' ; row 1 "Drills (" ; row 2 "Next:" ; cursor-on "Thirteen months" ; keys <Enter>
expect "Start \"Thirteen months\"? Its referral arrives in the inbox." ; keys 'y'
row 1 "Maureen Pask" ; expect "the referral has arrived"

case the-whole-way
# it is really in the inbox
keys <Esc> ; row 1 "Referrals waiting" ; expect "Maureen Pask"

# one talks before the decision and after it
keys 'W' ; expect "minute 0 of about 45" ; expect "Everybody" ; row 24 "Enter Say it" ; expect "Esc to write" ; keys <Esc> ; expect "W goes on with the talk."
keys 'D' '1' <C-s> ; expect "Filed: Decision" ; keys 'w' ; row 1 "What matters conversation" ; expect "minute 2 of about 45"

# notes stand beside the talk
keys <Esc> ; expect "Ctrl-O, then W, goes on with the talk." ; type "Pushed to get out. Plot nine." ; keys <C-o> 'W' ; expect "minute 2 of about 45" ; expect "Plot nine."

# every answer costs its minutes and brings the next words
keys '4' ; expect "photograph" ; keys '1' '1' '1' '1' '1' '1' '1' '1' '1' ; expect "The conversation is over"

# the debrief begins with what went well
keys <Esc> ; expect-not "goes on with" ; keys <C-s> ; expect "Filed: What matters conversation" ; keys 'B' ; expect "Is the drill done?" ; keys 'y'
row 1 "Debrief: Thirteen months" ; expect "What went well" ; expect "Score:" ; row 24 "Esc Back" ; row 24 "? Help" ; expect-not "Enter Play"

# the replay goes step by step as well
keys 'r' ; row 1 "Replay: Thirteen months" ; keys 's' ; expect "Right or Enter goes on" ; keys <Right> ; expect "Step 1 of" ; expect "Filed: Decision on the referral"
keys <Right> ; expect "You:" ; keys <Left> ; expect "Filed: Decision on the referral" ; keys <Esc> <Esc>

# back from the debrief is the list; it knows, in both languages
row 1 "Drills (12)" ; expect "of 100 on 9 Mar 2026" ; keys <F9> ; row 1 "Ymarferion (" ; row 1 "HYFFORDDIANT" ; expect "Tri mis ar ddeg"

case a-note-from-the-middle-of-a-talk-is-about-who-is-talking
keys 'W' <F2> 'a' ; expect "Where it happened" ; row 1 "Maureen Pask" ; keys <Esc> <Esc> ; expect "minute 0 of about 45"

case a-drill-is-left-and-gone-on-with
keys 'W' '1' ; expect "minute 1 of" ; keys <C-k> ; passphrase ; keys 'W' ; expect "minute 1 of" ; keys <Esc> ':' ; type "drill-pause"
keys <Enter> ; expect "Paused. W goes on with it." ; keys 'W' ; expect "minute 1 of" ; keys <Esc> ':' ; type "drill-leave" ; keys <Enter>
expect "Leave the drill unfinished?" ; keys 'y' 'W' ; expect "No drill is running."

case one-drill-at-a-time
keys 'Y' <Down> <Enter> ; expect "is still running." ; keys 'X' ; expect "nothing leaves it for a destination"

case the-talk-from-a-list-stands-over-the-person
# from Today, with the cursor on the drill's own row: what is filed next lands on the person, not on the list
keys 'D' '1' <C-s> 'w' <Esc> ; type "Plot nine" ; keys <C-o> 't' ; row 1 "Today" ; cursor-on "Maureen Pask" ; keys 'W' ; expect "minute 2 of about 45"
keys <Esc> <C-s> ; row 1 "Overview" ; row 1 "Maureen Pask" ; expect "Filed: What matters conversation"

case b-too-early-says-that-the-talk-is-not-over
keys 'B' ; expect "The conversation is not over yet: W goes on with it." ; keys <Esc> ; expect-not "Debrief"

case what-the-referrer-wrote-stands-beside-the-decision
# on the overview until it is decided; Space, which opens the most urgent thing on Today, says so elsewhere
row 5 "referral waiting" ; expect "Referral " ; expect "GP or practice team" ; expect "Please find her a club" ; keys <Space> ; expect "On Today (t) Space opens the most urgent thing."
keys 'D' '1' <C-s> ; row 1 "Overview" ; expect-not "GP or practice team"

case the-name-that-was-typed-is-pointed-at
# both entries have the words; the one that is called so comes second by name, and Enter must not take its neighbour
keys ':' ; type "drill-leave" ; keys <Enter> 'y' ; expect "Left. It was not scored." ; keys 'Y' <Down> <Enter> 'y' 'A' '/' ; type "two hours"
expect "Carers' Information" ; keys <Enter> ; cursor-on "Two Hours"
