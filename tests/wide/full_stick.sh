#!/bin/bash
# A stick, and a folder behind each server, that is really full: a file system of 128 KiB in memory. What was there stays whole,
# nothing half stands under its name, the person is told, and with room it arrives. Mounting takes root, or a user namespace.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/sync_webdav.sh"
. "$ROOT/tests/lib/sshd.sh"

small() {   # FOLDER: with room for less than a bundle
    mount -t tmpfs -o "size=128k,mode=777" none "$1"
    head -c 120000 /dev/zero >"$1/filler"
    trap 'davd_stop 2>/dev/null; sshd_stop 2>/dev/null; umount -l "'"$1"'"' EXIT
}
full_then_room() { # FOLDER [STATE WHY WORDS]
    seal >sealed.json
    assert_exit 6 send
    assert_eq "state" "$(newest state)" "${2:-BLOCKED}"
    assert_eq "why" "$(newest why)" "${3:-space}"
    assert_has "in words" "$(dolen outbox show w-hub)" "${4:-There is no room left on}"
    ! ls "$1" | grep -v filler | grep -v '\.part' | grep -q . || fail "something stands there under its name: $(ls "$1")"
    rm "$1/filler"
    assert_exit 0 send
    hub receive "$1" --receipts "$1/receipts" >/dev/null
    chmod -R a+rX "$1"
    dolen outbox send >/dev/null 2>&1 || true
    assert_eq "arrived" "$(newest state)" ACKED
}

test_a_full_stick() {
    new_start
    small drop
    full_then_room drop
}
test_a_full_server_over_sftp() {
    new_start
    sshd_make
    small "$SSHD/there"
    sshd_start
    dolen destination add w-hub --to "$(cat "$SSHD/url")" --known-hosts "$SSHD/known" --key-of-user "$SSHD/user" >/dev/null 2>&1
    full_then_room "$SSHD/there"
}
full_dav() {
    dav_link "$1"
    small "$DAVD/there"
    shift
    full_then_room "$DAVD/there" "$@"
}
test_a_full_server_over_apache() { full_dav apache; }
# nginx does not say what is wrong with it (500): it is tried again.
test_a_full_server_over_nginx() { full_dav nginx WAIT server "cannot do it at the moment"; }

if [ "$(id -u)" -ne 0 ] && [ -z "$IN_NAMESPACE" ]; then
    IN_NAMESPACE=1 exec unshare --user --map-root-user --mount bash "$0" "$@"
fi
run_tests "$@"
