#!/bin/bash
# kill -9 at random moments while records are written: every record that was reported saved is there, verify passes.
. "$(dirname "$0")/../lib/cli.sh"

kills=${TORTURE:+300}
kills=${kills:-30}

milliseconds() { echo $((${EPOCHREALTIME/./} / 1000)); }

# How long one command takes here and now, so that the kills fall between its first write and its end. The machine may have more
# to do a moment later, or less: each run that ended in time brings the kills forward, each that did not puts them off.
usual_time() {
    local start
    start=$(milliseconds)
    add_person >/dev/null
    echo $(($(milliseconds) - start))
}
add_person() { dolen person add --answers "$HOME/answers" --json; }

# Starts one writer and kills it after a while; what it reported goes to "reported".
write_and_kill() {   # milliseconds
    local pid
    "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 person add --answers "$HOME/answers" --json \
        3<<<"$PASS" >said 2>err &
    pid=$!
    sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    [ ! -s said ] || json .id <said >>reported
}

test_no_kill_loses_what_was_reported_saved() {
    local i usual caught=0 finished=0 there id
    new_case
    echo '{"given_name": "Prawf", "postcode": "CF99 1NA", "phone": "07700 900123"}' >"$HOME/answers"
    : >reported
    usual=$(usual_time)
    RANDOM=${SEED:-7}
    for ((i = 1; i <= kills || (i < 10 * kills && (caught <= kills / 5 || finished == 0)); i++)); do
        write_and_kill $((usual / 2 + RANDOM % (usual * 3 / 4)))
        if [ -s said ]; then
            finished=$((finished + 1)) usual=$((usual * 14 / 15 + 1))
        else
            caught=$((caught + 1)) usual=$((usual * 15 / 14 + 2))
        fi
        [ $((i % 2)) -eq 0 ] || continue              # every second crash is left for the next start to find
        there=$(dolen person list --limit 100000 --json | json '.items[].id')
        while read -r id; do
            assert_has "people after kill $i" "$there" "$id"
        done <reported
    done
    assert_exit 0 dolen verify
    [ "$caught" -gt $((kills / 5)) ] || fail "only $caught of $kills were killed before they had finished"
    [ -s reported ] || fail "none had finished"
}
run_tests
