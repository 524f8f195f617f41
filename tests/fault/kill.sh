#!/bin/bash
# kill -9 at random moments while records are written: every record that was reported saved is there, verify passes.
. "$(dirname "$0")/../lib/cli.sh"

kills=${TORTURE:+300}
kills=${kills:-30}

microseconds() { echo "${EPOCHREALTIME/./}"; }
writer() {
    exec "$BUILD/dolen" --file "$CASE" --key-file "$HOME/key" person add --answers "$HOME/answers" --json >said 2>err
}

# Starts one writer and kills it after a while; what it reported goes to "reported".
write_and_kill() {   # microseconds
    local pid
    writer &
    pid=$!
    sleep "$(printf '%d.%06d' $(($1 / 1000000)) $(($1 % 1000000)))"
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    [ ! -s said ] || json .id <said >>reported
}

# How long one takes is corrected after every kill, because a machine is not equally busy all the time: about half of the
# kills come before the end.
test_no_kill_loses_what_was_reported_saved() {
    local i start usual caught=0 finished=0 there id
    new_case
    echo '{"given_name": "Prawf", "postcode": "CF99 1NA", "phone": "07700 900123"}' >"$HOME/answers"
    : >reported
    start=$(microseconds)
    (writer)
    usual=$(($(microseconds) - start))
    RANDOM=${SEED:-7}
    for ((i = 1; i <= kills || (i < 10 * kills && (caught <= kills / 5 || finished == 0)); i++)); do
        write_and_kill $((usual / 2 + RANDOM * usual / 32768))
        if [ -s said ]; then
            finished=$((finished + 1)) usual=$((usual - usual / 8))
        else
            caught=$((caught + 1)) usual=$((usual + usual / 8 + 100))
        fi
        [ $((i % 2)) -eq 0 ] || continue              # every second crash is left for the next start to find
        there=$(dolen person list --limit 100000 --json | json '.items[].id')
        while read -r id; do
            assert_has "people after kill $i" "$there" "$id"
        done <reported
    done
    assert_exit 0 dolen verify
    [ "$caught" -gt $((kills / 5)) ] || fail "only $caught of $kills were killed before they had finished"
    [ "$finished" -gt 0 ] || fail "none had finished"
}
run_tests
