# sync_setup.sh - for terminal scripts: a hub and a destination beside the case file in $HOME, one person whose rows may leave.
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
BUILD=$(cd "$ROOT" && cd "${BUILD:-build}" && pwd)
T=$BUILD/tests
CASE=$HOME/case
PASS="cerdded dros y bont 27"
set -e
cd "$HOME"
dolen() { "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 "$@" 3<<<"$PASS"; }
json() { "$T/jq-lite" "$@"; }
. "$ROOT/tests/lib/sync.sh"
. "$ROOT/tests/lib/sshd.sh"
case ${1:-} in
"")
    new_hub --title "Wellbeing figures" --title-cy "Ffigurau llesiant"
    new_link
    new_person Eirlys
    permission GIVEN
    ;;
slow)           # over SFTP, to a server that does not answer before "open"
    sshd_make
    sshd_gate
    sshd_start "$SSHD/gated"
    dolen destination add w-hub --to "$(cat "$SSHD/url")" --known-hosts "$SSHD/known" --key-of-user "$SSHD/user" >/dev/null 2>&1
    ;;
strange)        # over SFTP, to a server whose key is not known yet; its print is in print
    sshd_make
    sshd_start
    dolen destination add w-hub --to "$(cat "$SSHD/url")" --key-of-user "$SSHD/user" >/dev/null 2>&1
    ssh-keygen -lf "$SSHD/host.pub" | cut -d" " -f2 >print
    ;;
silent)         # a copy of the program in alone, beside a carrier that says nothing
    dolen destination add w-hub --to https://127.0.0.1:9/in >/dev/null 2>&1
    mkdir alone
    cp "$BUILD/dolen" alone/
    printf '#!/bin/sh\nexec sleep 100\n' >alone/dolen-carry
    chmod 700 alone/dolen-carry
    ;;
open) sshd_open_gate ;;
policy) new_policy --title "Wellbeing figures" --title-cy "Ffigurau llesiant" --dates day ;;
receive) hub receive drop --receipts drop/receipts >/dev/null ;;
esac
