#!/bin/bash
# sync.sh - laptop and hub from end to end: sealed, carried, received, answered; and what happens when something is lost.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/sync.sh"

test_rows_arrive_and_the_receipt_says_so() {
    new_start
    seal >sealed.json
    assert_json "$(cat sealed.json)" .kind snapshot
    assert_json "$(cat sealed.json)" .people 1
    assert_json "$(cat sealed.json)" .rows.contact 1
    assert_eq "state before sending" "$(newest state)" QUEUED
    send >sent.json
    assert_eq "state without a receipt" "$(newest state)" SENT
    assert_eq "nothing counts as arrived" "$(newest arrived)" false
    receive >received.json
    receipts >read.json
    assert_eq "state" "$(newest state)" ACKED
    assert_eq "covered" "$(dolen outbox show --json | json '.destinations[0].covered_version')" "$(newest to_version)"
}


test_a_bundle_opens_with_other_programs() {
    local file
    new_start 9990001405
    seal >sealed.json
    send >sent.json
    file=$(ls drop/*.dlnb)
    unseal "$file" out
    assert_eq "people" "$(tail -n +2 out/episode.csv | wc -l)" 1
    assert_json "$(cat out/datapackage.json)" '.dolen:batch.source_id' "$(json .source_id <S.json)"
    assert_json "$(cat out/datapackage.json)" '.dolen:batch.kind' snapshot
    assert_json "$(cat out/datapackage.json)" '.dolen:batch.training' false
    assert_eq "size is padded" $(($(stat -c %s out.zip) % 4096)) 0
    for word in Eirlys Prawf "Canu ger" 9990001405 1951-05-17; do
        ! grep -rqa "$word" out || fail "$word left"
    done
    assert_eq "hash of the policy" "$(json '.dolen:batch.policy_sha256' <out/datapackage.json)" "$(sha256sum <P.json | cut -d' ' -f1)"
    dolen export --destination w-hub --to again >/dev/null 2>&1
    assert_eq "the same rows as an export for the destination" "$(sed 's/,[0-9]*.$//' again/contact.csv)" \
        "$(sed 's/,[0-9]*.$//' out/contact.csv)"
}

# A report that was made on a day: report DAY
report() {
    made form fill concern --person "$PERSON" >/dev/null <<<"{\"noted_on\": \"$1\", \"what_seen\": \"$WORD\", \"reported\": \"YES\",
        \"reported_to\": \"POLICE\", \"reported_on\": \"$1\", \"consent\": \"YES\"}"
}

test_nothing_about_safeguarding_leaves_without_a_word_of_the_policy() {
    new_start
    for i in 1 2 3 4 5 6; do report "$(ago 200)"; done
    seal >sealed.json
    send >/dev/null
    unseal drop/*-000001.dlnb out
    assert_no_file out/safeguarding.csv
    ! grep -rqi safeguarding out/datapackage.json out/dictionary.csv || fail "it is spoken of"
    assert_has "what the policy says" "$(dolen destination show w-hub)" "Safeguarding: nothing"
}

# One number a quarter, told once: what is written down later does not change it.
test_the_number_of_reports_leaves_and_is_told_once() {
    local day quarter
    new_case
    new_hub --safeguarding count
    new_link
    new_person Eirlys
    permission GIVEN
    day=$(ago 200)
    quarter=${day:0:4}-Q$(((10#${day:5:2} + 2) / 3))
    for i in 1 2 3 4 5 6; do report "$day"; done
    assert_has "what the policy says" "$(dolen destination show w-hub)" "how many reports were made in each quarter"
    assert_has "what would leave" "$(dolen outbox seal w-hub --dry-run 2>&1)" "$quarter  5"
    round
    unseal drop/*-000001.dlnb out
    grep -q "^$quarter,5,,.\?$" out/safeguarding.csv || fail "$(cat out/safeguarding.csv)"
    ! grep -rqa "$WORD" out || fail "words of a concern left"
    assert_eq "received" "$(hub_json status | json .rows.safeguarding)" "$(tail -n +2 out/safeguarding.csv | wc -l)"
    for i in 1 2 3; do report "$day"; done
    new_contact 3
    round
    assert_json "$(cat sealed.json)" .kind delta
    unseal drop/*-000002.dlnb again
    cmp out/safeguarding.csv again/safeguarding.csv
    dolen export --destination w-hub --to look >/dev/null 2>&1
    cmp out/safeguarding.csv look/safeguarding.csv
    assert_has "figures" "$(hub report activity --from "$(ago 400)" --until "$(ago 1)")" "$quarter"
    assert_has "the annex" "$(hub policy annex P.json)" "how many reports were made in each quarter"
}

test_a_delta_holds_only_what_changed_and_nothing_when_nothing_did() {
    new_start
    round
    new_person Huw
    permission GIVEN
    seal >sealed.json
    assert_json "$(cat sealed.json)" .kind delta
    assert_json "$(cat sealed.json)" .rows.episode 1
    assert_json "$(cat sealed.json)" .people 2
    assert_json "$(cat sealed.json)" .changed_people 1
    send >sent.json
    unseal drop/*-000001.dlnb whole
    unseal drop/*-000002.dlnb changes
    assert_has "keys of a whole batch" "$(cat whole/datapackage.json)" foreignKeys
    assert_has_not "keys of a delta, into rows that went before" "$(cat changes/datapackage.json)" foreignKeys
    receive >received.json
    receipts >read.json
    assert_eq "both are there" "$(hub_json status | json '.sources[0].episodes' 2>/dev/null || echo 2)" 2
    assert_exit 0 dolen outbox seal w-hub --json
    assert_json "$OUT" .sealed false
    dolen person show "$PERSON" >/dev/null
    assert_json "$(seal --dry-run)" .rows.episode 0
}

test_permission_given_later_brings_rows_that_were_there_before() {
    new_start
    new_person Huw
    round
    assert_json "$(cat sealed.json)" .left_out.no_permission 1
    permission GIVEN
    seal >sealed.json
    assert_json "$(cat sealed.json)" .rows.contact 1
    assert_json "$(cat sealed.json)" .changed_people 1
}

test_withdrawn_permission_takes_rows_back() {
    new_start 9990001405
    round
    permission WITHDRAWN 1
    round
    assert_json "$(cat sealed.json)" .kind erasure
    assert_json "$(cat sealed.json)" .rows.tombstone 3
    assert_json "$(json '.receipts[0]' <read.json)" .status accepted
    assert_eq "nobody is there" "$(dolen outbox show --json | json '.destinations[0].people_there')" 0
    assert_exit 0 dolen outbox seal w-hub --json
    assert_json "$OUT" .sealed false
    permission GIVEN 0
    round
    assert_json "$(cat sealed.json)" .rows.contact 1
    assert_eq "there again" "$(dolen outbox show --json | json '.destinations[0].people_there')" 1
}

test_a_forgotten_person_is_taken_back() {
    new_start
    round
    made form fill closure --person "$PERSON" --episode "$EPISODE" >/dev/null <<<"{\"closed_on\": \"$(ago 1)\", \"reason\": \"GOALS_MET\"}"
    round
    dolen forget "$PERSON" --confirm "Eirlys Prawf" >/dev/null
    seal >sealed.json
    assert_json "$(cat sealed.json)" .kind erasure
    assert_json "$(cat sealed.json)" .rows.tombstone 3
}

test_a_lost_batch_is_in_the_next_one() {
    new_start
    round
    new_contact 9
    seal >lost.json
    send >/dev/null
    rm drop/*-000002.dlnb*
    new_contact 5
    seal >sealed.json
    assert_json "$(cat sealed.json)" .rows.contact 2
    send >/dev/null
    receive >/dev/null
    receipts >/dev/null
    assert_eq "newest" "$(newest state)" ACKED
    assert_eq "the lost one" "$(dolen outbox show --json | json '.destinations[0].batches[1].state')" SUPERSEDED
}

test_a_lost_receipt_is_asked_for_again() {
    new_start
    seal >/dev/null
    send >/dev/null
    receive >/dev/null
    rm -r back
    assert_eq "state" "$(newest state)" SENT
    receive >/dev/null
    receipts >/dev/null
    assert_eq "state" "$(newest state)" ACKED
    assert_exit 0 dolen outbox receipt back --json
    assert_json "$(json '.receipts[0]' <<<"$OUT")" .known true
}

# Half a receipt on the road is not the same as none: somebody would wait a fortnight for it.
test_a_damaged_receipt_on_the_road_is_told() {
    local at
    new_start
    seal >/dev/null
    send >/dev/null
    hub receive drop --receipts drop/receipts >/dev/null
    at=$(ls drop/receipts/*/*.rcpt)
    cp "$at" whole
    truncate -s 100 "$at"
    assert_exit 6 dolen outbox fetch
    assert_has "it is told" "$ERR" "1 receipt lies there that cannot be used"
    assert_eq "state" "$(newest state)" SENT
    assert_has "line mode" "$(printf '%s\n' :outbox :receipts :quit | dolen --plain)" "1 receipt lies there that cannot be used"
    cp whole "$at"
    assert_exit 0 dolen outbox fetch
    assert_eq "state" "$(newest state)" ACKED
}

test_receipts_come_by_the_same_road() {
    new_start
    seal >/dev/null
    send >/dev/null
    hub receive drop --receipts drop/receipts >/dev/null
    assert_exit 0 dolen outbox fetch --json
    assert_json "$OUT" .receipts 1
    assert_eq "state" "$(newest state)" ACKED
}

test_a_new_policy_starts_anew() {
    new_start
    round
    new_contact 9
    seal >waiting.json
    new_policy --dates day
    dolen destination add w-hub --policy P.json 2>/dev/null >/dev/null
    assert_eq "what waited is overtaken" "$(newest state)" SUPERSEDED
    seal >sealed.json
    assert_json "$(cat sealed.json)" .kind snapshot
    assert_json "$(cat sealed.json)" .reason POLICY
    assert_eq "epoch" "$(newest epoch)" 2
    send >/dev/null
    receive >received.json
    receipts >read.json
    assert_eq "state" "$(newest state)" ACKED
    assert_json "$(seal --dry-run)" .kind erasure
}

test_policies_of_others_and_old_ones_are_refused() {
    new_case
    new_hub
    new_link
    mkdir other
    "$BUILD/dolen-hub" --keys other/HK --into other/H.db init >/dev/null 2>&1
    "$BUILD/dolen-hub" --keys other/HK policy --destination w-hub --data-set provisional-wales --out other/P.json >/dev/null
    assert_exit 1 dolen destination add w-hub --policy other/P.json
    assert_sentence
    cp P.json old.json
    cp P.json.minisig old.json.minisig
    new_policy
    dolen destination add w-hub --policy P.json >/dev/null 2>&1
    assert_exit 1 dolen destination add w-hub --policy old.json
    sed -i 's/"month"/"day"/' P.json
    assert_exit 1 dolen destination add w-hub --policy P.json
    rm P.json.minisig
    assert_exit 1 dolen destination add w-hub --policy P.json
    assert_exit 2 dolen destination add w-hub2 --policy old.json --to "$PWD/drop"
}

test_a_copy_of_the_case_file_that_sent_is_found_out() {
    new_start
    round
    cp -a "$CASE" copy
    new_contact 9
    round
    rm -rf "$CASE" "$XDG_STATE_HOME"
    mv copy "$CASE"
    new_contact 8
    rm drop/*-000002*
    seal >/dev/null
    send >/dev/null
    receive >received.json 2>/dev/null || true
    assert_exit 1 receipts
    assert_has "the hub's word" "$OUT" '"reason":"fork"'
    assert_json "$(cat back/*/*-000002.dlnb.rcpt)" .resend_from 0
    seal >sealed.json
    assert_json "$(cat sealed.json)" .reason FORK
    assert_eq "epoch" "$(newest epoch)" 2
    send >/dev/null
    receive >received.json 2>/dev/null || true
    receipts >read.json 2>/dev/null || true
    assert_eq "somebody there has to agree that a row goes" "$(newest state)" HELD
    hub accept "$(newest bundle).dlnb" --receipts back >/dev/null
    receipts >read.json 2>/dev/null || true
    assert_eq "state" "$(newest state)" ACKED
}

# A hub that came back from an older copy of itself lacks what it had confirmed. It says so, and gets everything again.
test_a_hub_that_lost_rows_asks_and_gets_everything() {
    local first receipt
    new_start
    round
    first=$(dolen outbox show --json | json '.destinations[0].covered_version')
    cp H.db older.db
    new_contact 9
    round
    new_contact 8
    round
    cp older.db H.db
    rm drop/*-00000[23].dlnb* back/*/*
    new_contact 7
    round
    assert_json "$(cat sealed.json)" .kind delta
    receipt=$(cat back/*/*-000004.dlnb.rcpt)
    assert_json "$receipt" .status accepted
    assert_json "$receipt" .resend_from "$first"
    assert_json "$receipt" ".missing[0][0]" "$first"
    assert_json "$(cat back/*/*-000001.dlnb.rcpt)" .resend_from null
    assert_json "$(dolen outbox show --json)" '.destinations[0].next_whole' ASKED
    assert_eq "what the hub lost has not arrived" "$(dolen outbox show --json | json '.destinations[0].covered_version')" "$first"
    new_contact 6
    seal >sealed.json
    assert_json "$(cat sealed.json)" .kind snapshot
    assert_json "$(cat sealed.json)" .reason ASKED
    assert_eq "epoch" "$(newest epoch)" 1
    send >/dev/null
    receive >received.json
    receipts >read.json
    assert_eq "state" "$(newest state)" ACKED
    assert_eq "contacts there" "$(hub_json status | json .rows.contact)" 5
    assert_eq "gaps" "$(hub_json status | json '.sources[0].gaps')" false
    assert_json "$(cat back/*/*-000005.dlnb.rcpt)" .resend_from null
    assert_eq "covered" "$(dolen outbox show --json | json '.destinations[0].covered_version')" "$(newest to_version)"
    assert_json "$(seal --dry-run)" .reason ""
}

# Two receipts ask; the second is read when a whole batch has been sealed already, and asks for nothing more.
test_a_hub_that_asks_twice_is_answered_once() {
    new_start
    cp H.db empty.db
    round
    cp empty.db H.db
    rm drop/* back/*/*
    new_contact 9
    seal >/dev/null
    send >/dev/null
    new_contact 8
    seal >/dev/null
    send >/dev/null
    receive >/dev/null
    assert_json "$(cat back/*/*-000002.dlnb.rcpt)" .resend_from 0
    assert_json "$(cat back/*/*-000003.dlnb.rcpt)" .resend_from 0
    dolen receipt back/*/*-000002.dlnb.rcpt >/dev/null
    assert_json "$(dolen outbox show --json)" '.destinations[0].next_whole' ASKED
    seal >sealed.json
    assert_json "$(cat sealed.json)" .kind snapshot
    dolen receipt back/*/*-000003.dlnb.rcpt >/dev/null
    assert_json "$(dolen outbox show --json)" '.destinations[0].next_whole' null
    send >/dev/null
    receive >/dev/null
    receipts >/dev/null
    assert_eq "state" "$(newest state)" ACKED
    assert_eq "contacts there" "$(hub_json status | json .rows.contact)" 3
}

test_another_bundle_under_our_name_is_a_copy_too() {
    new_start
    round
    cp -a "$CASE" copy
    new_contact 9
    seal >/dev/null
    send >/dev/null
    rm -rf "$CASE" "$XDG_STATE_HOME"
    mv copy "$CASE"
    new_contact 8
    seal >/dev/null
    assert_exit 6 dolen outbox send
    assert_json "$(seal --dry-run)" .reason FORK
}

test_a_case_file_that_went_back_starts_anew() {
    new_start
    round
    cp -a "$CASE" copy
    new_contact 9
    rm -rf "$CASE"
    mv copy "$CASE"
    dolen person list >/dev/null
    assert_json "$(seal --dry-run)" .reason RESTORED
}

# The workstation may be opened anywhere; the folder is the one that was meant when it was named.
test_a_folder_named_from_where_one_stands_is_found_from_anywhere() {
    new_case
    new_hub
    new_link
    mkdir stick elsewhere
    dolen destination add w-hub --to stick >/dev/null 2>&1
    new_person Eirlys
    permission GIVEN
    assert_exit 0 dolen destination add w-hub --to "$PWD/stik"
    assert_has "a slip is said" "$ERR" "The folder $PWD/stik is not there now."
    assert_has_not "the policy is the same" "$ERR" "Compare this key"
    assert_exit 0 dolen destination add w-hub --to stick
    assert_eq "nothing to say" "$ERR" ""
    seal >sealed.json
    cd elsewhere
    send >sent.json
    assert_eq "bundles on the stick" "$(ls ../stick | wc -l)" 2
}

test_nothing_leaves_a_training_file() {
    new_practice 5
    new_hub
    assert_exit 1 dolen destination add w-hub --policy P.json --to "$PWD"
    assert_sentence
    assert_exit 1 dolen outbox seal w-hub
}

test_a_receipt_of_nobody_is_refused() {
    new_start
    seal >/dev/null
    send >/dev/null
    receive >/dev/null
    sed -i 's/"accepted"/"rejected"/' back/*/*.rcpt
    assert_exit 1 dolen receipt back
    assert_eq "state" "$(newest state)" SENT
    rm back/*/*.minisig
    assert_exit 1 dolen receipt back
    assert_exit 1 dolen receipt nowhere
}

test_an_unplugged_stick_waits_and_goes_later() {
    new_start
    seal >/dev/null
    mv drop elsewhere
    assert_exit 6 dolen outbox send --json
    assert_has "kept" "$(newest state)" "A"
    mv elsewhere drop
    assert_exit 0 dolen outbox send --json
    assert_eq "state" "$(newest state)" SENT
}

# What goes over the network is another program's work.
test_without_the_carrier_a_folder_still_works_and_a_server_is_told() {
    new_case
    new_hub
    new_link
    mkdir alone
    cp "$BUILD/dolen" alone/
    assert_exit 1 alone/dolen --file "$CASE" --passphrase-fd 3 destination add w-hub --to https://drop.example/in 3<<<"$PASS"
    assert_sentence
    assert_has "sentence" "$ERR" "dolen-carry"
    assert_exit 0 alone/dolen --file "$CASE" --passphrase-fd 3 destination add w-hub --to "$PWD/drop" 3<<<"$PASS"
}

run_tests "$@"
