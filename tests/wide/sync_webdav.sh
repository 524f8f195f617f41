#!/bin/bash
# sync_webdav.sh - laptop and hub with a WebDAV server between them, Apache's and nginx's: there and back, the server gone in
# the middle, another certificate than before, and a new policy by the same road.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/sync.sh"
. "$ROOT/tests/lib/sync_faults.sh"
. "$ROOT/tests/lib/davd.sh"

# A hub, a laptop and one person's rows for it: dav_link apache|nginx
dav_link() {
    new_case
    new_hub
    davd_make
    DAVD_KIND=$1
    davd_start "$1"
    trap davd_stop EXIT
    THERE=$DAVD/there
    dolen source show >S.json
    dolen source show --pub >S.pub
    hub register S.json >/dev/null
    dav_destination
    new_person Eirlys
    permission GIVEN
}
dav_destination() {
    dolen destination add w-hub --policy P.json --to "$(cat "$DAVD/url")" --ca "$DAVD/ca" --secret-fd 4 4<"$DAVD/password" >/dev/null
}
# The hub's folder is the server's: what it writes there must be for others to read.
road_receive() {
    hub receive "$DAVD/there" --receipts "$DAVD/there/receipts" >/dev/null 2>&1 || true
    chmod -R a+rX "$DAVD/there"
}

road_down() { davd_stop; }
road_up() {
    davd_start "$DAVD_KIND"
    dolen destination add w-hub --to "$(cat "$DAVD/url")" >/dev/null
}

there_and_back() {
    dav_link "$1"
    seal >sealed.json
    assert_exit 0 send
    assert_eq "sent" "$(newest state)" SENT
    minisign -qVm "$DAVD"/there/*.dlnb -p S.pub || fail "what lies there does not hold"
    road_receive
    assert_exit 0 send
    assert_eq "arrived" "$(newest state)" ACKED
}
test_there_and_back_over_apache() { there_and_back apache; }
test_there_and_back_over_nginx() { there_and_back nginx; }

gone_and_changed() {
    dav_link "$1"
    seal >sealed.json
    davd_stop
    assert_exit 6 dolen outbox send
    assert_has "in words" "$OUT" "There is no connection to 127.0.0.1"
    assert_eq "it waits" "$(newest state)" WAIT
    davd_make                           # another key and certificate
    davd_start "$1"
    dolen destination add w-hub --to "$(cat "$DAVD/url")" >/dev/null
    mv "$DAVD/ca" "$DAVD/ca.new"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout /dev/null -out "$DAVD/ca" -days 30 -subj /CN=test \
        -addext subjectAltName=IP:127.0.0.1 2>/dev/null
    assert_exit 6 dolen outbox send
    assert_eq "a person must look" "$(newest state)" BLOCKED
    assert_eq "why" "$(newest why)" tls
    mv "$DAVD/ca.new" "$DAVD/ca"
    echo "another" >"$DAVD/password"
    dav_destination
    assert_exit 6 dolen outbox send
    assert_eq "why" "$(newest why)" auth
    echo "y bont" >"$DAVD/password"
    dav_destination
    assert_exit 0 send
    assert_eq "sent" "$(newest state)" SENT
    road_receive
    assert_exit 0 send
    assert_eq "arrived" "$(newest state)" ACKED
}
test_apache_gone_then_not_to_be_trusted_then_there() { gone_and_changed apache; }
test_nginx_gone_then_not_to_be_trusted_then_there() { gone_and_changed nginx; }

policy_over() {
    dav_link "$1"
    seal >sealed.json
    send >sent.json
    policy_by_road "$DAVD/there"
}
test_a_new_policy_comes_over_apache_and_one_that_does_not_hold_is_passed_over() { policy_over apache; }
test_a_new_policy_comes_over_nginx_and_one_that_does_not_hold_is_passed_over() { policy_over nginx; }

# What may go wrong with any server in between.
test_lost_reordered_and_twice_over_apache() { dav_link apache; fault_lost_reordered_and_twice; }
test_lost_reordered_and_twice_over_nginx() { dav_link nginx; fault_lost_reordered_and_twice; }
test_sent_again_and_marker_without_its_bundle_over_apache() { dav_link apache; fault_sent_again_and_marker_without_its_bundle; }
test_sent_again_and_marker_without_its_bundle_over_nginx() { dav_link nginx; fault_sent_again_and_marker_without_its_bundle; }
test_corrupt_and_truncated_over_apache() { dav_link apache; fault_corrupt_and_truncated; }
test_corrupt_and_truncated_over_nginx() { dav_link nginx; fault_corrupt_and_truncated; }
test_unknown_signer_and_wrong_key_over_apache() { dav_link apache; fault_unknown_signer_and_wrong_key; }
test_unknown_signer_and_wrong_key_over_nginx() { dav_link nginx; fault_unknown_signer_and_wrong_key; }
test_bombs_and_names_that_want_out_over_apache() { dav_link apache; fault_bombs_and_names_that_want_out; }
test_bombs_and_names_that_want_out_over_nginx() { dav_link nginx; fault_bombs_and_names_that_want_out; }
test_a_clock_a_year_off_over_apache() { dav_link apache; fault_a_clock_a_year_off; }
test_a_clock_a_year_off_over_nginx() { dav_link nginx; fault_a_clock_a_year_off; }

run_tests "$@"
