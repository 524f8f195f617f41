#!/bin/bash
# The private meter of minutes on forms: line mode counts too, its practitioner reads and forgets it, and it is in nothing that
# anybody else gets to see.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/sync.sh"

export DOLEN_TODAY=2026-03-09        # that of the training files; the others keep the clock of the machine

# Line mode with every line taking that many seconds; what is typed comes from standard input.
plain() {
    set +e
    DOLEN_TEST_KEY_SECONDS=$1 TERM=dumb NO_COLOR=1 "$BUILD/dolen" --file "$CASE" --lang "${2:-en}" --plain \
        --passphrase-fd 3 3<<<"$PASS" >said 2>errors
    set -e
    SAID=$(cat said)
    assert_eq "errors" "$(cat errors)" ""
}
# A contact with Eirlys, each of its lines taking 97 seconds; then left.
some_minutes() {
    plain 97 < <(printf 'people\neirlys\n1\ncontact\n\n\n\n\n:later\n<\n<\nquit\n')
}
seconds() { dolen --json paperwork show --weeks 52 | json .seconds; }
colleague() {
    printf 'pont y bont 99 eirin\n' >p2
    "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 keys add passphrase --name "Gwen Prawf" --kdf-mib 64 --new-fd 4 3<<<"$PASS" 4<p2 >/dev/null
}

test_line_mode_counts_reads_and_forgets() {
    new_practice 3
    local name
    name=$(dolen --json worklist | tr '{' '\n' | sed -n 's/.*"person_name":"\([A-Za-z]*\)[^"]*".*/\1/p' | head -n 1)
    plain 30 < <(printf 'paperwork\n<\nadd\nNia Prawf\n\n\n:file\n\n\n:later\n<\npaperwork\nforget\nn\nforget\ny\n<\npaperwork\n<\nquit\n')
    assert_has "what it counts" "$SAID" "nobody but you sees it"
    assert_has "at first" "$SAID" "No time on forms was counted in the last 8 weeks."
    assert_has "a form" "$SAID" "Language: 2 min, filed 1 time, 2 min each"
    assert_has "a week" "$SAID" "9 Mar 2026: "
    assert_has_not "a chart" "$SAID" "##"
    assert_has "forgotten" "$SAID" "Your minutes are forgotten, all of them."
    assert_eq "nothing left" "$(dolen --json paperwork show --weeks 52 | json .seconds)" 0
    plain 1 cy < <(printf 'gwaith-papur\n<\ngadael\n')
    assert_has "in Welsh" "$SAID" "neb ond chi"
}
test_a_line_that_took_long_counts_as_a_pause() {
    new_practice 3
    plain 3600 < <(printf 'add\nNia Prawf\n\n:later\n<\nquit\n')
    assert_eq "two lines of two minutes" "$(seconds)" 240
}
# Each line of a long text is a sign of life of its own.
test_a_text_of_many_lines_counts_line_by_line() {
    new_start
    plain 100 < <(printf 'people\neirlys\n1\nconversation\nOne\ntwo\nthree\nfour\n.\n:later\n<\n<\nquit\n')
    assert_eq "five lines and the leaving" "$(seconds)" 600
}
test_the_command_is_for_whoever_opened_the_file() {
    new_start
    some_minutes
    colleague
    OUT=$(dolen --json paperwork show --weeks 52)
    assert_json "$OUT" .schema dolen/paperwork/1
    assert_json "$OUT" .forms[0].form contact
    assert_json "$OUT" .seconds 485
    assert_has "in words" "$(dolen --lang en paperwork show --weeks 52)" "Contact: 8 min"
    OUT=$("$BUILD/dolen" --json --file "$CASE" --passphrase-fd 3 paperwork show --weeks 52 3<p2)
    assert_json "$OUT" .seconds 0
    "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 paperwork forget 3<p2 >/dev/null
    assert_eq "theirs is left" "$(seconds)" 485
    assert_exit 2 dolen paperwork show --weeks 99
    assert_exit 0 dolen paperwork forget
    assert_eq "gone" "$(seconds)" 0
}

# Everything that somebody else may get to see, as text in the folder $1; without what is new at each asking:
# the time of day and the pseudonyms.
all_that_is_shown() {
    mkdir "$1"
    dolen audit head >"$1/head"
    for what in "person list" "person show $PERSON" "supervision list" "caseload list" "worklist" "handover peers" "report list" \
        "gap table" "bin list" "retention list" "keys list" "outbox list" "referral list $PERSON" "contact list $PERSON"; do
        dolen --json $what >"$1/${what// /-}"
    done
    dolen report activity --from "$(ago 300)" --until "$(ago 0)" --format csv >"$1/report"
    dolen letter "$REFERRAL" --format text >"$1/letter" 2>/dev/null || true
    dolen export --from "$(ago 300)" --until "$(ago 0)" --to "$1/export" >/dev/null 2>&1
    dolen sar "$PERSON" --to "$1/sar" >/dev/null 2>&1
    find "$1" -type f -exec sed -i 's/T[0-9:]*Z//g; s/ [0-9][0-9]:[0-9][0-9]//g; s/[A-Z][0-9a-f]\{32\}/ID/g; s/sha256:[0-9a-f]*//' {} +
}
test_nothing_of_it_leaves_or_is_shown() {
    new_start
    dolen --json supervision add --answers - <<<"{\"held_on\": \"$(ago 9)\", \"with_whom\": \"Bethan Rees\"}" >/dev/null
    some_minutes
    [ "$(seconds)" -gt 0 ] || fail "no minutes were counted"
    cp -a "$CASE" case.kept
    cp -a "$XDG_STATE_HOME" state.kept
    all_that_is_shown with
    rm -rf "$CASE" "$XDG_STATE_HOME"
    mv case.kept "$CASE"
    mv state.kept "$XDG_STATE_HOME"
    dolen paperwork forget >/dev/null
    all_that_is_shown without
    [ "$(find with -type f | wc -l)" -gt 25 ] || fail "too little was looked at"
    diff -r with without || fail "minutes on forms change what others see"
    ! grep -rqi 'paperwork' with || fail "named: $(grep -rli 'paperwork' with)"
}
test_no_bundle_and_no_hub_has_it() {
    new_start
    some_minutes
    seal >/dev/null
    send >/dev/null
    mkdir unpacked
    for b in $(find drop -name '*.dlnb'); do
        dolen_raw open "$b" --identity HK/identity --signer S.pub --to "unpacked/$(basename "$b")" >/dev/null 2>&1
    done
    [ "$(find unpacked -name '*.csv' | wc -l)" -gt 2 ] || fail "no bundle was opened"
    ! grep -rqi 'paperwork' unpacked || fail "in the bundle: $(grep -rli 'paperwork' unpacked)"
    ! grep -rqw --include='*.csv' 485 unpacked || fail "its minutes in the bundle: $(grep -rlw --include='*.csv' 485 unpacked)"
    hub receive drop >/dev/null
    for report in activity outcomes; do
        hub report "$report" --from "$(ago 300)" --until "$(ago 0)" --format csv >>reports 2>/dev/null
    done
    [ -s reports ] || fail "no report was made"
    ! grep -qi 'paperwork' reports || fail "in a report of the hub"
}
test_another_laptop_does_not_get_it() {
    new_start
    some_minutes
    mv "$CASE" A
    CASE=$HOME/A
    printf '%s\n' "$PASS" | XDG_STATE_HOME=$HOME/state.B "$BUILD/dolen" --file "$HOME/B" init --kdf-mib 64 --passphrase-fd 0 \
        --recovery-to "$HOME/codeB" 2>/dev/null
    on_b() { XDG_STATE_HOME=$HOME/state.B "$BUILD/dolen" --file "$HOME/B" --passphrase-fd 3 "$@" 3<<<"$PASS"; }
    on_b source show >B.json
    dolen source show >A.json
    on_b handover trust A.json >/dev/null
    dolen handover trust B.json >/dev/null
    dolen handover make "$PERSON" --to B.json --out one.dolen >/dev/null
    OUT=$(on_b --json handover open --yes one.dolen)
    assert_json "$OUT" .added.person 1
    assert_has_not "what came" "$OUT" paperwork
    assert_eq "nothing there" "$(on_b --json paperwork show --weeks 52 | json .seconds)" 0
    assert_eq "still here" "$(seconds)" 485
}
run_tests
