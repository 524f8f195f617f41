#!/bin/bash
# The log of supervision and its reminder; the recovery drill, asked for and done.
. "$(dirname "$0")/../lib/cli.sh"

add() { dolen supervision add --answers - --json <<<"$1" | json .id; }
today() { printf '%s\n' "$@" | TERM=dumb NO_COLOR=1 "$BUILD/dolen" --file "$CASE" --lang en --plain --passphrase-fd 3 3<<<"$PASS"; }

test_a_log_of_nobody() {
    new_case
    local old new
    old=$(add '{"held_on": "2026-01-12", "with_whom": "The peer group", "next_on": "2026-02-09"}')
    new=$(add '{"held_on": "2026-02-09", "with_whom": "Bethan Rees", "topics": "CASELOAD WELLBEING", "minutes": 60, "next_on": "2026-03-09"}')
    OUT=$(dolen supervision list --json)
    assert_json "$OUT" .items[0].id "$new"
    assert_json "$OUT" .items[1].id "$old"
    assert_json "$OUT" .items[0].minutes 60
    assert_has "in words" "$(dolen --lang en supervision show "$new")" "Caseload and workload"
    assert_exit 0 dolen supervision edit "$new" --answers - <<<'{"with_whom": "B. Rees"}'
    assert_has "changed" "$(dolen supervision list)" "B. Rees"
    assert_exit 2 dolen supervision add --answers - <<<'{"held_on": "2026-02-09", "next_on": "2026-01-01"}'
}
test_one_reminder_from_the_newest() {
    new_case
    add '{"held_on": "2026-01-12", "next_on": "2026-02-09"}' >/dev/null
    add '{"held_on": "2026-02-09", "next_on": "2026-03-09"}' >/dev/null
    add '{"held_on": "2025-12-01", "next_on": "2026-01-12"}' >/dev/null      # written down late
    assert_eq "reminders" "$(today today q | grep -c 'supervision due')" 1
    today today | grep -q 'last one [0-9]* days ago' || fail "not how long ago"
    add '{"held_on": "2026-03-09"}' >/dev/null
    ! today today | grep -q 'supervision due' || fail "still asked for"
}
test_a_recovery_code_not_tried_for_months_is_asked_for_once() {
    new_practice 1
    export DOLEN_TODAY=2031-06-01
    for again in 1 2; do
        assert_eq "reminders, $again" "$(today today | grep -c 'test of the recovery code due today')" 1
    done
    unset DOLEN_TODAY
    ! today today | grep -q 'test of the recovery code' || fail "asked for too early"
}
test_a_test_of_the_code_stands_in_the_history() {
    new_case
    local head
    head=$(dolen audit head)
    "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 keys test 3<<<"$PASS" >/dev/null
    assert_eq "after a passphrase" "$(dolen audit head)" "$head"
    "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 keys test 3<"$HOME/code" >/dev/null
    [ "$(dolen audit head)" != "$head" ] || fail "nothing in the history"
    assert_exit 0 dolen audit verify
}
run_tests
