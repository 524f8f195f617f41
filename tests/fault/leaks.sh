#!/bin/bash
# A name and a word typed on every screen are found nowhere on the disk outside the case file, and nowhere in it in clear:
# while it runs, after a kill in a form, while it is locked, after a crash, after it has ended. leaks.t types them.
. "$(dirname "$0")/../lib/cli.sh"

# Looks through the home of the case (case folder, settings, state, temporary files) and through what is new in the
# common places. ptydrive gives its HOME; the canaries are in pieces so that this script is no find.
write_look() {
    cat >"$HOME/look" <<END
#!/bin/bash
what=\$1
canaries=(Gwrhyd"canari" pererin"wyllt" 0770090"0942" "Stryd Gwr"hyd)
"$T/leakscan" "\${canaries[@]}" -- "\$HOME" >"$HOME/found" 2>/dev/null; rc=\$?
# Files of others come and go meanwhile: each by itself.
find /tmp /var/tmp /dev/shm "$ROOT"/core* -xdev -type f -user "\$(id -u)" -newer "$HOME/stamp" ! -path "$HOME/*" ! -path "$BUILD/*" ! -name "*.o" ! -path '*/leaks.*' \\
    -print0 2>/dev/null | xargs -0 -r -n 1 "$T/leakscan" -n "\${canaries[@]}" -- >>"$HOME/found" 2>/dev/null
[ \$rc = 0 ] && [ ! -s "$HOME/found" ] && exit 0
echo "in clear on the disk \$what:" >&2
cat "$HOME/found" >&2
exit 1
END
    chmod +x "$HOME/look"
    touch "$HOME/stamp"
}

test_nothing_typed_is_in_clear_on_the_disk() {
    write_look
    cd "$ROOT"
    ulimit -c unlimited
    LOOK=$HOME/look "$T/ptydrive" tests/fault/leaks.t >"$HOME/tap" 2>&1 || fail "$(cat "$HOME/tap")"
}

# The look itself is no good unless it finds what is there.
test_what_is_there_is_found() {
    write_look
    sleep 0.01
    mkdir "$HOME/other"
    printf 'xx%s%s\n' Pererin WYLLT >"$HOME/other/file"
    HOME=$HOME/other assert_exit 1 "$HOME/look" "in a test"
    printf '%s%s' pererin wyllt | iconv -t UTF-16LE >"$HOME/other/file"
    HOME=$HOME/other assert_exit 1 "$HOME/look" "in a test"
    rm "$HOME/other/file"
}
run_tests
