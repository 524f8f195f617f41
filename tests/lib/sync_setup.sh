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
case ${1:-} in
"")
    new_hub --title "Wellbeing figures" --title-cy "Ffigurau llesiant"
    new_link
    new_person Eirlys
    permission GIVEN
    ;;
receive) hub receive drop --receipts drop/receipts >/dev/null ;;
esac
