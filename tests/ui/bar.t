# The key bar names what does something here and now: nothing opens in an empty list, an asset has no plan, and no key leads
# to where one is. Where a form only tells something, a word typed too early does not lead out of it.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case an-empty-list-has-no-key-for-its-rows
keys 'i' ; row 24 "D Decide" ; keys 'D' '1' <C-s> ; expect "Filed: Decision" ; keys 'i' ; expect "No referral waits"
row 24 "a Add" ; expect-not "D Decide" ; expect-not "Enter Open" ; expect-not "c Contact" ; expect-not "i Inbox" ; cursor 2 3
type ":show-bin" ; keys <Enter> ; expect "The bin is empty" ; expect-not "Enter Restore" ; row 24 "Esc Back"

# Before anything is open there is one thing to do, and the keys that would be refused are not named.
case lists-name-what-the-row-can-do
keys 'i' ; row 24 "D Decide" ; expect-not "c Contact" ; expect-not "P Plan" ; type "p/khan" ; keys <Enter> ; row 24 "D Decide"
expect-not "c Contact" ; type "/huw roberts" ; keys <Enter> ; row 24 "c Contact" ; expect-not "D Decide"

case a-referral-that-waits-is-decided-on
keys 'i' <Enter> ; row 2 "[1 Overview]" ; row 24 "D Decide" ; expect-not "c Contact" ; expect-not "P Plan" ; expect-not "n Connect" ; resize 40x12 ; row 12 "D Decide" ; resize 80x24
expect-not "M Measure" ; expect-not "U Gap" ; keys 'M' ; expect "No period of support yet" ; expect-not "Which measure?"
keys 'D' '1' <C-s> ; expect "Filed: Decision" ; row 2 "[1 Overview]" ; row 24 "c Contact" ; row 24 "w Conversation" ; row 24 "n Connect" ; expect-not "D Decide"

# A referral that came to nothing is no longer waited for.
case nothing-was-accepted
keys 'i' <Enter> '4' ; expect "Nothing here before the referral is accepted: D decides." ; keys 'D' '3' <C-s> ; expect "Filed: Decision" ; expect "No referral was accepted. On the overview (1) a takes down a new one."
keys '3' ; expect "No referral was accepted" ; keys '7' ; expect "No referral was accepted" ; row 24 "Esc Back" ; expect-not "D Decide" ; keys '1' 'a' ; row 1 "Referral"

case an-asset-on-today-has-no-plan
resize 120x24 ; expect "D Decide" ; keys <Down> <Down> <Down> <Down> <Down> ; expect "> ! Open table" ; expect-not "D Decide" ; expect-not "P Plan" ; row 24 "Enter Open" ; keys 'c' ; row 1 "Phone call"

case a-search-that-finds-nothing-opens-nothing
type "/zzqq" ; expect "Nothing found" ; expect-not "Enter Open" ; expect-not "c Contact" ; row 24 "Esc Back"
keys <Esc> ; type "/huw" ; row 24 "Enter Open"

case what-a-form-tells-takes-no-letters
type "/huw" ; keys <Enter> <Enter> 's' '2' '1' <Tab> <Tab> ; expect ">     One recipient and one purpose each time."
expect-not "No answer" ; type "Tywyn choir" ; row 1 "Privacy and permission" ; keys "w" ; expect "Nothing is typed here"
keys <Tab> ; type "Tywyn choir" ; expect "Tywyn choir"

case a-word-too-early-opens-no-menu
keys 'a' ; type "Gwen Prawf" ; keys <Enter> '1' <Tab> <Tab> <Tab> ; expect ">   File this form" ; type "meddygfa" ; row 1 "Language" ; expect "Nothing is typed here"
keys <F10> ; row 1 "Menu" ; keys <Esc> ; row 1 "Language" ; keys <C-o> 'm' ; row 1 "Menu" ; keys <Esc> <Esc> 't' ; type "/huw" ; keys <Enter> <Enter> 'M' 'p' <Enter> '2' ; expect "Not at all" ; row 24 "F10 Menu" ; expect-not "m Menu" ; keys 'm' ; expect "A number answers this" ; keys <F10> ; row 1 "Menu"

# The list is as long as the room below its question, which stays in sight with what is ticked in it.
case a-long-list-leaves-its-question-in-sight
keys 'a' ; type "Gwen Prawf" ; keys <Enter> '1' '2' '1' <C-s> '1' ; row 2 ">   Reasons for the referral" ; keys '2' ; row 2 ">   Reasons for the referral"
expect "2  1. Bereavement" ; expect "Left and Right change the order" ; keys <End> ; row 2 ">   Reasons for the referral" ; expect "> " ; keys <Esc>

case a-panel-names-its-two-keys-first
type "/huw" ; keys <Enter> <Enter> 'H' ; expect "Which form for Huw" ; row 24 "Enter OK  Esc Back"

case where-a-person-goes-into-the-bin-is-said
type "/huw" ; keys <Enter> <Enter> 'd' ; expect "Go to a record first; the person" ; expect "goes there from the list of people." ; keys 't' 'd' ; expect-not "list of people"
