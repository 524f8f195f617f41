#!/bin/bash
# A bundle opened by the one who received it: made here with age, minisign and zip, as anybody could make it.
. "$(dirname "$0")/../lib/cli.sh"

# signed NAME: the signature of NAME.dlnb with the key in sender.key.
signed() { minisign -S -W -s sender.key -t "file:$1.dlnb" -m "$1.dlnb" >/dev/null; }

# A bundle of an export: b.dlnb, b.dlnb.minisig; the keys of both sides.
bundle() {
    new_practice 3
    dolen export --from 2025-04-01 --until 2026-12-31 --to rows >/dev/null 2>&1
    (cd rows && zip -qDr ../rows.zip .)
    age-keygen -o mine.key 2>/dev/null
    minisign -G -W -f -p sender.pub -s sender.key >/dev/null
    age -r "$(age-keygen -y mine.key)" -o b.dlnb rows.zip
    signed b
}
open_it() { dolen_raw open "$@" --identity mine.key --signer sender.pub; }

test_a_bundle_is_unpacked_as_it_was() {
    bundle
    assert_exit 0 open_it b.dlnb --to out
    assert_has "list" "$OUT" "episode.csv"
    assert_has "signer" "$OUT" "$(tail -n 1 sender.pub)"
    assert_has "warning" "$ERR" "pseudonymised personal data"
    assert_has "training" "$ERR" "the people in it are invented"
    diff -r rows out || fail "it is not what was sealed"
    assert_mode out 700
    assert_mode out/episode.csv 600
}
test_what_is_in_it_is_told_without_unpacking() {
    bundle
    assert_exit 0 open_it b.dlnb --list --json
    assert_eq "schema" "$(printf %s "$OUT" | "$T/jq-lite" .schema)" "dolen/open/1"
    assert_eq "signer" "$(printf %s "$OUT" | "$T/jq-lite" .signer)" "$(tail -n 1 sender.pub)"
    assert_eq "comment" "$(printf %s "$OUT" | "$T/jq-lite" .comment)" "file:b.dlnb"
    assert_eq "hash" "$(printf %s "$OUT" | "$T/jq-lite" .manifest_sha256)" "$(sha256sum <rows/datapackage.json | cut -d' ' -f1)"
    assert_exit 0 dolen_raw --lang cy open b.dlnb --list --identity mine.key --signer sender.pub
    assert_has "Welsh" "$OUT" "Llofnodwyd gan"
}
test_a_folder_with_something_in_it_is_left_alone() {
    bundle
    mkdir out
    echo mine >out/episode.csv
    assert_exit 1 open_it b.dlnb --to out
    assert_eq "what was there" "$(cat out/episode.csv)" mine
}
test_nothing_is_opened_that_a_stranger_signed() {
    bundle
    minisign -G -W -f -p other.pub -s other.key >/dev/null
    assert_exit 1 dolen_raw open b.dlnb --to out --identity mine.key --signer other.pub
    assert_has "sentence" "$ERR" "signed with a key that is not known here"
    assert_no_file out
    cat other.pub sender.pub >both.pub
    assert_exit 0 dolen_raw open b.dlnb --list --identity mine.key --signer both.pub
}
test_a_changed_byte_is_refused() {
    bundle
    change_byte b.dlnb 3000
    assert_exit 1 open_it b.dlnb --to out
    assert_has "sentence" "$ERR" "does not fit the file"
    assert_no_file out
}
test_the_wrong_key_opens_nothing() {
    bundle
    age-keygen -o other.key 2>/dev/null
    assert_exit 3 dolen_raw open b.dlnb --to out --identity other.key --signer sender.pub
    assert_has "sentence" "$ERR" "this key does not open it"
    assert_exit 2 dolen_raw open b.dlnb --to out --identity sender.pub --signer sender.pub
    assert_no_file out
}
test_what_is_missing_is_asked_for() {
    bundle
    assert_exit 2 dolen_raw open b.dlnb --to out --identity mine.key
    assert_has "signer" "$ERR" "nobody knows who wrote the bundle"
    assert_exit 2 dolen_raw open b.dlnb --to out --signer sender.pub
    assert_has "identity" "$ERR" "--identity is missing"
    assert_exit 2 open_it b.dlnb
    assert_exit 2 open_it b.dlnb --to out --list
    rm b.dlnb.minisig
    assert_exit 1 open_it b.dlnb --to out
    assert_has "no signature" "$ERR" "has no signature beside it"
    assert_exit 1 open_it none.dlnb --to out
}
test_an_archive_that_wants_out_of_its_folder_is_refused() {
    bundle
    echo evil >evil.csv
    mkdir sub
    (cd sub && zip -q ../bad.zip ../evil.csv)
    age -r "$(age-keygen -y mine.key)" -o c.dlnb bad.zip
    signed c
    assert_exit 2 open_it c.dlnb --to out
    assert_has "sentence" "$ERR" "does not belong there"
    assert_no_file out
}
test_a_bomb_is_not_unpacked() {
    bundle
    truncate -s 1100M rows/episode.csv
    (cd rows && zip -1qDr ../bomb.zip .)
    age -r "$(age-keygen -y mine.key)" -o c.dlnb bomb.zip
    signed c
    assert_exit 2 open_it c.dlnb --to out
    assert_has "sentence" "$ERR" "would unpack to more than is allowed"
    assert_no_file out
}

run_tests "$@"
