#!/bin/bash
# Random keys and window sizes on the real program, in both languages and three sizes: it neither ends nor hangs, nothing reaches
# the terminal that should not, and afterwards every page and the whole history are as they should be.
. "$(dirname "$0")/../lib/cli.sh"

keys=${TORTURE:+6000}
keys=${keys:-500}

script() {   # SEED LANGUAGE SIZE
    cat <<END
size $3
today 2026-03-09
prepare practice 12 $1
sh '"\$DOLEN" --file "\$FILE" --passphrase-fd 3 audit head | sed "s/ .*//" >"\$HOME/before"'
run --lang $2 ; passphrase
random-keys $1 $keys
signal KILL ; wait-exit 137
sh '"\$DOLEN" --file "\$FILE" --passphrase-fd 3 verify >&2'
sh '"\$DOLEN" --file "\$FILE" --passphrase-fd 3 audit verify >&2'
sh 'n=\$("\$DOLEN" --file "\$FILE" --passphrase-fd 3 audit head | sed "s/ .*//"); n=\$((n - \$(cat "\$HOME/before"))); echo "\$n changes" >&2; [ \$n -gt $((keys / 100)) ]'
END
}
presses() {
    script "$@" >"$HOME/keys.t"
    cd "$ROOT"
    "$T/ptydrive" "$HOME/keys.t" >"$HOME/tap" 2>&1 || fail "$(cat "$HOME/tap")"
}
test_english_on_the_usual_size() { presses 11 en 80x24; }
test_welsh_on_a_small_one() { presses 12 cy 40x12; }
test_welsh_on_the_usual_size() { presses 13 cy 80x24; }
test_english_on_a_small_one() { presses 14 en 40x12; }
run_tests
