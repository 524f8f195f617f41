#!/bin/bash
# The commissioner's hub: keys, policy, register, bundles of all kinds, receipts.
. "$(dirname "$0")/../lib/cli.sh"

hub() { "$BUILD/dolen-hub" --into "$HOME/H.db" --keys "$HOME/HK" "$@"; }
laptop() { DOLEN_SHARE=$ROOT "$T/hub-laptop" "$@"; }

# A hub with a policy P.json and two laptops, A and B; $A and $B are their names.
new_hub() {
    hub init >init.json 2>/dev/null
    hub policy --destination w-hub --data-set provisional-wales --from 2026-04-01 --out P.json >/dev/null
    A=$(laptop new A) B=$(laptop new B)
    hub register A/S.json B/S.json >/dev/null
}

receive() { hub receive OUT --receipts RC --json "$@"; }
# of: STATUS REASON of a bundle, from the lines that receive printed to "$1"
verdict() {
    local line
    line=$(grep "\"bundle\":\"$2\"" <<<"$1") || fail "nothing was said about $2: $1"
    printf '%s %s' "$(json .status <<<"$line")" "$(json .reason <<<"$line")"
}
rows() { hub status --json | json ".rows.$1"; }
state() { hub status --json | json .rows; }

# A receipt opens with minisign alone and says what it should.
assert_receipt() {      # source, seq, status, reason
    local file
    file=RC/$1/$(printf '%s-e1-%06d.dlnb.rcpt' "$1" "$2")
    assert_file "$file"
    minisign -Vqm "$file" -p HK/sign.pub || fail "the receipt is not signed by the hub: $file"
    assert_json "$(cat "$file")" .status "$3"
    assert_json "$(cat "$file")" .reason "$4"
}

test_init_makes_closed_keys_and_says_who_it_is() {
    local said
    said=$(hub init 2>/dev/null)
    case $(json .recipient <<<"$said") in age1*) ;; *) fail "no recipient: $said" ;; esac
    case $(json .signer <<<"$said") in RW*) ;; *) fail "no signer: $said" ;; esac
    assert_mode HK 700
    assert_mode HK/identity 600
    assert_mode HK/sign.key 600
    assert_mode H.db 600
    assert_eq "the public key" "$(tail -n 1 HK/sign.pub)" "$(json .signer <<<"$said")"
    # in clear, an SQLite file says so in its first bytes
    assert_has_not "the hub's file" "$(head -c 15 H.db | tr -d '\0')" SQLite
    assert_exit 1 hub init
    assert_has "a second init" "$ERR" "Nothing was changed"
}

test_a_key_folder_that_others_can_read_is_refused() {
    new_hub
    chmod 750 HK
    assert_exit 1 hub status
    assert_has "why" "$ERR" "Others can read"
    chmod 700 HK
    chmod 644 HK/identity
    assert_exit 1 hub status
    chmod 600 HK/identity
    assert_exit 0 hub status
}

test_bundles_are_taken_and_answered() {
    local said
    new_hub
    laptop seal A P.json OUT --kind snapshot --to 10 --cases 1-20:5 --capacity
    laptop seal A P.json OUT --seq 2 --base 10 --to 12 --cases 3-4:12 --gone contact:7:12
    laptop seal B P.json OUT --kind snapshot --to 3 --cases 1-5:3
    said=$(receive)
    assert_eq "first of A" "$(verdict "$said" "$A-e1-000001.dlnb")" "accepted "
    assert_eq "second of A" "$(verdict "$said" "$A-e1-000002.dlnb")" "accepted "
    assert_eq "first of B" "$(verdict "$said" "$B-e1-000001.dlnb")" "accepted "
    assert_eq episodes "$(rows episode)" 25
    assert_eq contacts "$(rows contact)" 72
    assert_eq "numbers of quarters" "$(rows safeguarding)" 3
    assert_receipt "$A" 2 accepted ""
    assert_json "$(cat "RC/$A/$A-e1-000002.dlnb.rcpt")" .rows.deleted 3
    assert_json "$(cat "RC/$A/$A-e1-000002.dlnb.rcpt")" .covered_version $(((1 << 40) + 12))
    assert_exit 0 hub verify
}

test_a_duplicate_gets_the_first_receipt_again() {
    local said was
    new_hub
    laptop seal A P.json OUT --kind snapshot --to 10 --cases 1-3:5
    receive >/dev/null
    was=$(sha256sum <"RC/$A/$A-e1-000001.dlnb.rcpt")
    rm -r RC
    said=$(receive)
    assert_eq verdict "$(verdict "$said" "$A-e1-000001.dlnb")" "duplicate duplicate"
    assert_eq receipt "$(sha256sum <"RC/$A/$A-e1-000001.dlnb.rcpt")" "$was"
    assert_eq episodes "$(rows episode)" 3
    rm -r RC
    hub receipts --to RC >/dev/null
    assert_eq "receipts again" "$(sha256sum <"RC/$A/$A-e1-000001.dlnb.rcpt")" "$was"
}

# A power cut after the ledger was committed can leave an older answer in the folder, or half of the new one.
test_a_duplicate_puts_a_wrong_receipt_right() {
    local name
    new_hub
    name=$A-e1-000001.dlnb
    laptop seal A P.json OUT --kind snapshot --to 10 --cases 1-3:5
    cp "OUT/$name" whole
    head -c 3000 whole >"OUT/$name"
    receive >/dev/null || true
    assert_receipt "$A" 1 rejected signature
    cp whole "OUT/$name"
    hub receive OUT >/dev/null          # its receipt was not written
    receive >/dev/null
    assert_receipt "$A" 1 accepted ""
    : >"RC/$A/$name.rcpt"
    receive >/dev/null
    assert_receipt "$A" 1 accepted ""
}

test_order_does_not_matter_and_gaps_are_told() {
    new_hub
    laptop seal A P.json L --kind snapshot --to 10 --cases 1-5:5
    laptop seal A P.json L --seq 2 --base 10 --to 20 --cases 2-2:15
    laptop seal A P.json L --seq 3 --base 20 --to 30 --cases 2-2:25
    mkdir OUT
    mv "L/$A-e1-000003.dlnb"* OUT
    receive >/dev/null
    assert_json "$(cat "RC/$A/$A-e1-000003.dlnb.rcpt")" .resend_from 0
    mv "L/$A-e1-000001.dlnb"* OUT
    receive >/dev/null
    assert_json "$(cat "RC/$A/$A-e1-000001.dlnb.rcpt")" .covered_version $(((1 << 40) + 10))
    assert_json "$(cat "RC/$A/$A-e1-000001.dlnb.rcpt")" ".missing[0][1]" $(((1 << 40) + 20))
    assert_json "$(cat "RC/$A/$A-e1-000001.dlnb.rcpt")" .resend_from $(((1 << 40) + 10))
    assert_json "$(hub status --json)" ".sources[0].gaps" true
    mv "L/$A-e1-000002.dlnb"* OUT
    receive >/dev/null
    assert_json "$(cat "RC/$A/$A-e1-000002.dlnb.rcpt")" .covered_version $(((1 << 40) + 30))
    assert_json "$(cat "RC/$A/$A-e1-000002.dlnb.rcpt")" .resend_from null
    assert_json "$(cat "RC/$A/$A-e1-000002.dlnb.rcpt")" .rows.updated 0
    assert_json "$(hub status --json)" ".sources[0].gaps" false
}

test_a_bad_row_is_named_and_blocks_nobody() {
    local said
    new_hub
    laptop seal A P.json OUT --kind snapshot --to 10 --cases 1-3:5 --bad "=1+1"
    laptop seal B P.json OUT --kind snapshot --to 3 --cases 1-5:3
    assert_exit 6 receive
    said=$OUT
    assert_eq "the bad one" "$(verdict "$said" "$A-e1-000001.dlnb")" "rejected row_errors"
    assert_eq "the good one" "$(verdict "$said" "$B-e1-000001.dlnb")" "accepted "
    assert_receipt "$A" 1 rejected row_errors
    assert_json "$(cat "RC/$A/$A-e1-000001.dlnb.rcpt")" ".row_errors[0].table" episode
    assert_json "$(cat "RC/$A/$A-e1-000001.dlnb.rcpt")" ".row_errors[0].rule" code
    assert_json "$(cat "RC/$A/$A-e1-000001.dlnb.rcpt")" ".row_errors[0].item" sex
    assert_eq episodes "$(rows episode)" 5
}

test_training_wrong_destination_and_old_policy_are_refused() {
    new_hub
    hub policy --destination other --out Q.json >/dev/null
    hub policy --destination w-hub --out P2.json >/dev/null
    laptop seal A P.json OUT --kind snapshot --to 3 --cases 1-1:3 --training
    laptop seal A P.json OUT --kind snapshot --seq 2 --to 3 --cases 1-1:3 --destination other
    hub policy withdraw P2.json >/dev/null
    laptop seal A P2.json OUT --kind snapshot --seq 3 --to 3 --cases 1-1:3
    laptop seal B P.json OUT --kind snapshot --to 3 --cases 1-1:3
    laptop seal B Q.json OUT --seq 2 --base 3 --to 4 --cases 1-1:4
    assert_exit 6 receive
    assert_receipt "$A" 1 rejected training
    assert_receipt "$A" 2 rejected destination
    assert_receipt "$A" 3 rejected policy
    assert_receipt "$B" 1 accepted ""
    assert_receipt "$B" 2 rejected destination
    assert_eq episodes "$(rows episode)" 1
    laptop new T --training >/dev/null
    assert_exit 1 hub register T/S.json
    assert_has "why" "$ERR" "training"
}

test_a_withdrawn_laptop_is_not_heard_until_it_is_registered_again() {
    new_hub
    laptop seal A P.json OUT --kind snapshot --to 3 --cases 1-2:3
    hub sources revoke "$A" >/dev/null
    assert_exit 6 receive
    assert_receipt "$A" 1 rejected revoked
    assert_eq episodes "$(rows episode)" 0
    hub register A/S.json >/dev/null
    receive >/dev/null
    assert_receipt "$A" 1 accepted ""
    assert_eq episodes "$(rows episode)" 2
}

test_a_corrupt_byte_an_unknown_signer_and_a_wrong_key() {
    local f said
    new_hub
    laptop seal A P.json OUT --kind snapshot --to 3 --cases 1-2:3
    f=OUT/$A-e1-000001.dlnb
    cp "$f" good
    change_byte "$f" 900
    C=$(laptop new C)
    laptop seal C P.json OUT --kind snapshot --to 3 --cases 1-2:3
    # sealed to another hub's key
    "$BUILD/dolen-hub" --into O.db --keys OK init >/dev/null 2>&1
    "$BUILD/dolen-hub" --keys OK policy --destination w-hub --out PO.json >/dev/null
    laptop seal B PO.json OUT --kind snapshot --to 3 --cases 1-2:3
    assert_exit 6 receive
    said=$OUT
    assert_eq "corrupt" "$(verdict "$said" "$A-e1-000001.dlnb")" "refused signature_wrong"
    assert_eq "unknown" "$(verdict "$said" "$C-e1-000001.dlnb")" "refused unknown_signer"
    assert_eq "other key" "$(verdict "$said" "$B-e1-000001.dlnb")" "rejected not_for_this_key"
    assert_receipt "$A" 1 rejected signature
    assert_receipt "$B" 1 rejected not_for_us
    assert_no_file "RC/$C"
    assert_eq episodes "$(rows episode)" 0
    # what arrives whole in the end is taken
    cp good "$f"
    set +e
    said=$(receive 2>/dev/null)
    set -e
    assert_eq "whole" "$(verdict "$said" "$A-e1-000001.dlnb")" "accepted "
    assert_receipt "$A" 1 accepted ""
}

test_half_arrived_bundles_wait() {
    local said
    new_hub
    laptop seal A P.json OUT --kind snapshot --to 3 --cases 1-2:3
    laptop seal B P.json OUT --kind snapshot --to 3 --cases 1-2:3
    mv "OUT/$A-e1-000001.dlnb.minisig" .
    mv "OUT/$B-e1-000001.dlnb" .
    said=$(receive)
    assert_eq "no signature" "$(verdict "$said" "$A-e1-000001.dlnb")" "waiting no_signature"
    assert_eq "no payload" "$(verdict "$said" "$B-e1-000001.dlnb")" "waiting no_payload"
    mv "$A-e1-000001.dlnb.minisig" "$B-e1-000001.dlnb" OUT
    said=$(receive)
    assert_eq "then" "$(verdict "$said" "$A-e1-000001.dlnb")" "accepted "
}

test_a_fork_is_put_aside() {
    new_hub
    laptop seal A P.json OUT --kind snapshot --to 3 --cases 1-2:3
    receive >/dev/null
    rm -r OUT
    laptop seal A P.json OUT --kind snapshot --to 3 --cases 1-4:3
    assert_exit 6 receive
    assert_eq verdict "$(verdict "$OUT" "$A-e1-000001.dlnb")" "quarantined fork"
    assert_receipt "$A" 1 quarantined fork
    assert_eq episodes "$(rows episode)" 2
    assert_has "the list" "$(hub quarantine)" fork
    # a new epoch goes on
    laptop seal A P.json OUT --epoch 2 --kind snapshot --to 1 --cases 1-2:1
    assert_exit 0 hub receive "OUT/$A-e2-000001.dlnb"
    assert_eq episodes "$(rows episode)" 2
}

test_a_snapshot_that_takes_out_much_waits_for_a_person() {
    new_hub
    laptop seal A P.json OUT --kind snapshot --to 10 --cases 1-20:5
    receive >/dev/null
    laptop seal A P.json OUT --seq 2 --kind snapshot --to 20 --cases 1-12:15
    laptop seal B P.json OUT --kind snapshot --to 3 --cases 1-2:3
    assert_exit 6 receive
    assert_receipt "$A" 2 quarantined deletes_much
    assert_receipt "$B" 1 accepted ""
    assert_eq episodes "$(rows episode)" 22
    assert_has "the list" "$(hub quarantine)" "$A-e1-000002.dlnb"
    hub accept "$A-e1-000002.dlnb" --receipts RC >/dev/null
    assert_receipt "$A" 2 accepted ""
    assert_eq episodes "$(rows episode)" 14
    assert_eq "nothing waits" "$(hub quarantine)" ""
    laptop seal A P.json OUT --seq 3 --kind snapshot --to 30 --cases 1-2:25
    assert_exit 6 receive
    hub refuse "$A-e1-000003.dlnb" --receipts RC >/dev/null
    assert_receipt "$A" 3 rejected deletes_much
    assert_eq episodes "$(rows episode)" 14
    assert_exit 1 hub accept "$A-e1-000003.dlnb"
}

# What was put aside may have been lost with its folder, or come back from the wrong place.
test_a_decision_about_a_bundle_that_is_not_there() {
    local kept
    new_hub
    laptop seal A P.json OUT --kind snapshot --to 10 --cases 1-20:5
    receive >/dev/null
    laptop seal A P.json OUT --seq 2 --kind snapshot --to 20 --cases 1-12:15
    assert_exit 6 receive
    kept=$(echo HK/quarantine/*.dlnb)
    mv "$kept" away
    for what in accept refuse; do
        assert_exit 1 hub $what "$A-e1-000002.dlnb" --receipts RC
        assert_has "$what" "$ERR" "there is no file"
        assert_has "$what" "$ERR" "Nothing was changed"
    done
    cp "OUT/$A-e1-000001.dlnb" "$kept"
    cp "OUT/$A-e1-000001.dlnb.minisig" "$kept.minisig"
    assert_exit 5 hub accept "$A-e1-000002.dlnb" --receipts RC
    assert_has "another bundle" "$ERR" "not the bundle that waits"
    assert_receipt "$A" 2 quarantined deletes_much
    assert_eq episodes "$(rows episode)" 20
    cp "OUT/$A-e1-000002.dlnb" "$kept"
    rm "$kept.minisig"
    assert_exit 1 hub accept "$A-e1-000002.dlnb" --receipts RC
    cp "OUT/$A-e1-000002.dlnb.minisig" "$kept.minisig"
    hub accept "$A-e1-000002.dlnb" --receipts RC >/dev/null
    assert_receipt "$A" 2 accepted ""
    assert_eq episodes "$(rows episode)" 12
}

# People who withdrew are named by a tombstone: nobody has to agree to that.
test_what_a_snapshot_takes_back_by_name_does_not_wait() {
    new_hub
    laptop seal A P.json OUT --kind snapshot --to 10 --cases 1-10:5
    receive >/dev/null
    gone=$(for t in episode referral contact goal outcome asset_use unmet_need; do for n in 1 2 3; do echo "--gone $t:$n:20"; done; done)
    # shellcheck disable=SC2086
    laptop seal A P.json OUT --seq 2 --kind snapshot --to 20 --cases 4-10:5 $gone
    receive >/dev/null
    assert_receipt "$A" 2 accepted ""
    assert_eq episodes "$(rows episode)" 7
    assert_eq needs "$(rows need)" 14
    laptop seal A P.json OUT --seq 3 --base 20 --to 30 --cases 1-1:5
    receive >/dev/null
    assert_eq "still without them" "$(rows episode)" 7
    laptop seal A P.json OUT --seq 4 --kind snapshot --to 40 --cases 1-10:5
    receive >/dev/null
    assert_eq "when they agree again" "$(rows episode)" 10
}

test_rows_that_were_taken_back_stay_away() {
    new_hub
    laptop seal A P.json L --kind snapshot --to 10 --cases 1-30:5
    laptop seal A P.json L --seq 2 --base 10 --to 20 --cases 7-7:15
    laptop seal A P.json L --seq 3 --base 20 --to 30 --kind erasure --gone episode:7:30 --gone referral:7:30 --gone contact:7:30 \
           --gone goal:7:30 --gone outcome:7:30 --gone asset_use:7:30 --gone unmet_need:7:30
    mkdir OUT
    mv "L/$A-e1-000001.dlnb"* "L/$A-e1-000003.dlnb"* OUT
    receive >/dev/null
    assert_eq episodes "$(rows episode)" 29
    mv "L/$A-e1-000002.dlnb"* OUT
    receive >/dev/null
    assert_eq episodes "$(rows episode)" 29
    assert_eq needs "$(rows need)" "$((29 * 2))"
    assert_eq contacts "$(rows contact)" "$((29 * 3))"
}

test_the_word_is_welsh_too() {
    new_hub
    assert_has help "$(hub --lang cy --help)" "bwndeli"
    laptop seal A P.json OUT --kind snapshot --to 10 --cases 1-3:5
    assert_has received "$(hub --lang cy receive OUT)" "derbyniwyd"
    assert_has manual "$(hub help man)" ".SS \"receive\""
    assert_exit 2 hub nonsense
    assert_exit 2 hub receive
}

run_tests
