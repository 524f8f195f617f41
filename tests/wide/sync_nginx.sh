#!/bin/bash
# Laptop and hub with a WebDAV server between them, nginx: there and back, and everything that may go wrong.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/sync_webdav.sh"

test_there_and_back() { there_and_back nginx; }
test_gone_then_not_to_be_trusted_then_there() { gone_and_changed nginx; }
test_a_new_policy_comes_and_one_that_does_not_hold_is_passed_over() { policy_over nginx; }
test_lost_reordered_and_twice() { dav_link nginx; fault_lost_reordered_and_twice; }
test_sent_again_and_marker_without_its_bundle() { dav_link nginx; fault_sent_again_and_marker_without_its_bundle; }
test_corrupt_and_truncated() { dav_link nginx; fault_corrupt_and_truncated; }
test_unknown_signer_and_wrong_key() { dav_link nginx; fault_unknown_signer_and_wrong_key; }
test_bombs_and_names_that_want_out() { dav_link nginx; fault_bombs_and_names_that_want_out; }
test_a_clock_a_year_off() { dav_link nginx; fault_a_clock_a_year_off; }

run_tests "$@"
