# From an empty case file to a case closed and feedback sent: the keys of the README's "first case in ten lines".
prepare empty
run ; passphrase

case the-whole-way
expect "This case file is empty" ; expect "a   adds a referral" ; keys <Space> ; expect "Nothing is due."

# a referral: the name, then language, then how they came
keys 'a' ; expect "Name of the person referred:" ; cursor-on "Name of the person"
type "Ceri Ŵyn Test" ; keys <Enter>
row 1 "Language" ; row 1 "Ceri Ŵyn Test"
expect "Hoffech chi siarad Cymraeg neu Saesneg gyda mi? · Would you like to speak"
cursor-on "Which language would you like to speak with us?"
keys '1' '2' '1' ; expect "Offered, and chose Welsh" ; cursor-on "/20"
keys <C-s> ; row 1 "Referral" ; expect "Filed: Language"
cursor-on "Where the referral came from" ; keys '1' ; cursor-on "Reasons for the referral" ; expect-not "Organisation" ; expect-not "Route"
keys <Up> '3' ; cursor-on "Route" ; keys '1' ; expect "Organisation" ; expect "GP or practice team"
type "Meinir Rees" ; keys <Tab> <Tab> ; type "Meddygfa'r Bont" ; keys <Tab> <Tab> <Tab> <Tab> ; cursor-on "Reasons for the referral"
keys '1' '3' <Enter> ; expect "1. Loneliness or isolation, 2. Befriend"
type "I see nobody from one week to the next." ; keys <Tab> ; expect "nobody from one week to the next."
keys <C-s> ; row 1 "Overview" ; row 1 "Ceri Ŵyn Test · Cymraeg (Welsh)"
expect "Filed: Referral" ; expect "Decide on the referral"

# decide
keys 'D' ; cursor-on "What was decided?" ; keys '1' <C-s>
cursor-on "Next" ; cursor-on "Have the conversation" ; expect "Accepted · open since" ; expect "to go for the core data set"

# the person
keys <End> <Enter> ; row 1 "Person" ; cursor-on "Ceri Ŵyn"
keys <Tab> <Tab> <Tab> <Tab> ; type "3/2/1950" ; expect "Friday 3 February 1950"
keys <Tab> <Tab> ; type "9990000018" ; keys <Tab> ; expect "999 000 0018"
type "1 Stryd Fawr\rTrefelin" ; keys <Tab> ; type "cf101aa" ; keys <Tab> ; keys <C-s>
expect "CF10 1AA" ; expect "3 Feb 1950"

# the conversation, in the person's words, in the order of their importance
keys 'w' ; cursor-on "" ; type "My sister and my garden" ; keys <Tab> <F4> ; expect "Ways to ask:"
keys <F4> <Tab> <Tab> <Tab> <Tab> <Tab> <Enter> ; type "Get out once a week" ; keys <Enter>
expect "Add another: What you would like" ; keys <C-s>
cursor-on "Agree a plan" ; expect "Conversation held" ; expect "My sister and my garden"

# the plan
keys 'P' ; expect "the person's words in the conversation" ; cursor-on "Get out once a week" ; keys <C-u> ; type "Get out of the house" ; keys <Enter> <Enter> '3' ; expect "[3]"
keys <Enter> <Down> <Enter> ; type "Ring the choir" ; keys <Enter> ; type "1" ; keys <Enter> ; type "Ceri"
keys <Enter> ; type "+7" ; keys <Enter> '8' <Enter> <Enter> <Down> <Space> ; expect "[x] yes"
keys <C-s> ; expect "Plan agreed" ; cursor-on "Next" ; cursor-on "Connect to something in the community"

# a group that is not in the directory yet, and the connection to it
keys 'n' ; row 1 "Connect to what?" ; keys 'a' ; type "Lleisiau'r Harbwr" ; keys <C-s>
expect "Lleisiau'r Harbwr" ; keys <Enter> ; row 1 "Connection to a community asset"
row 2 "Lleisiau'r Harbwr" ; cursor-on "Signposted or referred?"
keys '1' ; type "1" ; keys <Enter> ; expect "Suggested" ; keys '2' <C-s>
expect "Connected" ; expect "Filed: Connection"

# what the community does not have
keys 'U' ; cursor-on "" ; type "A lift home in the evening" ; keys <Tab> <Tab> <Tab> <Tab> '1' <C-s>
expect "Filed: Gap" ; keys ':' ; type "gaps" ; keys <Enter> ; expect "A lift home in the evening" ; keys <Esc>

# a contact, and the next one
keys 'c' ; cursor-on "How" ; keys '5' <Tab> '1' ; type "45" ; keys <Tab> <Tab> ; type "Went well" ; keys <Tab>
type "+14" ; keys <Tab> ; type "ring after the first evening" ; keys <C-s>
expect "follow-up due in 14 days: ring after the first"

# a measure before and after
keys 'M' ; expect "Personal well-being (ONS4)" ; keys '2' '1' ; row 2 "Baseline" ; expect "nobody answers for them"
keys '3' <Tab> '4' <Tab> '5' <Tab> '6' <C-s> ; expect "Filed: Personal well-being"
keys 'M' '2' '3' ; row 2 "Closing" ; keys '7' <Tab> '7' <Tab> '8' <Tab> '2' <C-s>
keys <Right> <Right> <Right> <Right> <Right> <Right> ; row 2 "[7 Measures]"
expect "Baseline 3 (Low) · Closing 7 (High): better" ; expect "10│"

# closing; Today says that the referrer should hear, and then it is done
keys 'C' ; cursor-on "Why is it closing?" ; keys '1' <C-s> ; expect "Filed: Closing"
keys 't' ; row 1 "Today (" ; row 3 "feedback owed to the referrer since today"
keys 'f' ; expect "Feedback to the referrer: sent today." ; expect-not "feedback owed"
expect "1 person · 0 open episodes · 0 referrals waiting"

# and all of it is whole on the disk
keys <C-q> ; wait-exit 0
sh '"$DOLEN" --file "$FILE" --passphrase-fd 3 verify 3<&3'
