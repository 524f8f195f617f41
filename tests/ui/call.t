# An entry that went stale: rung from the call list, the marks kept through locking and a kill, everyone's news in one step.
today 2026-03-09
prepare practice 12 7
run ; passphrase ; keys 'R' ; row 1 "Call list"

case marks-through-a-kill
keys <Enter> ; row 1 "Phone call" ; expect "Does it still run?" ; keys '4' ; expect "Goes regularly"
signal KILL ; wait-exit 137
run ; passphrase ; row 3 "unfinished: Phone call, 12:00, 1 answer" ; expect-not "–" ; keys <Enter> ; row 1 "Phone call"
expect "Taken up where the call was left" ; expect "Goes regularly"
keys <C-s> ; expect "The call is filed, with news of 1 person" ; keys 't' ; expect-not "not yet filed."
keys 'u' ; expect "Take all of it back?" ; keys 'y' ; expect "Taken back: "

case marks-through-locking
keys <Enter> '4' <C-k> ; expect "Passphrase or recovery code" ; passphrase ; row 1 "Phone call" ; expect "Goes regularly" ; expect "Taken up"
keys <Esc> ; expect "Kept as a draft" ; keys 't' ; expect "You were in Phone call, Harbour Voices choir, 12:00. 1 answer not yet filed."

case put-in-the-bin
keys <Enter> '4' <F8> ; expect "The draft is in the bin for 30 days." ; keys 't' ; expect-not "not yet filed."

case looked-at-only
keys <Enter> <Down> <Esc> ; row 1 "Call list" ; keys 't' ; expect-not "not yet filed."

case a-word-typed-too-early-does-not-leave-the-call
keys <Enter> ; row 1 "Phone call" ; type "t" ; row 1 "Phone call" ; expect "A number answers this." ; expect-not "t Today"
keys <Down> <Down> <Down> ; type "abc" ; row 1 "Phone call" ; expect "Enter, then type it." ; expect-not "Name of the person"
keys <C-o> 't' ; row 1 "Today"

case a-number-that-answers-nothing
keys <Enter> <Down> ; expect "Does it still run?" ; keys '6' ; expect "That number is no answer here" ; cursor-on "Does it still run?"

# The entry that was rung becomes another one: what was said stands, and is filed of the people who are that one's now.
case marks-go-with-the-entry-that-it-became-and-come-back
keys <Down> <Enter> ; row 1 "Phone call: Hands" ; keys '4' <Esc> ; expect "Kept as a draft" ; keys 'A' ; type "/men's" ; keys <Enter> <Enter> ; row 1 "Men's Shed"
keys 'J' ; type "hands in the soil" ; keys <Enter> '1' ; expect "connections go over" ; keys 'y' ; expect "One entry now; "
keys 't' <Enter> ; row 1 "Phone call: Men's Shed" ; expect "Taken up where" ; expect "Goes regularly" ; keys <Esc> ; keys 'u' ; expect "Take all of it back?" ; keys 'y' ; expect "taken back"
keys 't' <Enter> ; row 1 "Phone call: Hands in the soil" ; expect "Goes regularly" ; keys <C-s> ; expect "The call is filed, with news of 1 person"

case two-calls-are-not-made-one
keys <Down> <Enter> ; row 1 "Phone call: Hands" ; keys '4' <Esc> ; expect "Kept as a draft" ; keys 'A' ; type "/men's" ; keys <Enter> <Enter> 'c' ; row 1 "Phone call" ; keys '4' <Esc> ; expect "Kept as a draft"
keys 'J' ; type "hands in the soil" ; keys <Enter> '1' ; expect "A phone call to each of the two is begun"

# Whoever was talked to about either was talked to about both: nobody rings the one that stays for the older day.
case a-call-to-the-entry-that-goes-counts-for-the-one-that-stays
keys 'A' 'a' ; type "Clwb Qoed" ; keys <C-s> ; expect "Filed: " ; type "/qoed" ; keys <Enter> 'c' ; row 1 "Phone call" ; keys <C-s> ; expect "The call is filed"
keys 't' ; expect "Men's Shed               entry to check" ; keys 'A' ; type "/men's" ; keys <Enter> <Enter> ; row 1 "Men's Shed"
keys 'J' ; type "qoed" ; keys <Enter> '1' 'y' ; expect "One entry now; " ; keys 't' ; expect-not "Men's Shed" ; expect-not "Qoed" ; keys 'u' ; expect "Take all" ; keys 'y' ; expect "taken back"
expect "Men's Shed               entry to check"

# Permission given to the group and taken back since: whoever rings them sees it first, on a narrow screen too.
case a-permission-taken-back-is-said-on-the-phone
type "/huw" ; keys <Enter> <Enter> 's' '2' '1' <Tab> '1' <Tab> ; type "harbour voices choir" ; keys <Tab> '1' <Tab> '1' '1' '1' <C-s> ; expect "Filed: Privacy"
keys 'R' <Enter> ; row 1 "Phone call: Harbour Voices choir" ; row 3 "Huw Roberts                  Referral sent" ; expect-not "agreed to share"
type "/huw" ; keys <Enter> <Enter> '8' 'x' <C-s> ; expect "is left to do stands in Consent" ; keys 'R' <Enter> ; row 3 "> ! Huw Roberts" ; row 3 "has not agreed to share"
resize 40x12 ; row 4 "> ! Huw Roberts" ; row 4 "has not agreed" ; resize 80x24
