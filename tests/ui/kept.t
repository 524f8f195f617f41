# How long a closed record is kept, on the person's first screen: its time over, or held however long.
today 2026-11-23
prepare practice 30 7
sh <<END
"$DOLEN" --file "$FILE" --passphrase-fd 3 retention policy --closed-years 1 >/dev/null
END
sh <<END
"$DOLEN" --file "$FILE" --passphrase-fd 3 retention hold "Margaret Clarke" --why complaint >/dev/null
END
run ; passphrase

case what-is-past-its-time-is-not-kept-until-then
type "/joan taylor" ; keys <Enter> <Enter> ; expect "past its time since" ; expect "12 Sep" ; expect-not "kept until"

case what-is-held-says-so
type "/margaret clarke" ; keys <Enter> <Enter> ; expect "held until released" ; expect-not "past its time"
