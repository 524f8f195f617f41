# A review says what has moved, the episode closes and opens again with a reason; the referrer hears of it.
today 2026-03-09
prepare practice 12 7
run ; passphrase
type "/lin" ; keys <Enter> <Enter>
keys 'P' <Enter> ; type "Get out of the house" ; keys <Enter> <Enter> '3' <C-s> ; expect "Filed: Action plan"

case a-review-shows-what-moved
keys 'v' ; row 2 "1. Get out of the house: 3 of 10" ; keys '2' ; type "She walks to the shop now." ; keys <Tab> ; cursor-on "1"
keys <Tab> '8' <Tab> '2' <C-s> ; expect "Filed: Review" ; keys '4' ; row 2 "[4 Plan]" ; expect "From 3 to 8 of 10"
keys 'v' ; row 2 "1. Get out of the house: 8 of 10" ; keys <C-s> ; expect "Nothing was answered here. File it all the same?" ; keys 'n' <Esc> ; expect-not "Kept as a draft"

case a-goal-that-is-not-in-the-plan-is-refused-and-not-lost
keys 'v' '2' <Tab> <C-u> ; type "7" ; keys <Tab> ; expect "There is no such goal" ; keys <C-s> ; expect-not "Filed: Review" ; cursor-on "7"
keys <C-u> ; type "1" ; keys <Tab> '5' <Tab> <C-s> ; expect "Filed: Review" ; keys '4' ; row 2 "[4 Plan]" ; expect "From 3 to 5 of 10" ; keys 'u' ; expect-not "From 3 to"

case closed-and-opened-again
keys 'C' '1' <C-s> ; expect "Closed · Holistic · closed 9 Mar 2026" ; keys 'O' ; expect "Why is it opened again?" ; keys <Enter> ; expect-not "Open again."
keys 'O' ; type "She rang: the bus has gone" ; keys <Enter> ; expect "Open again; u takes this back." ; expect "open since"
keys '0' ; row 2 "[0 History]" ; expect "She rang: the bus has gone" ; expect "Opened again"
keys 'C' ; cursor-on "Why is it closing?" ; expect "Closed on                          9 Mar 2026" ; keys '2' <C-s> ; keys '1' ; expect "partly met"

# Why it ended is said where somebody could ring: nobody is proposed to be tried again, and a referral that comes after it
# belongs to somebody else, or the record is wrong.
case a-death-is-said-before-anybody-rings
keys 'C' '7' <C-s> ; expect "closed 9 Mar 2026: Died" ; expect-not "The record says"
keys 'c' '5' <Tab> '5' ; expect-not "Try again" ; expect-not "12 Mar 2026" ; keys <Esc>
keys 'a' '1' <C-s> ; expect "Filed: Referral" ; expect "closed 9 Mar 2026: Died" ; keys 'D' '1' <C-s> ; expect "The record says that this person died (closed 9 Mar 2026)."
keys <F9> ; expect "Mae'r cofnod yn dweud bod y person hwn wedi marw" ; keys <F9>

# Nothing new is begun in what is closed; what happened can still be written down, and what was written put right.
case closed-is-said-and-what-to-do
keys 'C' '1' <C-s> ; expect "closed 9 Mar 2026" ; keys 'v' ; expect "This period of support was closed on 9 Mar 2026." ; expect "O opens" ; row 2 "[1 Overview]"
keys 'n' ; expect "was closed on 9 Mar 2026." ; row 2 "[1 Overview]" ; keys <F9> 'v' ; expect "Caewyd y cyfnod hwn o gefnogaeth ar 9 Maw 2026" ; keys <F9>
keys 'c' '5' <Tab> '1' <C-s> ; expect "Filed: Contact" ; keys 'P' ; expect "Get out of the house" ; keys <Esc>
row 24 "O Open again" ; expect-not "P Plan" ; expect-not "w Conversation" ; expect-not "n Connect" ; keys '5' ; row 24 "O Open again" ; expect-not "n Connect" ; keys '1'
keys 'O' ; type "She rang" ; keys <Enter> ; expect "Open again" ; row 24 "w Conversation" ; expect-not "O Open again" ; keys 'v' ; expect "1. Get out of the house"

# A referral that came after the closing is what comes next: to be decided, and not the old period opened again.
case a-referral-that-came-after-the-closing
keys 'C' '1' <C-s> ; expect "closed 9 Mar 2026" ; expect-not "Decide on the referral" ; keys 'a' '1' <C-s> ; expect "Filed: Referral" ; expect "Decide on the referral"
keys 'v' ; expect "referral waits: D decides on it" ; row 2 "[1 Overview]"
keys 'n' ; expect "referral waits: D decides on it" ; keys 'D' '1' <C-s> ; expect "Filed: Decision" ; expect "open since 9 Mar 2026" ; expect "Have the conversation"

# What closing ended is back on Today: when the closing is taken back, and when the period is opened again.
case opened-again-with-what-was-due
keys 'c' '5' <Tab> '1' ; type "30" ; keys <Tab> <Tab> <Tab> ; type "+3" ; keys <Tab> ; type "ring after the bus" ; keys <C-s>
expect "follow-up due in 3 days: ring after the bus"
keys 'C' '1' <C-s> ; expect "closed 9 Mar 2026" ; expect-not "follow-up due"
keys 'u' ; expect "open since" ; expect "follow-up due in 3 days: ring after the bus" ; expect-not "feedback owed"
keys 'C' '1' <C-s> ; expect "closed 9 Mar 2026" ; expect-not "follow-up due"
keys 'O' ; type "Not finished after all" ; keys <Enter> ; expect "due again."
expect "follow-up due in 3 days: ring after the bus" ; expect-not "feedback owed"
keys 'u' ; expect "closed 9 Mar 2026" ; expect-not "follow-up due" ; keys 'u' ; expect "follow-up due in 3 days"

# A question that the closing left out is no change, neither when it is filed nor when that is taken back.
case a-closing-taken-back-names-what-changed
keys 'C' '7' <C-s> 'u' '0' ; row 2 "[0 History]" ; expect "Why is it closing? Died → (empty)" ; expect-not "(empty) → (empty)"

case the-referrer-hears
keys 't' ; type "/moham" ; keys <Enter> <Enter> 'D' '1' <C-s> ; expect "Filed: Decision"
keys 'f' ; expect "Feedback to the referrer: sent today." ; keys 't' ; expect-not "feedback owed to the referrer since" ; expect "accepted today, no contact yet"

case nobody-to-tell-after-a-self-referral
keys 't' ; type "/gwil" ; keys <Enter> <Enter> 'f' ; expect "No feedback is owed" ; expect-not "sent today"

# What the person would like is not asked again: the plan begins with it, in their words and their order. Left as it is it is no
# draft; what is emptied is no goal; a plan that is there stays as it is.
case a-plan-begins-with-what-was-said
keys 't' ; type "/moham" ; keys <Enter> <Enter> 'D' '1' <C-s> 'w' <Tab> <Tab> <Tab> <Tab> <Tab> <Tab> <Enter> ; type "Sing again" ; keys <Enter> <Enter> ; type "Fix the car" ; keys <C-s> ; expect "Filed: What matters"
keys 'P' ; row 2 "These goals are the person's words in the conversation." ; expect "Sing again" ; expect "Fix the car" ; keys <Esc> ; expect-not "Kept as a draft" ; expect-not "Unfinished"
keys 'P' <Tab> <Tab> <Tab> ; cursor-on "Fix the car" ; keys <C-u> <C-s> ; expect "Filed: Action plan" ; keys '4' ; row 2 "[4 Plan]" ; expect "Sing again" ; expect-not "Fix the car"
keys 'P' ; expect-not "words in the conversation" ; expect-not "Fix the car" ; keys <Esc> <F9> 'u' 'P' ; expect "Geiriau'r person yn y sgwrs" ; keys <F9>
