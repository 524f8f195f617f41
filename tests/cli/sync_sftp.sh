#!/bin/bash
# sync_sftp.sh - laptop and hub with an SSH server between them: there and back, full, and another host than before.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/sync.sh"
. "$ROOT/tests/lib/sshd.sh"

# A hub, a laptop, and one person's rows for it; the server runs PROGRAM.
sftp_link() {
    new_case
    new_hub
    sshd_make
    sshd_start "$@"
    trap sshd_stop EXIT
    dolen source show >S.json
    hub register S.json >/dev/null
    dolen destination add w-hub --policy P.json --to "$(cat sshd/url)" --known-hosts sshd/known --key-of-user sshd/user >/dev/null 2>&1
    new_person Eirlys
    permission GIVEN
}

test_there_and_back_over_sftp() {
    sftp_link
    seal >sealed.json
    assert_exit 0 send
    assert_eq "sent" "$(newest state)" SENT
    assert_json "$OUT" .receipts 0
    hub receive sshd/there --receipts sshd/there/receipts >/dev/null
    assert_exit 0 send
    assert_eq "the receipt was fetched though nothing waited" "$(printf '%s' "$OUT" | json .receipts)" 1
    assert_eq "arrived" "$(newest state)" ACKED
    assert_exit 0 dolen outbox send
    assert_has "nothing more" "$ERR" "There is nothing to send, and no new receipt lies there."
}

test_a_full_server_is_told_and_what_waits_goes_when_there_is_room() {
    sftp_link
    sshd_stop
    sshd_full 1
    sshd_start "$SSHD/small"
    dolen destination add w-hub --to "$(cat sshd/url)" --known-hosts sshd/known >/dev/null 2>&1
    seal >sealed.json
    assert_exit 6 send
    assert_eq "blocked" "$(newest state)" BLOCKED
    assert_eq "why" "$(newest why)" space
    dolen outbox show w-hub >shown
    assert_has "in words" "$(cat shown)" "There is no room left on 127.0.0.1."
    ! ls sshd/there/*.dlnb* 2>/dev/null | grep -v "\.part$" || fail "something stands there under its name"
    sshd_make_room
    assert_exit 0 send
    assert_eq "sent" "$(newest state)" SENT
    hub receive sshd/there --receipts sshd/there/receipts >/dev/null
    assert_exit 0 dolen outbox send
    assert_has "said" "$OUT" "1 receipt was read."
    assert_eq "arrived" "$(newest state)" ACKED
}

test_fetching_from_a_server_that_is_gone_says_so() {
    sftp_link
    seal >sealed.json
    send >sent.json
    sshd_stop
    assert_exit 6 dolen outbox send
    assert_has "no connection" "$ERR" "There is no connection to 127.0.0.1"
    assert_exit 6 dolen outbox fetch
    assert_has "no connection" "$ERR" "There is no connection to 127.0.0.1"
    assert_eq "it stays sent" "$(newest state)" SENT
}

print_of() { ssh-keygen -lf "$1" | cut -d" " -f2; }

test_a_server_s_key_is_compared_before_anything_is_sent() {
    new_case
    new_hub
    sshd_make
    sshd_start
    trap sshd_stop EXIT
    assert_exit 0 dolen destination add w-hub --policy P.json --to "$(cat sshd/url)" --key-of-user sshd/user
    assert_has "says what to do" "$ERR" "dolen destination host-key"
    new_person Eirlys
    permission GIVEN
    seal >sealed.json
    assert_exit 6 send
    assert_has "nothing goes" "$(dolen outbox show w-hub)" "There is no host key on record"
    assert_exit 1 dolen destination host-key w-hub
    assert_has "the print" "$OUT" "$(print_of sshd/host.pub)"
    assert_has "to compare" "$OUT" "Compare it, letter for letter"
    assert_exit 1 dolen destination host-key w-hub --accept "$(print_of sshd/user.pub)"
    assert_has "not the one" "$ERR" "that is not what was given"
    assert_exit 6 send
    assert_exit 0 dolen destination host-key w-hub --accept "$(print_of sshd/host.pub)" --json
    assert_json "$OUT" .accepted true
    assert_json "$OUT" .on_record none
    assert_exit 0 send
    assert_eq "sent" "$(newest state)" SENT
    assert_exit 0 dolen destination host-key w-hub
    assert_has "known" "$OUT" "It is the one on record"
    assert_has_not "no password or name was told" "$(cat sshd/log)" "Failed"
}

test_a_changed_key_is_refused_until_it_is_compared() {
    sftp_link
    seal >sealed.json
    send >sent.json
    sshd_stop
    sshd_key host
    sed -i "s/^Port .*/Port $(sed 's/.*:\([0-9]*\).*/\1/' sshd/url)/" sshd/conf
    timeout 300 /usr/sbin/sshd -D -e -f "$PWD/sshd/conf" 2>sshd/log >/dev/null </dev/null &
    echo $! >sshd/pid
    timeout 60 tail -n +1 -f --pid=$! sshd/log | grep -qm1 "Server listening"
    new_contact 10
    seal >sealed.json
    assert_exit 6 send
    assert_eq "blocked" "$(newest why)" host_key
    assert_has "how to go on" "$(dolen outbox show w-hub)" "dolen destination host-key"
    assert_has "its print" "$(dolen outbox show w-hub)" "$(print_of sshd/host.pub)"
    assert_exit 1 dolen destination host-key w-hub
    assert_has "changed" "$OUT" "It is NOT the one on record"
    assert_exit 0 dolen destination host-key w-hub --accept "$(print_of sshd/host.pub)" --json
    assert_json "$OUT" .on_record changed
    assert_exit 0 send
    assert_eq "sent" "$(newest state)" SENT
}

test_a_folder_has_no_host_key() {
    new_case
    new_hub
    new_link
    assert_exit 2 dolen destination host-key w-hub
}

test_a_new_policy_comes_over_sftp_and_one_that_does_not_hold_is_passed_over() {
    sftp_link
    seal >sealed.json
    send >sent.json
    policy_by_road sshd/there
}

run_tests "$@"
