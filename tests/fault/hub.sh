#!/bin/bash
# A hub that is killed or runs out of disk at any moment: whole batches or nothing, receipts only for what is committed.
. "$(dirname "$0")/../lib/cli.sh"

tries=${TORTURE:+120}
tries=${tries:-7}
BUNDLES=54              # of each laptop: more than two groups together

hub() { "$BUILD/dolen-hub" --into "$HOME/hub/H.db" --keys "$HOME/hub/HK" "$@"; }

# Each bundle brings one new case: one episode, three contacts.
make_bundles() {
    local l n
    mkdir hub
    hub init >/dev/null 2>&1
    hub policy --destination w-hub --from 2026-04-01 --out P.json >/dev/null
    for l in A B; do
        DOLEN_SHARE=$ROOT "$T/hub-laptop" new $l >/dev/null
        hub register $l/S.json >/dev/null
        for n in $(seq "$BUNDLES"); do
            DOLEN_SHARE=$ROOT "$T/hub-laptop" seal $l P.json OUT --seq "$n" --base $((n - 1)) --to "$n" --cases "$n-$n:$n"
        done
    done
    cp -a hub pristine
}

failing() {             # nth call of all below hub/, further settings of the shim …
    local n=$1
    shift
    rm -rf hub count
    cp -a pristine hub
    rc=0
    env "$@" FAULT_DIR="$HOME/hub" FAULT_STATE="$HOME/count" FAULT_NTH="$n" LD_PRELOAD="$T/fault_shim.so" \
        "$BUILD/dolen-hub" --into hub/H.db --keys hub/HK receive OUT --receipts hub/RC --json >out 2>err || rc=$?
}

assert_whole() {        # what happened
    local status episodes accepted file
    assert_exit 0 hub verify
    status=$(hub status --json)
    episodes=$(json .rows.episode <<<"$status")
    accepted=$(json .batches.accepted <<<"$status" 2>/dev/null) || accepted=0
    assert_eq "$1: one episode a bundle" "$episodes" "$accepted"
    assert_eq "$1: three contacts a bundle" "$(json .rows.contact <<<"$status")" $((3 * accepted))
    rm -rf known
    hub receipts --to known >/dev/null
    for file in hub/RC/*/*.minisig; do
        [ -e "$file" ] || continue
        cmp -s "$file" "known/${file#hub/RC/}" || fail "$1: a receipt for what is not committed: $file"
    done
}

# And the next night everything is there, however it ended.
assert_recovers() {
    hub receive OUT --receipts hub/RC >/dev/null || fail "$1: the next run failed"
    assert_eq "$1: episodes after the next run" "$(hub status --json | json .rows.episode)" $((2 * BUNDLES))
    assert_eq "$1: receipts after the next run" "$(find hub/RC -name '*.rcpt.minisig' | wc -l)" $((2 * BUNDLES))
}

calls() { od -An -td8 -N8 count | tr -d ' '; }
fired() { [ "$(od -An -td8 -j8 count | tr -d ' ')" -gt 0 ]; }

at_random_calls() {     # name, settings of the shim …
    local name=$1 all n i committed=0
    shift
    make_bundles
    failing 0
    assert_eq "without a fault" "$rc" 0
    all=$(calls)
    [ "$all" -gt 200 ] || fail "only $all calls: the shim saw nothing"
    all=$((all * 97 / 100)) RANDOM=${SEED:-11}      # the next run may take a call more or less
    for i in $(seq "$tries"); do
        n=$((1 + (all * (i - 1) + RANDOM % all) / tries))
        failing "$n" "$@"
        fired || fail "$name at call $n of $all: nothing happened"
        [ "$rc" -ne 0 ] || [ "$n" -gt $((all * 9 / 10)) ] || fail "$name at call $n of $all: reported as well"
        assert_whole "$name at call $n of $all"
        [ "$(hub status --json | json .rows.episode)" -eq 0 ] || committed=$((committed + 1))
        assert_recovers "$name at call $n of $all"
    done
    [ "$committed" -gt 0 ] || fail "$name: no run came as far as a first commit"
}

test_killed_at_random_calls() { at_random_calls killed FAULT_KILL=1; }
test_a_disk_that_is_full_and_stays_full() { at_random_calls "full disk" FAULT_ERRNO=ENOSPC FAULT_STICKY=1; }
run_tests "$@"
