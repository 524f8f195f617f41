#!/bin/bash
# What may go wrong between laptop and hub with an SSH server between them.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/sync.sh"
. "$ROOT/tests/lib/sync_faults.sh"
. "$ROOT/tests/lib/sshd.sh"

sftp_link() {
    new_case
    new_hub
    sshd_make
    sshd_start
    trap sshd_stop EXIT
    THERE=$SSHD/there
    dolen source show >S.json
    dolen source show --pub >S.pub
    hub register S.json >/dev/null
    dolen destination add w-hub --policy P.json --to "$(cat "$SSHD/url")" --known-hosts "$SSHD/known" --key-of-user "$SSHD/user" >/dev/null 2>&1
    new_person Eirlys
    permission GIVEN
}
road_receive() { hub receive "$THERE" --receipts "$THERE/receipts" >/dev/null 2>&1 || true; }
road_down() { sshd_stop; }
road_up() {
    sshd_start
    dolen destination add w-hub --to "$(cat "$SSHD/url")" --known-hosts "$SSHD/known" >/dev/null 2>&1
}

test_lost_reordered_and_twice() { sftp_link; fault_lost_reordered_and_twice; }
test_sent_again_and_marker_without_its_bundle() { sftp_link; fault_sent_again_and_marker_without_its_bundle; }
test_corrupt_and_truncated() { sftp_link; fault_corrupt_and_truncated; }
test_unknown_signer_and_wrong_key() { sftp_link; fault_unknown_signer_and_wrong_key; }
test_bombs_and_names_that_want_out() { sftp_link; fault_bombs_and_names_that_want_out; }
test_a_clock_a_year_off() { sftp_link; fault_a_clock_a_year_off; }

run_tests "$@"
