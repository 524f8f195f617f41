#!/bin/bash
# Two laptops know of the same reports, for the person was handed over; both seal, and the hub counts each report once.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/sync.sh"
. "$ROOT/tests/lib/laptops.sh"

dolen() { on "$WHO" "$@"; }
two_laptops() {
    two_case_files
    know_each_other
    new_hub --safeguarding count
    mkdir drop
    for WHO in A B; do
        hub register $WHO.json >/dev/null
        dolen destination add w-hub --policy P.json --to "$PWD/drop" >/dev/null 2>&1
    done
    WHO=A
    new_person Eirlys
    permission GIVEN
    DAY=$(ago 200)
    QUARTER=${DAY:0:4}-Q$(((10#${DAY:5:2} + 2) / 3))
}
# A concern of $DAY; prints its id: concern [REPORTED TO]
concern() {
    made form fill concern --person "$PERSON" <<<"{\"noted_on\": \"$DAY\", \"what_seen\": \"$WORD\"
        ${1:+, \"consent\": \"YES\", \"reported\": \"YES\", \"reported_to\": \"$1\", \"reported_on\": \"$DAY\"}}"
}
reported() { made form fill concern --person "$PERSON" --record "$1" >/dev/null <<<"{\"reported\": \"YES\", \"consent\": \"YES\", \"reported_to\": \"POLICE\", \"reported_on\": \"$DAY\"}"; }
hand_over() {      # A B: from one to the other
    rm -f one.dolen
    on "$1" handover make "$PERSON" --to "$2.json" --out one.dolen >/dev/null
    on "$2" --json handover open --yes one.dolen >opened.json
}
# What this laptop would say of the quarter: told A|B
told() { on "$1" outbox seal w-hub --dry-run 2>&1 | sed -n "s/^.*$QUARTER *\([^ ]*\)\$/\1/p"; }
both_arrive() {
    for WHO in A B; do
        seal >sealed.json
        send >/dev/null
    done
    receive >received.json
    assert_eq "both were taken" "$(hub_json status | json .batches.accepted)" 2
}
# A figure of the quarter: at_the_hub CODE
at_the_hub() {
    hub report activity --from "$(ago 400)" --until "$(ago 1)" --format csv | tr -d '\r' >figures
    sed -n "s/.*,safeguarding,$QUARTER,.*,$1,.*,\([0-9]*\),$/\1/p" figures
}

test_reports_that_came_with_a_handover_are_counted_where_they_were_made() {
    local n
    two_laptops
    for n in 1 2 3 4 5 6; do concern POLICE >/dev/null; done
    hand_over A B
    assert_json "$(cat opened.json)" .added.concern 6
    assert_eq "A says" "$(told A)" 5
    assert_eq "B says" "$(told B)" 0
    hand_over B A
    assert_eq "A says, when they came back" "$(told A)" 5
    both_arrive
    assert_eq "at the hub" "$(at_the_hub REPORTS)" 5
    assert_eq "who told a number" "$(at_the_hub LAPTOPS)" 2
}

# Noted on one laptop, reported from the other: the one that wrote the report down counts it, and only that one.
test_a_concern_is_counted_where_its_report_was_written_down() {
    local n ids=
    two_laptops
    for n in 1 2 3 4 5 6; do ids+=" $(concern)"; done
    hand_over A B
    assert_eq "B says of what is only noted" "$(told B)" 0
    WHO=B
    for n in $ids; do reported "$n"; done
    assert_eq "B says" "$(told B)" 5
    hand_over B A
    on A form fill concern --person "$PERSON" --record "${ids##* }" --answers - >/dev/null <<<'{"what_seen": "Told anew."}'
    hand_over A B
    assert_eq "A says" "$(told A)" 0
    assert_eq "B says in the end" "$(told B)" 5
    both_arrive
    assert_eq "at the hub" "$(at_the_hub REPORTS)" 5
}

run_tests "$@"
