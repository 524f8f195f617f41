#!/bin/bash
# One whole journey by commands, as "make run" walks it where there is no terminal.
. "$(dirname "$0")/../lib/cli.sh"

test_a_journey_ends_with_a_plan_and_an_export() {
    assert_exit 0 "$ROOT/tools/journey.sh"
    assert_has "plan" "$OUT" "To sing with others again"
    assert_has "export" "$OUT" "episode.csv"
    assert_has "the warning of what leaves" "$ERR" "pseudonymised personal data"
    assert_has_not "after 'What is due now', no phone of a person with a safe-contact rule" "$OUT" "07700 900123"
}
run_tests
