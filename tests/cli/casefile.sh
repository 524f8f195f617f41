#!/bin/bash
# Making, opening, changing the ways in, backing up and restoring a case file: every way of not opening has its own
# sentence and exit code.
. "$(dirname "$0")/../lib/cli.sh"

init() { printf '%s\n' "$1" | dolen_raw --file "$CASE" init --kdf-mib 64 --name "Siân" --passphrase-fd 0 --recovery-to "$HOME/code"; }
fresh() { PASS="pont afon llyn 4"; init "$PASS" >/dev/null; }
add_person() { printf '{"given_name":"%s","family_name":"Prawf"}' "$1" >"$HOME/p.json"; dolen --json person add --answers "$HOME/p.json"; }

test_init_makes_a_private_folder_whose_recovery_code_opens_it() {
    fresh
    assert_mode "$CASE" 700
    assert_mode "$CASE/keyslots" 600
    assert_mode "$CASE/case.db" 600
    assert_mode "$HOME/code" 600
    assert_exit 0 dolen_raw --file "$CASE" --json keys list
    assert_json "$OUT" .slots[0].kind passphrase
    assert_json "$OUT" .slots[1].kind recovery
    assert_has "both were tried" "$OUT" '"tested":"2'
    assert_exit 0 dolen_raw --file "$CASE" --passphrase-fd 3 person list 3<"$HOME/code"
}

test_init_refuses_a_folder_with_a_case_file() {
    fresh
    before=$(sha256sum "$CASE/keyslots")
    assert_exit 1 init "another one here 9"
    assert_sentence
    assert_eq "slots" "$(sha256sum "$CASE/keyslots")" "$before"
}

test_init_never_deletes_records_whose_key_slots_were_lost() {
    fresh
    add_person Mair >/dev/null
    mv "$CASE/keyslots" "$HOME/slots" && rm "$HOME/code"
    before=$(sha256sum "$CASE/case.db")
    assert_exit 4 init "$PASS"
    assert_has "says what to do" "$ERR" "dolen restore"
    assert_eq "records" "$(sha256sum "$CASE/case.db")" "$before"
    mv "$HOME/slots" "$CASE/keyslots"
    assert_exit 0 dolen person list
    assert_has "still there" "$OUT" Mair
}

test_init_writes_over_no_recovery_code_and_makes_nothing_then() {
    echo mine >"$HOME/code"
    assert_exit 1 init "pont afon llyn 4"
    assert_eq "the file" "$(cat "$HOME/code")" mine
    assert_no_file "$CASE/keyslots"
}

test_a_full_disk_still_opens_for_reading() {
    fresh
    add_person Mair >/dev/null
    export FAULT_DIR=$CASE FAULT_NTH=1 FAULT_STICKY=1 FAULT_ERRNO=ENOSPC FAULT_CALLS=write
    LD_PRELOAD=$T/fault_shim.so assert_exit 0 dolen person list
    assert_has "people" "$OUT" Mair
    LD_PRELOAD=$T/fault_shim.so assert_exit 9 add_person Nia
}

test_a_passphrase_changed_over_a_damaged_database_says_that_it_is_changed() {
    fresh
    change_byte "$CASE/case.db" 3
    assert_exit 4 dolen passphrase --kdf-mib 64 --new-fd 4 4<<<"llwybr craig haul 8"
    assert_has "says so" "$ERR" "The passphrase is changed"
    PASS="llwybr craig haul 8"
    assert_exit 2 dolen keys remove 99
}

test_restore_into_a_folder_written_with_a_slash() {
    fresh
    add_person Mair >/dev/null
    dolen backup "$HOME/b" >/dev/null
    assert_exit 0 dolen_raw --file "$HOME/new/" --passphrase-fd 3 restore "$HOME/b" 3<<<"$PASS"
    CASE=$HOME/new assert_exit 0 dolen person list
}

test_a_planted_journal_beside_a_backup_is_never_used() {
    fresh
    add_person Mair >/dev/null
    dolen backup "$HOME/b" >/dev/null
    echo keep >"$HOME/victim"
    for end in -journal -wal -shm; do echo "$HOME/victim" >"$HOME/b$end"; done
    assert_exit 0 dolen_raw --file "$HOME/new" --passphrase-fd 3 restore "$HOME/b" 3<<<"$PASS"
    assert_file "$HOME/victim"
    assert_no_file "$HOME/new/case.db-wal"
    [ ! -s "$HOME/new/case.db-journal" ] || fail "a journal came along"
}

test_a_backup_to_a_full_disk_leaves_nothing_behind() {
    fresh
    add_person Mair >/dev/null
    mkdir "$HOME/stick"
    for nth in 1 3 8 20 60; do
        FAULT_DIR=$HOME/stick FAULT_NTH=$nth FAULT_STICKY=1 FAULT_ERRNO=ENOSPC FAULT_CALLS=write \
            LD_PRELOAD=$T/fault_shim.so dolen backup "$HOME/stick/b" >/dev/null 2>"$HOME/said" && continue
        assert_eq "left behind" "$(ls -A "$HOME/stick")" ""
    done
    rm -f "$HOME/stick/b"
    [ ! -e "$HOME/said" ] || ! grep -q 'The disk is full. The change was not saved' "$HOME/said" ||
        fail "a full stick is said of the case file's disk" "$(cat "$HOME/said")"
    assert_exit 0 dolen backup "$HOME/stick/b"
    assert_has "people" "$OUT" "whole: "
    assert_exit 0 dolen verify
}

test_a_set_up_cut_short_begins_anew() {
    for nth in 2 5 9 14 20 26 32; do
        rm -rf "$CASE" "$HOME/code"
        FAULT_DIR=$CASE FAULT_NTH=$nth FAULT_STICKY=1 FAULT_ERRNO=ENOSPC LD_PRELOAD=$T/fault_shim.so \
            init "pont afon llyn 4" >/dev/null 2>&1 || true
        [ -e "$CASE/keyslots" ] || assert_exit 0 init "pont afon llyn 4"
    done
    assert_no_file "$CASE/setup-unfinished"
}

# Without it the next start would take no record: the set-up counts as unfinished.
test_the_last_recovery_code_that_was_tried_stays() {
    fresh
    dolen keys add recovery --to "$HOME/code2" >/dev/null
    assert_exit 1 dolen keys remove 2
    assert_sentence
    assert_has "says what to do" "$ERR" "dolen keys add recovery"
    assert_exit 0 add_person Mair
    assert_exit 0 dolen_raw --file "$CASE" --passphrase-fd 3 keys test 3<"$HOME/code2"
    assert_exit 0 dolen keys remove 2
    assert_exit 0 add_person Nia
    assert_exit 3 dolen_raw --file "$CASE" --passphrase-fd 3 keys test 3<"$HOME/code"
}

test_adding_a_passphrase_to_an_older_case_file_says_that_it_is_older() {
    fresh
    cp -r "$CASE" "$HOME/older"
    assert_exit 0 add_person Mair
    rm -rf "$CASE"
    mv "$HOME/older" "$CASE"
    printf 'pont y bont 99 eirin\n' >"$HOME/p2"
    set +e
    "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 keys add passphrase --name Gwen --kdf-mib 64 --new-fd 4 3<<<"$PASS" \
        4<"$HOME/p2" >/dev/null 2>err
    set -e
    assert_has "warned" "$(cat err)" "older than the one last used"
}

# Who let whom in stands in the history, without a secret; the file opens, and is checked, as before.
test_the_history_says_who_changed_the_ways_in() {
    fresh
    assert_exit 0 dolen keys history
    assert_has "nothing yet" "$OUT" "No way in was added"
    printf 'pont y bont 99 eirin\n' >"$HOME/p2"
    assert_exit 0 dolen_raw --file "$CASE" --passphrase-fd 3 keys add passphrase --name "Siân Prawf" --kdf-mib 64 --new-fd 4 \
        3<<<"$PASS" 4<"$HOME/p2"
    assert_exit 0 dolen keys list
    assert_has_not "a passphrase in use needs no test" "$(grep "Siân" <<<"$OUT")" "never tested"
    assert_exit 0 dolen keys add recovery --to "$HOME/another"
    assert_exit 0 dolen keys remove 4
    assert_exit 0 dolen_raw --file "$CASE" --passphrase-fd 3 passphrase --kdf-mib 64 --new-fd 4 3<<<"$PASS" \
        4<<<"pont y bont 11 afal"
    PASS="pont y bont 11 afal"
    assert_exit 0 dolen keys history
    assert_has "added" "$OUT" "added · 3 passphrase Siân Prawf"
    assert_has "taken away" "$OUT" "taken away · 4 recovery code"
    assert_has "changed" "$OUT" "given new words · 1 passphrase"
    assert_exit 0 dolen --json keys history
    assert_json "$OUT" .changes[0].did changed
    assert_exit 0 dolen audit verify
}

test_a_wrong_passphrase_is_exit_3_and_says_so() {
    fresh
    PASS="not this one at all"
    assert_exit 3 dolen person list
    assert_has "sentence" "$ERR" "That passphrase or code does not open"
    assert_exit 3 dolen --json person list
    assert_json "$OUT" .error no_slot_opens
}

test_damage_is_told_apart_from_a_wrong_passphrase() {
    fresh
    cp -a "$CASE" "$HOME/slots" && cp -a "$CASE" "$HOME/db"
    change_byte "$HOME/slots/keyslots" 300
    change_byte "$HOME/slots/keyslots" 4396
    CASE=$HOME/slots assert_exit 4 dolen --json person list
    assert_json "$OUT" .error key_slots_damaged
    change_byte "$HOME/db/case.db" 5000
    CASE=$HOME/db assert_exit 4 dolen --json verify
    assert_json "$OUT" .error database_damaged
}

test_one_damaged_copy_of_the_slots_is_survived_and_said() {
    fresh
    change_byte "$CASE/keyslots" 300
    assert_exit 0 dolen --json verify
    assert_json "$OUT" .one_slot_copy_damaged true
}

test_there_is_no_case_file() {
    PASS=x
    assert_exit 1 dolen person list
    assert_has "sentence" "$ERR" "dolen init"
}

test_usage_is_exit_2() {
    fresh
    assert_exit 2 dolen_raw --file "$CASE" nonsense
    assert_exit 2 dolen_raw --file "$CASE" person
    assert_exit 2 dolen person list --nonsense
    assert_exit 2 dolen person show
    assert_exit 2 dolen worklist --until "the day after never"
    assert_sentence
}

test_a_passphrase_changes_and_old_backups_keep_the_old_one() {
    fresh
    add_person Mair >/dev/null
    dolen backup "$HOME/old.backup" >/dev/null
    old=$PASS
    printf 'newydd sbon danlli 8\n' >"$HOME/new"
    assert_exit 0 dolen_raw --file "$CASE" --passphrase-fd 3 passphrase --kdf-mib 64 --new-fd 4 3<<<"$old" 4<"$HOME/new"
    assert_exit 3 dolen person list
    PASS="newydd sbon danlli 8"
    assert_exit 0 dolen person list
    assert_exit 0 dolen_raw --file "$HOME/restored" --passphrase-fd 3 restore "$HOME/old.backup" 3<<<"$old"
    assert_exit 3 dolen_raw --file "$HOME/restored2" --passphrase-fd 3 restore "$HOME/old.backup" 3<<<"$PASS"
}

test_a_second_practitioner_and_the_author_of_changes() {
    fresh
    printf 'ail gyfrinair yma 5\n' >"$HOME/second"
    assert_exit 0 dolen_raw --file "$CASE" --passphrase-fd 3 keys add passphrase --name Gwenno --kdf-mib 64 --new-fd 4 \
        3<<<"$PASS" 4<"$HOME/second"
    assert_exit 0 dolen_raw --file "$CASE" --passphrase-fd 3 person list 3<"$HOME/second"
    assert_exit 0 dolen_raw --file "$CASE" keys list
    assert_has "names both" "$OUT" "Gwenno"
}

test_key_file_and_organisation_key_open_it_too() {
    fresh
    dolen keys add key-file --to "$HOME/key" >/dev/null
    assert_mode "$HOME/key" 600
    assert_exit 0 dolen_raw --file "$CASE" --key-file "$HOME/key" person list
    dolen_raw keys organisation --to "$HOME/org.secret" >"$HOME/org.public" 2>/dev/null
    dolen keys add organisation --public-key "$HOME/org.public" >/dev/null
    assert_exit 0 dolen_raw --file "$CASE" --key-file "$HOME/org.secret" person list
    printf 'not a key\n' >"$HOME/bad"
    assert_exit 2 dolen_raw --file "$CASE" --key-file "$HOME/bad" person list
}

test_the_way_in_that_has_just_opened_it_stays() {
    fresh
    assert_exit 1 dolen keys remove 1
    assert_sentence
    assert_exit 0 dolen person list
    assert_exit 0 dolen_raw --file "$CASE" --passphrase-fd 3 keys remove 1 3<"$HOME/code"
    assert_exit 3 dolen person list
}

# Her passphrase is forgotten, or new keys ended it: the next one under her name is hers, and so are her cases.
test_a_colleague_who_gets_a_new_passphrase_is_the_same_colleague() {
    fresh
    add_person Mair >/dev/null
    printf 'ail gyfrinair yma 5\n' >"$HOME/second"
    add_her() {
        assert_exit "$1" dolen_raw --file "$CASE" --passphrase-fd 3 keys add passphrase --name "$2" --kdf-mib 64 --new-fd 4 \
            3<<<"$PASS" 4<"$HOME/second"
    }
    add_her 0 "Siân Ŵyn"
    her=$(dolen --json caseload list | json .items[1].practitioner)
    add_her 1 "sian wyn"
    assert_sentence
    assert_has "which one is hers" "$ERR" "dolen keys remove 3"
    add_her 2 "  "
    assert_exit 0 dolen keys remove 3
    add_her 0 "Sian Wyn"
    assert_has "said" "$OUT" "in this case file already"
    assert_eq "practitioners" "$(dolen --json caseload list | json count .items)" 2
    assert_eq "the same one" "$(dolen --json caseload list | json .items[1].practitioner)" "$her"
}

test_a_backup_is_one_file_verified_and_opened_by_any_slot() {
    fresh
    add_person "Ŵyn" >/dev/null
    assert_exit 0 dolen --json backup "$HOME/b"
    assert_json "$OUT" .people 1
    assert_mode "$HOME/b" 600
    assert_exit 1 dolen backup "$HOME/b"
    assert_eq "nothing private is left beside it" "$(find "$HOME" -maxdepth 1 -name '.dolen-*')" ""
    assert_exit 0 dolen_raw --file "$HOME/r" --passphrase-fd 3 restore "$HOME/b" 3<"$HOME/code"
    CASE=$HOME/r assert_exit 0 dolen person list
    assert_has "the person" "$OUT" "Ŵyn Prawf"
    assert_exit 1 dolen restore "$HOME/b"
}

test_a_damaged_backup_restores_nothing() {
    fresh
    add_person Mair >/dev/null
    dolen backup "$HOME/b" >/dev/null
    size=$(stat -c %s "$HOME/b")
    for at in 3 40 5000 $((size / 2)) $((size - 5)); do
        cp "$HOME/b" "$HOME/bad"
        change_byte "$HOME/bad" "$at"
        dolen_raw --file "$HOME/r$at" --passphrase-fd 3 restore "$HOME/bad" 3<<<"$PASS" >/dev/null 2>&1 && fail "byte $at restored"
        assert_no_file "$HOME/r$at"
    done
    truncate -s $((size - 4096)) "$HOME/b"
    assert_exit 4 dolen_raw --file "$HOME/rt" --passphrase-fd 3 restore "$HOME/b" 3<<<"$PASS"
    assert_exit 1 dolen_raw --file "$HOME/rt" --lang en restore "$HOME/nowhere" </dev/null
    assert_has "before anything is asked" "$ERR" "nowhere does not exist; nothing was changed; check the name."
    assert_no_file "$HOME/rt"
}

test_an_older_case_file_in_its_place_is_noticed() {
    fresh
    cp -a "$CASE" "$HOME/before"
    add_person Mair >/dev/null
    rm -rf "$CASE" && cp -a "$HOME/before" "$CASE"
    assert_exit 0 dolen person list
    assert_has "warned" "$ERR" "older than"
}

test_the_sqlcipher_shell_opens_it_with_the_raw_key() {
    command -v sqlcipher >/dev/null || fail "the sqlcipher shell is missing"
    fresh
    add_person Mair >/dev/null
    key=$(dolen keys show-raw 2>/dev/null)
    got=$(printf 'PRAGMA key = "%s";\nSELECT given_name FROM person;\n' "$key" | sqlcipher "$CASE/case.db" | tail -n 1)
    assert_eq "read by the shell" "$got" "Mair"
}

test_two_at_once_is_exit_7_and_names_the_first() {
    fresh
    mkfifo "$HOME/wait"
    "$BUILD/dolen" --file "$CASE" --passphrase-fd 4 person list 4<"$HOME/wait" >/dev/null 2>&1 &
    first=$!
    exec 5>"$HOME/wait"
    wait_until grep -qs "^pid $first" "$CASE/holder"
    assert_exit 7 dolen person list
    assert_has "names it" "$ERR" "process $first"
    printf '%s\n' "$PASS" >&5
    exec 5>&-
    wait "$first"
    assert_exit 0 dolen person list
}
run_tests
