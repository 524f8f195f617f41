#!/bin/bash
# New keys, with every call to the disk failing or being the last one: the case file opens with the old keys or the new.
. "$(dirname "$0")/../lib/cli.sh"

# Some 1,700 calls, of which 1,650 write one page after the other into the new file, which nobody looks at yet. The full
# length takes every call of another kind with the writes on both its sides, where the state changes, and one in seventeen
# of the long runs between; the check takes one call in 97. Both take the last ones, where the folders change places.
stride=${TORTURE:+17}
stride=${stride:-97}

rotate() { dolen keys rotate --confirm 1 --recovery-to "$HOME/code2" "$@"; }
new_case_with_people() {
    new_case_by_passphrase
    mkdir "$HOME/place" && mv "$CASE" "$HOME/place/case" && CASE=$HOME/place/case
    printf '{"given_name":"Mair","family_name":"Prawf"}' >"$HOME/p.json"
    dolen --json person add --answers "$HOME/p.json" >/dev/null
}
raw_key() { dolen keys show-raw 2>/dev/null; }
nothing_beside() { assert_eq "beside the case file" "$(ls -A "$HOME/place")" case; }

# The nth call below the parent folder fails, or the process is killed there.
hit() {         # n
    rm -f "$HOME/count" "$HOME/code2" "$HOME/kinds"
    rc=0
    FAULT_LOG=$HOME/kinds FAULT_DIR=$HOME/place FAULT_STATE=$HOME/count FAULT_NTH=$1 LD_PRELOAD=$T/fault_shim.so rotate >"$HOME/said" 2>"$HOME/err" || rc=$?
}
fired() { [ "$(od -An -td8 -j8 "$HOME/count" | tr -d ' ')" -gt 0 ]; }

calls() { od -An -td8 -N8 "$HOME/count" | tr -d ' '; }
points() {      # first, how many there are, each call's kind
    {
        seq "$1" "$stride" "$2"
        seq $(($2 - 3)) 2 $(($2 + 13))          # what an earlier crash left takes a few calls more
        [ -z "$TORTURE" ] || awk -v first="$1" '
            $1 != "write" { for (n = NR - 2; n <= NR + 2; n++) if (n >= first) print n }' "$3"
    } | sort -nu
}

opens_whole() { # what
    assert_exit 0 dolen verify
    assert_has "verified after $1" "$OUT" "whole"
}

each_call() {   # first
    local n all old new=0 taken=0 now
    hit 0
    assert_eq "without a fault" $rc 0
    all=$(calls)
    [ "$all" -gt 40 ] || fail "only $all calls: the shim saw nothing"
    assert_eq "calls told" "$(wc -l <"$HOME/kinds")" "$all"
    old=$(raw_key)
    for n in $(points "$1" "$all" "$HOME/kinds"); do
        hit "$n"
        fired || continue
        taken=$((taken + 1))
        now=$(raw_key) || fail "call $n: the case file does not open any more: $(cat "$HOME/err")"
        if [ "$now" != "$old" ]; then
            new=$((new + 1))
        else
            [ $rc -ne 0 ] || fail "call $n: reported done, and the keys are old"
            [ -n "$FAULT_KILL" ] || assert_no_file "$HOME/code2"
        fi
        opens_whole "call $n of $all"
        old=$now
    done
    [ "$new" -gt 0 ] || fail "never hit after the exchange"
    [ "$taken" -gt $((all / stride)) ] || fail "only $taken calls of $all were hit"
    rm -f "$HOME/code2"
    assert_exit 0 rotate
    assert_eq "people" "$(dolen --json person list | json count .items)" 1
    nothing_beside
}
test_killed_at_every_call_it_opens() { new_case_with_people; export FAULT_KILL=1; each_call 1; }
test_a_broken_disk_at_every_call() { new_case_with_people; FAULT_KILL=; each_call 2; }
run_tests
