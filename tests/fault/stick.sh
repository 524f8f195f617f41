#!/bin/bash
# A stick that fills up, breaks, is pulled or loses power at every moment: there is the whole bundle or none, the marker never
# comes before what it marks, and the next try brings it.
. "$(dirname "$0")/../lib/cli.sh"

cuts=${TORTURE:+400}
cuts=${cuts:-60}

bundle() {
    mkdir here stick
    head -c 700000 /dev/urandom >here/a.dlnb
    echo "the marker" >here/a.dlnb.minisig
}
carry() { "$T/fault/carry" here a stick; }

# What stands under its name is whole; the marker is not alone.
assert_sound() {    # when, folder
    [ ! -e "$2/a.dlnb" ] || cmp -s here/a.dlnb "$2/a.dlnb" || fail "$1: half a bundle under its name"
    [ ! -e "$2/a.dlnb.minisig" ] || cmp -s here/a.dlnb.minisig "$2/a.dlnb.minisig" || fail "$1: half a marker"
    [ ! -e "$2/a.dlnb.minisig" ] || [ -e "$2/a.dlnb" ] || fail "$1: a marker without its bundle"
}
arrived() { cmp -s here/a.dlnb "$1/a.dlnb" && cmp -s here/a.dlnb.minisig "$1/a.dlnb.minisig"; }

failing() {     # n, errno, more settings …
    local n=$1 error=$2
    shift 2
    rm -f count
    rc=0
    env "$@" FAULT_DIR=stick FAULT_STATE=$HOME/count FAULT_NTH=$n FAULT_ERRNO=$error LD_PRELOAD=$T/fault_shim.so \
        "$T/fault/carry" here a stick >out 2>err || rc=$?
}
fired() { [ "$(od -An -td8 -j8 count | tr -d ' ')" -gt 0 ]; }

each_call() {   # errno, result, more settings …
    local n=0 error=$1 result=$2
    shift 2
    bundle
    while :; do
        n=$((n + 1))
        rm -rf stick
        mkdir stick
        failing "$n" "$error" "$@"
        fired || break
        assert_sound "call $n, $error" stick
        if [ $rc -eq 0 ]; then
            arrived stick || fail "call $n, $error: said to be done, and is not there"
        elif [ -n "$result" ]; then
            assert_eq "call $n, $error" "$(cat out)" "$result"
            [ -s err ] || fail "call $n, $error: no sentence"
        fi
        carry >/dev/null || fail "call $n, $error: the next try failed"
        arrived stick || fail "call $n, $error: the next try did not bring it"
    done
    [ "$n" -gt 8 ] || fail "only $n calls: the shim saw nothing"
}

test_a_full_stick_at_every_call() { each_call ENOSPC "blocked space" FAULT_SHORT=1; }
test_a_full_stick_that_stays_full() { each_call ENOSPC "" FAULT_STICKY=1; }
test_a_broken_stick_at_every_call() { each_call EIO "retry unplugged"; }
test_a_stick_that_may_not_be_written_at_every_call() { each_call EACCES "blocked permission"; }
test_killed_at_every_call() { each_call EIO "" FAULT_KILL=1; }

test_a_power_cut_at_any_moment_leaves_all_or_nothing() {
    local seed whole=0
    bundle
    POWER_DIR=stick POWER_LOG=$HOME/log LD_PRELOAD=$T/power_shim.so "$T/fault/carry" here a stick >/dev/null
    arrived stick || fail "it did not arrive under the shim"
    "$T/power_cut" log --note "done"
    for seed in $(seq 1 "$cuts"); do
        rm -rf out
        said=$("$T/power_cut" log out --seed "$seed" | tail -n 1)
        assert_sound "cut $seed" out
        if arrived out; then whole=$((whole + 1)); fi
        [ "$said" != "done" ] || arrived out || fail "cut $seed: it was said to be done"
        rm -f out/.*.part
        "$T/fault/carry" here a out >/dev/null || fail "cut $seed: the next try failed"
        arrived out || fail "cut $seed: the next try did not bring it"
    done
    [ "$whole" -gt 0 ] && [ "$whole" -lt "$cuts" ] || fail "$whole of $cuts cuts found it whole: nothing was tested"
}

# The first try dies when both names are given and the folder is not yet sure; the next finds both there. What that one says is
# to hold after a power cut.
test_what_is_found_there_is_made_sure_of_before_it_counts() {
    local seed
    bundle
    FAULT_DIR=stick FAULT_CALLS=fsync FAULT_NTH=4 FAULT_KILL=1 POWER_DIR=stick POWER_LOG=$HOME/log \
        LD_PRELOAD="$T/fault_shim.so $T/power_shim.so" "$T/fault/carry" here a stick >out1 2>&1 || true
    [ ! -s out1 ] && arrived stick || fail "it was not stopped between the name and the folder"
    POWER_DIR=stick POWER_LOG=$HOME/log LD_PRELOAD=$T/power_shim.so "$T/fault/carry" here a stick >out2
    assert_eq "said" "$(cat out2)" "done none"
    "$T/power_cut" log --note "done"
    for seed in $(seq 1 "$cuts"); do
        rm -rf out
        "$T/power_cut" log out --seed "$seed" --at "$("$T/power_cut" log --count)" >said
        assert_has "said before the cut" "$(cat said)" "done"
        arrived out || fail "cut $seed: it was said to be done, and is not there"
    done
}
run_tests "$@"
