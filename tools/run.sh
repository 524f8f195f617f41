#!/bin/bash
# run.sh - what make run does after building: a practice caseload, then the workstation on it.
#
# The training case file stays in $BUILD/practice, so that the next run goes on with it; "rm -r build/practice" starts
# anew. Without a terminal on standard output one whole journey is walked by commands instead (tools/journey.sh), on a
# caseload of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${BUILD:-build}
folder=$build/practice
case_file=$folder/casefile
pass=ymarfer
by_hand=no
[ -t 0 ] && [ -t 1 ] && by_hand=yes
if [ $by_hand = no ]; then
    folder=$build/practice-journey
    case_file=$folder/casefile
    rm -rf "$folder"
fi

if [ ! -e "$case_file/keyslots" ]; then
    rm -rf "$case_file"
    mkdir -p "$folder"
    printf '%s\n' "$pass" |
        "$build/dolen" --file "$case_file" practice new --cases 30 --seed 7 --passphrase-fd 0
fi
echo "A training case file with 30 invented people: $case_file"
echo "Its passphrase is:  $pass"

if [ $by_hand != no ]; then
    read -rp "Press Enter to open it. " _
    exec "$build/dolen" --file "$case_file"
fi
PASS=$pass tools/journey.sh "$case_file"
