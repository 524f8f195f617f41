#!/bin/bash
# keys rotate: new keys for the same records, and whatever happens on the way the case file opens.
. "$(dirname "$0")/../lib/cli.sh"

rotate() { dolen keys rotate --confirm 1 --recovery-to "$HOME/code2" "$@"; }
new_case_with_people() {
    new_case_by_passphrase
    mkdir "$HOME/place" && mv "$CASE" "$HOME/place/case" && CASE=$HOME/place/case
    printf '{"given_name":"Mair","family_name":"Prawf"}' >"$HOME/p.json"
    dolen --json person add --answers "$HOME/p.json" >/dev/null
}
raw_key() { dolen keys show-raw 2>/dev/null; }
nothing_beside() { assert_eq "beside the case file" "$(ls -A "$HOME/place")" case; }

test_the_records_stay_and_every_key_is_new() {
    new_case_with_people
    before=$(raw_key) people=$(dolen --json person list)
    dolen backup "$HOME/old.backup" >/dev/null
    cp -a "$CASE" "$HOME/copy"
    assert_exit 0 rotate --json
    assert_json "$OUT" .ways_lost 1
    [ "$(raw_key)" != "$before" ] || fail "the raw key is the same"
    assert_eq "people" "$(dolen --json person list)" "$people"
    assert_exit 0 dolen verify
    assert_exit 0 dolen search Prawf
    assert_has "found by search" "$OUT" Mair
    assert_mode "$CASE" 700
    assert_mode "$CASE/keyslots" 600
    assert_mode "$CASE/case.db" 600
    nothing_beside
    # the old code is dead here, the new one is not; an old backup and an old copy still open with the old secrets
    assert_exit 3 dolen_raw --file "$CASE" --passphrase-fd 3 person list 3<"$HOME/code"
    assert_exit 0 dolen_raw --file "$CASE" --passphrase-fd 3 person list 3<"$HOME/code2"
    assert_exit 0 dolen_raw --file "$HOME/r" --passphrase-fd 3 restore "$HOME/old.backup" 3<"$HOME/code"
    assert_exit 0 dolen_raw --file "$HOME/copy" --passphrase-fd 3 person list 3<"$HOME/code"
    assert_exit 0 dolen --json keys list
    assert_has_not "every way in was tried" "$OUT" '"tested":null'
}

test_old_slots_do_not_fit_the_new_database() {
    new_case_with_people
    cp "$CASE/keyslots" "$HOME/slots"
    rotate >/dev/null
    cp "$HOME/slots" "$CASE/keyslots"
    assert_exit 4 dolen person list
}

test_what_is_lost_is_named_and_has_to_be_confirmed() {
    new_case_with_people
    printf 'ail gyfrinair yma 5\n' >"$HOME/second"
    dolen_raw --file "$CASE" --passphrase-fd 3 keys add passphrase --name Gwenno --kdf-mib 64 --new-fd 4 3<<<"$PASS" \
        4<"$HOME/second" >/dev/null
    before=$(sha256sum "$CASE/keyslots")
    assert_exit 1 rotate
    assert_has "names the other one" "$ERR" Gwenno
    assert_has "says how many" "$ERR" "--confirm 2"
    assert_eq "slots" "$(sha256sum "$CASE/keyslots")" "$before"
    assert_no_file "$HOME/code2"
    assert_exit 0 dolen keys rotate --confirm 2 --recovery-to "$HOME/code2"
    assert_exit 3 dolen_raw --file "$CASE" --passphrase-fd 3 person list 3<"$HOME/second"
}

test_an_organisation_keeps_its_way_in() {
    new_case_with_people
    dolen_raw keys organisation --to "$HOME/org.secret" >"$HOME/org.public" 2>/dev/null
    dolen keys add organisation --public-key "$HOME/org.public" >/dev/null
    assert_exit 0 rotate
    assert_exit 0 dolen_raw --file "$CASE" --key-file "$HOME/org.secret" person list
    # and can end everybody else's
    assert_exit 0 dolen_raw --file "$CASE" --key-file "$HOME/org.secret" keys rotate --confirm 2 --recovery-to "$HOME/code3"
    assert_exit 3 dolen person list
    assert_exit 0 dolen_raw --file "$CASE" --key-file "$HOME/org.secret" person list
}

test_a_key_file_opens_it_afterwards() {
    new_case_with_people
    dolen keys add key-file --to "$HOME/stick" >/dev/null
    assert_exit 0 dolen_raw --file "$CASE" --key-file "$HOME/stick" keys rotate --confirm 2 --recovery-to "$HOME/code2"
    assert_exit 0 dolen_raw --file "$CASE" --key-file "$HOME/stick" person list
    assert_exit 3 dolen person list
}

test_refusals_change_nothing() {
    new_case_with_people
    before=$(sha256sum "$CASE/keyslots" "$CASE/case.db")
    assert_exit 1 dolen_raw --file "$CASE" --passphrase-fd 3 keys rotate --confirm 1 --recovery-to "$HOME/code2" 3<"$HOME/code"
    : >"$HOME/there"
    assert_exit 1 dolen keys rotate --confirm 1 --recovery-to "$HOME/there"
    assert_exit 2 dolen keys rotate --confirm 1
    mkdir "$HOME/place/.case.new-keys" && : >"$HOME/place/.case.new-keys/letter.txt"
    assert_exit 1 rotate
    assert_file "$HOME/place/.case.new-keys/letter.txt"
    rm -r "$HOME/place/.case.new-keys"
    assert_eq "the case file" "$(sha256sum "$CASE/keyslots" "$CASE/case.db")" "$before"
    nothing_beside
}

test_other_files_in_the_folder_stay_in_it_and_a_link_stays_a_link() {
    new_case_with_people
    mkdir "$CASE/outbox" && : >"$CASE/outbox/bundle" && : >"$CASE/note"
    ln -s "$CASE" "$HOME/link"
    CASE=$HOME/link assert_exit 0 rotate
    assert_file "$CASE/outbox/bundle"
    assert_file "$CASE/note"
    [ -L "$HOME/link" ] || fail "the link was replaced"
    nothing_beside
}

run_tests
