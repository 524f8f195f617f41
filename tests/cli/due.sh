#!/bin/bash
# What comes up on Today by itself: referrals by how soon they ask to be seen, news that nobody sent, needs that nothing met,
# returns that somebody has to take up; and the order, from a file that a service may replace.
. "$(dirname "$0")/../lib/cli.sh"

add() { local cmd=$1; shift; dolen --json $cmd "$@" --answers - | json .id; }
person() { add "person add" <<<"{\"given_name\":\"$1\",\"family_name\":\"Prawf\"}"; }
referral() { add "referral add" "$1" <<<"$2"; }         # PERSON ANSWERS
accepted() {
    local r=$(referral "$1" '{"received_on":"2026-02-02","source":"SELF"}')
    dolen --json referral decide "$r" --answers - >/dev/null <<<'{"decision":"ACCEPTED","decided_on":"2026-02-03"}'
}
due() { dolen --json worklist "$@" | json '.items[].'"${FIELD:-kind}"; }
kinds() { dolen --json worklist --until "$1" | json .items[].kind | tr '\n' ' '; }

test_the_urgent_one_stands_before_the_old_one() {
    new_case
    referral "$(person Hen)" '{"received_on":"2026-02-20","source":"SELF"}' >/dev/null
    referral "$(person Brys)" "{\"received_on\":\"$(date +%F)\",\"source\":\"GPPR\",\"urgency\":\"URGENT\"}" >/dev/null
    FIELD=name assert_eq "order" "$(FIELD=name due | head -1)" "Brys Prawf"
    assert_has "why" "$(dolen worklist | head -1)" "urgent: referral"
    assert_has "in Welsh" "$(dolen --lang cy worklist | head -1)" "brys: "
}
test_the_urgent_one_is_in_a_long_list() {
    export DOLEN_TODAY=2026-03-09
    new_practice 1
    p=$(person Brys)
    for i in $(seq 130); do echo "Hen$i,Prawf,01/02/2026"; done >rows
    { echo given,family,received; cat rows; } >many.csv
    cat >many.yaml <<END
import: cases
columns:
  - {from: "given", to: person.given_name}
  - {from: "family", to: person.family_name}
  - {from: "received", to: referral.received_on}
END
    dolen import cases many.csv --map many.yaml --apply --take-held >/dev/null
    referral "$p" '{"received_on":"2026-03-09","source":"GPPR","urgency":"URGENT"}' >/dev/null
    assert_has "in line mode too" "$(TERM=dumb dolen --lang en --plain <<<$'today\n' 2>/dev/null)" "1. Brys Prawf: urgent"
}
test_the_order_is_a_file() {
    new_case
    accepted "$(person Cam)"
    referral "$(person Aros)" "{\"received_on\":\"$(date +%F)\",\"source\":\"SELF\"}" >/dev/null
    p=$(person Cyswllt)
    accepted "$p"
    dolen form fill contact --person "$p" --answers - >/dev/null <<<"{\"kind\":\"PHONE\",\"result\":\"ATTENDED\",\"next_on\":\"$(date +%F)\",\"next_what\":\"ring\"}"
    assert_eq "as shipped" "$(due | grep -v FIRST_CONTACT | head -1)" REFERRAL_WAITING
    mkdir -p "$XDG_CONFIG_HOME/dolen/forms/codes"
    sed '/FOLLOW_UP/s/weight: 450/weight: 900/' "$ROOT/forms/codes/work.yaml" >"$XDG_CONFIG_HOME/dolen/forms/codes/work.yaml"
    assert_exit 0 dolen form lint "$XDG_CONFIG_HOME/dolen/forms/codes/work.yaml"
    assert_eq "follow-ups first" "$(due | head -1)" FOLLOW_UP
}
test_a_referral_that_nobody_heard_of_comes_up() {
    new_case
    p=$(person Nia) ; accepted "$p"
    e=$(dolen --json episode list "$p" | json .items[0].id)
    a=$(add "asset add" <<<"{\"name_en\":\"Walking group\",\"category\":\"EXERCISE\",\"verified_on\":\"$(date +%F)\"}")
    c=$(add "form fill connection" --person "$p" --asset "$a" <<<'{"kind":"REFERRED","status":"SENT","on_date":"2026-03-02"}')
    assert_has "three weeks later" "$(kinds 2026-03-23)" NEWS_DUE
    assert_has_not "not before" "$(kinds 2026-03-22)" NEWS_DUE
    dolen --json form fill connection --person "$p" --record "$c" --answers - >/dev/null <<<'{"status":"ATTENDING","said_by":"PERSON","on_date":"2026-03-09"}'
    assert_has_not "answered" "$(kinds 2027-03-23)" NEWS_DUE
    s=$(add "form fill connection" --person "$p" --asset "$a" <<<'{"kind":"SIGNPOSTED","status":"AGREED","on_date":"2026-03-02"}')
    assert_has_not "signposted is not referred" "$(kinds 2027-03-23)" NEWS_DUE
}
test_a_gap_waits_for_an_answer() {
    new_case
    p=$(person Guto) ; accepted "$p"
    g=$(add "gap add" "$p" <<<'{"needed":"A lift","reason":"TRANSPORT","noted_on":"2026-03-02"}')
    assert_has "comes up" "$(kinds "$(date -d '+56 days' +%F)")" GAP
    assert_has_not "not before" "$(kinds "$(date -d '+55 days' +%F)")" GAP
    assert_exit 0 dolen --json gap edit "$g" --answers - <<<'{"note":"asked the bus company"}'
    assert_eq "looked at, not found: once" "$(kinds 2099-01-01 | tr ' ' '\n' | grep -c GAP)" 1
    assert_exit 0 dolen --json gap edit "$g" --answers - <<<'{"found_on":"2026-03-09"}'
    assert_has_not "found" "$(kinds 2099-01-01)" GAP
}
test_a_return_is_owed_whoever_referred() {
    new_case
    referral "$(person Hen)" '{"received_on":"2026-02-20","source":"SELF"}' >/dev/null
    for who in '"source":"FAMI"' '"source":"GPPR","route":"PROFESSIONAL","feedback_wanted":"NO"'; do
        r=$(referral "$(person Dychwel)" "{\"received_on\":\"2026-03-02\",$who}")
        dolen --json referral decide "$r" --answers - >/dev/null <<<'{"decision":"CLINICAL","decided_on":"2026-03-03"}'
        assert_has "returned: $who" "$(due)" FEEDBACK_OWED
        assert_has "before what has waited long" "$(dolen worklist | head -1)" "returned: feedback owed"
        dolen --json bin put "$r" --why test >/dev/null
    done
    r=$(referral "$(person Derbyn)" '{"received_on":"2026-03-02","source":"GPPR","route":"PROFESSIONAL","feedback_wanted":"NO"}')
    dolen --json referral decide "$r" --answers - >/dev/null <<<'{"decision":"DECLINED","decided_on":"2026-03-03"}'
    assert_has_not "nobody wants to hear" "$(due)" FEEDBACK_OWED
}
test_what_lies_in_the_bin_is_not_due() {
    new_case
    p=$(person Bin)
    r=$(referral "$p" '{"received_on":"2026-03-02","source":"SELF"}')
    assert_eq "waits" "$(due)" REFERRAL_WAITING
    dolen bin put "$r" --why twice >/dev/null
    assert_eq "in the bin" "$(due)" ""
    dolen bin restore "$r" >/dev/null
    assert_eq "back again" "$(due)" REFERRAL_WAITING
}
run_tests
