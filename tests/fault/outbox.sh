#!/bin/bash
# Sealing and sending are killed, or the disk is full, at one call after the other: a batch is whole or it is not there, nothing
# is sent that was not sealed, and the next try arrives.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/sync.sh"

stride=${TORTURE:+1}
stride=${stride:-19}

# The case file as it was before, in a hub's sight.
prepare() {
    new_start
    cp -a "$CASE" before
    cp -a state state.before
}
again() {
    rm -rf "$CASE" state drop
    cp -a before "$CASE"
    cp -a state.before state
    mkdir drop
}

# n, what goes wrong (kill or an errno), command …
failing() {
    local n=$1 how=$2
    shift 2
    rm -f count
    rc=0
    if [ "$how" = kill ]; then
        FAULT_KILL=1 FAULT_DIR=$CASE FAULT_STATE=$HOME/count FAULT_NTH=$n LD_PRELOAD=$T/fault_shim.so dolen "$@" >out 2>err || rc=$?
    else
        FAULT_DIR=$CASE FAULT_STATE=$HOME/count FAULT_NTH=$n FAULT_ERRNO=$how LD_PRELOAD=$T/fault_shim.so dolen "$@" >out 2>err || rc=$?
    fi
}
fired() { [ -s count ] && [ "$(od -An -td8 -j8 count | tr -d ' ')" -gt 0 ]; }

# Every batch that is to be sent has both its files, and the signature holds; no file belongs to a batch that was given up.
whole_or_not_there() {
    local shown state file
    shown=$(dolen outbox show w-hub --json)
    while read -r state file; do
        case $state in
        QUEUED) minisign -qVm "$CASE/outbox/w-hub/$file.dlnb" -p S.pub || fail "$1: $file does not hold" ;;
        SUPERSEDED) assert_no_file "$CASE/outbox/w-hub/$file.dlnb.minisig" ;;
        *) fail "$1: $file is $state" ;;
        esac
    done < <(paste -d' ' <(json '.destinations[0].batches[].state' <<<"$shown") <(json '.destinations[0].batches[].bundle' <<<"$shown"))
}

sealing_fails_at_each_call() {      # kill or errno
    local n
    prepare
    for ((n = 1; ; n += stride)); do
        again
        failing "$n" "$1" outbox seal w-hub --json
        fired || break
        [ "$1" = kill ] || [ $rc -eq 0 ] || [[ $(cat err) == *"dolen: "* ]] || fail "call $n: no sentence: $(cat err)"
        whole_or_not_there "call $n, $1"
        seal >/dev/null
        whole_or_not_there "call $n, $1, sealed again"
    done
    [ "$n" -gt 40 ] || fail "only $n calls: the shim saw nothing"
    send >/dev/null
    receive >/dev/null
    receipts >/dev/null
    assert_eq "the last try" "$(newest state)" ACKED
    assert_exit 0 dolen verify
}

test_sealing_killed_at_each_call() { sealing_fails_at_each_call kill; }
test_a_full_disk_while_sealing() { sealing_fails_at_each_call ENOSPC; }

test_sending_killed_at_each_call() {
    local n
    prepare
    seal >/dev/null
    rm -rf before
    cp -a "$CASE" before
    for ((n = 1; ; n += stride)); do
        again
        failing "$n" kill outbox send
        fired || break
        assert_exit 0 dolen outbox send --json
        assert_eq "after call $n" "$(newest state)" SENT
        minisign -qVm drop/*.dlnb -p S.pub || fail "call $n: what lies there does not hold"
    done
    [ "$n" -gt 1 ] || fail "the shim saw nothing"
}

test_a_receipt_is_read_whole_or_not_at_all() {
    local n
    prepare
    seal >/dev/null
    send >/dev/null
    receive >/dev/null
    rm -rf before
    cp -a "$CASE" before
    for ((n = 1; ; n += stride)); do
        again
        failing "$n" kill receipt back
        fired || break
        assert_has "state after call $n" "SENT ACKED" "$(newest state)"
        receipts >/dev/null
        assert_eq "state after call $n, read again" "$(newest state)" ACKED
    done
    [ "$n" -gt 1 ] || fail "the shim saw nothing"
}

run_tests "$@"
