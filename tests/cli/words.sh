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
    assert_eq "ways in" "$(column_of "$list" "ers " "Ŵyn")" "$(column_of "$list" profwyd "cod adfer")"
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

test_a_wrong_command_line_is_refused_in_the_language_it_asks_for() {
    assert_exit 2 dolen_raw --lang cy person list --nonsense
    assert_has "before it" "$ERR" "Nid oes opsiwn --nonsense"
    assert_exit 2 dolen_raw --nonsense person list --lang=cy
    assert_has "behind it" "$ERR" "Nid oes opsiwn --nonsense"
    assert_exit 2 dolen_raw --lang en person list --nonsense
    assert_has "English" "$ERR" "There is no option --nonsense"
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
    assert_has "history" "$(dolen history list "$p")" "Contact · Practitioner"
}

# The folder somebody named is the one they know: not the private one beside it, in which it is made.
test_an_empty_list_says_so_and_gives_a_program_an_empty_list() {
    local l c
    new_case
    a=$(dolen --json person add --answers - <<<'{"given_name":"Ceri"}' | sed 's/.*"id":"\([^"]*\)".*/\1/')
    for l in en cy; do
        for c in "referral list" "referral list $a" "episode list $a" "contact list $a" "consent list $a" "gap list" "gap list $a" \
            "supervision list" "person list --match qqqq" "asset list" "asset list --match qqqq" "asset call-list" "search qqqq" "destination list"; do
            assert_exit 0 dolen --lang $l $c
            assert_eq "the list, $c" "$OUT" ""
            [ -n "$ERR" ] || fail "nothing is said of an empty list: $l $c"
            assert_exit 0 dolen --lang $l --json $c
            assert_has "$c as JSON" "$OUT" '[]'
            assert_eq "beside JSON, $c" "$ERR" ""
        done
    done
    assert_exit 0 dolen person list
    assert_eq "a list that is not empty" "$ERR" ""
    assert_exit 0 dolen --lang cy asset call-list
    assert_has "in Welsh" "$ERR" "nid oes neb i'w ffonio"
}

test_a_full_disk_is_told_of_the_folder_that_was_named() {
    new_case
    add "person add" <<<'{"given_name": "Eirlys", "family_name": "Prawf"}' >/dev/null
    mkdir usb
    local n rc told=0
    for n in 1 2 3 4 5 6 8 10 14; do
        rm -rf usb/out "$HOME/count"
        rc=0
        FAULT_DIR=$HOME/usb FAULT_STATE=$HOME/count FAULT_NTH=$n FAULT_ERRNO=ENOSPC FAULT_STICKY=1 LD_PRELOAD=$T/fault_shim.so \
            "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 export --from 2026-01-01 --until 2026-01-31 --to "$HOME/usb/out" 3<<<"$PASS" >out 2>errors || rc=$?
        [ "$rc" = 9 ] || continue
        told=$((told + 1))
        assert_has "call $n" "$(cat errors)" "$HOME/usb/out"
        assert_has_not "call $n" "$(cat errors)" ".out."
    done
    [ "$told" -gt 4 ] || fail "the disk was full $told times only"
}

test_a_row_that_lacks_an_answer_is_told_which_and_in_which_column() {
    new_case
    printf 'import: assets\ncolumns:\n  - {from: "Group", to: name_en}\n  - {from: "Where", to: area}\n' >map.yaml
    printf 'Group,Where\nTywyn choir,Tywyn\n,Llanbrawf\n' >list.csv
    OUT=$(dolen import assets list.csv --map map.yaml 2>&1) || true
    assert_has "the row, the question, the column" "$OUT" \
        "row 3, refused: \"Name in English\" is not answered; fill in the column Group of this row"
    printf 'import: assets\ncolumns:\n  - {from: "Where", to: area}\n' >map.yaml
    OUT=$(dolen import assets list.csv --map map.yaml 2>&1) || true
    assert_has "no column for it" "$OUT" "is not answered; name a column for asset.name_en in the map"
}

# Somebody at a terminal reads which questions are open; a script gets their names.
test_what_is_still_open_is_named() {
    new_case
    local p r
    p=$(add "person add" <<<'{"given_name": "Eirlys", "family_name": "Prawf"}')
    r=$(add "referral add" "$p" <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF"}')
    dolen --json referral decide "$r" --answers - >/dev/null <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}'
    OUT=$(dolen --json form fill gap --person "$p" --answers - <<<'{"place":"Tywyn"}')
    assert_json "$OUT" .still_open 2
    assert_json "$OUT" .open_questions "needed reason"
}

test_line_mode_offers_to_add_whom_a_search_does_not_find() {
    new_case
    plain en < <(printf 'people\nEirlys Prawf\ny\ncy\ncy\n1\n\ny\n:quit\n')
    assert_has "what is offered" "$SAID" "Add a referral for somebody new: Eirlys Prawf? y or n:"
    assert_eq "the name came along" "$(dolen person list | cut -c39-)" "Eirlys Prawf"
    plain en < <(printf 'add\nEirlise Prawv\n<\nquit\n')
    assert_has "another spelling" "$SAID" "Eirlys Prawf, no open episode (sounds the same)"
    plain en < <(printf 'people\nGwen Prawf\nn\npeople\n07700 900 123\nquit\n')
    assert_eq "no takes nobody on" "$(dolen person list | wc -l)" 1
    assert_eq "a number is nobody's name" "$(times "$SAID" "somebody new")" 1
}

# What can be done for a person are twenty-eight lines: once is enough, whoever is opened next.
test_what_can_be_done_is_read_once_and_back_is_the_same_everywhere() {
    new_case
    add "person add" <<<'{"given_name": "Eirlys", "family_name": "Prawf"}' >/dev/null
    add "person add" <<<'{"given_name": "Gwen", "family_name": "Arall"}' >/dev/null
    plain en < <(printf 'people\neirlys\n1\n<\npeople\ngwen\n1\n\n<\nquit\n')
    assert_eq "read for the first, and on Enter" "$(times "$SAID" ". Log a contact and the next follow-up")" 2
    assert_eq "who it is, each time" "$(times "$SAID" "Stage: ")" 3
    plain en < <(printf 'add\n:back\nadd\n:later\n<\npeople\n:back\npeople\neirlys\n1\nlanguage\n:back\n:back\n:later\n:back\nquit\n')
    assert_eq "nobody is called :back or :later" "$(dolen person list | wc -l)" 2
    assert_has "what is no command" "$SAID" 'There is no command ":later" here.'
    plain en < <(printf 'people\neirlys\n1\nspeaks\n\n\n\n\n\nn\n<\nquit\n')
    assert_has "Enter at the end of a form" "$SAID" "Enter alone does not file it: y files it"
    plain en < <(printf 'directory\nsearch\n?\n<\n<\nquit\n')
    assert_has "ways to search" "$SAID" "cost:free"
}

# What happened, what is safe, and what to do: a sentence that ends with the second leaves somebody standing there.
test_a_word_that_is_no_command_is_named() {
    assert_exit 2 dolen_raw --lang en person shew
    assert_has "the word" "$ERR" 'There is no command "person shew".'
    assert_has "where to look" "$ERR" "dolen person --help"
    assert_exit 2 dolen_raw --lang en person
    assert_has "none at all" "$ERR" '"person" needs a word after it.'
}
test_an_error_ends_with_what_to_do() {
    new_case
    assert_exit 2 dolen form fill contact --record 7 --answers - <<<'{}'
    assert_has "an id" "$ERR" "Nothing was changed. Copy it from a list."
    assert_exit 1 dolen person add --answers not-there.json
    assert_has "a file" "$ERR" "check the name"
    assert_exit 2 dolen import assets .
    assert_has "a folder" "$ERR" "choose a file"
}

# A word said one menu too early, or with the roof that Welsh has and the command has not.
test_words_are_understood_with_and_without_roofs_and_in_the_wrong_place() {
    new_case
    add "person add" <<<'{"given_name": "Eirlys", "family_name": "Prawf"}' >/dev/null
    plain cy < <(printf 'pobl\neirlys\n1\nnôl\nychwanegu\n:NÔL\nllythyr\ndim-byd\ngadael\n')
    assert_eq "nobody new" "$(dolen person list | wc -l)" 1
    assert_has "of a person" "$SAID" "Gwneir hynny ar gyfer person: agorwch y person yn gyntaf, yna teipiwch ef eto."
    assert_eq "of nothing" "$(times "$SAID" "Nid yw hynny yn y rhestr.")" 1
    assert_has "left" "$SAID" "Hwyl"
}

test_help_is_asked_about_a_word() {
    new_case
    plain en < <(printf 'help same person\nhelp qqqq\npeople\n:help undo\n<\nquit\n')
    assert_has "how" "$SAID" "Join this record with another one of the same person. On a person, type: merge"
    assert_has "none" "$SAID" 'Help says nothing about "qqqq".'
    assert_has "further in" "$SAID" "Take back the last change. In the main menu, type: undo"
    assert_eq "once" "$(times "$SAID" "Join this record")" 1
    plain cy < <(printf 'cymorth gwasgu\ncymorth dadwneud\ngadael\n')
    assert_has "in Welsh" "$SAID" "Yn y brif ddewislen, teipiwch: dadwneud"
    plain en < <(printf 'help dadwneud\nhelp\nquit\n')
    assert_has "said in help" "$SAID" ":help and a word says what has to do with that word."
}

run_tests
