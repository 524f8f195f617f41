#!/bin/bash
# Ctrl-Z: what stops is a program that was started anew, after everything of the case has left its memory.
. "$(dirname "$0")/../lib/cli.sh"

state_is() { [ "$(sed 's/.*) //; s/ .*//' "/proc/$2/stat" 2>/dev/null)" = "$1" ]; }
shows() { tail -c +$((${2:-0} + 1)) screen | grep -qa "$1"; }

test_what_is_stopped_was_started_anew() {
    local pid so_far shell
    new_practice 3
    mkfifo keys && touch screen
    script -qfc "bash --norc --noprofile -i" screen <keys >/dev/null 2>&1 &
    shell=$!
    exec 5>keys
    trap "exec 5>&-; kill $shell 2>/dev/null || true" EXIT
    echo "export TERM=xterm-256color; stty rows 24 cols 80; '$BUILD/dolen' --lang en --file '$CASE'" >&5
    wait_until shows "Passphrase or recovery code"
    printf '%s\r' "$PASS" >&5
    wait_until shows "what these count"
    pid=$(sed -n 's/^pid //p' "$CASE/holder")
    printf '\032' >&5
    wait_until state_is T "$pid"
    assert_has "started anew before it stopped" "$(tr '\0' ' ' <"/proc/$pid/cmdline")" "--stopped"
    assert_exit 7 dolen person list
    so_far=$(stat -c %s screen)
    echo fg >&5
    again() { shows "Passphrase or recovery code" "$so_far"; }
    wait_until again
}
run_tests
