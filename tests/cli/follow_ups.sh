#!/bin/bash
# Follow-ups as a calendar: the days are in it, the people are not.
. "$(dirname "$0")/../lib/cli.sh"

test_days_without_names() {
    new_case
    local person referral
    person=$(dolen person add --answers - --json <<<'{"given_name": "Eirlys", "family_name": "Prŵs", "phone": "07700 900123"}' | json .id)
    referral=$(dolen referral add "$person" --answers - --json <<<'{"received_on": "2026-02-03", "route": "SELF"}' | json .id)
    dolen referral decide "$referral" --answers - --json <<<'{"decision": "ACCEPTED", "decided_on": "2026-02-05"}' >/dev/null
    dolen form fill contact --person "$person" --answers - --json >/dev/null \
        <<<'{"held_on": "2026-02-06", "kind": "PHONE", "result": "ATTENDED", "next_on": "2026-03-20", "next_what": "Ring Eirlys"}'
    assert_exit 0 dolen follow-ups ics --to days.ics --from 2026-03-01 --until 2026-04-30
    grep -q '^DTSTART;VALUE=DATE:20260320'$'\r''$' days.ics || fail "the day is not there"
    assert_eq "events" "$(grep -c BEGIN:VEVENT days.ics)" 1
    ! grep -qiE 'eirlys|pr.?ws|900123|ring' days.ics || fail "somebody is in the calendar"
    ! grep -q "$person" days.ics || fail "an id is in the calendar"
    assert_exit 0 dolen follow-ups ics --to again.ics --from 2026-03-01 --until 2026-04-30
    assert_eq "the event imported again is the same one" "$(grep ^UID again.ics)" "$(grep ^UID days.ics)"
    ! grep -vq $'\r''$' days.ics || fail "a line does not end in CRLF"
    assert_mode days.ics 600
    assert_exit 0 dolen follow-ups ics --to none.ics --from 2026-04-01 --until 2026-04-30
    ! grep -q VEVENT none.ics || fail "a day out of the period"
}
test_it_overwrites_nothing() {
    new_case
    echo mine >there.ics
    ! dolen follow-ups ics --to there.ics 2>/dev/null || fail "overwritten"
    assert_eq "file" "$(cat there.ics)" mine
    assert_exit 2 dolen follow-ups ics
}
run_tests
