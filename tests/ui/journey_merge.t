# The same person twice: told at once, looked at side by side, joined, undone, joined again.
today 2026-03-09
prepare practice 12 7
run ; passphrase

case asked-when-the-name-is-typed
keys 'a' ; type "Linda Tuker" ; keys <Enter> ; expect "Is it one of these people?" ; expect "Linda Tucker, 28 Dec 1943" ; keys <Esc> ; row 1 "Today"

case another-spelling-of-the-sound-is-offered-too
keys 'a' ; type "Gwilim Jenkyns" ; keys <Enter> ; expect "Is it one of these people?" ; expect "Gwilym Jenkins," ; expect "(sounds the same)"
expect "Somebody new: Gwilim Jenkyns" ; keys <Esc> ; row 1 "Today"

case the-same-nhs-number-is-said-without-a-date-of-birth
keys 'a' ; type "Nia Arall" ; keys <Enter> '1' '2' '1' <C-s> '1' <C-s> ; row 1 "Nia Arall" ; expect "Enter on this line fills them in"
keys <End> <Enter> <Tab> <Tab> <Tab> <Tab> <Tab> ; type "999 000 0170" ; keys <Tab> ; expect "not an NHS number" ; expect-not "a record already"
keys <C-u> ; type "999 000 0107" ; keys <Tab> ; expect "Gwilym Jenkins has this NHS number already"
# ... who is the first to be offered, by what was just typed and is not filed yet; another one may be named all the same.
keys <C-o> ':' ; type "merge" ; keys <Enter> ; expect "Which one is the same person?" ; expect "1 ( ) Gwilym Jenkins" ; expect "2 ( ) Another record, by its name"
keys '2' ; expect "Name of the other record:" ; type "tucker" ; keys <Enter> ; expect "1 ( ) Linda Tucker" ; expect-not "Another record" ; keys <Esc>
row 1 "Person" ; keys <C-o> ':' ; type "merge" ; keys <Enter> '1' ; row 1 "Is this one person?" ; expect "Jenkins" ; keys 'n' ; expect "Not joined. Nothing was changed." ; row 1 "Person"
keys <C-s> ; expect "Filed: Person" ; keys ':' ; type "merge" ; keys <Enter> ; expect "1 ( ) Gwilym Jenkins" ; keys '1' 'y' ; expect "Joined"

case joined-undone-and-joined
keys 'a' ; type "Linda Tuker" ; keys <Enter> '2' ; row 1 "Language" ; keys <C-s> '1' <C-s> ; row 1 "Linda Tuker"
keys 't' ; expect "13 people" ; type "/tucker" ; keys <Enter> <Enter> ; row 1 "Linda Tucker"
keys ':' ; type "merge" ; keys <Enter> ; expect "Name of the other record:" ; type "tuker" ; keys <Enter> '1'
expect "stays" ; expect "joins it" ; expect "Join them? Both originals are kept" ; keys 'y' ; expect "Joined"
keys 't' ; expect "12 people" ; keys 'u' ; expect "The last step changed 5 records" ; expect "Two" ; keys <Esc> ; expect-not "Take all" ; expect "12 people"
keys 'u' <Enter> ; expect "12 people" ; keys 'u' 'y' ; expect "taken back" ; expect "13 people"
type "/tucker" ; keys <Enter> <Enter> ':' ; type "merge" ; keys <Enter> ; type "tuker" ; keys <Enter> '1' 'n' ; expect "Not joined. Nothing was changed."
keys 't' ; expect "13 people"

case two-nhs-numbers-are-said-and-parted-a-month-later
type "/huw" ; keys <Enter> <Enter> ':' ; type "merge" ; keys <Enter> ; type "jack" ; keys <Enter> '1'
expect "! 999 000 0034" ; expect "Their NHS numbers differ" ; keys 'y' ; expect ":unmerge here." ; expect "Another period of support is open too, since 6 Nov 2025" ; keys 't' ; expect "11 people"
today 2026-04-10 ; run ; passphrase ; type "/huw" ; keys <Enter> <Enter> '0' ; expect "Two records joined" ; expect-not "What went over" ; keys 'u' ; expect ":unmerge parts joined records"
keys 'c' '5' <Tab> '1' <C-s> ; expect "Filed: Contact"
type ":unmerge" ; keys <Enter> ; expect "Which record is somebody else?" ; expect "Jack Walker, joined on 9 Mar 2026" ; keys <Enter>
expect "Part them?" ; keys 'y' ; expect "Two records again: 25 rows went back." ; expect "with it: Contact: 1." ; keys 't' ; expect "12 people"
type "/huw" ; keys <Enter> <Enter> ; type ":unmerge" ; keys <Enter> ; expect "No other record is joined to this one."
