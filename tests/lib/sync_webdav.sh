# sync_webdav.sh - laptop and hub with a WebDAV server between them: there and back, the server gone in the middle, another
# certificate than before, a new policy by the same road. Source it after cli.sh; each function takes apache or nginx.
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

policy_over() {
    dav_link "$1"
    seal >sealed.json
    send >sent.json
    policy_by_road "$DAVD/there"
}
