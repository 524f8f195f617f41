# training.sh - practice does not pollute practice: whatever leaves a training case file says so, and no drill and no
# practice data comes into a live one, whichever way is tried.
. "$(dirname "$0")/../lib/cli.sh"

export DOLEN_TODAY=2026-03-09
DATA=$ROOT/tests/data/drills
MARK="HYFFORDDIANT / TRAINING"

# A training file in which a drill was played to its end; its person's id in $PERSON.
new_played() {
    new_practice 3
    dolen drill start bereavement --plays "$DATA/bereavement/good.json" >/dev/null
    PERSON=$(dolen --json person list --match "Maureen Pask" | json '.items[0].id')
}

# A live case file in $LIVE, the training one stays in $CASE.
new_live_beside() {
    LIVE=$HOME/live
    printf 'cerdded dros y bont 27\n' |
        dolen_raw --file "$LIVE" init --kdf-mib 64 --passphrase-fd 0 --recovery-to "$HOME/live-code" >/dev/null
}
live() { "$BUILD/dolen" --file "$LIVE" --passphrase-fd 3 "$@" 3<<<"cerdded dros y bont 27"; }
live_is_empty() {
    assert_eq "people in the live file" "$(live --json person list | json count .items)" 0
    assert_eq "assets in the live file" "$(live --json asset list | json count .items)" 0
}

# --- what leaves says what it is ------------------------------------------------------------------------------------

test_every_paper_and_every_export_carries_the_mark() {
    local f
    new_played
    assert_has "the plan" "$(dolen plan print "$PERSON" 2>/dev/null)" "$MARK"
    assert_has "the plan as a page" "$(dolen plan print "$PERSON" --format html 2>/dev/null)" "$MARK"
    assert_has "a debrief" "$(dolen drill score)" "$MARK"
    assert_has "a replay" "$(dolen drill replay)" "$MARK"
    dolen follow-ups ics --to "$HOME/days.ics" >/dev/null
    assert_has "the calendar" "$(cat days.ics)" "SUMMARY:$MARK: "
    dolen asset export --to "$HOME/assets.csv" >/dev/null
    assert_has "the directory" "$(head -1 assets.csv)" ",training"
    assert_eq "rows of the directory without the mark" "$(sed 1d assets.csv | awk '!/,TRAINING\r$/' | wc -l)" 0
    dolen asset export --format oruk-json --to "$HOME/assets.json" >/dev/null
    assert_json "$(cat assets.json)" .training true
    assert_has "gaps" "$(dolen gap table)" "$MARK"
    assert_has "gaps as CSV" "$(dolen gap table --format csv | head -1)" "training"
    dolen sar "$PERSON" --to "$HOME/pack" >/dev/null 2>&1
    for f in record.txt review.txt; do assert_has "$f" "$(head -1 "pack/$f")" "$MARK"; done
    assert_json "$(cat pack/record.json)" .training true
    dolen export --data-set provisional-wales --from 2026-01-01 --until 2026-12-31 --to "$HOME/out" >/dev/null 2>&1
    assert_file out/TRAINING.txt
    assert_has "progress" "$(dolen drill export | sed -n 2p)" "TRAINING,"
}

test_a_live_file_marks_nothing() {
    new_case
    dolen asset export --to "$HOME/assets.csv" >/dev/null
    assert_has_not "the directory" "$(head -1 assets.csv)" "training"
    assert_has_not "gaps" "$(dolen gap table)" "TRAINING"
}

# --- the roads into a live case file --------------------------------------------------------------------------------

test_a_live_case_file_refuses_drills() {
    local verb
    new_case
    for verb in "list" "start bereavement" "history" "export" "compare" "set bereavement" "score" "replay" \
        "try $DATA/bereavement/good.json"; do
        assert_exit 1 dolen drill $verb
        assert_has "drill $verb" "$ERR" "training case file only"
        assert_sentence
    done
    assert_eq "people" "$(dolen --json person list | json count .items)" 0
}

test_import_knows_the_mark_in_the_rows_and_beside_the_file() {
    new_played
    new_live_beside
    dolen asset export --to "$HOME/assets.csv" >/dev/null
    dolen asset export --format oruk-json --to "$HOME/assets.json" >/dev/null
    assert_exit 1 live import assets "$HOME/assets.csv" --apply
    assert_has "why" "$ERR" "training case file"
    assert_sentence
    assert_exit 1 live import assets "$HOME/assets.json" --format oruk-json --apply
    assert_has "why" "$ERR" "training case file"
    # The mark cut out of the rows, but the export's own beside them.
    dolen export --data-set provisional-wales --from 2026-01-01 --until 2026-12-31 --to "$HOME/out" >/dev/null 2>&1
    sed 's/,training\r$/\r/; s/,TRAINING\r$/\r/' assets.csv >out/cut.csv
    assert_exit 1 live import assets "$HOME/out/cut.csv" --apply
    live_is_empty
    # Between training files it goes.
    assert_exit 0 dolen import assets "$HOME/assets.csv"
}

test_an_export_of_real_people_does_not_come_into_practice() {
    new_practice 3
    mkdir "$HOME/real"
    printf '{}\n' >"$HOME/real/datapackage.json"
    printf 'name_en,category\r\nA real place,GREEN\r\n' >"$HOME/real/assets.csv"
    assert_exit 1 dolen import assets "$HOME/real/assets.csv" --apply
    assert_has "why" "$ERR" "real people"
    assert_sentence
    mv "$HOME/real/assets.csv" "$HOME/assets.csv"
    assert_exit 0 dolen import assets "$HOME/assets.csv"
}

test_a_backup_of_practice_stays_practice() {
    new_played
    new_live_beside
    dolen backup "$HOME/practice.backup" >/dev/null
    mkdir "$HOME/restored"
    assert_exit 0 dolen_raw --file "$HOME/restored/case" --passphrase-fd 3 restore "$HOME/practice.backup" 3<<<"$PASS"
    assert_json "$("$BUILD/dolen" --json --file "$HOME/restored/case" --passphrase-fd 3 keys list 3<<<"$PASS")" .training true
    # Over a live file: refused, and that one is as it was.
    set +e
    live restore "$HOME/practice.backup" >/dev/null 2>"$HOME/err"
    code=$?
    set -e
    [ "$code" != 0 ] || fail "practice was restored over a live case file"
    live_is_empty
}

test_a_copied_folder_stays_a_training_one() {
    new_played
    cp -a "$CASE" "$HOME/copy"
    CASE=$HOME/copy
    assert_json "$(dolen --json keys list)" .training true
    assert_exit 0 dolen drill list
}

# Bits 0 and 1 of the byte at this offset, in both copies of the slots.
flip_bytes() {
    local file=$1 half copy
    half=$(($(stat -c %s "$file") / 2))
    for copy in 0 1; do
        change_byte "$file" $(($2 + copy * half)) 3
    done
}

test_the_flag_in_the_header_is_under_seal() {
    local at out opened=0
    new_practice 3
    cp -a "$CASE" "$HOME/copy"
    CASE=$HOME/copy
    for at in $(seq 0 2 126); do
        cp "$HOME/case/keyslots" "$HOME/copy/keyslots"
        flip_bytes "$HOME/copy/keyslots" "$at"
        set +e
        out=$(dolen --json person list 2>/dev/null)
        [ $? = 0 ] && opened=$((opened + 1))
        out=$out$(dolen --json keys list 2>/dev/null)
        set -e
        case $out in *'"training":false'*) fail "byte $at: it passes for a live file: $out" ;; esac
    done
    assert_eq "headers that opened in spite of a changed byte" "$opened" 0
}

test_a_practice_database_beside_live_keys_does_not_open() {
    new_played
    new_live_beside
    cp "$CASE/case.db" "$LIVE/case.db"
    assert_exit 4 live person list
}

test_nothing_of_a_training_file_is_sealed_for_a_destination() {
    new_practice 3
    assert_has "why nothing is listed" "$(dolen outbox show 2>&1)" "nothing leaves it for a destination"
    mkdir "$HOME/outbox"
    set +e
    dolen destination add w-hub --policy "$ROOT/forms/policies/local.yaml" --to "$HOME/outbox" >/dev/null 2>&1
    dolen outbox seal w-hub >/dev/null 2>"$HOME/err"
    code=$?
    set -e
    [ "$code" != 0 ] || fail "a bundle of practice was sealed"
    assert_eq "files for the destination" "$(find "$HOME/outbox" "$CASE/outbox" -type f 2>/dev/null | wc -l)" 0
}

# --- between laptops, and to the hub --------------------------------------------------------------------------------

# Both know each other by name; $PERSON of the training file is asked for.
known_to_each_other() {
    dolen source show >train.json
    live source show >live.json
    dolen handover trust live.json >/dev/null 2>&1 || true
    live handover trust train.json >/dev/null 2>&1 || true
}

test_no_handover_goes_from_practice_into_a_live_file() {
    new_played
    new_live_beside
    known_to_each_other
    set +e
    dolen handover make "$PERSON" --to live.json --out over.dolen >/dev/null 2>err
    code=$?
    set -e
    if [ "$code" = 0 ]; then
        assert_exit 1 live handover open over.dolen
        assert_has "why" "$ERR" "training case file"
        assert_sentence
    else
        assert_has "why" "$(cat err)" "training"
    fi
    live_is_empty
    # The other laptop's word for itself, edited so that it passes for a training file: sealed, and refused all the same.
    sed 's/"training": *false/"training": true/' live.json >posing.json
    cmp -s live.json posing.json && fail "the source does not say what it is" "$(cat live.json)"
    dolen handover make "$PERSON" --to posing.json --out posing.dolen >/dev/null 2>err || true
    if [ -f posing.dolen ]; then
        assert_exit 1 live handover open posing.dolen
        assert_sentence
    fi
    # Its own word, edited so that it passes for a live one.
    sed 's/"training": *true/"training": false/' train.json >train-posing.json
    live handover trust train-posing.json >/dev/null 2>&1 || true
    for f in over.dolen posing.dolen; do
        [ ! -f "$f" ] || assert_exit 1 live handover open "$f"
    done
    live_is_empty
}

test_no_handover_goes_from_a_live_file_into_practice() {
    local p before
    new_played
    new_live_beside
    p=$(live --json person add --answers - <<<'{"given_name":"Eirlys","family_name":"Prawf"}' | json .id)
    known_to_each_other
    before=$(dolen --json person list | json count .items)
    live handover make "$p" --to train.json --out real.dolen >/dev/null 2>err || true
    if [ -f real.dolen ]; then
        assert_exit 1 dolen handover open real.dolen
        assert_sentence
    else
        assert_has "why" "$(cat err)" "training"
    fi
    assert_eq "people in the training file" "$(dolen --json person list | json count .items)" "$before"
    assert_has_not "the training file" "$(dolen person list)" "Eirlys"
}

test_the_hub_takes_no_practice() {
    . "$ROOT/tests/lib/sync.sh"
    new_played
    new_hub
    dolen source show >S.json
    assert_exit 1 hub register S.json
    assert_has "why" "$ERR" "training case file"
    # Posing as a live one it is known to the hub, and still seals nothing.
    sed 's/"training": *true/"training": false/' S.json >posing.json
    hub register posing.json >/dev/null 2>&1 || true
    mkdir drop
    set +e
    dolen destination add w-hub --policy P.json --to "$HOME/drop" >/dev/null 2>err
    dolen outbox seal w-hub >/dev/null 2>>err
    code=$?
    set -e
    [ "$code" != 0 ] || fail "a bundle of practice was sealed"
    assert_has "why" "$(cat err)" "raining"
    assert_eq "bundles" "$(find drop "$CASE" -name '*.age' -o -name '*.zip' | wc -l)" 0
    hub_json receive drop >got 2>/dev/null || true
    assert_json "$(tail -n 1 got)" .accepted 0
    assert_json "$(tail -n 1 got)" .rows 0
}

# --- round about the file itself ------------------------------------------------------------------------------------

test_live_keys_beside_a_practice_database_do_not_open() {
    new_played
    new_live_beside
    cp -a "$CASE" "$HOME/mixed"
    cp "$LIVE/keyslots" "$HOME/mixed/keyslots"
    set +e
    "$BUILD/dolen" --file "$HOME/mixed" --passphrase-fd 3 person list >out 2>err 3<<<"cerdded dros y bont 27"
    code=$?
    set -e
    assert_eq "exit code" "$code" 4
    assert_has_not "what it said" "$(cat out err)" "Maureen"
}

# The rows themselves, cut out of the export and given as anybody's.
test_exported_rows_of_practice_are_not_imported_as_cases() {
    local f
    new_played
    new_live_beside
    dolen export --data-set provisional-wales --from 2026-01-01 --until 2026-12-31 --to "$HOME/out" >/dev/null 2>&1
    for f in out/*.csv; do
        assert_exit 1 live import cases "$HOME/$f" --apply
    done
    for f in out/*.csv; do
        assert_exit 1 live import assets "$HOME/$f" --apply
    done
    live_is_empty
}

# A backup restored elsewhere is the same training file: what it hands on is refused like the first one's.
test_a_restored_backup_is_no_way_round() {
    new_played
    new_live_beside
    dolen backup "$HOME/practice.backup" >/dev/null
    dolen_raw --file "$HOME/restored" --passphrase-fd 3 restore "$HOME/practice.backup" 3<<<"$PASS" >/dev/null
    CASE=$HOME/restored
    dolen asset export --to "$HOME/again.csv" >/dev/null
    assert_exit 1 live import assets "$HOME/again.csv" --apply
    known_to_each_other
    dolen handover make "$PERSON" --to live.json --out over.dolen >/dev/null 2>&1 || true
    [ ! -f over.dolen ] || assert_exit 1 live handover open over.dolen
    live_is_empty
}

run_tests
