#!/bin/bash
# A person's own copy of what is kept: all of theirs, nobody else's, concerns only after a review, whole or not at all.
. "$(dirname "$0")/../lib/cli.sh"

id() { sed -n 's/^{"id":"\([^"]*\)".*/\1/p'; }
answers() { local cmd=$1; shift; dolen --json $cmd "$@" --answers -; }

# Two people with the same kinds of things; words of the one begin with AAA, of the other with ZZZ.
one_case() {
    local w=$1 p r e
    p=$(answers "person add" <<<'{"given_name":"'$w'given","family_name":"Prawf","phone":"029 2018 0123","address":"1 '$w'street",
        "safe_contact":"YES","safe_when":"'$w'mornings","emergency_name":"'$w'sister","gp_practice":"'$w'surgery"}' | id)
    answers "form fill equality --person $p" <<<'{"religion":"NONE"}' >/dev/null
    r=$(answers "referral add $p" <<<'{"received_on":"2026-01-05","route":"PROFESSIONAL","source":"GPPR",
        "referrer_name":"'$w'doctor","referrer_org":"'$w'practice","before_contact":"'$w'before","feedback_wanted":"NO"}' | id)
    answers "referral decide $r" <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}' >/dev/null
    answers "form fill conversation --person $p" <<<'{"held_on":"2026-01-09","own_words":"'$w'own words",
        "people":"'$w'neighbour","summary":"'$w'summary"}' >/dev/null
    answers "form fill plan --person $p" <<<'{"goals":[{"goal":"'$w'goal","rating_now":3}],
        "actions":[{"action":"'$w'action","who":"'$w'helper"}]}' >/dev/null
    answers "contact add $p" <<<'{"held_on":"2026-01-10","kind":"PHONE","result":"NO_ANSWER","note":"'$w'note; '$w'doctor rang"}' \
        >/dev/null
    answers "form fill gap --person $p" <<<'{"needed":"'$w'choir","noted_on":"2026-01-11"}' >/dev/null
    answers "form fill concern --person $p" <<<'{"noted_on":"2026-01-12","what_seen":"'$w'seen"}' >/dev/null
    a=$(answers "asset add" <<<'{"name_en":"'$w'place","contact_name":"'$w'organiser"}' | id)
    answers "form fill connection --person $p --asset $a" <<<'{"kind":"REFERRED","status":"WAITING","on_date":"2026-01-12"}' >/dev/null
    echo "$p"
}
two_people() {
    new_case
    p=$(one_case AAA)
    z=$(one_case ZZZ)
}
parts="given street sister surgery doctor practice neighbour summary goal action helper note choir place"
waits="mornings before seen"

test_no_code_stands_in_the_pack_for_reading() {
    new_practice 12 7
    local lang person n=0 raw
    for lang in en cy; do
        for person in $(dolen person list --json | json '.items[].id'); do
            n=$((n + 1))
            dolen --lang "$lang" sar "$person" --reviewed --to "pack-$n" >/dev/null 2>&1
            # a whole value in capitals and underscores, or a language as two letters, is a code
            raw=$(grep -E '(^ .*: |")([A-Z][A-Z_]{2,}|en|cy)("|$)' "pack-$n/record.txt" | head -n 3) || true
            assert_eq "codes in $lang" "$raw" ""
        done
    done
    [ "$n" -ge 24 ] || fail "only $n packs"
}

test_all_of_the_person_and_nobody_else() {
    two_people
    assert_exit 0 dolen sar "$p" --to pack
    assert_has "a warning" "$ERR" "outside the encrypted case file"
    assert_has "what waits" "$ERR" "review.txt"
    assert_mode pack 700
    assert_mode pack/record.txt 600
    for w in $parts; do
        assert_has "text" "$(cat pack/record.txt)" "AAA$w"
        [ $w = place ] || assert_has "JSON" "$(cat pack/record.json)" "AAA$w"
    done
    assert_exit 1 grep -r ZZZ pack
    assert_exit 1 grep -r "$z" pack
    assert_has "own questions" "$(cat pack/record.txt)" "Phone: 029 2018 0123"
    assert_has "what the day of a heading is" "$(sed -n 1,4p pack/record.txt)" "The day beside each heading is the day"
    assert_has "history in sentences" "$(cat pack/record.txt)" 'Phone: "029 2018 0123" was written down.'
    assert_json "$(cat pack/record.json)" .schema dolen/sar/1
    assert_json "$(cat pack/record.json)" .person "$p"
    assert_json "$(cat pack/record.json)" .reviewed false
    assert_has "a code" "$(cat pack/record.json)" '"decision": "ACCEPTED"'
    assert_has "what it means, beside it" "$(cat pack/record.json)" '"decision": "Accepted"'
    dolen forget "$p" --dry-run --json | json '.rows[].id' | while read -r row; do
        case $(grep -c "$row" pack/record.json pack/review.txt | tr '\n' ' ') in
        *:0\ *:0\ ) fail "a row is in neither: $row" ;;
        esac
    done
}

test_concerns_and_safe_contact_wait_for_a_review() {
    two_people
    dolen person show "$p" --reveal >/dev/null
    assert_exit 0 dolen sar "$p" --to first
    for w in $waits; do
        assert_has_not "text" "$(cat first/record.txt)" "AAA$w"
        assert_has_not "JSON" "$(cat first/record.json)" "AAA$w"
    done
    for w in safe_ revealed concern SUPERVISOR protocol; do
        assert_has_not "no hint in JSON" "$(sed 's/"concern"$//' first/record.json)" "$w"
    done
    assert_has_not "no hint in the text" "$(cat first/record.txt)" "Something serious"
    assert_has "what was left out" "$(cat first/review.txt)" "Something serious · "
    assert_has "what was left out" "$(cat first/review.txt)" "anything we must keep to when we contact you"
    assert_has_not "no words of it" "$(cat first/review.txt)" AAAseen
    assert_exit 0 dolen sar "$p" --to second --reviewed
    for w in $parts $waits; do
        assert_has "text" "$(cat second/record.txt)" "AAA$w"
        [ $w = place ] || assert_has "JSON" "$(cat second/record.json)" "AAA$w"
    done
    assert_has "said so" "$(cat second/review.txt)" "because --reviewed was said"
    assert_has "the pack before is in the history" "$(cat second/record.txt)" "Copy of the record made"
    assert_json "$(cat second/record.json)" .reviewed true
    assert_exit 0 dolen verify
}

test_other_people_are_named_with_their_lines() {
    two_people
    dolen sar "$p" --to pack >/dev/null 2>&1
    for w in sister surgery doctor practice neighbour helper organiser; do
        assert_has "third party" "$(cat pack/review.txt)" "AAA$w"
    done
    lines=$(grep -A1 -m1 AAAdoctor pack/review.txt | tail -n 1 | sed 's/.*lines //; s/,//g')
    [ "$(wc -w <<<"$lines")" -ge 2 ] || fail "the doctor stands in the referral and in a note: $lines"
    for n in $lines; do
        assert_has "line $n" "$(sed -n "${n}p" pack/record.txt)" AAAdoctor
    done
    dolen --lang cy sar "$p" --to cy >/dev/null 2>&1
    assert_has "several lines in Welsh" "$(cat cy/review.txt)" "record.txt, llinellau "
    assert_has_not "a question has its own mark" "$(cat cy/record.txt)" "?:"
}

test_the_person_can_read_what_it_is() {
    two_people
    assert_exit 0 dolen --lang en sar "$p" --to pack
    assert_has "a form by its name in the history" "$(grep '^[0-9].*: ' pack/record.txt)" ": What matters conversation"
    assert_exit 1 grep -E ', .*: Form$' pack/record.txt
    assert_has "where another person stands" "$(cat pack/review.txt)" "What matters conversation: "
    assert_has "what goes with it" "$(cat pack/review.txt)" "Give your privacy notice with the pack"
    assert_has_not "nobody said that they read Welsh" "$(dolen --lang en sar "$p" --to again 2>&1)" "--lang cy"
    n=$(answers "person add" <<<'{"given_name":"Nia","write_language":"CY","nhs_number":"9990000018"}' | id)
    assert_has "in the other language" "$(dolen --lang en sar "$n" --to en 2>&1)" "--lang cy makes one in Welsh"
    assert_has_not "already in theirs" "$(dolen --lang cy sar "$n" --to cy 2>&1)" "--lang"
    assert_has "in groups, as it is read out" "$(cat en/record.txt)" "NHS number: 999 000 0018"
}

test_the_same_is_told_once() {
    new_case
    p=$(answers "person add" <<<'{"given_name":"Nia","speak_language":"CY","write_language":"EN"}' | id)
    r=$(answers "referral add $p" <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF"}' | id)
    answers "referral decide $r" <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}' >/dev/null
    answers "form fill plan --person $p" <<<'{"goals":[{"goal":"Canu","rating_now":3}],
        "actions":[{"action":"Ring","who":"Me"},{"action":"Walk","who":"Beti Huws"},{"action":"Sing","who":"Beti Huws"}]}' >/dev/null
    assert_exit 0 dolen --lang en sar "$p" --to pack
    assert_eq "asked by two forms" "$(grep -c '^  Which language would you like letters' pack/record.txt)" 1
    assert_eq "one other person, with all lines" "$(grep -c 'Who does it? Beti Huws' pack/review.txt)" 1
    assert_has "lines" "$(grep -A1 'Who does it? Beti Huws' pack/review.txt)" "record.txt, lines "
    assert_has_not "the person is nobody else" "$(cat pack/review.txt)" "Who does it? Me"
}
test_lines_of_an_address_stay_readable_in_the_history() {
    new_case
    p=$(answers "person add" <<<'{"given_name":"Nia","address":"1 Stryd Prawf\nTywyn"}' | id)
    assert_exit 0 dolen sar "$p" --to pack
    assert_has "one sentence" "$(cat pack/record.txt)" '"1 Stryd Prawf / Tywyn" was written down.'
    ! grep -q $'\xef\xbf\xbd' pack/record.txt || fail "a letter that is none" "$(grep -n $'\xef\xbf\xbd' pack/record.txt)"
}

test_a_question_as_it_was_asked_then() {
    new_case
    p=$(one_case AAA)
    mkdir -p "$XDG_CONFIG_HOME/dolen/forms"
    sed 's/^version: .*/version: 99/; s/^title: .*/title: {en: "Another talk", cy: "Sgwrs arall"}/' \
        "$ROOT/forms/conversation.yaml" >"$XDG_CONFIG_HOME/dolen/forms/conversation.yaml"
    dolen sar "$p" --to pack >/dev/null 2>&1
    assert_has_not "today's title" "$(cat pack/record.txt)" "Another talk"
    assert_has "its own answers" "$(cat pack/record.txt)" AAAsummary
}

test_a_failure_leaves_nothing() {
    two_people
    before=$(dolen --json verify | json .changes)
    assert_exit 2 dolen sar "$p"
    mkdir there
    assert_exit 1 dolen sar "$p" --to there
    assert_sentence
    rmdir there
    assert_exit 1 dolen sar nobody-at-all --to pack
    assert_exit 9 dolen sar "$p" --to "no/such/place/pack"
    assert_sentence
    mkdir shop
    for n in 1 3 6 9; do
        rm -f count
        FAULT_NTH=$n FAULT_ERRNO=ENOSPC FAULT_DIR=$PWD/shop FAULT_STATE=$PWD/count LD_PRELOAD=$T/fault_shim.so \
            dolen sar "$p" --to shop/pack >/dev/null 2>err && fail "call $n did not fail"
        grep -q "^dolen: " err || fail "no sentence: $(cat err)"
        assert_eq "left behind" "$(ls -A shop)" ""
    done
    assert_eq "no history" "$(dolen --json verify | json .changes)" "$before"
}
run_tests
