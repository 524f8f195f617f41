#!/bin/bash
# What was, by command: opening again, the bin, joining two records, as it was, the chain, rights and retention.
. "$(dirname "$0")/../lib/cli.sh"

id() { sed -n 's/^{"id":"\([^"]*\)".*/\1/p'; }
person() { dolen --json person add --answers - <<<"$1" | id; }
answers() { local cmd=$1; shift; dolen --json $cmd "$@" --answers -; }
changes() { dolen --json verify | json .changes; }

# A person with an accepted referral; the episode's id.
new_episode() {
    local r
    r=$(answers "referral add $1" <<<'{"received_on":"2026-01-05","route":"PROFESSIONAL","source":"GPPR","feedback_wanted":"YES"}' | id)
    answers "referral decide $r" <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}' >/dev/null
    dolen --json episode list "$1" | json .items[0].id
}

test_a_closed_episode_opens_again_with_a_reason() {
    new_case
    p=$(person '{"given_name":"Eirlys"}')
    e=$(new_episode "$p")
    assert_exit 1 dolen episode reopen "$e" --why "came back"
    assert_sentence
    answers "form fill closure --person $p" <<<'{"closed_on":"2026-03-01","reason":"GOALS_MET","what_changed":"I sing"}' >/dev/null
    dolen --json worklist | grep -q FEEDBACK_OWED || fail "feedback is owed"
    assert_exit 2 dolen episode reopen "$e"
    assert_exit 2 dolen episode reopen "$e" --why " "
    before=$(changes)
    assert_exit 0 dolen episode reopen "$e" --why - <<<"came back"
    [ "$(changes)" -gt "$before" ] || fail "nothing in the history"
    assert_exit 0 dolen --json episode show "$e"
    assert_has_not "closing date" "$OUT" closed_on
    assert_has_not "closing reason" "$OUT" GOALS_MET
    assert_json "$OUT" .reopened_why "came back"
    assert_json "$OUT" .what_changed "I sing"
    assert_exit 0 dolen --json worklist
    assert_has_not "no longer due" "$OUT" FEEDBACK_OWED
    assert_exit 0 dolen verify
}

test_opening_again_brings_back_what_closing_ended() {
    new_case
    p=$(person '{"given_name":"Eirlys"}')
    e=$(new_episode "$p")
    answers "contact add $p" <<<'{"held_on":"2026-01-09","kind":"PHONE","result":"ATTENDED","next_on":"2026-01-23","next_what":"Ring about the choir"}' >/dev/null
    answers "form fill plan --person $p" <<<'{"goals":[{"goal":"Sing again"}],"review_on":"2026-02-20"}' >/dev/null
    before=$(dolen --json worklist)
    grep -q FOLLOW_UP <<<"$before" && grep -q REVIEW <<<"$before" || fail "nothing due before closing: $before"
    answers "form fill closure --person $p" <<<'{"closed_on":"2026-03-01","reason":"GOALS_MET"}' >/dev/null
    dolen --json worklist | grep -q '"FOLLOW_UP"\|"REVIEW"' && fail "closing ends what was due"
    assert_exit 0 dolen --json episode reopen "$e" --why "came back"
    assert_json "$OUT" .due_again 2
    assert_eq "Today as it was" "$(dolen --json worklist)" "$before"
    # Once closed and opened again, the same a second time; somebody who has agreed a new date keeps that one alone.
    answers "form fill closure --person $p" <<<'{"closed_on":"2026-03-02","reason":"GOALS_MET"}' >/dev/null
    answers "contact add $p" <<<'{"held_on":"2026-03-03","kind":"PHONE","result":"ATTENDED","next_on":"2026-03-20"}' >/dev/null
    assert_exit 0 dolen --lang en episode reopen "$e" --why "rang us"
    assert_has "counted" "$OUT" "1 thing that closing ended is due again"
    assert_eq "follow-ups" "$(dolen --json worklist | grep -o '"FOLLOW_UP"' | wc -l)" 1
    dolen --json worklist | grep -q 2026-03-20 || fail "the newer date stands"
    assert_exit 0 dolen verify
}

test_one_change_of_another_day_is_taken_back_by_its_number() {
    new_case
    p=$(person '{"given_name":"Eirlys","phone":"029 2018 0999"}')
    answers "person edit $p" <<<'{"phone":"029 2018 0998"}' >/dev/null
    assert_exit 0 dolen --json history list "$p"
    assert_has "old and new" "$OUT" '{"field":"phone","old":"02920180999","new":"02920180998"}'
    assert_json "$OUT" .items[0].fields[0] phone
    assert_json "$OUT" .items[1].made true
    n=$(json .items[0].change <<<"$OUT") first=$(json .items[1].change <<<"$OUT")
    before=$(changes)
    assert_exit 0 dolen --json history undo "$n" --dry-run
    assert_json "$OUT" .applied false
    assert_eq "a dry run" "$(changes)" "$before"
    assert_exit 0 dolen --json history undo "$n"
    assert_json "$(dolen --json person show "$p")" .phone 02920180999
    assert_exit 5 dolen history undo "$n"
    assert_sentence
    assert_exit 2 dolen history undo phone
    assert_exit 1 dolen history undo 99999
    answers "person edit $p" <<<'{"phone":"029 2018 0997"}' >/dev/null
    assert_exit 5 dolen history undo "$first"
    q=$(person '{"given_name":"Gwyn"}')
    first=$(dolen --json history list "$q" | json .items[0].change)
    assert_exit 0 dolen history undo "$first"
    assert_has "in the bin" "$(dolen --json bin list)" "$q"
    assert_exit 1 dolen --lang en history undo 1
    assert_has "who works here" "$ERR" ":ways-in"
    assert_exit 0 dolen audit verify
}

test_a_plan_goes_back_with_its_goals_by_any_of_its_numbers() {
    new_case
    p=$(person '{"given_name":"Eirlys"}')
    e=$(new_episode "$p")
    answers "form fill plan --person $p" <<<'{"goals":[{"goal":"Sing","rating_now":3},{"goal":"Swim"}],"actions":[{"action":"Ring the choir"}],"review_on":"2026-04-01"}' >/dev/null
    dolen --json worklist | grep -q REVIEW || fail "no review is due"
    assert_exit 0 dolen --json history list "$p"
    g=$(tr '{' '\n' <<<"$OUT" | grep '"kind":"goal"' | head -n 1 | sed 's/.*"change":\([0-9]*\).*/\1/')
    assert_exit 0 dolen --lang en history undo "$g" --dry-run
    assert_has "the form" "$OUT" "Form: new"
    assert_exit 0 dolen --json history undo "$g"
    assert_json "$OUT" .applied true
    assert_json "$OUT" .kind goal
    assert_eq "with it, and nobody has spoken to them" "$(json count .with <<<"$OUT")" 6
    assert_has "goals" "$(dolen --json bin list)" Sing
    dolen --json worklist | grep -q REVIEW && fail "the review is still due"
    assert_exit 0 dolen --json bin list
    assert_exit 0 dolen bin restore "$(tr '{' '\n' <<<"$OUT" | grep '"kind":"response"' | sed 's/.*"id":"\([^"]*\)".*/\1/')"
    assert_eq "the bin" "$(dolen --json bin list | json count .items)" 0
    dolen --json worklist | grep -q REVIEW || fail "the review is due again"
    assert_exit 0 dolen audit verify
    assert_exit 0 dolen verify
}

test_what_stands_on_it_is_named() {
    new_case
    p=$(person '{"given_name":"Eirlys"}')
    new_episode "$p" >/dev/null
    a=$(dolen --json asset add --answers - <<<'{"name_en":"Quokka club"}' | id)
    assert_exit 0 dolen --json history list "$a"
    n=$(json .items[0].change <<<"$OUT")
    answers "form fill connection --person $p --asset $a" <<<'{"kind":"REFERRED","status":"SENT","on_date":"2026-01-09"}' >/dev/null
    assert_exit 5 dolen --lang en history undo "$n"
    assert_has "which" "$ERR" "Connection stands on it (change "
    answers "form fill concern --person $p" <<<'{"noted_on":"2026-01-09","what_seen":"cold"}' >/dev/null
    n=$(dolen --json verify | json .changes)
    assert_exit 1 dolen --lang en history undo "$((n - 1))"
    assert_has "never" "$ERR" "A note of something serious is never taken back"
    assert_exit 1 dolen --lang cy history undo "$((n - 1))"
    assert_has "byth" "$ERR" "Nid yw nodyn am rywbeth difrifol byth yn cael ei ddadwneud"
}

test_after_thirty_days_the_bin_lets_go_and_not_before() {
    new_practice 1
    export DOLEN_TODAY=2026-03-09
    a=$(dolen --json asset add --answers - <<<'{"name_en":"Quokka club"}' | id)
    assert_exit 0 dolen bin put "$a" --why "closed"
    assert_exit 0 dolen --json bin list
    assert_json "$OUT" .items[0].days_left 30
    DOLEN_TODAY=2026-04-08
    assert_exit 0 dolen --json bin purge
    assert_json "$OUT" .purged 0
    DOLEN_TODAY=2026-04-10
    assert_exit 0 dolen --json bin purge --dry-run
    assert_json "$OUT" .purged 1
    assert_exit 0 dolen --json bin purge
    assert_json "$OUT" .purged 1
    assert_exit 1 dolen bin restore "$a"
    assert_exit 0 dolen audit verify
    assert_exit 0 dolen verify
}

test_more_than_three_in_the_bin_go_only_when_asked() {
    new_practice 1
    export DOLEN_TODAY=2026-03-09
    for name in Ash Birch Cedar Elm; do
        a=$(dolen --json asset add --answers - <<<"{\"name_en\":\"$name club\"}" | id)
        assert_exit 0 dolen bin put "$a" --why "closed"
    done
    export DOLEN_TODAY=2026-04-10
    n=$(changes)
    assert_exit 1 dolen --lang en bin purge
    assert_has "how many, and what" "$ERR" "4 records that were in the bin for more than 30 days go for good."
    for name in Ash Birch Cedar Elm; do assert_has "the list first" "$ERR" "$name club"; done
    assert_has "what to do" "$ERR" "--yes"
    assert_exit 0 dolen --lang en bin purge --dry-run
    assert_has "the list alone" "$OUT" "Elm club"
    assert_eq "nothing went" "$(changes)" "$n"
    assert_exit 0 dolen --json bin purge --dry-run
    assert_json "$OUT" .purged 4
    assert_exit 0 dolen --json bin purge --yes
    assert_json "$OUT" .purged 4
    assert_exit 0 dolen verify
}

test_the_bin_lists_reasons_and_gives_back() {
    new_case
    p=$(person '{"given_name":"Eirlys","family_name":"Prawf"}')
    e=$(new_episode "$p")
    c=$(answers "contact add $p" <<<'{"held_on":"2026-01-09","kind":"PHONE","result":"NO_ANSWER"}' | id)
    assert_exit 0 dolen bin list
    assert_has "empty" "$OUT" "empty"
    assert_exit 2 dolen bin put "$c"
    assert_exit 0 dolen bin put "$c" --why - <<<"logged twice"
    assert_exit 0 dolen --json contact list "$p"
    assert_eq "contacts" "$(json count .items <<<"$OUT")" 0
    assert_exit 0 dolen --json bin list
    assert_json "$OUT" .items[0].id "$c"
    assert_json "$OUT" .items[0].kind contact
    assert_json "$OUT" .items[0].why "logged twice"
    assert_json "$OUT" .items[0].name "Eirlys Prawf"
    assert_exit 0 dolen --lang en bin list
    assert_has "a day as days are written" "$OUT" "Eirlys Prawf, 9 Jan 2026 (logged twice)"
    assert_exit 0 dolen bin put "$p" --why "not ours"
    assert_exit 0 dolen --json search eirlys
    assert_eq "hits" "$(json count .items <<<"$OUT")" 0
    assert_exit 0 dolen bin restore "$p"
    assert_exit 0 dolen bin restore "$c"
    assert_exit 1 dolen bin restore "$c"
    assert_sentence
    assert_exit 0 dolen --json contact list "$p"
    assert_eq "contacts" "$(json count .items <<<"$OUT")" 1
    assert_exit 0 dolen verify
}

test_two_records_are_joined_and_parted() {
    new_case
    a=$(person '{"given_name":"Gwenllian","family_name":"Prawf","birth_date":"1950-02-03"}')
    b=$(person '{"given_name":"Gwenlian","family_name":"Prawf","birth_date":"1950-03-02","safe_contact":"YES","phone":"029 2018 0123"}')
    person '{"given_name":"Huw","family_name":"Arall","birth_date":"1950-02-03"}' >/dev/null
    e=$(new_episode "$b")
    assert_exit 0 dolen --json person duplicates
    assert_eq "pairs" "$(json count .items <<<"$OUT")" 1
    assert_json "$OUT" .items[0].level likely
    before=$(changes)
    assert_exit 0 dolen --json merge "$a" "$b" --dry-run
    assert_json "$OUT" .moved 4
    assert_eq "a trial changes nothing" "$(changes)" "$before"
    assert_exit 0 dolen --json merge "$a" "$b"
    m=$(json .id <<<"$OUT")
    assert_json "$OUT" .safe_contact[0] safe_contact
    assert_exit 0 dolen --json episode list "$a"
    assert_json "$OUT" .items[0].id "$e"
    assert_exit 0 dolen --json person show "$a"
    assert_has_not "covered" "$OUT" 20180123
    assert_exit 0 dolen --json history list "$a"
    assert_has "told" "$OUT" '"merged"'
    assert_has_not "covered, in what went over too" "$OUT" 20180123
    assert_exit 0 dolen history list "$a"
    assert_has_not "covered in words" "$OUT" 0123
    assert_exit 2 dolen unmerge Gwenllian
    assert_has "where the ids are" "$OUT$ERR" "dolen merge list"
    assert_exit 1 dolen merge "$a" "$b"
    assert_sentence
    assert_exit 0 dolen merge list
    assert_has "both" "$OUT" "Gwenllian Prawf <- Gwenlian Prawf"
    assert_exit 0 dolen bin list
    assert_has "not in the bin" "$OUT" "empty"
    answers "contact add $a" <<<'{"held_on":"2026-01-09","kind":"PHONE","result":"NO_ANSWER"}' >/dev/null
    before=$(changes)
    assert_exit 0 dolen --json unmerge "$m" --dry-run
    assert_json "$OUT" .went_along[0].kind contact
    assert_json "$OUT" .dry_run true
    assert_eq "a trial changes nothing" "$(changes)" "$before"
    assert_exit 0 dolen --json unmerge "$m"
    assert_json "$OUT" .went_along[0].kind contact
    assert_exit 0 dolen --json episode list "$b"
    assert_json "$OUT" .items[0].id "$e"
    assert_exit 1 dolen unmerge "$m"
    assert_exit 0 dolen verify
}

test_the_chain_is_checked_against_a_noted_head() {
    new_case
    person '{"given_name":"Eirlys"}' >/dev/null
    dolen audit head >head.txt
    person '{"given_name":"Huw"}' >/dev/null
    assert_exit 0 dolen --json audit verify --against head.txt
    assert_json "$OUT" .whole true
    assert_json "$OUT" .goes_on_from "$(cut -d' ' -f1 head.txt)"
    dolen audit head >now.txt
    assert_has "count" "$(dolen audit verify)" "$(cut -d' ' -f2 now.txt)"
    sed 's/ ...../ 00000/' head.txt >other.txt
    assert_exit 1 dolen audit verify --against other.txt
    assert_sentence
    echo "hello" >bad.txt
    assert_exit 2 dolen audit verify --against bad.txt
    echo "999999 $(cut -d' ' -f2 now.txt)" >later.txt
    assert_exit 1 dolen audit verify --against later.txt
}

test_a_person_is_shown_as_they_stood_on_a_day() {
    new_practice
    export DOLEN_TODAY=2026-04-01
    p=$(person '{"given_name":"Eirlys","family_name":"Prawf","phone":"029 2018 0123"}')
    e=$(new_episode "$p")
    answers "form fill plan --person $p" <<<'{"goals":[{"goal":"Sing","rating_now":2}],"agreed":true,"agreed_on":"2026-04-01"}' >/dev/null
    export DOLEN_TODAY=2026-05-01
    answers "person edit $p" <<<'{"family_name":"Newydd","safe_contact":"YES"}' >/dev/null
    answers "form fill closure --person $p" <<<'{"closed_on":"2026-05-01","reason":"GOALS_MET"}' >/dev/null
    assert_exit 0 dolen --json person show "$p" --as-of 2026-04-15
    assert_json "$OUT" .family_name Prawf
    assert_json "$OUT" .as_of 2026-04-15
    assert_json "$OUT" .episodes[0].id "$e"
    assert_has_not "open then" "$OUT" closed_on
    assert_has_not "covered now" "$OUT" 20180123
    assert_exit 0 dolen --json episode show "$e" --as-of 2026-04-15
    assert_json "$OUT" .goals[0].goal Sing
    assert_exit 0 dolen --json episode show "$e" --as-of 2026-05-01
    assert_json "$OUT" .closed_on 2026-05-01
    assert_exit 0 dolen person show "$p" --as-of 2026-04-15
    assert_has "line at the top" "$(head -n 1 <<<"$OUT")" "15 Apr 2026"
    assert_exit 1 dolen person show "$p" --as-of 2026-03-31
    assert_sentence
}

test_an_amended_answer_is_told_old_and_new() {
    new_practice
    export DOLEN_TODAY=2026-04-01
    p=$(person '{"given_name":"Eirlys","family_name":"Prawf","phone":"029 2018 0123"}')
    e=$(new_episode "$p")
    c=$(answers "form fill conversation --person $p" <<<'{"held_on":"2026-04-01","language":"CY","own_words":"The river","hopes":[{"hope":"To sing"},{"hope":"To swim"}]}' | id)
    export DOLEN_TODAY=2026-04-20
    answers "form fill conversation --person $p --record $c" <<<'{"held_on":"2026-04-01","language":"EN","own_words":"The river, and my sister Mair on a Sunday when the bus runs, which in winter it does not do at all and so I sit by the window and wait for spring","hopes":[{"hope":"To sing"},{"hope":"To swim in the sea"}]}' >/dev/null
    answers "person edit $p" <<<'{"phone":"029 2018 0124","safe_contact":"YES"}' >/dev/null
    answers "form fill concern --person $p" <<<'{"what_seen":"Bruises on both arms"}' >/dev/null
    assert_exit 0 dolen --lang en history list "$p"
    assert_has_not "what was serious" "$OUT" Bruises
    assert_has_not "nor what it is to do" "$OUT" supervisor
    assert_has "question, old and new" "$OUT" "What would you like to happen? (2): To swim → To swim in the sea"
    assert_has "labels and no codes" "$OUT" "Language it was held in: Cymraeg (Welsh) → English"
    assert_has "free text whole" "$OUT" "The river → The river, and my sister Mair on a Sunday when the bus runs, which in winter it does not do at all and so I sit by the window and wait for spring"
    assert_has_not "what did not change" "$OUT" "To sing → "
    answers "form fill plan --person $p" <<<'{"goals":[{"goal":"Canu"}]}' >/dev/null
    plan=$(dolen --lang en history list "$p" | grep -A4 "Action plan")
    assert_has "the language a form was read in" "$plan" "Language: English"
    assert_has_not "is no answer to the question of another form" "$plan" "held in"
    assert_has "who" "$OUT" "What matters conversation · Practice"
    assert_has "a covered value" "$OUT" "Phone: ••• → •••"
    assert_has_not "a covered value" "$OUT" 0123
    assert_exit 0 dolen --lang cy history list "$p"
    assert_has "in Welsh" "$OUT" "Cymraeg → Saesneg"
    assert_exit 0 dolen --json history list "$p"
    assert_has "by machine" "$OUT" '{"field":"answer.hope#2","old":"To swim","new":"To swim in the sea"}'
    assert_has_not "a covered value" "$OUT" 20180123
    assert_exit 0 dolen --lang en person show "$p" --as-of 2026-04-10
    assert_has "as it was" "$OUT" "What would you like to happen? (2): To swim"
    assert_has_not "what came later" "$OUT" "in the sea"
    assert_has "its referral too" "$OUT" "What was decided? Accepted"
    assert_has_not "covered now" "$OUT" 0123
    assert_exit 0 dolen --json person show "$p" --as-of 2026-04-10
    assert_has "by machine" "$OUT" '"The river"'
    assert_exit 0 dolen --lang en person show "$p" --as-of 2026-04-20
    assert_has "as it is" "$OUT" "What would you like to happen? (2): To swim in the sea"
}

test_as_it_was_speaks_in_words() {
    new_practice 12 7
    person=$(dolen --json person list | json '.items[0].id')
    answers "form fill equality --person $person" <<<'{"sex":"FEMALE"}' >/dev/null
    for person in $(dolen --json person list | json '.items[].id'); do
        assert_exit 0 dolen --lang en person show "$person" --as-of 2030-01-01
        assert_eq "neither names nor codes" "$(grep -E '^[a-z_]+: |: [A-Z]+_[A-Z_]+$|says that it is right\?* ?:? 1$|is their plan: 1$' <<<"$OUT")" ""
        all="$all$OUT"
    done
    assert_has "a code in words" "$all" "What is your sex? Female"
    assert_has "a box that is ticked" "$all" "says that it is right: Yes"
}

test_a_person_is_forgotten_and_the_counts_stay() {
    new_case
    p=$(person '{"given_name":"Xanthippe","family_name":"Prawf","phone":"029 2018 0123"}')
    o=$(person '{"given_name":"Huw","family_name":"Arall"}')
    e=$(new_episode "$p")
    answers "contact add $p" <<<'{"held_on":"2026-01-09","kind":"PHONE","result":"NO_ANSWER","note":"Quokkaquestion"}' >/dev/null
    answers "form fill plan --person $p" <<<'{"goals":[{"goal":"Zithersong","rating_now":2}],"agreed":true,"agreed_on":"2026-01-09"}' >/dev/null
    assert_exit 1 dolen forget "$p" --confirm "Xanthippe Prawf"
    assert_has "still open" "$ERR" "close first"
    answers "form fill closure --person $p" <<<'{"closed_on":"2026-03-15","reason":"GOALS_MET"}' >/dev/null
    assert_exit 2 dolen forget "$p"
    before=$(changes)
    assert_exit 0 dolen --json forget "$p" --dry-run
    rows=$(json count .rows <<<"$OUT")
    [ "$rows" -gt 6 ] || fail "only $rows rows"
    assert_eq "a trial changes nothing" "$(changes)" "$before"
    assert_exit 1 dolen forget "$p" --confirm "Huw Arall"
    people=$(dolen --json person list | json count .items)
    assert_exit 0 dolen forget "$p" --confirm - <<<"xanthippe prawf"
    assert_eq "people" "$(dolen --json person list | json count .items)" "$people"
    for word in xanthippe quokka zither 0123; do
        assert_exit 0 dolen --json search "$word"
        assert_has_not "search" "$OUT" "$p"
    done
    assert_exit 0 dolen --json person show "$p"
    assert_has_not "name" "$OUT" Xanthippe
    assert_exit 0 dolen --json episode show "$e"
    assert_json "$OUT" .closed_on 2026-03-01
    assert_exit 1 dolen --json person show "$p" --as-of 2030-01-01
    assert_exit 0 dolen audit verify
    assert_exit 0 dolen verify
    assert_exit 0 dolen --json person show "$o"
}

# What the person did is nobody's any more, and was done all the same.
test_work_with_somebody_who_was_forgotten_is_still_counted() {
    new_case
    p=$(person '{"given_name":"Xanthippe","family_name":"Prawf","local_authority":"W06000015"}')
    e=$(new_episode "$p")
    answers "form fill conversation --person $p" <<<'{"held_on":"2026-01-08","own_words":"Zithersong"}' >/dev/null
    answers "form fill plan --person $p" <<<'{"goals":[{"goal":"Zithersong"}],"agreed":true,"agreed_on":"2026-01-09"}' >/dev/null
    answers "contact add $p" <<<'{"held_on":"2026-02-09","kind":"PHONE","result":"ATTENDED","note":"Quokkaquestion"}' >/dev/null
    b=$(answers "contact add $p" <<<'{"held_on":"2026-02-10","kind":"PHONE","result":"ATTENDED"}' | id)
    dolen bin put "$b" --why "by mistake" >/dev/null
    answers "form fill closure --person $p" <<<'{"closed_on":"2026-03-15","reason":"GOALS_MET"}' >/dev/null
    echo "$PASS" >pass
    counted() { script -qec "$BUILD/dolen --lang en --file '$CASE' --passphrase-fd 3 report $1 --from 2026-01-01 --until 2026-03-31 \
        --unsuppressed 3<pass" /dev/null </dev/null | sed '/Waits/,/percentiles/d'; }       # days apart go with the days
    for name in years activity; do counted $name >"$name.before"; done
    grep -q "^2025-26 *1 *1 *1 *1 *1 *1 *0" years.before || fail "not counted" "$(cat years.before)"
    assert_exit 0 dolen forget "$p" --confirm "Xanthippe Prawf"
    for name in years activity; do
        counted $name >"$name.after"
        diff "$name.before" "$name.after" >differs || fail "$name counts less" "$(cat differs)"
    done
    assert_exit 0 dolen --json contact list "$p"
    assert_eq "contacts left" "$(json count .items <<<"$OUT")" 1
    assert_has "by the month" "$OUT" 2026-02-01
    assert_exit 0 dolen verify
}

test_every_copy_that_is_written_down_is_listed_before_somebody_is_forgotten() {
    new_case
    p=$(person '{"given_name":"Xanthippe","family_name":"Prawf"}')
    o=$(person '{"given_name":"Huw","family_name":"Arall"}')
    for who in "$p" "$o"; do
        r=$(answers "referral add $who" <<<'{"received_on":"2026-01-05","route":"PROFESSIONAL","source":"GPPR","referrer_name":"Dr Puw"}' | id)
        answers "referral decide $r" <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}' >/dev/null
        [ "$who" = "$o" ] || theirs=$r
    done
    assert_exit 0 dolen forget "$o" --dry-run
    assert_has "nothing yet" "$OUT" "none is written down"
    dolen plan print "$p" >/dev/null
    dolen letter "$theirs" --kind feedback >/dev/null 2>&1
    dolen sar "$p" --to pack >/dev/null 2>&1
    (cd "$HOME" && dolen backup stick.dolen >/dev/null)
    assert_exit 1 dolen --lang en backup "$HOME/stick.dolen"
    assert_exit 1 dolen --lang en backup "$HOME/no-stick/copy.dolen"
    assert_has "the stick is not there" "$ERR" "Plug in the stick, or check the name."
    dolen export --from 2026-01-01 --until 2026-03-31 --to rows >/dev/null 2>&1
    assert_exit 0 dolen --lang en forget "$p" --dry-run
    for copy in "Copy of the plan made for the person" "Letter" "Copy of the record made for the person" \
        "Backup: $HOME/stick.dolen" "Export: "; do
        assert_has "copies of the one" "$OUT" "$copy"
    done
    assert_exit 0 dolen --lang cy forget "$p" --dry-run
    assert_has "in Welsh" "$OUT" "Copi wrth gefn: $HOME/stick.dolen"
    assert_exit 0 dolen --lang en forget "$o" --dry-run
    assert_has "files with everybody in them" "$OUT" "Backup: "
    for copy in "Copy of the plan" "Letter" "Copy of the record"; do
        assert_has_not "copies of the other" "$OUT" "$copy"
    done
    assert_eq "kinds for programs" "$(dolen --json forget "$p" --dry-run | json '.copies_outside[].kind' | sort | tr '\n' ' ')" \
        "backup export person person referral "
}

test_what_is_past_its_time_is_listed_and_can_be_held() {
    new_case
    p=$(person '{"given_name":"Eirlys","family_name":"Prawf"}')
    r=$(answers "referral add $p" <<<'{"received_on":"2016-01-05","route":"SELF","source":"SELF"}' | id)
    answers "referral decide $r" <<<'{"decision":"ACCEPTED","decided_on":"2016-01-07"}' >/dev/null
    assert_exit 0 dolen retention list
    assert_has "nobody" "$OUT" "past"
    answers "form fill closure --person $p" <<<'{"closed_on":"2017-03-01","reason":"GOALS_MET"}' >/dev/null
    d=$(person '{"given_name":"Huw","family_name":"Arall"}')
    r=$(answers "referral add $d" <<<'{"received_on":"2020-01-05","route":"SELF","source":"SELF"}' | id)
    answers "referral decide $r" <<<'{"decision":"DECLINED","decided_on":"2020-01-07"}' >/dev/null
    assert_exit 0 dolen --json retention list
    assert_eq "both" "$(json count .items <<<"$OUT")" 2
    assert_json "$OUT" .items[0].name "Eirlys Prawf"
    assert_exit 0 dolen --json retention list --closed-years 50
    assert_eq "the declined one" "$(json count .items <<<"$OUT")" 1
    assert_exit 0 dolen --json retention policy
    assert_json "$OUT" .closed_years 8
    assert_json "$OUT" .declined_years 2
    assert_exit 2 dolen retention policy --closed-years 0
    assert_exit 0 dolen retention policy --closed-years 12
    assert_has "said" "$OUT" "12 years after closing"
    assert_exit 0 dolen --json retention list
    assert_eq "the policy is used" "$(json count .items <<<"$OUT")" 1
    assert_exit 0 dolen retention policy --closed-years 8
    assert_exit 0 dolen retention hold "$p" --why - <<<"a complaint is open"
    assert_exit 0 dolen retention list
    assert_has "held" "$OUT" "a complaint is open"
    assert_exit 1 dolen forget "$p" --confirm "Eirlys Prawf"
    assert_has "says so" "$ERR" "held"
    n=$(person '{"given_name":"Mair","family_name":"Newydd"}')
    assert_exit 1 dolen --lang en retention release "$n"
    assert_has "nothing to release" "$ERR" "This person's records are not held. Nothing was changed."
    assert_exit 0 dolen retention hold "$n" --why "a complaint"
    assert_exit 0 dolen --lang en retention list --closed-years 90 --declined-years 90
    assert_has "held before their time is over" "$OUT" "Mair Newydd  (held: a complaint)"
    assert_has "nobody is past it" "$OUT" "Nobody's records are past their time."
    assert_exit 0 dolen --json retention list
    assert_eq "each once" "$(json count .items <<<"$OUT")" 3
    assert_exit 0 dolen retention release "$n"
    assert_exit 0 dolen retention release "$p"
    assert_exit 0 dolen forget "$p" --confirm "Eirlys Prawf"
    assert_exit 0 dolen --json retention list
    assert_eq "one left" "$(json count .items <<<"$OUT")" 1
}

test_somebody_who_came_twice_is_listed_once_since_the_last_time() {
    local years
    new_case
    p=$(person '{"given_name":"Eirlys","family_name":"Prawf"}')
    for years in 2010 2013; do
        r=$(answers "referral add $p" <<<"{\"received_on\":\"$years-01-05\",\"route\":\"SELF\",\"source\":\"SELF\"}" | id)
        answers "referral decide $r" <<<"{\"decision\":\"ACCEPTED\",\"decided_on\":\"$years-01-07\"}" >/dev/null
        answers "form fill closure --person $p" <<<"{\"closed_on\":\"$years-03-01\",\"reason\":\"GOALS_MET\"}" >/dev/null
    done
    d=$(person '{"given_name":"Huw","family_name":"Arall"}')
    for years in 2018 2020; do
        r=$(answers "referral add $d" <<<"{\"received_on\":\"$years-01-05\",\"route\":\"SELF\",\"source\":\"SELF\"}" | id)
        answers "referral decide $r" <<<"{\"decision\":\"DECLINED\",\"decided_on\":\"$years-01-07\"}" >/dev/null
    done
    assert_exit 0 dolen --json retention list
    assert_eq "each once" "$(json count .items <<<"$OUT")" 2
    assert_json "$OUT" .items[0].since 2013-03-01
    assert_json "$OUT" .items[1].since 2020-01-07
}
run_tests
