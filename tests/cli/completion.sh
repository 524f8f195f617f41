#!/bin/bash
# Completion for bash: what it offers is what the program takes, wherever a noun's commands stand in the tables.
. "$(dirname "$0")/../lib/cli.sh"

# The last word is the one being typed; what is offered, sorted, in $OFFERED.
offered() {
    . <(dolen_raw help completion)
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
    _dolen || true
    OFFERED=$(printf '%s\n' "${COMPREPLY[@]}" | sort | tr '\n' ' ')
}
test_a_command_is_completed_word_by_word() {
    offered dolen dri
    assert_eq "nouns" "$OFFERED" "drill "
    offered /usr/bin/dolen --file /tmp/where --lang cy referr
    assert_eq "nouns past options" "$OFFERED" "referral "
    offered dolen person sh
    assert_eq "verbs" "$OFFERED" "show "
    offered dolen asset duplicates --
    assert_has "options" " $OFFERED" " --"
}
test_verbs_from_every_table_are_offered() {
    offered dolen form u
    assert_eq "upgrade" "$OFFERED" "upgrade "
    offered dolen asset o
    assert_eq "of three tables" "$OFFERED" "one-entry one-offer own-offer "
    offered dolen gap ta
    assert_eq "table" "$OFFERED" "table "
}
test_a_noun_is_offered_once() {
    offered dolen ""
    assert_eq "once" "$(tr ' ' '\n' <<<"$OFFERED" | grep . | sort | uniq -d)" ""
}
test_choices_are_offered_and_files_left_to_the_shell() {
    offered dolen --lang ""
    assert_eq "languages" "$OFFERED" "cy en "
    offered dolen plan print 7 --format p
    assert_eq "formats" "$OFFERED" "pdf "
    offered dolen import cases rows.csv --map ""
    assert_eq "a file" "${#COMPREPLY[@]}" 0
}
test_no_verb_is_offered_twice_or_after_a_verb() {
    offered dolen keys list ro
    assert_eq "a verb is enough" "${#COMPREPLY[@]}" 0
}
run_tests
