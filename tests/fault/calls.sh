#!/bin/bash
# Every call to the disk fails once, in turn: the record is there or it is not, the file is whole, the sentence is clear.
. "$(dirname "$0")/../lib/cli.sh"

# In check each error takes every third call; the full length takes all of them, and those that go on failing.
stride=${TORTURE:+1}
stride=${stride:-3}

people() { dolen person list --json | json count .items; }

# The command under test, with the nth call below the case file failing; its exit code goes to $rc.
failing() {     # n, errno, command …
    local n=$1 error=$2
    shift 2
    rm -f count
    rc=0
    FAULT_DIR=$CASE FAULT_STATE=$HOME/count FAULT_NTH=$n FAULT_ERRNO=$error LD_PRELOAD=$T/fault_shim.so \
        dolen "$@" >out 2>err || rc=$?
}
fired() { [ "$(od -An -td8 -j8 count | tr -d ' ')" -gt 0 ]; }

each_call() {   # errno, first
    local n=$2 before after
    before=$(people)
    while :; do
        failing "$n" "$1" person add --answers $HOME/answers --json
        fired || break
        after=$(people) || fail "call $n, $1: the case file does not open any more: $(cat err)"
        if [ $rc -eq 0 ]; then
            assert_eq "people after call $n, $1, reported saved" "$after" $((before + 1))
        else
            [ "$after" -ge "$before" ] && [ "$after" -le $((before + 1)) ] || fail "call $n, $1: $before people became $after"
            [[ $(cat err) == "dolen: "* ]] || fail "call $n, $1: no sentence: $(cat err)"
        fi
        before=$after
        n=$((n + stride))
    done
    [ "$n" -gt 10 ] || fail "only $n calls: the shim saw nothing"
    assert_exit 0 dolen verify
}

new_empty_case() { new_case; echo '{"given_name": "Prawf"}' >"$HOME/answers"; }
test_a_full_disk_at_every_call() { new_empty_case; each_call ENOSPC 1; }
test_a_broken_disk_at_every_call() { new_empty_case; each_call EIO 2; }
test_a_full_disk_that_stays_full() {
    local n
    new_empty_case
    for n in $(seq 1 $((stride * 2)) 40); do
        FAULT_STICKY=1 failing "$n" ENOSPC person add --answers $HOME/answers
        fired || break
        [ $rc -ne 0 ] || [ "$(people)" -gt 0 ] || fail "call $n: reported saved, and is not there"
    done
    assert_exit 0 dolen verify
}
run_tests
