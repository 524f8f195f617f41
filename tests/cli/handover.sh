#!/bin/bash
# Two laptops: records sealed for the other one, opened there, merged field by field; what both wrote is asked.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/laptops.sh"

id() { sed -n 's/^{"id":"\([^"]*\)".*/\1/p'; }
# Two case files; one person on A.
two_laptops() {
    two_case_files
    p=$(on A --json person add --answers - <<<'{"given_name":"Eirlys","family_name":"Prawf","communication_needs":"Large print"}' | id)
}
set_field() { on "$1" person edit "$p" --answers - <<<"$2" >/dev/null; }
field() { on "$1" --json person show "$p" | json ".$2"; }
pass() {           # pass A B FILE: from one to the other
    rm -f "$3"
    on "$1" handover make "$p" --to "$2.json" --out "$3" >/dev/null
    on "$2" --json handover open --yes "$3"
}

test_a_person_goes_over_and_comes_back_changed() {
    two_laptops
    know_each_other
    assert_exit 0 pass A B one.dolen
    assert_json "$OUT" .schema dolen/handover-open/1
    assert_json "$OUT" .added.person 1
    assert_eq "there" "$(field B given_name)" Eirlys
    assert_mode one.dolen 600
    set_field A '{"preferred_name":"Lys"}'
    set_field B '{"gp_practice":"Y Feddygfa"}'
    assert_exit 0 pass B A two.dolen
    assert_json "$OUT" .taken[0].field gp_practice
    assert_eq "mine stays" "$(field A preferred_name)" Lys
    assert_eq "theirs came" "$(field A gp_practice)" "Y Feddygfa"
    on A audit verify >/dev/null
    on A verify >/dev/null
    assert_exit 0 pass A B three.dolen
    assert_eq "and there" "$(field B preferred_name)" Lys
}

test_a_laptop_that_is_trusted_no_longer_is_refused() {
    two_laptops
    know_each_other
    assert_exit 0 pass A B one.dolen
    assert_exit 0 on B --json handover peers
    assert_eq "own and the other" "$(json count .items <<<"$OUT")" 2
    print=$(json .items[1].fingerprint <<<"$OUT")
    assert_exit 0 on B handover distrust "$print"
    assert_exit 1 on B handover distrust "$print"
    assert_exit 1 pass A B two.dolen
    assert_sentence
    assert_eq "what came stays" "$(field B given_name)" Eirlys
}

# One practitioner with two laptops: both have her name.
test_a_name_that_two_laptops_have_is_not_guessed() {
    local print
    two_laptops
    new_laptop C
    on C source show >C.json
    sed -i 's/"name": *"[^"]*"/"name": "Catrin Prawf"/' B.json C.json
    on A handover trust B.json >/dev/null
    print=$(on A --json handover trust C.json | json .fingerprint)
    assert_exit 2 on A handover make "$p" --to "Catrin Prawf" --out one.dolen
    assert_has "which" "$ERR" "$print"
    assert_no_file one.dolen
    assert_exit 0 on A handover make "$p" --to "$print" --out one.dolen
}

test_other_keys_under_a_known_name_are_not_taken_unseen() {
    local print
    two_laptops
    new_laptop C
    on C source show | sed "s/\"source_id\": *\"[^\"]*\"/\"source_id\": \"$(on B source show | json .source_id)\"/" >new.json
    on A handover trust B.json >/dev/null
    assert_exit 0 on A handover trust B.json
    assert_exit 1 on A handover trust new.json
    assert_sentence
    assert_has "the way" "$ERR" "--fingerprint"
    [[ $ERR =~ fingerprint,\ ([0-9A-F ]{39}) ]] || fail "the new fingerprint is not told"
    print=${BASH_REMATCH[1]}
    assert_exit 0 on A handover trust new.json --fingerprint "$print"
}

test_what_came_is_told_in_words_in_both_languages() {
    two_laptops
    know_each_other
    on A referral add "$p" --answers - <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF"}' >/dev/null
    on A handover make "$p" --to B.json --out one.dolen >/dev/null
    on B --lang cy handover open one.dolen >told 2>&1
    assert_has_not "a table's name" "$(cat told)" "task"
    assert_has "what is due" "$(cat told)" "Peth i'w wneud"
}

test_opening_twice_changes_nothing() {
    two_laptops
    know_each_other
    pass A B one.dolen >/dev/null
    head=$(on B audit head)
    assert_exit 0 on B handover open one.dolen
    assert_has "said" "$OUT" "Nothing in it is new here."
    assert_eq "head" "$(on B audit head)" "$head"
}

test_what_both_wrote_is_asked_with_exit_5() {
    two_laptops
    know_each_other
    pass A B one.dolen >/dev/null
    set_field A '{"communication_needs":"Large print, yellow paper"}'
    set_field B '{"communication_needs":"Reads lips"}'
    assert_exit 5 pass B A two.dolen
    assert_json "$OUT" .waiting 1
    assert_eq "mine stands" "$(field A communication_needs)" "Large print, yellow paper"
    assert_exit 0 on A --json handover conflicts list
    assert_json "$OUT" .items[0].field communication_needs
    assert_json "$OUT" .items[0].theirs "Reads lips"
    c=$(json .items[0].id <<<"$OUT")
    assert_exit 2 on A handover conflicts resolve "$c" 3
    assert_exit 0 on A handover conflicts resolve "$c" b
    assert_has "both" "$(field A communication_needs)" "Large print, yellow paper"
    assert_has "both" "$(field A communication_needs)" "Reads lips"
    assert_exit 0 on A handover conflicts
    assert_has "settled" "$OUT" "No difference waits"
    assert_exit 0 pass A B three.dolen
    assert_has "there too" "$(field B communication_needs)" "yellow paper"
    assert_exit 1 on A handover conflicts resolve "$c" 1
    assert_sentence
}

test_fields_and_values_are_told_as_people_read_them() {
    two_laptops
    know_each_other
    set_field A '{"birth_date":"1950-02-03","speak_language":"EN"}'
    pass A B one.dolen >/dev/null
    set_field A '{"birth_date":"1950-03-02","speak_language":"CY"}'
    set_field B '{"birth_date":"1951-02-03","gp_practice":"Y Feddygfa"}'
    rm -f two.dolen
    on B handover make "$p" --to A.json --out two.dolen >/dev/null
    on A --lang cy handover open two.dolen >told 2>/dev/null || [ $? -eq 5 ]
    assert_has "the field's label, old and new" "$(cat told)" "Person · Meddygfa: (gwag) → Y Feddygfa"
    assert_has_not "a column" "$(cat told)" "gp_practice"
    assert_has_not "what the program keeps for itself" "$(cat told)" "def."
    assert_exit 0 on A handover conflicts
    assert_has "whose, what, which field" "$OUT" "Eirlys Prawf · Person · Date of birth"
    assert_has "mine" "$OUT" "1 mine: 2 Mar 1950"
    assert_has "theirs" "$OUT" "2 theirs: 3 Feb 1951"
    assert_has "before" "$OUT" "before: 3 Feb 1950"
    assert_has_not "a column" "$OUT" "birth_date"
    assert_exit 0 on A --lang cy handover conflicts
    assert_has "in Welsh" "$OUT" "Dyddiad geni"
    assert_has "in Welsh" "$OUT" "2 Maw 1950"
    assert_exit 0 on A --json handover conflicts
    assert_json "$OUT" .items[0].before 1950-02-03
}

test_what_was_serious_is_read_out_only_when_asked_for() {
    two_laptops
    know_each_other
    n=$(on A --json form fill concern --person "$p" --answers - <<<'{"noted_on":"2026-01-12","what_seen":"Bruises."}' | id)
    pass A B one.dolen >/dev/null
    on A form fill concern --person "$p" --record "$n" --answers - <<<'{"what_seen":"Bruises on one arm."}' >/dev/null
    on B form fill concern --person "$p" --record "$n" --answers - <<<'{"what_seen":"Bruises on both arms."}' >/dev/null
    assert_exit 5 pass B A two.dolen
    assert_exit 0 on A handover conflicts
    assert_has_not "read out unasked" "$OUT" "Bruises"
    c=$(on A --json handover conflicts | json .items[0].id)
    assert_exit 0 on A handover conflicts show "$c"
    assert_has "read out when asked" "$OUT" "Bruises on both arms."
}

accepted() {
    r=$(on A --json referral add "$p" --answers - <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF"}' | id)
    on A referral decide "$r" --answers - <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}' >/dev/null 2>&1
}
# A contact in the bin here that was worked on there is one question, and it says which contact.
test_what_lies_in_the_bin_is_asked_once_and_cannot_be_both() {
    two_laptops
    know_each_other
    accepted
    n=$(on A --json contact add "$p" --answers - <<<'{"held_on":"2026-01-12","kind":"PHONE","note":"Rang."}' | id)
    pass A B one.dolen >/dev/null
    on A bin put "$n" --why double >/dev/null
    on B contact edit "$n" --answers - <<<'{"note":"Rang twice."}' >/dev/null
    assert_exit 5 pass B A two.dolen
    assert_json "$OUT" .waiting 1
    assert_exit 0 on A --lang en handover conflicts
    assert_has "which contact" "$OUT" "Eirlys Prawf · Contact · 12 Jan 2026"
    c=$(on A --json handover conflicts | json .items[0].id)
    assert_exit 2 on A --lang en handover conflicts resolve "$c" b
    assert_has "why" "$ERR" "in the bin on one laptop"
    assert_exit 0 on A handover conflicts resolve "$c" 2
    assert_eq "out of the bin, with their words" "$(on A --json contact list "$p" | json .items[0].note)" "Rang twice."
}

# What a plan says stands in its form and in the goal: settled once, it is settled in both.
test_a_goal_that_both_wrote_is_settled_once() {
    two_laptops
    know_each_other
    accepted
    l=$(on A --json form fill plan --person "$p" --answers - <<<'{"goals":[{"goal":"Sing","rating_now":3}]}' | id)
    pass A B one.dolen >/dev/null
    on A form fill plan --person "$p" --record "$l" --answers - <<<'{"goals":[{"goal":"Sing at home","rating_now":3}]}' >/dev/null
    on B form fill plan --person "$p" --record "$l" --answers - <<<'{"goals":[{"goal":"Sing in a choir","rating_now":3}]}' >/dev/null
    assert_exit 5 pass B A two.dolen
    c=$(on A --json handover conflicts | json .items[0].id)
    assert_exit 0 on A handover conflicts resolve "$c" 2
    assert_exit 0 on A --lang en handover conflicts
    assert_has "the other one with it" "$OUT" "No difference waits"
}

# Two periods of support may have the same goal: each is settled with its own plan.
test_a_goal_is_settled_with_the_plan_of_its_own_period() {
    two_laptops
    know_each_other
    for i in 1 2; do
        accepted
        l[i]=$(on A --json form fill plan --person "$p" --answers - <<<'{"goals":[{"goal":"Sing","rating_now":3}]}' | id)
        e[i]=$(on A --json episode list "$p" | json .items[0].id)
        [ $i = 2 ] || on A form fill closure --person "$p" --answers - <<<'{"closed_on":"2026-01-20","reason":"GOALS_MET"}' >/dev/null
    done
    pass A B one.dolen >/dev/null
    for i in 1 2; do
        on A form fill plan --person "$p" --record "${l[i]}" --answers - <<<'{"goals":[{"goal":"Sing at home","rating_now":3}]}' >/dev/null
        on B form fill plan --person "$p" --record "${l[i]}" --answers - <<<'{"goals":[{"goal":"Sing in a choir","rating_now":3}]}' >/dev/null
    done
    assert_exit 5 pass B A two.dolen
    on A --json handover conflicts >waiting
    for i in 1 2; do       # the one whose goal is not the first that waits
        assert_exit 0 on A --json episode show "${e[i]}" --as-of 2030-01-01
        grep -q "\"kind\":\"goal\",\"record\":\"$(json .goals[0].id <<<"$OUT")\".*\"kind\":\"goal\"" waiting || second=$i
    done
    c=$(sed 's/{"id"/\n&/g' waiting | sed -n "/\"record\":\"${l[second]}\"/s/^{\"id\":\"\([^\"]*\)\".*/\1/p")
    assert_exit 0 on A handover conflicts resolve "$c" 2
    assert_exit 0 on A --json episode show "${e[second]}" --as-of 2030-01-01
    assert_json "$OUT" .goals[0].goal "Sing in a choir"
    assert_exit 0 on A --json episode show "${e[3 - second]}" --as-of 2030-01-01
    assert_json "$OUT" .goals[0].goal "Sing at home"
    assert_eq "the other period waits" "$(on A --json handover conflicts | json count .items)" 2
}

test_both_cannot_stand_in_a_name() {
    two_laptops
    know_each_other
    pass A B one.dolen >/dev/null
    set_field A '{"preferred_name":"Lys"}'
    set_field B '{"preferred_name":"Eiri"}'
    assert_exit 5 pass B A two.dolen
    c=$(on A --json handover conflicts | json .items[0].id)
    assert_exit 2 on A handover conflicts resolve "$c" b
    assert_exit 0 on A handover conflicts resolve "$c" 2
    assert_eq "theirs" "$(field A preferred_name)" Eiri
}

test_a_protected_value_is_dots_in_the_list() {
    two_laptops
    know_each_other
    set_field A '{"safe_contact":"YES","phone":"02920990000"}'
    pass A B one.dolen >/dev/null
    set_field A '{"phone":"02920990001"}'
    set_field B '{"phone":"02920990002"}'
    assert_exit 5 pass B A two.dolen
    for how in "" --json; do
        assert_exit 0 on A $how handover conflicts
        OUT=$(sed 's/"[0-9a-f-]\{32,36\}"/ID/g' <<<"$OUT")          # which may have any digits
        assert_has "the field" "${OUT,,}" phone
        assert_has_not "mine" "$OUT" 990001
        assert_has_not "theirs" "$OUT" 990002
    done
    # which of the two is right cannot be told from dots: asked for one by one they are read out, which the history says
    d=$(on A --json handover conflicts | json .items[0].id)
    for how in "" --json; do
        assert_exit 0 on A $how handover conflicts show "$d"
        assert_has "mine" "${OUT// /}" 990001
        assert_has "theirs" "${OUT// /}" 990002
    done
    assert_has "in the history" "$(on A --lang en history list "$p")" "Shown on the screen: Phone"
    for how in "" --json; do
        assert_exit 0 on A $how history list "$p"
        assert_has_not "not read out by another command" "$OUT" 990002
    done
}

# A question that a rule passed over has no answer of anybody's: it is not asked about, and never goes before an answer.
test_what_a_rule_passed_over_is_no_answer() {
    two_laptops
    know_each_other
    set_field A '{"safe_contact":"NO"}'
    pass A B one.dolen >/dev/null
    set_field A '{"gp_practice":"Y Feddygfa"}'
    set_field B '{"safe_contact":"YES","safe_when":"mornings only"}'
    assert_exit 0 pass B A two.dolen
    assert_eq "it came" "$(field A safe_when)" "mornings only"
    assert_exit 0 pass A B three.dolen
    assert_has_not "told as if answered" "$OUT" SKIP
    assert_eq "it stays there" "$(field B safe_when)" "mornings only"
    assert_eq "and both say the same" "$(field A safe_contact)" "$(field B safe_contact)"
    # passed over by a rule here, answered anew there: the answer stands, on both, and nobody is asked
    set_field A '{"safe_contact":"NO"}'
    set_field B '{"safe_when":"evenings only"}'
    assert_exit 0 pass B A four.dolen
    assert_eq "the answer" "$(field A safe_when)" "evenings only"
    assert_exit 0 pass A B five.dolen
    assert_eq "the answer there" "$(field B safe_when)" "evenings only"
    assert_eq "and the rest" "$(field B safe_contact)" NO
}

# Both wrote the same, each by hand: opening that changes nothing, and there is nothing that "undo" could take back by it.
test_the_same_on_both_sides_is_nothing_to_take_back() {
    two_laptops
    know_each_other
    pass A B one.dolen >/dev/null
    set_field A '{"gp_practice":"Y Feddygfa"}'
    set_field B '{"gp_practice":"Y Feddygfa"}'
    assert_exit 0 pass B A two.dolen
    assert_eq "nothing is new" "$(json count .taken <<<"$OUT")" 0
    assert_exit 1 on A handover undo --yes
}

test_an_unknown_signer_is_refused_until_trusted() {
    two_laptops
    on A handover make "$p" --to B.json --out one.dolen >/dev/null 2>err
    assert_has "the fingerprint to compare" "$(cat err)" "$(on B --json handover peers | json .items[0].fingerprint)"
    head=$(on B audit head)
    assert_exit 1 on B handover open one.dolen
    assert_sentence
    assert_has "the way to trust" "$ERR" "handover trust"
    print=$(on A --json handover peers | json .items[0].fingerprint)
    assert_exit 1 on B handover trust A.json --fingerprint "0000 $print"
    assert_exit 0 on B handover trust A.json --fingerprint "$print"
    assert_has "fingerprint" "$OUT" "$print"
    assert_exit 0 on B handover open one.dolen
    assert_exit 1 on B handover trust B.json
    assert_sentence
}

test_damaged_cut_and_foreign_files_change_nothing() {
    two_laptops
    know_each_other
    on A handover make "$p" --to B.json --out one.dolen >/dev/null
    head=$(on B audit head)
    size=$(stat -c %s one.dolen)
    for at in 5 120 250 400 700 $((size / 2)) $((size - 3)); do
        cp one.dolen bad
        change_byte bad "$at"
        set +e; on B handover open bad >out 2>err; rc=$?; set -e
        [ "$rc" -eq 2 ] || [ "$rc" -eq 1 ] || fail "byte $at: exit $rc: $(cat err)"
    done
    for n in 0 10 200 300 $((size - 1)) $((size / 2)); do
        head -c "$n" one.dolen >bad
        assert_exit 2 on B handover open bad
        assert_sentence
    done
    assert_exit 1 on A handover open one.dolen
    assert_has "whose" "$ERR" "made on this laptop"
    assert_eq "head" "$(on B audit head)" "$head"
    assert_exit 1 on A handover make "$p" --to B.json --out one.dolen
    assert_sentence
}

test_a_file_for_another_laptop_says_so() {
    two_laptops
    know_each_other
    new_laptop C
    on C source show >C.json
    on A handover make "$p" --to C.json --out one.dolen >/dev/null 2>&1
    assert_exit 3 on B handover open one.dolen
    assert_has "for whom" "$ERR" "sealed for another laptop"
}

test_nothing_goes_between_training_and_real() {
    two_laptops
    printf 'ymarfer\n' | "$BUILD/dolen" --file "$HOME/T" practice new --cases 1 --seed 3 --passphrase-fd 0 >/dev/null 2>&1
    "$BUILD/dolen" --file "$HOME/T" --passphrase-fd 3 source show 3<<<ymarfer >T.json
    assert_exit 1 on A handover make "$p" --to T.json --out one.dolen
    assert_has "why" "$ERR" "training"
    assert_exit 1 on A handover trust T.json
    assert_exit 1 "$BUILD/dolen" --file "$HOME/T" --passphrase-fd 3 handover trust A.json 3<<<ymarfer
    on A handover make "$p" --to B.json --out real.dolen >/dev/null 2>&1
    assert_exit 1 "$BUILD/dolen" --file "$HOME/T" --passphrase-fd 3 handover open real.dolen 3<<<ymarfer
    q=$("$BUILD/dolen" --file "$HOME/T" --passphrase-fd 3 --json person list 3<<<ymarfer | json .items[0].id)
    assert_exit 1 "$BUILD/dolen" --file "$HOME/T" --passphrase-fd 3 handover make "$q" --to A.json --out invented.dolen 3<<<ymarfer
    assert_has "why" "$ERR" "training"
    assert_no_file invented.dolen
    assert_no_file one.dolen
}

test_taking_over_many_records_is_asked_about() {
    two_laptops
    know_each_other
    for day in 05 06; do
        on A referral add "$p" --answers - <<<"{\"received_on\":\"2026-01-$day\",\"route\":\"SELF\",\"source\":\"SELF\"}" >/dev/null
    done
    on A handover make "$p" --to B.json --out one.dolen >/dev/null
    n=$(on B --json verify | json .changes)
    assert_exit 1 on B --lang en handover open one.dolen
    assert_has "how many, and what" "$ERR" "5 records are new or changed (Person: 1; Referral: 2; Thing to do: 2)."
    assert_has "the list first" "$ERR" "  Referral, Eirlys"
    assert_has "what to do" "$ERR" "--yes"
    assert_exit 0 on B --json handover open one.dolen --dry-run
    assert_json "$OUT" .records 5
    assert_has "each of them" "$(json '.would_change[]' <<<"$OUT")" "Person, Eirlys"
    assert_eq "nothing came" "$(on B --json verify | json .changes)" "$n"
    assert_exit 0 on B handover open --yes one.dolen
    assert_exit 0 on B handover open one.dolen
}

test_taking_back_a_whole_person_is_asked_about() {
    two_laptops
    know_each_other
    for day in 05 06 07 08; do
        on A --json referral add "$p" --answers - <<<"{\"received_on\":\"2026-01-$day\",\"route\":\"SELF\",\"source\":\"SELF\"}" >/dev/null
    done
    pass A B one.dolen >/dev/null
    n=$(on B --json verify | json .changes)
    assert_exit 1 on B --lang en handover undo
    assert_has "how many, and what" "$ERR" "changes that the last handover brought would be taken back."
    assert_has "the list first" "$ERR" "  Referral, Eirlys"
    assert_has "what to do" "$ERR" "--yes"
    assert_eq "nothing went" "$(on B --json verify | json .changes)" "$n"
    assert_exit 0 on B handover undo --yes
    assert_has "in the bin" "$(on B --json bin list)" "$p"
    assert_exit 0 on B --lang en handover open --yes one.dolen
    assert_has "said, for it is there again" "$OUT" "new: Person, 1"
    assert_eq "there again" "$(on B --json person list | json .items[0].id)" "$p"
    assert_exit 0 on B --lang en handover open --yes one.dolen
    assert_has "and no second time" "$OUT" "Nothing in it is new here."
}

test_a_file_that_is_no_identity_is_named_for_what_it_should_be() {
    two_laptops
    echo 'Annwyl Nia' >letter.txt
    assert_exit 2 on A --lang en handover make "$p" --to "$PWD/letter.txt" --out one.dolen
    assert_has "what it is not" "$ERR" "not a laptop's identity"
    assert_has "which one to choose" "$ERR" "dolen source show"
    assert_exit 2 on B --lang en handover trust letter.txt
    assert_has "the same" "$ERR" "not a laptop's identity"
    assert_exit 2 on B --lang en handover open A.json
    assert_has "the other way round" "$ERR" "a laptop's identity, not a handover"
}

test_undo_is_one_step_and_the_history_names_the_laptop() {
    two_laptops
    know_each_other
    pass A B one.dolen >/dev/null
    set_field A '{"preferred_name":"Lys","gp_practice":"Y Feddygfa"}'
    pass A B two.dolen >/dev/null
    assert_eq "came" "$(field B preferred_name)" Lys
    assert_exit 0 on B --lang en handover undo --dry-run
    assert_has "one, in the singular" "$OUT" "1 change that the last handover brought would be taken back."
    assert_eq "a dry run changes nothing" "$(field B preferred_name)" Lys
    assert_exit 0 on B handover undo
    assert_has_not "gone again" "$(on B --json person show "$p")" "Y Feddygfa"
    assert_exit 0 on B handover open two.dolen
    assert_eq "comes again" "$(field B preferred_name)" Lys
    on B sar "$p" --to out --reviewed >/dev/null 2>&1
    assert_has "from whom" "$(cat out/record.json)" "from another laptop: "
    assert_exit 0 on B audit verify
    assert_exit 0 on A forget "$p" --dry-run
    assert_has "where the person is still held" "$OUT" handover
}

test_a_whole_case_goes_with_its_directory_entry_and_definitions() {
    two_laptops
    know_each_other
    r=$(on A --json referral add "$p" --answers - <<<'{"received_on":"2026-01-05","route":"PROFESSIONAL","source":"GPPR"}' | id)
    on A --json referral decide "$r" --answers - <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}' >/dev/null
    a=$(on A --json asset add --answers - <<<'{"name_en":"Quokka club"}' | id)
    on A --json form fill connection --person "$p" --asset "$a" --answers - <<<'{"kind":"REFERRED"}' >/dev/null
    on A --json form fill conversation --person "$p" --answers - <<<'{"held_on":"2026-01-09","own_words":"Singing"}' >/dev/null
    on A --json form fill plan --person "$p" --answers - <<<'{"goals":[{"goal":"Sing again","rating_now":3}]}' >/dev/null
    assert_exit 0 pass A B one.dolen
    assert_json "$OUT" .added.asset 1
    assert_json "$OUT" .added.connection 1
    assert_json "$OUT" .added.goal 1
    assert_json "$OUT" .added.rating 1
    assert_exit 0 on B verify
    assert_eq "asset" "$(on B --json asset list | json .items[0].name)" "Quokka club"
    on B sar "$p" --to out >/dev/null 2>&1
    assert_has "the conversation with its own question" "$(cat out/record.txt)" "Singing"
}

# A note that is too long is cut between two characters, and the file's own name is what is kept of a long path.
test_the_note_of_a_handover_keeps_whole_letters_and_the_files_name() {
    two_laptops
    sed -i 's/"name": *"[^"]*"/"name": "Gŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵn"/' B.json
    on A handover trust B.json >/dev/null
    mkdir "$HOME/ffolder-a-rhagor-o-ffolderi-a-rhagor-eto"
    assert_exit 0 on A handover make "$p" --to B.json --out "$HOME/ffolder-a-rhagor-o-ffolderi-a-rhagor-eto/eirlys.dolen"
    assert_exit 0 on A forget "$p" --dry-run
    assert_has "which file" "$OUT" "eirlys.dolen"
    assert_has "what it was, in the history" "$(on A --lang en history list "$p")" "Sealed for another laptop"
    iconv -f UTF-8 -t UTF-8 "$HOME/.out" >/dev/null || fail "half a letter"
    assert_has_not "half a letter" "$OUT" $'\xef\xbf\xbd'
}

# Sealed all the same: whom a file is for is the practitioner's to know. But nobody seals it without having read it.
test_a_handover_that_was_refused_is_said() {
    local said
    two_laptops
    on A handover trust B.json >/dev/null
    permission() { on A consent add "$p" --answers - <<<"{\"recipient\":\"$1\",\"purpose\":\"$2\",\"state\":\"$3\",\"state_on\":\"$4\"}" >/dev/null; }
    permission "Jo, Swansea" HANDOVER GIVEN 2026-01-05
    permission "Y Bwrdd" REPORTING WITHDRAWN 2026-01-05
    assert_exit 0 on A handover make "$p" --to B.json --out one.dolen
    assert_has_not "given" "$ERR" "Said no"
    permission "jo, swansea" HANDOVER WITHDRAWN 2026-01-06
    assert_exit 0 on A --lang en handover make "$p" --to B.json --out two.dolen
    assert_has "withdrawn" "$ERR" "Said no on 6 Jan 2026 to handing over to jo, swansea."
    permission "Jo, Swansea" HANDOVER GIVEN 2026-01-07
    assert_exit 0 on A --lang en handover make "$p" --to B.json --out three.dolen
    assert_has_not "given again" "$ERR" "Said no"
}

run_tests "$@"
