# Line mode driven by a script on standard input: what it said, and that nothing but words came out.

plain() {      # language
    set +e
    TERM=dumb NO_COLOR=1 "$BUILD/dolen" --file "$CASE" --lang "$1" --plain --passphrase-fd 3 3<<<"$PASS" >said 2>errors
    set -e
    SAID=$(cat said)
    ! LC_ALL=C grep -q '[[:cntrl:]]' <(tr -d '\n' <said) || fail "control characters in the transcript"
    assert_eq "errors" "$(cat errors)" ""
}
said() {
    local part
    for part; do
        assert_has "transcript" "$SAID" "$part"
    done
}
