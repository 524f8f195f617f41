#!/bin/bash
# A form that changes after answers were given: what becomes of them, and the way back.
. "$(dirname "$0")/../lib/cli.sh"

id() { sed -n 's/^{"id":"\([^"]*\)".*/\1/p'; }
person() { dolen --json person add --answers - <<<"$1" | id; }
forms="$ROOT/forms"

own_form() {       # from standard input
    mkdir -p "$XDG_CONFIG_HOME/dolen/forms"
    cat >"$XDG_CONFIG_HOME/dolen/forms/$1.yaml"
}
accepted() {
    local r
    r=$(dolen --json referral add "$1" --answers - <<<'{"received_on":"2026-01-05","route":"PROFESSIONAL","source":"GPPR"}' | id)
    dolen --json referral decide "$r" --answers - <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}' >/dev/null
}

# A form of the service's own, answered twice in its first version.
old_visits() {
    own_form visit <<'Y'
form: visit
version: 1
kind: form
subject: person
title: {en: Visit, cy: Ymweliad}
questions:
  - {name: place, type: text, label: {en: Where, cy: Ble}}
  - {name: pets, type: text, label: {en: Animals in the house, cy: Anifeiliaid yn y tŷ}}
  - {name: stairs, type: integer, label: {en: How many stairs, cy: Sawl gris}}
Y
    p=$(person '{"given_name":"Eirlys"}')
    accepted "$p"
    a=$(dolen --json form fill visit --person "$p" --answers - <<<'{"place":"Bala","pets":"two cats","stairs":12}' | id)
    b=$(dolen --json form fill visit --person "$p" --answers - <<<'{"place":"Rhyl","pets":{"missing":"prefer_not"},"stairs":40}' | id)
}
# place is renamed, pets no longer asked, stairs takes no more than 20, and there is a new question.
new_visits() {
    own_form visit <<'Y'
form: visit
version: 2
kind: form
subject: person
title: {en: Visit, cy: Ymweliad}
questions:
  - {name: where_met, type: text, label: {en: Where, cy: Ble}}
  - name: stairs
    type: integer
    constraint: ". <= 20"
    constraint_message: {en: At most 20 stairs., cy: Dim mwy nag 20 gris.}
    label: {en: How many stairs, cy: Sawl gris}
  - {name: lift, type: text, label: {en: A lift, cy: Lifft}}
Y
}
# Every row that is kept about the person; stamps of writing and the history left out.
rows() {
    dolen sar "$p" --to "$HOME/sar.$1" >/dev/null 2>&1
    sed -e '/^  "history"/,$d' -e '/"updated_at"/d' "$HOME/sar.$1/record.json" >"$HOME/rows.$1"
}

test_a_dry_run_says_what_becomes_of_each_question_and_writes_nothing() {
    new_case
    old_visits
    new_visits
    before=$(dolen --json verify | json .changes)
    assert_exit 0 dolen form upgrade visit --dry-run
    assert_has "renamed" "$OUT" "place: probably renamed to where_met"
    assert_has "no longer asked" "$OUT" "pets: no longer asked; answers already given are kept"
    assert_has "new" "$OUT" "lift: new"
    assert_has "one stays" "$OUT" "At most 20 stairs."
    assert_has "dry" "$OUT" "nothing was written"
    assert_exit 0 dolen --json form upgrade visit --dry-run
    assert_json "$OUT" .from[0].records 2
    assert_json "$OUT" .from[0].carried 1
    assert_json "$OUT" .from[0].renamed_answers 1
    assert_json "$OUT" .from[0].kept_answers 1
    assert_json "$OUT" .stays[0].question stairs
    assert_eq "changes" "$(dolen --json verify | json .changes)" "$before"
}

test_an_upgrade_keeps_every_answer_and_is_taken_back_to_the_byte() {
    new_case
    old_visits
    rows before
    new_visits
    assert_exit 6 dolen form upgrade visit
    rows after
    assert_has "under its new name" "$(cat "$HOME/rows.after")" '"where_met"'
    assert_has "no longer asked, kept" "$(cat "$HOME/rows.after")" 'two cats'
    assert_has "what does not fit stays as it was asked" "$(cat "$HOME/rows.after")" '"place"'
    assert_has "in the copy for the person too" "$(cat "$HOME/sar.after/record.txt")" "two cats"
    assert_exit 6 dolen --lang en form upgrade visit
    assert_has "nothing is left to bring over" "$OUT" "No record was brought over."
    assert_has_not "nor to take back by it" "$OUT" "--undo"
    n=$(dolen --json verify | json .changes)
    assert_exit 0 dolen --lang en form upgrade visit --undo --dry-run
    assert_has "which" "$OUT" "  Visit, "
    assert_has "only asked" "$OUT" "nothing was written"
    assert_eq "a dry run changes nothing" "$(dolen --json verify | json .changes)" "$n"
    assert_exit 0 dolen form upgrade visit --undo
    assert_has "in words" "$(dolen --lang en history list "$p")" "Brought over to the form in use: visit 2"
    rows undone
    cmp "$HOME/rows.before" "$HOME/rows.undone" || fail "not as it was"
    assert_exit 1 dolen form upgrade visit --undo
    assert_sentence
    assert_exit 0 dolen verify
}

test_without_renames_the_old_answer_stays_under_its_old_name() {
    new_case
    old_visits
    new_visits
    assert_exit 6 dolen --json form upgrade visit --no-renames
    assert_json "$OUT" .from[0].renamed_answers 0
    assert_json "$OUT" .from[0].kept_answers 2
}

test_answers_in_columns_are_carried_over_too() {
    new_case
    p=$(person '{"given_name":"Eirlys"}')
    accepted "$p"
    c=$(dolen --json contact add "$p" --answers - <<<'{"held_on":"2026-01-09","kind":"PHONE","result":"NO_ANSWER","note":"rang twice"}' | id)
    sed -e 's/^version: 1/version: 2/' -e 's/- name: note$/- name: what_was_said/' "$forms/contact.yaml" | own_form contact
    assert_exit 0 dolen form upgrade contact --dry-run
    assert_has "what that means" "$OUT" "lists and the search know it by the old name alone"
    assert_exit 0 dolen form upgrade contact
    assert_has "the history asks as it was asked" "$(dolen history list "$p")" "Note: rang twice → (empty)"
    assert_has_not "and not in other words" "$(dolen history list "$p")" "Talk notes"
    assert_exit 0 dolen --json contact list "$p"
    assert_has_not "no longer in the column" "$OUT" '"note":"rang twice"'
    assert_exit 0 dolen form upgrade contact --undo
    assert_exit 0 dolen --json contact list "$p"
    assert_json "$OUT" .items[0].note "rang twice"
}

test_what_is_no_longer_asked_is_still_exported() {
    new_practice 20
    period="--from 2025-04-01 --until 2026-03-31"
    export DOLEN_TODAY=2026-03-09
    assert_exit 0 dolen export $period --to before
    awk '/^  - name: minutes/ { skip = 1; next } /^  - name:/ { skip = 0 } !skip' "$forms/contact.yaml" |
        sed 's/^version: 1/version: 2/' | own_form contact
    grep -q minutes "$XDG_CONFIG_HOME/dolen/forms/contact.yaml" && fail "the question is still asked"
    n=$(dolen --json verify | json .changes)
    assert_exit 1 dolen --lang en form upgrade contact
    assert_has "how many, and what" "$ERR" "records are brought to version 2 of this form."
    assert_has "what to do" "$ERR" "--yes"
    assert_eq "nothing was brought over" "$(dolen --json verify | json .changes)" "$n"
    assert_exit 0 dolen --json form upgrade contact --yes
    [ "$(json .from[0].kept_answers <<<"$OUT")" -gt 0 ] || fail "no answers to keep"
    assert_exit 0 dolen export $period --to after
    cut -d, -f1-12 before/contact.csv >b
    cut -d, -f1-12 after/contact.csv >a
    head -1 b | grep -q minutes || fail "minutes are not among the columns"
    cmp a b
}

test_a_record_changed_since_holds_the_whole_way_back() {
    new_case
    old_visits
    new_visits
    assert_exit 6 dolen form upgrade visit
    dolen --json form fill visit --person "$p" --record "$a" --answers - <<<'{"where_met":"Corwen"}' >/dev/null
    assert_exit 5 dolen form upgrade visit --undo
    assert_sentence
    assert_exit 0 dolen --json form upgrade visit --dry-run
    assert_json "$OUT" .from[0].records 1
}

test_a_measure_is_never_carried_over() {
    new_case
    assert_exit 1 dolen form upgrade ons4 --dry-run
    assert_sentence
    assert_has "why" "$ERR" "measure"
}

# The decision asked a reason of a waiting list too in its version 1; one that was given stays, and the way back is whole.
test_a_decision_of_version_1_is_carried_over() {
    new_case
    sed -e 's/^version: .*/version: 1/' -e "s/ and \${decision} != 'WAITING'//" "$forms/decision.yaml" | own_form decision
    p=$(person '{"given_name":"Eirlys"}')
    r=$(dolen --json referral add "$p" --answers - <<<'{"received_on":"2026-01-05","route":"PROFESSIONAL","source":"GPPR"}' | id)
    assert_exit 0 dolen --json referral decide "$r" --answers - <<<'{"decision":"WAITING","decision_reason":"NO_CAPACITY","decided_on":"2026-01-07"}'
    rm "$XDG_CONFIG_HOME/dolen/forms/decision.yaml"
    rows before
    assert_has "the reason that was given" "$(cat "$HOME/rows.before")" NO_CAPACITY
    assert_exit 0 dolen --json form upgrade decision --dry-run
    assert_json "$OUT" .from[0].version 1
    assert_json "$OUT" .from[0].records 1
    assert_json "$OUT" .from[0].carried 1
    assert_exit 0 dolen form upgrade decision
    rows after
    assert_has "it stays" "$(cat "$HOME/rows.after")" NO_CAPACITY
    assert_exit 0 dolen --json form upgrade decision --dry-run
    assert_has_not "nothing is left on version 1" "$OUT" '"carried":1'
    assert_exit 0 dolen form upgrade decision --undo
    rows undone
    cmp "$HOME/rows.before" "$HOME/rows.undone" || fail "not as it was"
    assert_exit 0 dolen verify
}

run_tests "$@"
