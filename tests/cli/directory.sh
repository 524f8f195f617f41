#!/bin/bash
# The directory by command: entries stay fresh for a time, one phone call, import and export, duplicates, gaps by quarter.
. "$(dirname "$0")/../lib/cli.sh"

export DOLEN_TODAY=2026-03-09
id() { sed -n 's/^{"id":"\([^"]*\)".*/\1/p'; }
answers() { local cmd=$1; shift; dolen --json $cmd "$@" --answers -; }
asset() { answers "asset add" <<<"$1" | id; }
due() { dolen --json worklist | json '.items[].due' 2>/dev/null; }

test_an_entry_is_due_again_by_its_category() {
    new_practice 1
    a=$(asset '{"name_en":"Prawf food bank","category":"FOOD","verified_on":"2025-12-20"}')
    assert_exit 0 dolen --json worklist
    assert_has "due a month before three months are over" "$OUT" "Prawf food bank"
    answers "asset edit $a" <<<'{"verified_on":"2026-03-09"}' >/dev/null
    assert_exit 0 dolen --json worklist
    assert_has_not "verified" "$OUT" "Prawf food bank"
    b=$(asset '{"name_en":"Prawf hall","category":"PLACE","verified_on":"2025-12-20"}')
    assert_exit 0 dolen --json worklist
    assert_has_not "a place keeps a year" "$OUT" "Prawf hall"
    answers "asset edit $b" <<<'{"verified_on":"2025-01-20"}' >/dev/null
    assert_exit 0 dolen --json worklist
    assert_has "long ago" "$OUT" "Prawf hall"
    answers "asset edit $b" <<<'{"running":"DEFUNCT"}' >/dev/null
    assert_exit 0 dolen --json worklist
    assert_has_not "ended" "$OUT" "Prawf hall"
}

# A person, accepted, connected to an asset: prints the connection's id.
connected() {      # given name, asset, status, kind
    local p r e
    p=$(answers "person add" <<<"{\"given_name\":\"$1\"}" | id)
    r=$(answers "referral add $p" <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF"}' | id)
    answers "referral decide $r" <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}' >/dev/null
    answers "form fill connection --person $p --asset $2" <<<"{\"kind\":\"${4:-REFERRED}\",\"status\":\"$3\",\"on_date\":\"2026-01-10\"}" | id
}

test_one_phone_call_settles_everyone_in_one_step() {
    new_practice 1
    a=$(asset '{"name_en":"Prawf choir","category":"ARTS","full_until":"2026-04-30"}')
    one=$(connected Ann "$a" SENT)
    two=$(connected Beca "$a" WAITING)
    connected Cadi "$a" SUGGESTED SIGNPOSTED >/dev/null
    assert_exit 0 dolen --json asset call-list
    assert_has "in use, never talked to" "$OUT" '"name":"Prawf choir","waiting":2,"freshness":"stale"'
    assert_exit 0 dolen --json asset call "$a"
    assert_eq "signposted is not referred" "$(json count .people <<<"$OUT")" 2
    before=$(dolen --json verify | json .changes)
    assert_exit 0 answers "asset call $a" <<<"{\"running\":\"ACTIVE\",\"room\":\"NOW\",\"takes_a_month\":4,\"with\":\"Gwen, phone\",
        \"people\":[{\"connection\":\"$one\",\"status\":\"ATTENDING\"},{\"connection\":\"$two\",\"status\":\"NOT_AVAILABLE\"}]}"
    assert_json "$OUT" .people_changed 2
    assert_exit 0 dolen --json asset show "$a"
    assert_json "$OUT" .verified_on 2026-03-09
    assert_json "$OUT" .takes_a_month 4
    assert_has_not "room now" "$OUT" full_until
    assert_exit 0 dolen --json asset call "$a"
    assert_eq "nobody waits" "$(json count .people <<<"$OUT")" 0
    assert_exit 0 dolen --json asset call-list
    assert_has_not "no longer in use" "$OUT" '"name":"Prawf choir","waiting":2'
    assert_exit 0 dolen verify
}
test_a_call_that_is_not_understood_changes_nothing() {
    new_practice 1
    a=$(asset '{"name_en":"Prawf choir"}')
    one=$(connected Ann "$a" SENT)
    before=$(dolen --json verify | json .changes)
    for bad in '{"rooms":1}' '{"running":"PERHAPS"}' '{"full_until":"soon"}' "[]" "{\"verified\":false}" \
               "{\"people\":[{\"connection\":\"$one\",\"status\":\"SUGGESTED\"}]}" \
               '{"people":[{"connection":"00000000-0000-4000-8000-000000000000","status":"WAITING"}]}'; do
        set +e; answers "asset call $a" <<<"$bad" >out 2>err; code=$?; set -e
        case $code in 1|2) ;; *) fail "exit $code for $bad" ;; esac
    done
    assert_eq "nothing written" "$(dolen --json verify | json .changes)" "$before"
}

test_connecting_by_command_says_what_speaks_against_it() {
    new_practice 1
    a=$(asset '{"name_en":"Prawf choir","category":"ARTS","verified_on":"2026-03-01","takes_a_month":1}')
    connected Ann "$a" SENT 2>err >/dev/null
    assert_eq "nothing to say" "$(cat err)" ""
    connected Beca "$a" SENT 2>err >/dev/null
    assert_has "full for this month" "$(cat err)" "It takes 1 a month, and 1 has been referred this month."
    b=$(asset '{"name_en":"Prawf club","category":"ARTS","verified_on":"2026-03-01","takes_a_month":1}')
    connected Ann "$b" SUGGESTED SIGNPOSTED 2>err >/dev/null
    connected Beca "$b" SENT 2>err >/dev/null
    assert_eq "signposting takes no place" "$(cat err)" ""
}

test_the_same_thing_written_twice_is_told_and_listed() {
    new_case
    assert_exit 0 answers "asset add" <<<'{"name_en":"Prawf choir","postcode":"LL99 1AA"}'
    assert_eq "alone" "$ERR" ""
    assert_exit 0 dolen asset duplicates
    assert_eq "none" "$OUT" "No two entries look alike."
    assert_exit 0 answers "asset add" <<<'{"name_en":"Prawf chior","postcode":"LL99 1AA"}'
    assert_has "told" "$ERR" "Prawf choir"
    assert_exit 0 answers "asset add" <<<'{"name_en":"Prawf choir","postcode":"CF10 1AA"}'
    assert_eq "another town's" "$ERR" ""
    assert_exit 0 dolen --json asset duplicates
    assert_eq "one pair" "$(json count .items <<<"$OUT")" 1
}
test_gaps_are_counted_by_quarter() {
    new_case
    p=$(answers "person add" <<<'{"given_name":"Ann"}' | id)
    r=$(answers "referral add $p" <<<'{"received_on":"2025-01-05","route":"SELF","source":"SELF"}' | id)
    answers "referral decide $r" <<<'{"decision":"ACCEPTED","decided_on":"2025-01-07"}' >/dev/null
    for on in 2025-12-31 2026-01-01 2026-01-02; do
        answers "gap add $p" <<<"{\"noted_on\":\"$on\",\"needed\":\"A choir\",\"category\":\"ARTS\",\"reason\":\"NOT_IN_WELSH\"}" >/dev/null
    done
    answers "gap add $p" <<<'{"noted_on":"2026-02-01","needed":"A lift","reason":"TRANSPORT"}' >/dev/null
    assert_exit 0 dolen gap table --format csv
    assert_eq "table" "$(tr -d '\r' <<<"$OUT")" "$(printf 'quarter,category,reason,count\n2025-Q4,ARTS,NOT_IN_WELSH,1\n2026-Q1,ARTS,NOT_IN_WELSH,2\n2026-Q1,,TRANSPORT,1')"
    assert_exit 0 dolen --json gap table --from 2026-01-01 --until 2026-01-31
    assert_json "$OUT" .items[0].count 2
    assert_eq "one cell" "$(json count .items <<<"$OUT")" 1
    assert_exit 0 dolen gap table
    assert_has "in words" "$OUT" "2  Arts and creative: Not available in Welsh"
    assert_has "a quarter by its months" "$OUT" "Jan-Mar 2026  "
    assert_exit 0 dolen --lang cy gap table
    assert_has "in Welsh too" "$OUT" "Hyd-Rhag 2025  "
}

names() { json '.items[].name' <<<"$OUT" | tr '\n' ' '; }
test_entries_are_found_by_what_a_person_needs() {
    new_case
    asset '{"name_en":"Men'"'"'s Shed","name_cy":"Sied Dynion","category":"COMMUNITY_GROUP","day":"Mondays and Thursdays","cost_kind":"FREE","area":"Aberystwyth","languages":["BILINGUAL"],"accessibility":"Step-free entrance; no lift"}' >/dev/null
    asset '{"name_en":"Debt advice","category":"ADVICE","day":"Dydd Mawrth i ddydd Iau","cost_kind":"FREE","local_authority":"W06000008","languages":["EN"],"attending_access":["DROP_IN"]}' >/dev/null
    asset '{"name_en":"Watercolours","category":"ARTS","day":"Sat","cost_kind":"DONATION","area":"Bangor","languages":["CY"],"accessibility":"Hearing loop. Not wheelchair accessible."}' >/dev/null
    while IFS='|' read -r options want; do
        eval "assert_exit 0 dolen --json asset list $options"
        assert_eq "$options" "$(names)" "$want"
    done <<'END'
--cost free|Debt advice Men's Shed 
--cost "am ddim,cyfraniad"|Debt advice Men's Shed Watercolours 
--day thu|Debt advice Men's Shed 
--day "dydd sadwrn"|Watercolours 
--need arts|Watercolours 
--need unigrwydd|Men's Shed Watercolours 
--need debt|Debt advice 
--place aberys|Men's Shed 
--place ceredigion|Debt advice 
--language cymraeg|Men's Shed Watercolours 
--access "cadair olwyn"|Men's Shed 
--access drop-in|Debt advice 
--access lift|
--access "hearing loop" --language cy|Watercolours 
--match mens|Men's Shed 
--match "men's cost:free"|Men's Shed 
--match "dynion dydd:llun"|Men's Shed 
--cost donation --day mon|
END
    assert_exit 2 dolen asset list --cost zzz
    assert_has "which" "$ERR" '"zzz" is not known (Cost)'
    assert_exit 2 dolen asset list --day someday
}

run_tests
