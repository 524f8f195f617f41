#!/bin/bash
# While two laptops say different things and nobody has settled it, the more careful answer stands: a permission does not
# count as given, and a person whom either of them protects is protected.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/sync.sh"
. "$ROOT/tests/lib/laptops.sh"

dolen() { on A "$@"; }
# One person with permission to report, on both laptops; A is known to a hub.
two_laptops() {
    two_case_files
    know_each_other
    new_hub
    new_link
    new_person Eirlys
    permission GIVEN
    CONSENT=$(dolen --json consent list "$PERSON" | json '.items[0].id')
    pass A B
}
pass() {           # A B: from one to the other
    rm -f one.dolen
    on "$1" handover make "$PERSON" --to "$2.json" --out one.dolen >/dev/null
    on "$2" --json handover open --yes one.dolen >opened.json || [ $? -eq 5 ]
}
change() { on "$1" form fill consent --person "$PERSON" --record "$CONSENT" --answers - >/dev/null <<<"$2"; }
people_there() { dolen outbox show --json | json '.destinations[0].people_there'; }

test_a_permission_that_another_laptop_contradicts_is_taken_back_until_it_is_settled() {
    two_laptops
    round
    assert_eq "before: there" "$(people_there)" 1
    change A '{"state_on": "'"$(ago 10)"'"}'
    change B '{"state": "WITHDRAWN", "state_on": "'"$(ago 9)"'"}'
    # the day differs; the state came with it
    change A '{"state": "GIVEN", "how": "SPOKEN"}'
    pass B A
    [ "$(json .waiting <opened.json)" -gt 0 ] || fail "nothing differs: $(cat opened.json)"
    assert_json "$(dolen --json consent list "$PERSON")" '.items[0].state' GIVEN
    assert_json "$(dolen --json consent list "$PERSON")" '.items[0].in_doubt' true
    assert_has "in the list" "$(dolen --lang en consent list "$PERSON")" "  in doubt"
    assert_has "in the list" "$(dolen --lang cy consent list "$PERSON")" "  mewn amheuaeth"
    assert_json "$(seal --dry-run)" .left_out.in_doubt 1
    round
    assert_eq "during: taken back" "$(people_there)" 0
    for c in $(dolen --json handover conflicts | grep -o '"id":"[^"]*"' | cut -d'"' -f4); do
        dolen handover conflicts resolve "$c" 1 >/dev/null
    done
    round
    assert_json "$(json '.receipts[0]' <read.json)" .status accepted
    assert_eq "after: there again" "$(people_there)" 1
    assert_eq "at the hub" "$(hub_json status | json .rows.episode)" 1
}

test_a_person_whom_the_other_laptop_protects_is_protected_until_it_is_settled() {
    two_laptops
    on A person edit "$PERSON" --answers - <<<'{"phone": "02920990001", "address": "1 Stryd y Prawf"}' >/dev/null
    pass A B
    on A person edit "$PERSON" --answers - <<<'{"safe_contact": "NO"}' >/dev/null
    on B person edit "$PERSON" --answers - <<<'{"safe_contact": "YES", "safe_how": "PHONE", "safe_when": "Mornings"}' >/dev/null
    pass B A
    assert_has_not "the phone" "$(on A --json person show "$PERSON")" 02920990001
    assert_has_not "the phone" "$(on A person show "$PERSON")" "2099"
    assert_has_not "the address" "$(on A person show "$PERSON")" "Stryd y Prawf"
    for c in $(on A --json handover conflicts | grep -o '"id":"[^"]*"' | cut -d'"' -f4); do
        on A handover conflicts resolve "$c" 1 >/dev/null
    done
    assert_has "settled: not protected" "$(on A person show "$PERSON")" "029 2099 0001"
}

run_tests "$@"
