#!/bin/bash
# Simulated power cuts while records are written: whatever was reported saved is there afterwards, and verify passes.
. "$(dirname "$0")/../lib/cli.sh"

cuts=${TORTURE:+400}
cuts=${cuts:-40}

# Adds people under the recording shim, and notes each id once its command has ended.
write_people() {
    local i id
    for i in 1 2 3 4 5; do
        echo "{\"given_name\": \"Prawf $i\", \"postcode\": \"CF99 1NA\"}" >answers
        id=$(POWER_DIR=$CASE POWER_LOG=$HOME/log LD_PRELOAD=$T/power_shim.so \
             dolen person add --answers answers --json | json .id)
        [ -n "$id" ] || fail "no person was added"
        "$T/power_cut" log --note "$id"
    done
}

after_cut() {   # seed
    local promised there
    rm -rf out state
    promised=$("$T/power_cut" log out --seed "$1")
    assert_exit 0 "$BUILD/dolen" --file out --passphrase-fd 3 verify 3<<<"$PASS"
    assert_exit 0 "$BUILD/dolen" --file out --passphrase-fd 3 person list --json 3<<<"$PASS"
    there=$(json '.items[].id' <<<"$OUT")
    for id in $promised; do
        promises=$((promises + 1))
        assert_has "people after cut $1" "$there" "$id"
    done
}

test_no_cut_loses_what_was_reported_saved() {
    local seed promises
    new_case
    write_people
    promises=0
    for seed in $(seq 1 "$cuts"); do
        after_cut "$seed"
    done
    [ "$promises" -gt "$cuts" ] || fail "only $promises promises in $cuts cuts: nothing was tested"
}
run_tests
