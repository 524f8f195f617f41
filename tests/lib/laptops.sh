# laptops.sh - two laptops, A and B, for tests of what goes from one to the other: each has its case file, what it remembers
# beside it, and its own key file. Source it after cli.sh.

on() {             # on A|B command …: the program on one of them
    local which=$1
    shift
    XDG_STATE_HOME=$HOME/state.$which "$BUILD/dolen" --file "$HOME/$which" --key-file "$HOME/key.$which" "$@"
}
# A key file opens it from then on: no passphrase is stretched.
with_key() {
    XDG_STATE_HOME=$HOME/state.$1 "$BUILD/dolen" --file "$HOME/$1" --passphrase-fd 3 keys add key-file --to "$HOME/key.$1" 3<<<"$PASS" >/dev/null
}
new_laptop() {
    printf '%s\n' "$PASS" | XDG_STATE_HOME=$HOME/state.$1 "$BUILD/dolen" --file "$HOME/$1" init --kdf-mib 64 --passphrase-fd 0 \
        --recovery-to "$HOME/code$1" 2>/dev/null
    with_key "$1"
}
# Two empty case files, and the public identity of each: A.json, B.json.
two_case_files() {
    new_case
    mv "$CASE" "$HOME/A"
    with_key A
    new_laptop B
    on A source show >A.json
    on B source show >B.json
}
know_each_other() {
    on A handover trust B.json >/dev/null
    on B handover trust A.json >/dev/null
}
