#!/bin/bash
# sync_policy.sh - a new policy of the service: put on the road by the hub, found by the laptop, adopted by a person or not at all.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/sync.sh"
. "$ROOT/tests/lib/plain.sh"

# A person who is already in, a hub that writes receipts and its newest policy on the road, and a new policy: more by days,
# less by a column.
offered_policy() {
    new_start
    seal >/dev/null
    send >/dev/null
    cp P.json old.json
    cp P.json.minisig old.json.minisig
    new_policy --dates day --drop episode.religion --sensitive sexual_orientation
    hub receive drop --receipts drop/receipts >/dev/null
}

test_a_new_policy_is_found_on_the_road_and_shown_and_adopted_by_a_person() {
    local was
    offered_policy
    cmp P.json drop/policy/current.json
    assert_exit 0 dolen outbox fetch
    assert_has "it is said" "$ERR" "destination policy w-hub"
    assert_eq "in force" "$(policy_in_force)" 1
    assert_exit 0 dolen destination policy w-hub --json
    assert_json "$OUT" .offered 2
    assert_json "$OUT" .adopted false
    assert_has "more leaves" "$(json .more <<<"$OUT")" '"dates day"'
    assert_has "more leaves" "$(json .more <<<"$OUT")" '"sensitive sexual_orientation"'
    assert_json "$OUT" ".less[0]" "column episode.religion"
    assert_exit 0 dolen --lang cy destination policy w-hub
    assert_has "by day, in Welsh" "$OUT" "fesul diwrnod"
    assert_exit 0 dolen outbox list
    assert_has "the outbox says so" "$OUT" "new policy"
    new_contact 9
    seal >sealed.json
    assert_json "$(cat sealed.json)" .kind delta
    was=$(sha256sum <old.json | cut -d' ' -f1)
    assert_eq "sealed under the one in force" "$(newest policy_sha256)" "$was"
    assert_exit 0 dolen destination policy w-hub --adopt
    assert_eq "in force" "$(policy_in_force)" 2
    assert_eq "what waited is overtaken" "$(newest state)" SUPERSEDED
    seal >sealed.json
    assert_json "$(cat sealed.json)" .reason POLICY
    assert_eq "epoch" "$(newest epoch)" 2
    send >/dev/null
    hub receive drop --receipts drop/receipts >/dev/null
    assert_exit 0 dolen outbox fetch
    assert_eq "state" "$(newest state)" ACKED
    assert_exit 0 dolen destination policy w-hub --json
    assert_json "$OUT" .offered null
    assert_exit 1 dolen destination policy w-hub --adopt
}

test_a_new_policy_is_read_and_adopted_in_line_mode() {
    offered_policy
    dolen outbox fetch >/dev/null 2>&1
    plain en < <(printf 'outbox\n1\nn\nn\n<\nquit\n')
    said "More leaves:" "Adopt this policy?"
    assert_eq "a no changes nothing" "$(policy_in_force)" 1
    plain cy < <(printf 'anfon\n1\ni\nn\n<\ngadael\n')
    said "Mabwysiadwyd."
    assert_eq "in force" "$(policy_in_force)" 2
    plain en < <(printf 'outbox\n1\ny\ny\n<\nquit\n')
    assert_has_not "it is adopted" "$SAID" "Adopt this policy?"
    assert_eq "sealed under the new one" "$(newest epoch)" 2
}

test_a_policy_comes_by_hand_with_the_receipts() {
    offered_policy
    hub receipts --to back >/dev/null
    cmp P.json back/policy/current.json
    assert_exit 0 dolen receipt back
    assert_has "it is said" "$ERR" "destination policy w-hub"
    dolen destination policy w-hub --json >offer.json
    assert_json "$(cat offer.json)" .offered 2
}

test_a_policy_in_a_folder_that_does_not_hold_is_passed_over() {
    new_start
    policy_by_road drop
    assert_exit 1 dolen destination add w-hub --policy old.json
    assert_eq "in force" "$(policy_in_force)" 2
}

test_a_policy_for_another_destination_is_passed_over() {
    offered_policy
    hub policy --destination elsewhere --out E.json >/dev/null
    policy_lies drop E.json
    policy_is_passed_over "for another"
}

# The number of a policy that was withdrawn is not given again: laptops that have it would not see the new one.
test_a_withdrawn_policy_keeps_its_number() {
    offered_policy
    dolen outbox fetch >/dev/null 2>&1
    dolen destination policy w-hub --adopt >/dev/null 2>&1
    hub policy withdraw P.json >/dev/null
    new_policy
    assert_json "$(cat P.json)" .number 3
    hub receive drop --receipts drop/receipts >/dev/null
    dolen outbox fetch >/dev/null 2>&1
    assert_json "$(dolen destination policy w-hub --json)" .offered 3
}

run_tests "$@"
