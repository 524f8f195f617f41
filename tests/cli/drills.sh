# drills.sh - drills by commands, in line mode and on paper; every drill in forms/drills is found by itself. No drill and no
# practice data comes into a live case file, whichever way is tried.
. "$(dirname "$0")/../lib/cli.sh"

export DOLEN_TODAY=2026-03-09
DATA=$ROOT/tests/data/drills

drills() { for f in "$ROOT"/forms/drills/*.yaml; do basename "$f" .yaml; done; }

test_each_drill_has_three_plays_that_come_to_what_they_say() {
    local d files=() tried
    new_practice 3
    for d in $(drills); do
        for k in good average harmful; do
            assert_file "$DATA/$d/$k.json"
            files+=("$DATA/$d/$k.json")
        done
    done
    assert_exit 0 dolen drill try "${files[@]}"
    assert_eq "plays" "$(wc -l <<<"$OUT")" "${#files[@]}"
}

# The good play, answered at the prompts: the same words, the same forms by commands, the same points.
plain_play() {
    local drill=$1 said talk id points
    talk=$(sed -n 's/.*"say": *"\([a-z0-9_]*\)".*/\1/p' "$DATA/$drill/good.json")
    said=$(printf '%s\n' talk $talk)
    printf '%s\n' "$said" ':pause' ':pause' >"$HOME/said"
    exec 4<"$HOME/said"
    OUT=$("$BUILD/dolen" --plain --lang en --file "$CASE" --passphrase-fd 3 drill start "$drill" --seed 7 3<<<"$PASS" <&4) ||
        fail "line mode ended with an error" "$OUT"
    exec 4<&-
    assert_has "$drill in line mode" "$OUT" "TRAINING"
    id=$(dolen --json drill history | json '.items[-1].id' 2>/dev/null || dolen --json drill history | json '.items[].id' | tail -1)
    points=$(dolen --json drill score "$id" | json .minutes)
    dolen --json drill start "$drill" --plays "$HOME/talk.json" >"$HOME/byfile"
    assert_eq "$drill: simulated minutes in line mode" "$points" "$(json .minutes <"$HOME/byfile")"
}

test_each_drill_is_played_through_in_line_mode() {
    local d
    new_practice 3
    for d in $(drills); do
        {
            printf '{"drill": "%s", "seed": 7, "steps": [' "$d"
            sed -n 's/.*\({"say": *"[a-z0-9_]*"}\).*/\1/p' "$DATA/$d/good.json" | paste -sd,
            printf ']}\n'
        } >"$HOME/talk.json"
        plain_play "$d"
    done
}

test_the_same_seed_and_the_same_steps_score_the_same() {
    new_practice 3
    dolen --json drill start bereavement --plays "$DATA/bereavement/average.json" >a
    dolen --json drill start bereavement --plays "$DATA/bereavement/average.json" >b
    sed 's/"id":"[^"]*"//' a >a1
    sed 's/"id":"[^"]*"//' b >b1
    cmp a1 b1 || fail "two plays with one seed differ"
}

test_a_drill_is_left_and_gone_on_with() {
    local one two
    new_practice 3
    dolen drill start bereavement --seed 3 >/dev/null
    dolen drill answer lists >/dev/null
    assert_exit 0 dolen drill pause
    assert_exit 1 dolen drill answer tell_me
    assert_has "why not" "$ERR" "paused"
    dolen drill resume >/dev/null
    assert_exit 0 dolen drill answer tell_me
    assert_has "what she says" "$OUT" "Gwyn"
    assert_exit 2 dolen drill answer no_such_thing
    assert_sentence
    one=$(dolen drill replay)
    assert_has "the replay" "$one" "A lot of lists"
    assert_has "the replay" "$one" "Paused."
    two=$(dolen --json drill score --finish | json .points)
    assert_eq "points" "$(dolen --json drill history | json '.items[0].points')" "$two"
    assert_exit 1 dolen drill answer made
}

test_the_referral_really_arrives() {
    new_practice 3
    before=$(dolen --json referral list | json count .items)
    dolen drill start bereavement --seed 3 >/dev/null
    after=$(dolen --json referral list | json count .items)
    assert_eq "referrals waiting" "$after" "$((before + 1))"
    assert_has "the inbox" "$(dolen worklist)" "Maureen Pask"
}

test_the_debrief_on_paper_says_what_it_is() {
    new_practice 3
    dolen drill start bereavement --plays "$DATA/bereavement/average.json" >/dev/null
    assert_exit 0 dolen drill score
    assert_has "text" "$OUT" "HYFFORDDIANT / TRAINING"
    assert_has "text" "$OUT" "14 of 24 points"
    good=${OUT%%What to try next*}
    assert_has "strengths come first" "$good" "What went well"
    assert_exit 0 dolen --lang cy drill score --format html
    assert_has "html" "$OUT" "HYFFORDDIANT / TRAINING"
    assert_has "html in Welsh" "$OUT" "14 o 24 pwynt"
    assert_exit 0 dolen drill replay --format html
    assert_has "the replay's mark" "$OUT" "HYFFORDDIANT / TRAINING"
}

test_what_is_set_comes_first_and_what_went_badly_comes_again() {
    new_practice 3
    assert_has "nothing played" "$(dolen drill list)" "New to you"
    dolen drill set bereavement --due 2026-03-20 >/dev/null
    assert_has "set" "$(dolen drill list)" "Set by your trainer, for 20 Mar 2026"
    dolen drill start bereavement --plays "$DATA/bereavement/harmful.json" >/dev/null
    assert_json "$(dolen --json drill list)" .items[0].times 1
    assert_json "$(DOLEN_TODAY=2026-03-10 dolen --json drill list)" .next bereavement
    assert_has "due" "$(DOLEN_TODAY=2026-03-10 dolen drill list)" "Due again since 10 Mar 2026"
}

test_progress_holds_nothing_of_any_case() {
    new_practice 3
    dolen drill start bereavement --plays "$DATA/bereavement/average.json" >/dev/null
    assert_exit 0 dolen drill export --to "$HOME/progress.csv"
    text=$(cat progress.csv)
    assert_has "progress" "$text" "TRAINING,Practice,bereavement,1,2026-03-09,14,24,58,NONE"
    assert_has_not "progress" "$text" "Maureen"
    assert_has_not "progress" "$text" "Gwyn"
    assert_exit 1 dolen drill export --to "$HOME/progress.csv"
    assert_has "a group" "$(dolen drill compare)" "bereavement"
}

# --- the roads into a live case file --------------------------------------------------------------------------------

live_refuses_drills() {
    local verb
    for verb in "list" "start bereavement" "history" "export" "compare" "set bereavement" "score" "replay" \
        "try $DATA/bereavement/good.json"; do
        assert_exit 1 dolen drill $verb
        assert_has "drill $verb" "$ERR" "training case file only"
    done
}

test_a_live_case_file_refuses_drills() {
    new_case
    people=$(dolen --json person list | json count .items)
    live_refuses_drills
    assert_eq "people" "$(dolen --json person list | json count .items)" "$people"
}

test_a_backup_of_practice_does_not_become_a_live_file() {
    new_practice 3
    dolen drill start bereavement --plays "$DATA/bereavement/good.json" >/dev/null
    dolen backup "$HOME/practice.backup" >/dev/null
    mv "$CASE" "$HOME/practice"
    dolen_raw --file "$HOME/restored" restore "$HOME/practice.backup" >/dev/null 2>&1 || dolen restore "$HOME/practice.backup" >/dev/null 2>&1 || :
    for folder in "$HOME/restored" "$CASE"; do
        [ -e "$folder/keyslots" ] || continue
        CASE=$folder
        assert_json "$(dolen --json keys list)" .training true
        return
    done
    fail "the backup was not restored anywhere"
}

test_a_copied_folder_stays_a_training_one_and_its_flag_is_under_seal() {
    local at
    new_practice 3
    cp -a "$CASE" "$HOME/copy"
    CASE=$HOME/copy
    assert_json "$(dolen --json keys list)" .training true
    # Every byte of the header's first part, one at a time: never again a live file that opens.
    for at in $(seq 0 4 120); do
        cp "$HOME/case/keyslots" "$HOME/copy/keyslots"
        for copy in 0 1; do
            flip_bytes "$HOME/copy/keyslots" "$at" "$copy"
        done
        set +e
        out=$(dolen --json keys list 2>/dev/null)
        set -e
        case $out in *'"training":false'*) fail "byte $at: the file passes for a live one: $out" ;; esac
    done
}

# Bit 0 and 1 of the byte at this offset, in the first or the second copy of the slots.
flip_bytes() {
    local file=$1 size half at byte
    size=$(stat -c %s "$file")
    half=$((size / 2))
    at=$(($2 + $3 * half))
    byte=$(od -An -tu1 -j "$at" -N 1 "$file" | tr -d ' ')
    printf "\\$(printf %o $((byte ^ 3)))" | dd of="$file" bs=1 seek="$at" conv=notrunc status=none
}

test_a_practice_database_beside_live_keys_does_not_open() {
    local live
    new_case
    live=$CASE
    mv "$CASE" "$HOME/live"
    rm -rf "$HOME/data" "$HOME/state" "$HOME/config" "$HOME/tmp"
    new_practice 3
    cp "$HOME/case/case.db" "$HOME/live/case.db"
    CASE=$HOME/live PASS="cerdded dros y bont 27"
    assert_exit 4 dolen person list
    : "$live"
}

test_an_export_of_practice_is_marked_and_import_refuses_it() {
    new_practice 3
    dolen drill start bereavement --plays "$DATA/bereavement/good.json" >/dev/null
    dolen export --data-set provisional-wales --from 2026-01-01 --until 2026-12-31 --to "$HOME/out" >/dev/null 2>&1
    assert_file "$HOME/out/TRAINING.txt"
    grep -q '"training": *true' "$HOME/out/"*.json || fail "the manifest does not say training"
}

run_tests
