#!/bin/bash
# sync.sh - laptop and hub from end to end: sealed, carried, received, answered; and what happens when something is lost.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/sync.sh"

test_rows_arrive_and_the_receipt_says_so() {
    new_case
    new_hub
    new_link
    new_person Eirlys
    permission GIVEN
    seal >sealed.json
    assert_json "$(cat sealed.json)" .kind snapshot
    assert_json "$(cat sealed.json)" .people 1
    assert_json "$(cat sealed.json)" .rows.contact 1
    assert_eq "state before sending" "$(newest state)" QUEUED
    send >sent.json
    assert_eq "state without a receipt" "$(newest state)" SENT
    assert_eq "nothing counts as arrived" "$(newest arrived)" false
    receive >received.json
    receipts >read.json
    assert_eq "state" "$(newest state)" ACKED
    assert_eq "covered" "$(dolen outbox show --json | json '.destinations[0].covered_version')" "$(newest to_version)"
}

run_tests "$@"
