#!/bin/bash
# What commands say to a person: columns that stand under each other, words instead of codes, one wording for one thing.
. "$(dirname "$0")/../lib/cli.sh"

id() { sed -n 's/^{"id":"\([^"]*\)".*/\1/p'; }
add() { local cmd=$1; shift; dolen --json $cmd "$@" --answers - | id; }
# The column, in characters, in which $2 begins in the line of $1 that has $3.
column_of() {
    local line
    line=$(grep -F -- "$3" <<<"$1") || fail "no line has $3:" "$1"
    line=${line%%"$2"*}
    echo "${#line}"
}
plain() {
    set +e
    TERM=dumb NO_COLOR=1 "$BUILD/dolen" --file "$CASE" --lang "${1:-en}" --plain --passphrase-fd 3 3<<<"$PASS" >said 2>errors
    set -e
    SAID=$(cat said)
    assert_eq "errors" "$(cat errors)" ""
}

test_columns_stand_under_each_other_whatever_the_letters() {
    new_case
    local p q list
    p=$(add "person add" <<<'{"given_name": "Ŵyn", "family_name": "Prŷs-Tŷ"}')
    q=$(add "person add" <<<'{"given_name": "Owen", "family_name": "Parry"}')
    add "referral add" "$p" <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF"}' >/dev/null
    add "referral add" "$q" <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF"}' >/dev/null
    list=$(dolen worklist)
    assert_eq "worklist" "$(column_of "$list" referral "Ŵyn")" "$(column_of "$list" referral Owen)"
    printf 'pont y bont 99 eirin\n' >new
    dolen keys add passphrase --name "Ŵyn Prŷs" --kdf-mib 64 --new-fd 4 4<new >/dev/null
    list=$(dolen --lang cy keys list)
    assert_eq "ways in" "$(column_of "$list" "heb ei brofi" "Ŵyn")" "$(column_of "$list" profwyd "cod adfer")"
}

# The same words in the command, in line mode and in the JSON; the screen's are checked in tests/ui.
test_a_draft_reads_the_same_in_the_command_and_in_line_mode() {
    new_case
    local words
    add "person add" <<<'{"given_name": "Eirlys", "family_name": "Prawf"}' >/dev/null
    plain < <(printf 'people\neirlys\n1\nreferral\n\nself\n:quit\n')
    words=$(dolen worklist)
    assert_has "what the command says" "$words" "answer"
    words=${words##*  }
    plain < <(printf 'n\ntoday\n')
    assert_has "line mode" "$SAID" "Eirlys Prawf: $words"
    assert_json "$(dolen --json worklist)" '.items[0].why' "$words"
}

times() { grep -c -F -- "$2" <<<"$1"; }

# Twenty-seven lines again after every word of help would be two minutes of speech.
test_a_menu_that_was_heard_is_not_read_again_after_help() {
    new_case
    plain en < <(printf ':help\nhelp\n!\n\n<\n:lists\n')
    assert_eq "the menu is read" "$(times "$SAID" "4. Referrals waiting for a decision")" 1
    assert_has "what comes instead" "$SAID" "Main menu. Enter reads the list."
    plain en < <(printf '\n')
    assert_eq "Enter reads it again" "$(times "$SAID" "4. Referrals waiting for a decision")" 2
    plain en < <(printf ':cymraeg\n')
    assert_has "read in the language that was chosen" "$SAID" "4. Atgyfeiriadau sy'n aros"
    plain en < <(printf 'language\n')
    assert_has "chosen from the menu too" "$SAID" "4. Atgyfeiriadau sy'n aros"
}

# Codes are for programs: --json has them, a person reads labels in the language that was chosen.
test_lists_say_labels_and_json_keeps_the_codes() {
    new_case
    local p r
    p=$(add "person add" <<<'{"given_name": "Eirlys", "family_name": "Prawf"}')
    r=$(add "referral add" "$p" <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF","reasons":["LOW_MOOD"]}')
    assert_eq "waiting" "$(dolen referral list)" "$r  Eirlys Prawf  5 Jan 2026  Self-referral  Self-referral  Low mood  In turn"
    assert_eq "in Welsh" "$(dolen --lang cy referral list "$p")" "$r  5 Ion 2026  Hunanatgyfeiriad  Hunanatgyfeiriad  Hwyliau isel  Yn ei dro"
    assert_json "$(dolen --json referral list)" '.items[0].route' SELF
    dolen --json referral decide "$r" --answers - >/dev/null <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}'
    dolen contact add "$p" --answers - >/dev/null \
        <<<'{"held_on":"2026-01-09","kind":"PHONE","result":"ATTENDED","minutes":"20","next_on":"2026-02-01","next_what":"ring"}'
    assert_has "a number and another date have their labels" "$(dolen contact list "$p")" \
        "9 Jan 2026  Phone  The person  Took place  How many minutes: 20  Next contact on: 1 Feb 2026  ring"
    dolen gap add "$p" --answers - >/dev/null <<<'{"needed":"A choir","category":"ARTS","reason":"NO_ASSET","noted_on":"2026-01-10"}'
    assert_has "gaps" "$(dolen gap list)" "Eirlys Prawf  10 Jan 2026  A choir  Arts and creative  No such asset"
    dolen asset add --answers - >/dev/null <<<'{"name_en": "Tywyn choir", "name_cy": "Côr Tywyn", "category": "ARTS", "area": "Tywyn"}'
    assert_has "directory" "$(dolen --lang cy asset list)" "Côr Tywyn  Celfyddydau a gweithgareddau creadigol  Tywyn"
    assert_has "search" "$(dolen --lang cy search eirlys)" "Person"
    assert_has_not "no codes" "$(dolen referral list; dolen contact list "$p"; dolen gap list; dolen history list "$p")" "_"
    assert_has "history" "$(dolen history list "$p")" "Contact: new"
}

run_tests
