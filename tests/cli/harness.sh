#!/bin/bash
# The test tools themselves: the JSON reader, the leak scanner, the failing calls, the runner's counting.
. "$(dirname "$0")/../lib/cli.sh"

test_json_values() {
    text='{"schema":"x/1","rows":[{"id":"a b","n":1},{"id":"ŵ","n":null}],"ok":true}'
    assert_json "$text" .schema x/1
    assert_json "$text" .rows[1].id ŵ
    assert_json "$text" .rows[1].n null
    assert_json "$text" .ok true
    assert_json "$text" '.rows[].id' $'a b\nŵ'
    assert_eq "count" "$(json count .rows <<<"$text")" 2
    assert_eq "keys" "$(json keys . <<<"$text")" $'schema\nrows\nok'
}
test_json_that_is_not_there() {
    assert_exit 1 json .a.b <<<'{"a":1}'
    assert_exit 2 json .a <<<'{"a":'
}
test_a_canary_is_found_anywhere() {
    mkdir -p in/deep
    printf 'xxBRONWEN_canaryxx' >in/deep/file
    assert_exit 1 "$T/leakscan" bronwen_CANARY -- in
    printf 'b\0r\0o\0n\0w\0e\0n\0_\0' >in/deep/file
    assert_exit 1 "$T/leakscan" bronwen_ -- in
    : >in/deep/file
    assert_exit 0 "$T/leakscan" bronwen_ -- in
    touch in/bronwen_.txt
    assert_exit 1 "$T/leakscan" bronwen_ -- in
}
test_a_canary_across_two_blocks_is_found() {
    { head -c 1048570 /dev/zero; printf 'gwenllian-canary'; head -c 100 /dev/zero; } >big
    assert_exit 1 "$T/leakscan" gwenllian-canary -- big
}
with_faults() { LD_PRELOAD=$T/fault_shim.so FAULT_DIR=$PWD/in FAULT_STATE=$PWD/count "$@"; }
test_the_nth_call_fails_and_is_counted() {
    mkdir in
    with_faults sh -c 'echo a >in/a; mv in/a in/b; rm in/b; echo c >outside'
    assert_eq "calls, failures" "$(od -An -td8 count | tr -s ' ')" " 4 0"
    rm count
    FAULT_NTH=1 FAULT_ERRNO=ENOSPC assert_exit 2 with_faults sh -c 'echo a >in/a'
    assert_has "errno" "$ERR" "No space left"
    assert_eq "calls, failures" "$(od -An -td8 count | tr -s ' ')" " 1 1"
    rm count
    FAULT_NTH=2 with_faults sh -c 'echo a >in/a' 2>err || true
    assert_has "errno" "$(cat err)" "I/O error"
}
test_the_runner_counts_and_fails() {
    mkdir -p run/tests/cli run/build
    cp "$ROOT/tests/run.sh" run/tests/
    printf 'echo ok 1 - a; echo ok 2 - b; echo 1..2\n' >run/tests/cli/good.sh
    assert_exit 0 env -u BUILD run/tests/run.sh cli
    assert_eq "last line" "$(tail -n 1 <<<"$OUT")" "2 passed, 0 failed"
    printf 'echo ok 1; echo "not ok 2 - broken"; echo "#   why"; echo 1..2; exit 1\n' >run/tests/cli/bad.sh
    printf 'echo ok 1; echo 1..3; exit 0\n' >run/tests/cli/early.sh
    printf 'exit 0\n' >run/tests/cli/silent.sh
    printf 'echo 1..1; echo "ok 1 # SKIP no peer"\n' >run/tests/cli/skips.sh
    printf 'echo 1..1; echo "ok 1"; kill -SEGV $$\n' >run/tests/cli/crash.sh
    assert_exit 1 env -u BUILD run/tests/run.sh cli
    assert_eq "last line" "$(tail -n 1 <<<"$OUT")" "5 passed, 6 failed"
    assert_has "reason" "$OUT" "#   why"
}
test_no_tests_is_a_failure() {
    mkdir -p run/tests run/build
    cp "$ROOT/tests/run.sh" run/tests/
    assert_exit 1 env -u BUILD run/tests/run.sh cli
}
run_tests
