#!/bin/bash
# doctor: each finding is found, and says what to do; nothing is changed by looking.
. "$(dirname "$0")/../lib/cli.sh"

state() {       # check: its state in $OUT
    printf '%s' "$OUT" | tr '{' '\n' | sed -n "s/.*\"check\":\"$1\",\"state\":\"\([a-z]*\)\".*/\1/p"
}
doctor() { dolen --json doctor; }

test_a_new_case_file() {
    new_case
    assert_exit 1 doctor
    assert_json "$OUT" .schema dolen/doctor/1
    for check in case_file permissions slots recovery disk cloud_folder memory library terminal definitions; do
        assert_eq "$check" "$(state $check)" ok
    done
    assert_eq "never backed up" "$(state backup)" warning
    assert_eq "no protocols of its own" "$(state own_protocols)" warning
}

test_a_backup_is_remembered() {
    new_case
    : >"$HOME/there"
    assert_exit 1 dolen backup "$HOME/there"
    assert_exit 1 doctor
    assert_eq "a backup that failed does not count" "$(state backup)" warning
    dolen backup "$HOME/b" >/dev/null
    assert_exit 1 doctor
    assert_eq backup "$(state backup)" ok
}

test_without_a_case_file_and_without_a_passphrase() {
    assert_exit 1 dolen_raw --file "$CASE" --json doctor
    assert_eq "case file" "$(state case_file)" warning
    new_case
    assert_exit 1 dolen_raw --file "$CASE" --json doctor </dev/null
    assert_eq "slots" "$(state slots)" ok
    assert_eq "needs the keys" "$(state backup)" skipped
}

test_open_permissions_a_cloud_folder_and_a_damaged_copy() {
    new_case
    mkdir "$HOME/OneDrive" && mv "$CASE" "$HOME/OneDrive/case" && CASE=$HOME/OneDrive/case
    chmod 644 "$CASE/case.db"
    change_byte "$CASE/keyslots" 300
    assert_exit 1 doctor
    assert_eq permissions "$(state permissions)" warning
    assert_eq cloud "$(state cloud_folder)" warning
    assert_eq slots "$(state slots)" warning
    assert_exit 1 dolen doctor
    assert_has "what to do" "$OUT" "chmod 700"
    assert_mode "$CASE/case.db" 644
}

test_a_recovery_code_tried_long_ago() {
    DOLEN_TODAY=2026-03-09 new_practice 1
    DOLEN_TODAY=2028-03-09 assert_exit 1 doctor
    assert_eq recovery "$(state recovery)" warning
}

leaks() { dolen --json doctor --leaks; }
test_a_planted_leak_is_found_and_a_clean_home_is_clean() {
    new_case
    echo '{"given_name":"Gwrhydprawf","family_name":"Prawf","phone":"07700 900943"}' >"$HOME/p.json"
    dolen person add --answers "$HOME/p.json" >/dev/null
    rm "$HOME/p.json"
    echo 'ls; echo nothing here 07700900111' >"$HOME/.bash_history"
    assert_exit 0 leaks
    assert_json "$OUT" .checks[0].state ok
    echo 'dolen person show GWRHYDPRAWF' >>"$HOME/.bash_history"
    mkdir "$HOME/tmp/deep"
    printf 'ring 07700-900 943 today' >"$HOME/tmp/deep/note"
    assert_exit 1 leaks
    assert_has "history" "$OUT" .bash_history
    assert_has "number in a temporary file" "$OUT" tmp/deep/note
    assert_eq "no values" "$(printf '%s' "$OUT" | grep -ic gwrhyd)" 0
    rm "$HOME/tmp/deep/note"
    echo "dolen export --data-set x --to $HOME/out" >"$HOME/.bash_history"
    mkdir "$HOME/out" && echo 'a,Gwrhydprawf,b' >"$HOME/out/people.csv"
    assert_exit 1 leaks
    assert_has "an export named in the history" "$OUT" out/people.csv
    rm -r "$HOME/out" "$HOME/.bash_history"
    mkdir "$HOME/leaks"
    assert_exit 0 leaks
    p=$(dolen --json person list | json '.items[0].id')
    dolen sar "$p" --to "$HOME/leaks/pack" >/dev/null 2>&1
    dolen plan print "$p" --format html --to "$HOME/leaks/plan.html" >/dev/null 2>&1
    assert_exit 1 leaks
    for f in leaks/pack/record.txt leaks/pack/record.json leaks/plan.html; do
        assert_has "what the screen saved stands in no history" "$OUT" $f
    done
    rm -r "$HOME/leaks"
    assert_exit 0 leaks
    echo 'ring Gwrhydprawf' >"$HOME/hardcopy.0"
    assert_exit 1 leaks
    assert_has "what screen keeps" "$OUT" hardcopy.0
    assert_exit 2 dolen_raw --file "$CASE" doctor --leaks </dev/null
}

# One huge file is not read to its end; what lies beyond it is looked at all the same.
test_a_huge_file_does_not_end_the_search() {
    new_case
    echo '{"given_name":"Gwrhydprawf","family_name":"Prawf"}' >"$HOME/p.json"
    dolen person add --answers "$HOME/p.json" >/dev/null
    rm "$HOME/p.json"
    truncate -s 65M "$HOME/video.txt"
    mkdir -p "$HOME/tmp"
    echo 'a note about Gwrhydprawf' >"$HOME/tmp/note"
    echo 'a note about Gwrhydprawf' >"$HOME/saved.txt"
    assert_exit 1 leaks
    assert_has "a temporary file" "$OUT" tmp/note
    assert_has "a saved one" "$OUT" saved.txt
    assert_has "it is said" "$OUT" "too much to look through"
}

# A caseload is larger than a page of people, and nobody's name may be passed over.
test_everybody_is_looked_for() {
    new_practice 205
    echo '{"given_name":"Zwrhydprawf","family_name":"Zzprawf"}' >"$HOME/p.json"
    dolen person add --answers "$HOME/p.json" >/dev/null
    rm "$HOME/p.json"
    mkdir -p "$HOME/tmp"
    echo 'a note about Zwrhydprawf' >"$HOME/tmp/note"
    assert_exit 1 leaks
    assert_has "the last of the list" "$OUT" tmp/note
}
run_tests
