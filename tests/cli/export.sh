#!/bin/bash
# export.sh - the command: folder, exit codes, what is said on which stream.
. "$(dirname "$0")/../lib/cli.sh"

PERIOD="--from 2025-04-01 --until 2026-03-31"

export_ok() { DOLEN_TODAY=2026-03-09 dolen export $PERIOD "$@"; }

test_a_practice_file_leaves_marked_as_training() {
    local manifest
    new_practice 20
    assert_exit 0 export_ok --to out
    assert_has "rows on standard output" "$OUT" "episode"
    assert_has "the warning" "$ERR" "pseudonymised personal data"
    assert_has "the mark" "$ERR" "training"
    assert_file out/TRAINING.txt
    assert_mode out 700
    assert_mode out/episode.csv 600
    manifest=$(cat out/datapackage.json)
    assert_json "$manifest" '.dolen:batch.training' true
    assert_json "$manifest" .provisional true
    assert_has "README" "$(cat out/README.txt)" "TRAINING"
}

test_json_has_stable_keys() {
    new_practice 20
    assert_exit 0 export_ok --to out --json
    assert_json "$OUT" .schema dolen/export/1
    assert_json "$OUT" .folder out
    assert_json "$OUT" .training true
    assert_json "$OUT" .rows.episode $(($(wc -l <out/episode.csv) - 1))
    assert_json "$OUT" .rows.tombstone 0
    json .left_out.no_notice <<<"$OUT" >/dev/null
}

test_two_exports_of_one_file_are_equal() {
    new_practice 20
    assert_exit 0 export_ok --to one
    assert_exit 0 export_ok --to two
    diff -r one two
}

test_two_case_files_share_no_pseudonym() {
    new_practice 20
    assert_exit 0 export_ok --to one
    rm -rf "$CASE"
    new_practice 20
    assert_exit 0 export_ok --to two
    cut -d, -f2 one/episode.csv two/episode.csv | grep '^P' | sort -u >all
    assert_eq "pseudonyms" "$(wc -l <all)" $(($(cut -d, -f2 one/episode.csv | sort -u | grep -c '^P') * 2))
}

test_excel_begins_with_a_byte_order_mark() {
    new_practice 5
    assert_exit 0 export_ok --to out --csv excel
    assert_eq "first bytes" "$(head -c 3 out/episode.csv | od -An -tx1 | tr -d ' ')" efbbbf
    assert_json "$(cat out/datapackage.json)" '.dolen:batch.csv' excel
}

test_a_full_folder_is_refused_and_kept() {
    new_practice 5
    mkdir out
    echo mine >out/mine
    assert_exit 1 export_ok --to out
    assert_sentence
    assert_eq "folder" "$(ls -A out)" mine
}

test_bad_options_write_nothing() {
    new_practice 5
    assert_exit 2 dolen export --from 2025-04-01 --to out
    assert_exit 2 dolen export --until 2025-04-01 --to out
    assert_exit 2 dolen export --from 2026-04-01 --until 2025-04-01 --to out
    assert_exit 2 dolen export $PERIOD
    assert_exit 2 export_ok --to out --csv semicolon
    assert_exit 1 export_ok --to out --data-set nothing
    assert_exit 1 export_ok --to out --policy nothing.yaml
    assert_no_file out
}

test_a_policy_from_a_file_is_named_in_the_manifest() {
    local sum
    new_practice 20
    sed 's/^policy: local/policy: board/; s/^consent: notice/consent: permission/' "$ROOT/forms/policies/local.yaml" >board.yaml
    sum=$(sha256sum board.yaml | cut -d' ' -f1)
    assert_exit 0 export_ok --to out --policy board.yaml --json
    assert_json "$(cat out/datapackage.json)" '.dolen:batch.policy.id' board
    assert_json "$(cat out/datapackage.json)" '.dolen:batch.policy.sha256' "$sum"
}

test_a_real_file_is_not_marked() {
    new_case
    assert_exit 0 dolen export $PERIOD --to out --json
    assert_json "$OUT" .training false
    assert_json "$OUT" .rows.episode 0
    assert_no_file out/TRAINING.txt
}

# The text of the workbook's cells, one a line.
cells() { unzip -p "$1" xl/sharedStrings.xml | sed 's/<\/t>/\n/g' | sed 's/<[^>]*>//g'; }

test_a_workbook_has_a_sheet_for_each_table_and_words_for_each_code() {
    local sheets
    new_practice 20
    assert_exit 0 export_ok --csv xlsx --to out.xlsx --json
    assert_json "$OUT" .file out.xlsx
    assert_json "$OUT" .training true
    assert_mode out.xlsx 600
    sheets=$(unzip -p out.xlsx xl/workbook.xml | grep -o 'sheet name="[^"]*"' | cut -d'"' -f2 | tr '\n' ' ')
    assert_eq "sheets" "$sheets" "About episode referral need contact goal asset_use unmet_need outcome capacity Data dictionary Codes "
    cells out.xlsx >text
    grep -qx 'TRAINING' text && grep -qx 'Local authority (code)' text && grep -qx 'Local authority' text || fail "headings"
    grep -qx 'W06000012' text && grep -qx 'Neath Port Talbot' text || fail "a code and its label"
    assert_exit 0 export_ok --to rows
    assert_eq "rows" "$(unzip -p out.xlsx xl/worksheets/sheet2.xml | grep -o '<row ' | wc -l)" "$(wc -l <rows/episode.csv)"
    unzip -p out.xlsx 'xl/worksheets/*' | grep -q '<f>' && fail "there is a formula in it"
    assert_eq "left beside it" "$(ls -A | grep -c '^\.out\.xlsx')" 0
}

test_a_workbook_speaks_the_chosen_language() {
    new_practice 20
    assert_exit 0 export_ok --lang cy --csv xlsx --to out.xlsx
    cells out.xlsx >text
    grep -qx 'HYFFORDDIANT' text && grep -qx 'Awdurdod lleol (cod)' text && grep -qx 'Castell-nedd Port Talbot' text || fail "Welsh"
}

test_a_workbook_is_not_written_over_a_file() {
    new_practice 5
    echo mine >out.xlsx
    assert_exit 1 export_ok --csv xlsx --to out.xlsx
    assert_eq "what was there" "$(cat out.xlsx)" mine
    assert_exit 9 export_ok --csv xlsx --to none/out.xlsx
    assert_exit 2 export_ok --csv ods --to out2.xlsx
}

run_tests "$@"
