#!/bin/bash
# Several practitioners on one laptop: a caseload goes from one to the other, and back in one step.
. "$(dirname "$0")/../lib/cli.sh"

id() { sed -n 's/^{"id":"\([^"]*\)".*/\1/p'; }
person() { dolen --json person add --answers - <<<"{\"given_name\":\"$1\"}" | id; }
accepted() {
    local r
    r=$(dolen --json referral add "$1" --answers - <<<'{"received_on":"2026-01-05","route":"PROFESSIONAL","source":"GPPR"}' | id)
    dolen --json referral decide "$r" --answers - <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}' >/dev/null
}
# Two people of the first practitioner, and a colleague without any.
two_practitioners() {
    new_case
    a=$(person Eirlys); accepted "$a"
    b=$(person Gwyn); accepted "$b"
    dolen --json contact add "$a" --answers - <<<'{"held_on":"2026-01-09","kind":"PHONE","result":"ATTENDED","next_on":"2026-02-01","next_what":"ring"}' >/dev/null
    printf 'pont y bont 99 eirin\n' >"$HOME/p2"
    "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 keys add passphrase --name "Gwen Prawf" --kdf-mib 64 --new-fd 4 3<<<"$PASS" 4<"$HOME/p2" >/dev/null
    me=$(dolen --json caseload list | json .items[0].name)
}
open_of() { dolen --json caseload list | json ".items[$1].open_periods"; }

test_all_open_cases_go_and_come_back_in_one_step() {
    two_practitioners
    assert_eq "mine" "$(open_of 0)" 2
    assert_eq "theirs" "$(open_of 1)" 0
    assert_exit 0 dolen --json caseload handover --from "$me" --to "gwen prawf" --dry-run
    assert_json "$OUT" .people 2
    assert_json "$OUT" .open_tasks "$(dolen --json worklist | json count .items)"
    assert_eq "still mine" "$(open_of 0)" 2
    assert_exit 0 dolen caseload handover --from 1 --to "Gwen Prawf"
    assert_eq "mine" "$(open_of 0)" 0
    assert_eq "theirs" "$(open_of 1)" 2
    assert_exit 0 dolen caseload handover --undo
    assert_eq "mine again" "$(open_of 0)" 2
    assert_exit 1 dolen caseload handover --undo
    assert_sentence
    assert_exit 0 dolen audit verify
}

test_chosen_people_go_and_who_did_what_stays() {
    two_practitioners
    c=$(dolen --json contact list "$a" | json .items[0].id)
    before=$(dolen --json contact list "$a")
    assert_exit 0 dolen --json caseload handover "$a" --from "$me" --to "Gwen Prawf"
    assert_json "$OUT" .people 1
    assert_json "$OUT" .open_periods 1
    assert_eq "mine" "$(open_of 0)" 1
    assert_eq "the contact" "$(dolen --json contact list "$a")" "$before"
    assert_exit 1 dolen caseload handover "$a" --from "$me" --to "Gwen Prawf"
    assert_sentence
    assert_eq "nothing else went" "$(open_of 0)" 1
}

test_more_than_three_people_are_listed_and_asked_about() {
    two_practitioners
    for name in Carys Deio; do accepted "$(person "$name")"; done
    assert_exit 1 dolen --lang en caseload handover --from "$me" --to "Gwen Prawf"
    assert_has "what to do" "$ERR" "--yes"
    for name in Eirlys Gwyn Carys Deio; do assert_has "listed" "$ERR" "$name"; done
    assert_eq "nothing went" "$(open_of 0)" 4
    assert_exit 0 dolen --lang en caseload handover --from "$me" --to "Gwen Prawf" --yes
    assert_eq "all went" "$(open_of 0)" 0
    assert_exit 1 dolen --lang en caseload handover --undo
    assert_has "how many, and what" "$ERR" "4 open periods of support go back to who had them."
    for name in Eirlys Gwyn Carys Deio; do assert_has "the list first" "$ERR" "  Period of support, $name"; done
    assert_has "what to do" "$ERR" "--yes"
    assert_exit 0 dolen --lang en caseload handover --undo --dry-run
    assert_has "the list alone" "$OUT" "  Period of support, Deio"
    assert_has_not "and does not say that it did" "$OUT" "Back where"
    assert_eq "a dry run brings nothing back" "$(open_of 0)" 0
    assert_eq "nothing came back" "$(open_of 0)" 0
    assert_exit 0 dolen caseload handover --undo --yes
    assert_eq "all came back" "$(open_of 0)" 4
}

test_names_that_are_nobody_or_the_same_are_refused() {
    two_practitioners
    assert_exit 1 dolen caseload handover --from "$me" --to "Nobody"
    assert_sentence
    assert_exit 2 dolen caseload handover --from "$me" --to "$me"
    assert_exit 2 dolen caseload handover --from "$me"
}

# Eirlys stays, Gwyn goes to Gwen; somebody whom nobody has taken on yet is everybody's.
test_what_is_due_of_one_of_them() {
    two_practitioners
    for p in "$a" "$b"; do
        dolen --json contact add "$p" --answers - <<<'{"held_on":"2026-01-10","kind":"PHONE","result":"ATTENDED","next_on":"2026-02-02","next_what":"write"}' >/dev/null
    done
    dolen --json referral add "$(person Carys)" --answers - <<<'{"received_on":"2026-01-05","route":"PROFESSIONAL","source":"GPPR"}' >/dev/null
    dolen caseload handover "$b" --from "$me" --to "Gwen Prawf" >/dev/null
    due() { dolen --lang en worklist --until 2026-02-03 "$@"; }
    assert_has "everybody's" "$(due)" "Gwyn"
    assert_has "everybody's" "$(due)" "Eirlys"
    assert_has "mine" "$(due --of "$me")" "Eirlys"
    assert_has "nobody's yet" "$(due --of "$me")" "Carys"
    assert_has_not "a colleague's" "$(due --of "$me")" "Gwyn"
    assert_has "hers" "$(due --of "gwen prawf")" "Gwyn"
    assert_has "nobody's yet" "$(due --of "gwen prawf")" "Carys"
    assert_has_not "mine" "$(due --of "gwen prawf")" "Eirlys"
    assert_exit 1 dolen worklist --of "Nobody"
    assert_sentence
}

run_tests "$@"
