#!/bin/bash
# Records by command: answers in, JSON out, the safe-contact rule, history, search, worklist, forms.
. "$(dirname "$0")/../lib/cli.sh"

# A message as the catalogue has it.
msg() { msgunfmt "$BUILD/locale/$1/LC_MESSAGES/dolen.mo" | sed -n "/^msgid \"$2\"\$/{n;s/^msgstr \"\(.*\)\"\$/\1/p}"; }
id() { sed -n 's/^{"id":"\([^"]*\)".*/\1/p'; }
person() { dolen --json person add --answers - <<<"$1" | id; }
answers() { local cmd=$1; shift; dolen --json $cmd "$@" --answers -; }

test_a_person_needs_only_one_name() {
    new_case
    assert_exit 0 answers "person add" <<<'{"preferred_name":"Nain"}'
    assert_exit 2 answers "person add" <<<'{"phone":"029 2018 0001"}'
    assert_sentence
}

test_refused_answers_change_nothing() {
    new_case
    for bad in '{"given_name":"A","nhs_number":"999 000 0019"}' '{"given_name":"A","birth_date":"2026-02-30"}' \
               '{"given_name":"A","speak_language":"KLINGON"}' '{"given_name":"A","nickname":"B"}' '{"given_name":' '[]'; do
        assert_exit 2 answers "person add" <<<"$bad"
        assert_sentence
    done
    assert_exit 0 dolen --json person list
    assert_eq "people" "$(json count .items <<<"$OUT")" 0
}

test_missing_states_are_kept_apart_from_blank() {
    new_case
    p=$(person '{"given_name":"A","birth_date":{"missing":"not_known"},"gp_practice":{"missing":"prefer_not"}}')
    assert_exit 0 dolen --json person show "$p"
    assert_json "$OUT" .missing.birth_date not_known
    assert_json "$OUT" .missing.gp_practice prefer_not
    assert_has_not "nothing made up" "$OUT" '"birth_date":"1'
}

test_safe_contact_hides_values_until_revealed_and_says_so_in_history() {
    new_case
    p=$(person '{"given_name":"A","family_name":"B","phone":"029 2018 0123","email":"a@example.org","address":"1 Stryd Prawf","postcode":"CF99 1NA","safe_contact":"YES","safe_message":"NO"}')
    assert_exit 0 dolen --json person show "$p"
    for hidden in 02920180123 "2018 0123" a@example.org "Stryd Prawf" "CF99"; do
        assert_has_not "show" "$OUT" "$hidden"
    done
    for list in "person list" "search B" "search CF99" "worklist" "person list --match B"; do
        assert_exit 0 dolen --json $list
        assert_has_not "$list" "$OUT" "CF99"
        assert_has_not "$list" "$OUT" "0123"
    done
    before=$(dolen --json verify | json .changes)
    assert_exit 0 dolen --json person show "$p" --reveal
    assert_has "revealed" "$OUT" "a@example.org"
    assert_eq "history" "$(dolen --json verify | json .changes)" "$((before + 1))"
}

test_people_are_found_folded_by_prefix_tail_and_slip() {
    new_case
    person '{"given_name":"Ŵyn","family_name":"Llewelyn","preferred_name":"Wynnie","nhs_number":"999 000 0018","phone":"029 2018 0456","postcode":"LL99 1ZZ"}' >/dev/null
    person '{"given_name":"Mair","family_name":"Davies"}' >/dev/null
    for typed in wyn "ŵyn" LLEW "llewelyn wyn" wynnie 0456 9990000018 "ll99 1zz" lewelyn llewleyn; do
        assert_exit 0 dolen --json search "$typed"
        assert_has "$typed" "$OUT" "Llewelyn"
        assert_has_not "$typed" "$OUT" "Davies"
    done
    assert_exit 0 dolen --json person list --match "ŵyn"
    assert_json "$OUT" .items[0].name "Wynnie Llewelyn"
}

test_welsh_letters_sort_as_letters() {
    new_case
    for n in Lloyd Lyn Chivers Cynan Dafydd Ddole; do person "{\"given_name\":\"X\",\"family_name\":\"$n\"}" >/dev/null; done
    assert_exit 0 dolen person list
    assert_eq "order" "$(echo "$OUT" | awk '{print $NF}' | tr '\n' ' ')" "Cynan Chivers Dafydd Ddole Lyn Lloyd "
}

# Waiting for a decision is the same on Today and in the inbox; who is on the waiting list, or put off, waits for something else.
test_what_waits_for_a_decision_is_counted_in_one_way() {
    local p r kinds
    new_case
    p=$(person '{"given_name":"Eirlys","family_name":"Prawf"}')
    r=$(answers "referral add $p" <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF"}' | id)
    waiting() { dolen --json worklist | grep -o '"REFERRAL_WAITING"\|"WAITING_LIST"\|"REFERRAL_PUT_OFF"' | tr -d '"\n'; }
    inbox() { dolen --json referral list | json count .items; }
    assert_eq "new" "$(waiting) $(inbox)" "REFERRAL_WAITING 1"
    answers "referral decide $r" <<<'{"decision":"WAITING","decided_on":"2026-01-07"}' >/dev/null
    assert_eq "on the waiting list" "$(waiting) $(inbox)" "WAITING_LIST 0"
    dolen --lang en worklist | grep -q "accepted, on the waiting list for" || fail "not said: $(dolen --lang en worklist)"
    answers "referral decide $r" <<<'{"decision":"SERIOUS_FIRST","decided_on":"2026-01-08"}' >/dev/null
    assert_eq "put off" "$(waiting) $(inbox)" "REFERRAL_PUT_OFF 0"
    answers "referral decide $r" <<<'{"decision":"ACCEPTED","decided_on":"2026-01-09"}' >/dev/null
    assert_eq "accepted" "$(waiting) $(inbox)" " 0"
}

# Between a yes and the first word nobody is forgotten: a call in vain changes nothing, nor does one to somebody else.
test_whoever_is_accepted_stands_on_today_until_somebody_speaks_to_them() {
    local p r
    open_due() { dolen --json worklist | grep -o '"FIRST_CONTACT"\|"FOLLOW_UP"' | tr -d '"\n'; }
    called() { answers "contact add $p" <<<"$1" >/dev/null; }
    accepted() {
        p=$(person "{\"given_name\":\"$1\",\"family_name\":\"Prawf\"}")
        r=$(answers "referral add $p" <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF","urgency":"URGENT"}' | id)
        answers "referral decide $r" <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}' >/dev/null
    }
    new_case
    accepted Eirlys
    assert_eq "accepted" "$(open_due)" FIRST_CONTACT
    dolen --lang en worklist | grep -q "urgent: accepted .* days ago, no contact yet" || fail "$(dolen --lang en worklist)"
    called '{"held_on":"2026-01-08","kind":"PHONE","result":"NO_ANSWER"}'
    called '{"held_on":"2026-01-08","kind":"PHONE","with_whom":"REFERRER","result":"ATTENDED"}'
    assert_eq "nobody spoke to them" "$(open_due)" FIRST_CONTACT
    called '{"held_on":"2026-01-09","kind":"PHONE","with_whom":"PERSON","result":"NO_ANSWER","next_on":"2026-01-12"}'
    assert_eq "they are rung again" "$(open_due)" FOLLOW_UP
    dolen history undo "$(dolen --json history list "$p" | tr '{' '\n' | grep '"kind":"contact"' | head -n 1 |
                          sed 's/.*"change":\([0-9]*\).*/\1/')" >/dev/null
    assert_eq "taken back" "$(open_due)" FIRST_CONTACT
    called '{"held_on":"2026-01-09","kind":"PHONE","with_whom":"PERSON","result":"ATTENDED"}'
    assert_eq "spoken to" "$(open_due)" ""
    accepted Non
    answers "form fill plan --person $p" <<<'{"goals":[{"goal":"Sing"}]}' >/dev/null
    assert_eq "planned with" "$(open_due)" ""
    accepted Mair
    answers "form fill conversation --person $p" <<<'{"own_words":"Singing"}' >/dev/null
    assert_eq "talked with" "$(open_due)" ""
    accepted Gwen
    answers "form fill closure --person $p" <<<'{"closed_on":"2026-01-12","reason":"CHOSE_TO_STOP"}' >/dev/null
    assert_eq "closed" "$(open_due)" ""
    dolen episode reopen "$(dolen --json episode list "$p" | json .items[0].id)" --why "She rang" >/dev/null
    assert_eq "opened again" "$(open_due)" FIRST_CONTACT
    answers "referral decide $r" <<<'{"decision":"DECLINED","decision_reason":"NOT_WANTED","decided_on":"2026-01-13"}' >/dev/null
    assert_eq "not accepted after all" "$(open_due)" ""
    assert_exit 0 dolen verify
}

test_the_way_through_a_case_makes_and_ends_its_tasks() {
    new_case
    p=$(person '{"given_name":"Eirlys","family_name":"Prawf"}')
    r=$(answers "referral add $p" <<<'{"received_on":"2026-01-05","route":"PROFESSIONAL","source":"GPPR","referrer_name":"Dr Test","feedback_wanted":"YES","reasons":["LONELINESS"]}' | id)
    dolen --json worklist | grep -q REFERRAL_WAITING || fail "a referral waits"
    answers "referral decide $r" <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}' >/dev/null
    assert_exit 0 dolen --json worklist
    assert_has_not "decided" "$OUT" REFERRAL_WAITING
    answers "contact add $p" <<<'{"held_on":"2026-01-09","kind":"PHONE","result":"NO_ANSWER","next_on":"2026-01-16"}' >/dev/null
    dolen --json worklist | grep -q FOLLOW_UP || fail "a follow-up is due"
    answers "form fill plan --person $p" <<<'{"goals":[{"goal":"Sing","rating_now":2}],"agreed":true,"agreed_on":"2026-01-09","review_on":"2026-02-01"}' >/dev/null
    dolen --json worklist | grep -q '"REVIEW"' || fail "a review is due"
    answers "form fill closure --person $p" <<<'{"closed_on":"2026-03-01","reason":"GOALS_MET"}' >/dev/null
    assert_exit 0 dolen --json worklist
    assert_has "feedback" "$OUT" FEEDBACK_OWED
    assert_has_not "closed" "$OUT" FOLLOW_UP
    assert_has_not "closed" "$OUT" '"REVIEW"'
    assert_exit 0 dolen verify
}

# By command too: nothing new in what is closed, whatever happened meanwhile can be written down.
test_nothing_is_begun_in_a_closed_period_of_support() {
    local a
    taken_on
    a=$(answers "asset add" <<<'{"name_en":"Prawf choir","category":"ARTS"}' | id)
    answers "form fill closure --person $p" <<<'{"closed_on":"2026-03-01","reason":"GOALS_MET"}' >/dev/null
    for form in "plan --person $p" "review --person $p" "conversation --person $p" "connection --person $p --asset $a"; do
        assert_exit 1 answers "form fill $form" <<<'{"goals":[{"goal":"Sing"}],"kind":"SIGNPOSTED","status":"AGREED","what_matters":"Singing"}'
        assert_has "$form" "$ERR" "was closed on 1 Mar 2026"
    done
    answers "contact add $p" <<<'{"held_on":"2026-02-09","kind":"PHONE","result":"ATTENDED"}' >/dev/null
    answers "form fill closure --person $p" <<<'{"closing_note":"Well again"}' >/dev/null
    dolen episode reopen "$(dolen --json episode list "$p" | json .items[0].id)" --why "She rang" >/dev/null
    answers "form fill plan --person $p" <<<'{"goals":[{"goal":"Sing"}]}' >/dev/null
    assert_exit 0 dolen verify
}

# The small area is that of the postcode: who moves leaves it behind, unless the new one is said along.
test_another_postcode_leaves_the_small_area_behind() {
    local area
    new_case
    p=$(person '{"given_name":"Eirlys","family_name":"Prawf","postcode":"LL99 1ZZ","lsoa":"W01000111"}')
    area() { dolen --json person show "$p" | json .lsoa 2>/dev/null; }
    answers "person edit $p" <<<'{"given_name":"Eirlys Ann"}' >/dev/null
    assert_eq "another name" "$(area)" W01000111
    answers "person edit $p" <<<'{"postcode":"ll99 1zz"}' >/dev/null
    assert_eq "the same postcode" "$(area)" W01000111
    answers "person edit $p" <<<'{"postcode":"LL99 2ZZ","lsoa":"W01000111"}' >/dev/null
    assert_eq "both said" "$(area)" W01000111
    answers "person edit $p" <<<'{"postcode":"LL99 3ZZ"}' >/dev/null
    assert_eq "moved" "$(area)" ""
}

# Which referral it repeats is the reason.
test_a_duplicate_is_asked_for_no_main_reason() {
    new_case
    p=$(person '{"given_name":"Eirlys","family_name":"Prawf"}')
    r=$(answers "referral add $p" <<<'{"received_on":"2026-01-05","source":"SELF"}' | id)
    assert_exit 2 answers "referral decide $r" <<<'{"decision":"DUPLICATE","decision_reason":"OTHER","decided_on":"2026-01-07"}'
    assert_exit 0 answers "referral decide $r" <<<'{"decision":"DUPLICATE","decided_on":"2026-01-07"}'
}

# Somebody with an open period of support, in $p.
taken_on() {
    new_case
    p=$(person '{"given_name":"Eirlys","family_name":"Prawf"}')
    r=$(answers "referral add $p" <<<'{"received_on":"2026-01-05","source":"SELF"}' | id)
    assert_eq "the route follows" SELF "$(dolen referral show "$r" --json | json .route)"
    assert_has "a day as people read it" "$(dolen referral list "$p")" "5 Jan 2026"
    assert_has "and in Welsh" "$(dolen --lang cy referral list "$p")" "5 Ion 2026"
    answers "referral decide $r" <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}' >/dev/null
}
sql() { { printf 'PRAGMA key="%s";\n' "$(dolen keys show-raw 2>/dev/null)"; printf '%s;\n' "$1"; } | sqlcipher "$CASE/case.db" | tail -n +2; }

test_a_contact_put_right_or_written_down_late_leaves_the_follow_up() {
    taken_on
    first=$(answers "contact add $p" <<<'{"held_on":"2026-01-09","kind":"PHONE","result":"NO_ANSWER"}' | id)
    last=$(answers "contact add $p" <<<'{"held_on":"2026-01-12","kind":"PHONE","result":"NO_ANSWER","next_on":"2026-01-16"}' | id)
    answers "contact edit $first" <<<'{"note":"rang twice"}' >/dev/null
    answers "contact add $p" <<<'{"held_on":"2026-01-10","kind":"TEXT","result":"NO_ANSWER"}' >/dev/null
    assert_exit 0 dolen --json worklist
    assert_has "the agreed follow-up" "$OUT" FOLLOW_UP
    answers "contact edit $last" <<<'{"next_on":null}' >/dev/null
    assert_exit 0 dolen --json worklist
    assert_has_not "taken away" "$OUT" FOLLOW_UP
}

test_a_call_in_vain_leaves_what_was_due() {
    taken_on
    answers "contact add $p" <<<'{"held_on":"2026-01-09","kind":"PHONE","result":"ATTENDED","next_on":"2026-01-16"}' >/dev/null
    answers "contact add $p" <<<'{"held_on":"2026-01-16","kind":"PHONE","result":"NO_ANSWER"}' >/dev/null
    assert_has "nobody answered" "$(dolen --json worklist)" '"FOLLOW_UP","due":"2026-01-16"'
    answers "contact add $p" <<<'{"held_on":"2026-01-17","kind":"PHONE","result":"DNA","next_on":"2026-01-20"}' >/dev/null
    assert_has_not "a new day takes its place" "$(dolen --json worklist)" '"due":"2026-01-16"'
    assert_has "the new day" "$(dolen --json worklist)" '"FOLLOW_UP","due":"2026-01-20"'
    answers "contact add $p" <<<'{"held_on":"2026-01-20","kind":"PHONE","result":"ATTENDED"}' >/dev/null
    assert_has_not "it took place" "$(dolen --json worklist)" FOLLOW_UP
}

# The day to come back to something serious: a contact ends it that reached the person, and not the one it came up in.
# A training file, because there the day can be said.
test_a_follow_up_after_something_serious_waits_for_the_person() {
    export DOLEN_TODAY=2026-01-12
    new_practice 1
    p=$(person '{"given_name":"Eirlys","family_name":"Prawf"}')
    r=$(answers "referral add $p" <<<'{"received_on":"2026-01-05","source":"SELF"}' | id)
    answers "referral decide $r" <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}' >/dev/null
    noted() { answers "form fill concern --person $p" <<<'{"noted_on":"2026-01-12","what_seen":"Said so.","follow_up_on":"2026-01-15"}' >/dev/null; }
    met() { answers "contact add $p" <<<"{\"held_on\":\"$1\",\"kind\":\"PHONE\",\"with_whom\":\"$2\",\"result\":\"$3\"}" >/dev/null; }
    due() { sql "SELECT count(*) FROM task WHERE kind = 'FOLLOW_UP' AND due_on = '2026-01-15' AND done_on IS NULL"; }
    noted
    assert_eq "as noted" "$(due)" 1
    met 2026-01-12 PERSON ATTENDED
    assert_eq "the contact it came up in" "$(due)" 1
    export DOLEN_TODAY=2026-01-13
    met 2026-01-13 PROFESSIONAL ATTENDED
    assert_eq "a call to the surgery" "$(due)" 1
    met 2026-01-13 PERSON NO_ANSWER
    assert_eq "no answer" "$(due)" 1
    met 2026-01-13 PERSON_OTHERS ATTENDED
    assert_eq "reached the day after" "$(due)" 0
    export DOLEN_TODAY=2026-01-15
    noted
    met 2026-01-15 PERSON ATTENDED
    assert_eq "reached on the day" "$(due)" 0
    assert_exit 0 dolen verify
}

test_a_first_rating_put_right_on_the_same_day_stays_the_first() {
    taken_on
    answers "form fill plan --person $p" <<<'{"goals":[{"goal":"Sing","rating_now":2}],"agreed":true,"agreed_on":"2026-01-09"}' >/dev/null
    answers "form fill plan --person $p" <<<'{"goals":[{"goal":"Sing","rating_now":3}],"agreed":true,"agreed_on":"2026-01-09"}' >/dev/null
    assert_eq "rating" "$(sql 'SELECT rating, stage FROM rating')" "3|BASELINE"
}

test_an_answer_taken_out_of_a_measure_is_no_longer_measured() {
    taken_on
    m=$(answers "form fill ons4 --person $p --stage BASELINE" <<<'{"satis":7,"worth":6,"happy":5,"anxious":4}' | id)
    answers "form fill ons4 --person $p --record $m --stage BASELINE" <<<'{"worth":{"missing":"prefer_not"}}' >/dev/null
    assert_eq "items" "$(sql "SELECT group_concat(item, ' ') FROM (SELECT item FROM measure WHERE binned_at IS NULL ORDER BY item)")" \
        "anxious happy satis"
}

test_words_of_a_review_stay_out_of_the_part_of_history_that_cannot_forget() {
    taken_on
    answers "form fill plan --person $p" <<<'{"goals":[{"goal":"Sing","rating_now":2}],"agreed":true,"agreed_on":"2026-01-09"}' >/dev/null
    answers "form fill review --person $p" <<<'{"held_on":"2026-02-01","ratings":[{"for_goal":1,"rating_now":3,"goal_state":"DROPPED","goal_why":"Private words of hers"}]}' >/dev/null
    assert_eq "state" "$(sql 'SELECT state FROM goal')" DROPPED
    assert_eq "why" "$(sql "SELECT count(*) FROM change WHERE why LIKE '%Private%'")" 0
}

test_nothing_is_filed_into_the_bin() {
    taken_on
    c=$(answers "contact add $p" <<<'{"held_on":"2026-01-09","kind":"PHONE","result":"NO_ANSWER"}' | id)
    dolen bin put "$c" --why mistake >/dev/null
    assert_exit 1 answers "contact edit $c" <<<'{"note":"rang twice"}'
    assert_sentence
    dolen bin put "$p" --why mistake >/dev/null
    assert_exit 1 answers "contact add $p" <<<'{"held_on":"2026-01-10","kind":"PHONE","result":"NO_ANSWER"}'
    assert_has "says what to do" "$ERR" "out of the bin"
    dolen bin restore "$p" >/dev/null
    assert_exit 0 answers "contact add $p" <<<'{"held_on":"2026-01-10","kind":"PHONE","result":"NO_ANSWER"}'
}

test_a_self_referral_owes_nobody_feedback() {
    new_case
    p=$(person '{"given_name":"Eirlys"}')
    r=$(answers "referral add $p" <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF"}' | id)
    answers "referral decide $r" <<<'{"decision":"DECLINED","decided_on":"2026-01-07"}' >/dev/null
    assert_exit 0 dolen --json worklist
    assert_has_not "worklist" "$OUT" FEEDBACK_OWED
}

test_nothing_about_an_episode_before_there_is_one() {
    new_case
    p=$(person '{"given_name":"Eirlys"}')
    assert_exit 1 answers "contact add $p" <<<'{"held_on":"2026-01-09","kind":"PHONE"}'
    assert_has "says why" "$ERR" "decide on the one that waits"
}

test_editing_keeps_what_is_not_named_and_clears_what_is_null() {
    new_case
    p=$(person '{"given_name":"Eirlys","phone":"029 2018 0001","gp_practice":"Prawf"}')
    answers "person edit $p" <<<'{"gp_practice":null,"family_name":"Rees"}' >/dev/null
    assert_exit 0 dolen --json person show "$p"
    assert_json "$OUT" .given_name Eirlys
    assert_json "$OUT" .family_name Rees
    assert_has "kept" "$OUT" 02920180001
    assert_has_not "cleared" "$OUT" gp_practice
}

test_shipped_definitions_have_no_findings() {
    PASS=
    assert_exit 0 dolen_raw form lint "$ROOT"/forms/*.yaml "$ROOT"/forms/*/*.yaml
}

test_a_form_without_its_welsh_is_shown_marked_and_reported() {
    PASS=
    printf 'form: x\nversion: 1\nkind: form\nsubject: person\ntitle: {en: Shoes, cy: Esgidiau}\nquestions:\n  - name: a\n    type: text\n    label: {en: Shoe size}\n' >"$HOME/x.yaml"
    assert_exit 0 dolen_raw --lang cy form preview "$HOME/x.yaml"
    assert_has "marked" "$OUT" "[en] Shoe size"
    assert_exit 2 dolen_raw form lint "$HOME/x.yaml"
    assert_has "reported" "$OUT" "x.yaml:9:12: cy"
}

# Put into the service's own folder, it takes the place of the shipped one and works, with answers filed to it.
test_a_service_form_without_its_welsh_is_loaded_and_filled() {
    new_case
    local id
    id=$(person '{"given_name":"Mair","family_name":"Davies"}')
    mkdir -p "$HOME/config/dolen/forms"
    printf 'form: shoes\nversion: 1\nkind: form\nsubject: person\ntitle: {en: Shoes}\nquestions:\n  - name: size\n    type: text\n    label: {en: Shoe size}\n' >"$HOME/config/dolen/forms/shoes.yaml"
    assert_exit 0 dolen --lang cy form preview shoes
    assert_has "title" "$OUT" "[en] Shoes"
    assert_has "question" "$OUT" "[en] Shoe size"
    printf '{"size":"7"}' >"$HOME/shoes.json"
    assert_exit 0 dolen --lang cy form fill shoes --person "$id" --answers "$HOME/shoes.json"
}

test_keys_as_an_option_and_as_a_command_say_the_same() {
    PASS=
    assert_exit 0 dolen_raw --lang en keymap
    local said=$OUT
    assert_exit 0 dolen_raw --lang en --keys
    assert_eq "the same" "$OUT" "$said"
    assert_has "an action" "$OUT" "view-changes"
}

test_the_keys_of_every_screen_are_listed() {
    assert_exit 0 dolen_raw --lang en keymap
    for name in hand-cases replay-before run-on forget-minutes; do
        grep -q "^[^ ].* $name " <<<"$OUT" || fail "no key is listed for $name"
    done
    assert_has "and no other for what is everywhere" "$OUT" "Enter                  open "
}
test_lint_names_line_and_column_and_exits_2() {
    PASS=
    printf 'form: x\nversion: 1\nkind: form\nsubject: person\ntitle: {en: X, cy: X}\nquestions:\n  - name: a\n    type: txt\n    label: {en: A}\n' >"$HOME/x.yaml"
    assert_exit 2 dolen_raw form lint "$HOME/x.yaml"
    assert_has "place" "$OUT" "x.yaml:8:"
    assert_has "place" "$OUT" "x.yaml:9:"
}

test_names_of_several_are_a_conflict_that_lists_them() {
    new_case
    person '{"given_name":"Mair","family_name":"Davies"}' >/dev/null
    person '{"given_name":"Mair","family_name":"Evans"}' >/dev/null
    assert_exit 5 dolen person show mair
    assert_has "both" "$ERR" "Davies"
    assert_has "both" "$ERR" "Evans"
    assert_exit 0 dolen person show "mair evans"
    assert_exit 5 dolen person show "mair evanz"
    assert_has "nearly" "$ERR" "Nobody is called \"mair evanz\""
    assert_has "which" "$ERR" "Mair Evans"
}

test_a_whole_name_is_not_refused_for_one_that_sounds_alike() {
    local cerys ceris
    new_case
    cerys=$(person '{"given_name":"Cerys","family_name":"Jones","birth_date":"1961-02-03"}')
    ceris=$(person '{"given_name":"Ceris","family_name":"Jones","birth_date":"1950-02-03"}')
    for typed in "Cerys Jones" "cerys  jônes" "Jones, Cerys"; do
        assert_exit 0 dolen person show "$typed"
        assert_has "the one who is called so" "$OUT" "$cerys"
        assert_eq "nothing more is said" "$ERR" ""
    done
    assert_exit 5 dolen person show "cery jones"
    assert_exit 0 dolen forget --dry-run "Cerys Jones"
    assert_has "of a similar name" "$ERR" "Taken to be Cerys Jones, born 1961. Of a similar name: $ceris Ceris Jones, born 1950."
    person '{"given_name":"Siân","family_name":"Cadwaladr","preferred_name":"Cerys","also_known_as":"Cerys Jones"}' >/dev/null
    assert_exit 5 dolen person show "Cerys Jones"
    assert_has "what tells them apart" "$ERR" "$cerys Cerys Jones, born 1961"
    assert_has "the other who is called so" "$ERR" "Cerys Cadwaladr"
    assert_has_not "who only sounds alike" "$ERR" "$ceris"
}

test_search_says_by_what_somebody_was_found() {
    new_case
    person '{"given_name":"Margaret","family_name":"Davies","preferred_name":"Peggy","phone":"029 2018 0123","nhs_number":"999 000 0018"}' >/dev/null
    assert_exit 0 dolen search margaret
    assert_has "given name" "$OUT" "Peggy Davies, given name: Margaret"
    assert_exit 0 dolen search peggy
    assert_has_not "the name itself" "$OUT" "Davies,"
    assert_exit 0 dolen --json search 180123
    assert_has "phone" "$OUT" '"met":"phone"'
    assert_has "its value" "$OUT" '"met_text":"029'
}

test_welsh_is_spoken_everywhere() {
    new_case
    assert_exit 0 dolen --lang cy worklist
    assert_eq "worklist" "$OUT" "$(msg cy "Nothing is due.")"
    assert_exit 0 dolen_raw --lang cy help
    assert_has "help" "$OUT" "achos"
}

test_help_on_one_command_of_two_words() {
    assert_exit 0 dolen_raw --lang en help person add
    assert_has "usage" "$OUT" "dolen person add"
    assert_has_not "no other" "$OUT" "person show"
    assert_exit 2 dolen_raw --lang en help person sing
    assert_has "named" "$ERR" '"person sing"'
}

test_a_refused_answer_says_where_its_names_stand() {
    new_case
    echo '{"given_name":"Mair","zzzzzz":"x"}' >p.json
    assert_exit 2 dolen person add --answers p.json
    assert_has "where" "$ERR" "dolen form preview person --names"
    assert_exit 0 dolen_raw --lang en form preview consent --names
    assert_has "a name" "$OUT" "notice_given  ["
    assert_has "a code" "$OUT" "OBJECTS  Given"
}

test_practice_people_are_the_same_from_the_same_seed() {
    DOLEN_TODAY=2026-03-09 dolen_raw --file "$HOME/a" practice new --cases 12 --seed 5 >/dev/null
    DOLEN_TODAY=2026-03-09 dolen_raw --file "$HOME/b" practice new --cases 12 --seed 5 >/dev/null
    PASS=ymarfer
    CASE=$HOME/a DOLEN_TODAY=2026-03-09 dolen --json person list >a.json
    CASE=$HOME/b DOLEN_TODAY=2026-03-09 dolen --json person list >b.json
    cmp a.json b.json
}
# Whatever form asks it: the names of columns are not for people.
test_a_person_is_shown_in_words_of_either_language() {
    local p
    new_case
    p=$(person '{"given_name": "Nia", "family_name": "Prawf", "address": "1 Stryd y Prawf\nLlanbrawf"}')
    dolen form fill language --person "$p" --answers - >/dev/null \
        <<<'{"speak_language": "CY", "active_offer": "CHOSE_WELSH", "offer_made_on": "2026-01-05"}'
    assert_exit 0 dolen --lang en person show "$p"
    assert_has "one line" "$OUT" "Address: 1 Stryd y Prawf, Llanbrawf"
    assert_has_not "no column" "$OUT" active_offer
    assert_has_not "no column" "$OUT" offer_made_on
    assert_has_not "no colon after a question" "$OUT" "?:"
    assert_exit 0 dolen --lang cy person show "$p"
    assert_has "in Welsh" "$OUT" "Cyfeiriad: 1 Stryd y Prawf, Llanbrawf"
    assert_has "in Welsh" "$OUT" "Pryd y gwnaed y cynnig? 5 Ion 2026"
}

# Permission that is in doubt, or that came from somebody whose authority nobody has seen, is not permission.
test_doubt_and_unseen_authority_never_count_as_given() {
    new_case
    p=$(person '{"given_name":"A","family_name":"Prawf"}')
    asked='"recipient":"Dr Puw","purpose":"FEEDBACK","state_on":"2026-01-08","how":"SPOKEN"'
    for who in '"given_by":"PERSON","understood":"DOUBT"' '"given_by":"ATTORNEY","given_by_name":"B","authority_seen":"NO"' \
               '"given_by":"DEPUTY","given_by_name":"B","authority_seen":"NO"' '"given_by":"ATTORNEY","given_by_name":"B"'; do
        assert_exit 2 answers "consent add $p" <<<"{$asked,$who,\"state\":\"GIVEN\"}"
        assert_has "why" "$ERR" "never counts as given"
        assert_exit 0 answers "consent add $p" <<<"{$asked,$who,\"state\":\"REFUSED\"}"
    done
    for who in '"given_by":"PERSON","understood":"SUPPORTED"' '"given_by":"ATTORNEY","given_by_name":"B","authority_seen":"YES"'; do
        assert_exit 0 answers "consent add $p" <<<"{$asked,$who,\"state\":\"GIVEN\"}"
    done
    assert_exit 0 dolen --json consent list "$p"
    assert_eq "all are kept" "$(json count .items <<<"$OUT")" 6
}

# ONS4 and the loneliness questions are for people of 16 and over, by whatever way they are asked.
test_a_measure_for_adults_is_not_filled_in_for_a_child() {
    new_case
    p=$(person '{"given_name":"A","family_name":"Prawf","birth_date":"2014-05-01"}')
    r=$(answers "referral add $p" <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF"}' | id)
    answers "referral decide $r" <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}' >/dev/null
    for form in ons4 ons-loneliness; do
        assert_exit 1 answers "form fill $form --person $p --stage BASELINE" <<<'{}'
        assert_has "why" "$ERR" "people of 16 and over"
    done
}

run_tests
