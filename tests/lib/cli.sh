# cli.sh - what command tests share: source it, write functions named test_…, end with run_tests.
#
# Each function runs in a subshell of its own with "set -e", in an empty home that is removed afterwards:
#   $HOME, XDG places, $TMPDIR    below one temporary folder      $CASE   the case file's folder
#   $PASS                         its passphrase                  $ROOT   the project; $T the built test programs
# "dolen …" is the program on $CASE with its key file, or the passphrase on a descriptor; "dolen_raw …" is the bare program.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BUILD=$(cd "$ROOT" && cd "${BUILD:-build}" && pwd)
T=$BUILD/tests
export ROOT BUILD T
export LC_ALL=C.UTF-8 TZ=UTC
unset LANGUAGE LANG DOLEN_TODAY

fresh_home() {
    HOME=$1
    XDG_DATA_HOME=$HOME/data XDG_STATE_HOME=$HOME/state XDG_CONFIG_HOME=$HOME/config TMPDIR=$HOME/tmp
    CASE=$HOME/case
    PASS=
    export HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CONFIG_HOME TMPDIR CASE PASS
    mkdir -p "$HOME/data" "$HOME/state" "$HOME/config" "$HOME/tmp"
    cd "$HOME" || exit 1
}

# An empty case file with the lowest key cost, or a practice one: new_practice [CASES [SEED]]. "dolen" opens them with the key
# file beside them, which costs a tenth of a passphrase. new_case_by_passphrase has the ways in that init makes, and no more.
new_case() {
    PASS="cerdded dros y bont 27"
    sh "$ROOT/tests/lib/prepare.sh" keyed empty
}
new_practice() {
    PASS=ymarfer
    sh "$ROOT/tests/lib/prepare.sh" keyed practice "$@"
}
new_case_by_passphrase() {
    PASS="cerdded dros y bont 27"
    sh "$ROOT/tests/lib/prepare.sh" empty
}

dolen_raw() { "$BUILD/dolen" "$@"; }
dolen() {
    if [ -e "$HOME/key" ]; then
        "$BUILD/dolen" --file "$CASE" --key-file "$HOME/key" "$@"
    else
        "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 "$@" 3<<<"$PASS"
    fi
}

# change_byte FILE OFFSET [MASK]: this byte becomes another one, whatever it was; sealed bytes are random, and one in 256
# is any byte that a test could have written in its place.
change_byte() {
    local byte
    byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
    printf "\\$(printf %o $((byte ^ ${3:-255})))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# --- assertions: each explains itself and ends the test ------------------------------------------------------------

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}
assert_eq() {      # what, got, wanted
    [ "$2" = "$3" ] || fail "$1:" "  got:    $2" "  wanted: $3"
}
assert_has() {     # what, text, part
    case $2 in *"$3"*) ;; *) fail "$1:" "  in:     $2" "  wanted: $3" ;; esac
}
assert_has_not() {
    case $2 in *"$3"*) fail "$1:" "  in:       $2" "  unwanted: $3" ;; esac
}
assert_file() { [ -f "$1" ] || fail "no such file: $1"; }
assert_no_file() { [ ! -e "$1" ] || fail "there is a file: $1"; }
assert_mode() {    # path, octal
    assert_eq "mode of $1" "$(stat -c %a "$1")" "$2"
}

# assert_exit CODE command …: its output goes to $OUT, its errors to $ERR.
assert_exit() {
    local want=$1 got
    shift
    set +e
    "$@" >"$HOME/.out" 2>"$HOME/.err"
    got=$?
    set -e
    OUT=$(cat "$HOME/.out") ERR=$(cat "$HOME/.err")
    [ "$got" = "$want" ] || fail "exit code of: $*" "  got:    $got" "  wanted: $want" "  said:   $OUT" "  errors: $ERR"
}

# wait_until COMMAND …: until it comes true. Long, for a machine may have much else to do.
wait_until() {
    local end=$((SECONDS + 120))
    until "$@"; do
        [ $SECONDS -lt $end ] || fail "waited in vain for: $*" "$(tail -c 2000 screen 2>/dev/null | cat -v)"
        sleep 0.02
    done
}

# json PATH <<<"$text": the value at PATH (.a.b[0].c, .rows[].id); json count PATH; json keys PATH.
json() { "$T/jq-lite" "$@"; }
assert_json() {    # JSON text, path, wanted
    local got
    got=$(printf '%s' "$1" | "$T/jq-lite" "$2") || fail "no $2 in: $1"
    assert_eq "$2" "$got" "$3"
}

# The error sentence has its three parts: dolen: what happened; what is safe; what to do
assert_sentence() {
    case $ERR in "dolen: "*) ;; *) fail "not an error sentence: $ERR" ;; esac
}

# --- running --------------------------------------------------------------------------------------------------------

# With CASE_TRUE=1: does what a test leaves behind hold together (tests/fault/case_true.c)?.
leaves_a_true_case() {
    [ -e "$1/key" ] && [ -d "$1/case" ] || return 0
    (fresh_home "$1"; "$T/fault/case_true" "$CASE" "$HOME/key"; [ $? -ne 1 ])
}

run_one_test() {
    local home rc
    home=$(mktemp -d "${TMPDIR:-/tmp}/dolen-test.XXXXXX")
    (
        set -e
        fresh_home "$home"
        "$1"
    ) >"$home.log" 2>&1
    rc=$?
    [ $rc -ne 0 ] || [ -z "${CASE_TRUE:-}" ] || leaves_a_true_case "$home" >>"$home.log" 2>&1 || rc=$?
    chmod -R u+rwx "$home" 2>/dev/null
    if [ $rc -eq 0 ]; then
        echo "ok $2 - ${1#test_}"
    else
        echo "not ok $2 - ${1#test_} (exit $rc)"
        sed 's/^/#   /' "$home.log" | tail -n 40
    fi
    rm -rf "$home" "$home.log"
    return $rc
}

# Every test_ function of the script, in the order they stand there; or those named on the command line.
run_tests() {
    local name number=0 bad=0
    [ $# -gt 0 ] || set -- $(sed -n 's/^\(test_[a-z0-9_]*\)().*/\1/p' "$0")
    for name in "$@"; do
        number=$((number + 1))
        run_one_test "$name" "$number"      # not behind "||": bash would ignore its "set -e"
        [ $? -eq 0 ] || bad=1
    done
    echo "1..$number"
    exit $bad
}
