#!/bin/bash
# The recovery drill: the paper code alone opens a copy, which is scored, dated and removed.
. "$(dirname "$0")/../lib/cli.sh"

drill() { "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 "$@" recovery test $more 3<"$HOME/code"; }
person() { dolen --json person add --answers - <<<'{"given_name":"Eirlys"}' >/dev/null; }

test_with_a_backup_all_four_points_are_won() {
    new_case_by_passphrase
    person
    dolen backup "$HOME/b1" >/dev/null
    person
    assert_exit 0 drill --json
    assert_json "$OUT" .schema dolen/recovery-test/1
    assert_json "$OUT" .points 4
    assert_json "$OUT" .backup "$HOME/b1"
    assert_json "$OUT" .people 1
    assert_json "$OUT" .people_now 2
    assert_json "$OUT" .age_days 0
    [ "$(json .changes_newer <<<"$OUT")" -gt 0 ] || fail "the person added since is not newer"
    assert_no_file "$CASE/recovery-test"
    assert_exit 0 drill
    assert_has "points" "$OUT" "4 of 4 points"
    assert_exit 0 dolen audit verify
}

test_without_a_backup_a_fresh_copy_is_opened_and_says_so() {
    new_case_by_passphrase
    person
    assert_exit 0 drill
    assert_has "which copy" "$OUT" "a copy made now; no backup was found"
    assert_has "points" "$OUT" "3 of 4 points"
    dolen backup "$HOME/b1" >/dev/null
    rm "$HOME/b1"
    assert_exit 0 drill --json
    assert_json "$OUT" .points 3
    assert_eq "folders beside and inside" "$(find "$HOME" -name '.dolen-*' -o -name recovery-test)" ""
}

test_it_is_dated_and_stands_in_the_history() {
    new_case_by_passphrase
    head=$(dolen audit head)
    before=$(dolen --json keys list | tr '{' '\n' | grep '"recovery"')
    sleep_for_a_new_second
    assert_exit 0 drill
    [ "$(dolen audit head)" != "$head" ] || fail "nothing in the history"
    after=$(dolen --json keys list | tr '{' '\n' | grep '"recovery"')
    [ "$before" != "$after" ] || fail "the code does not count as tried"
}
# The day a way in was tried is kept to the second.
sleep_for_a_new_second() {
    local now=$(date +%s)
    while [ "$(date +%s)" = "$now" ]; do :; done
}

test_only_the_paper_will_do() {
    new_case_by_passphrase
    head=$(dolen audit head)
    assert_exit 3 dolen recovery test
    assert_has "what a code is" "$ERR" "7 groups of 5"
    sed 's/.$/0/; s/^./0/' "$HOME/code" >"$HOME/slip"
    cmp -s "$HOME/code" "$HOME/slip" && sed 's/^./1/' "$HOME/code" >"$HOME/slip"
    mv "$HOME/slip" "$HOME/code.slip"
    assert_exit 3 "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 recovery test 3<"$HOME/code.slip"
    assert_sentence
    assert_eq "head" "$(dolen audit head)" "$head"
}

test_a_damaged_backup_fails_and_is_dated_too() {
    new_case_by_passphrase
    person
    dolen backup "$HOME/b1" >/dev/null
    change_byte "$HOME/b1" 9000
    head=$(dolen audit head)
    assert_exit 4 drill
    assert_sentence
    assert_has "which" "$ERR" "$HOME/b1"
    [ "$(dolen audit head)" != "$head" ] || fail "nothing in the history"
    assert_no_file "$CASE/recovery-test"
}

test_a_backup_of_another_case_file_is_not_ours() {
    new_case_by_passphrase
    dolen backup "$HOME/b1" >/dev/null
    mkdir "$HOME/other"
    CASE=$HOME/other/case
    printf '%s\n' "$PASS" | "$BUILD/dolen" --file "$CASE" init --kdf-mib 64 --passphrase-fd 0 --recovery-to "$HOME/code2" 2>/dev/null
    mv "$HOME/code2" "$HOME/code"
    more="--backup $HOME/b1"
    assert_exit 3 drill
    assert_sentence
}

run_tests "$@"
