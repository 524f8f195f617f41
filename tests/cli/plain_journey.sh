#!/bin/bash
# Line mode from a self-referral to a closed case, under a terminal that can do nothing, in both languages; and what is
# left when it is cut short.
. "$(dirname "$0")/../lib/cli.sh"

# What is typed comes on standard input; $SAID is the transcript.
plain() {      # language [exit code]
    local got
    set +e
    TERM=dumb NO_COLOR=1 "$BUILD/dolen" --file "$CASE" --lang "$1" --plain --passphrase-fd 3 3<<<"$PASS" >said 2>errors
    got=$?
    set -e
    SAID=$(cat said) ERR=$(cat errors)
    [ "$got" = "${2:-0}" ] || fail "exit code $got, wanted ${2:-0}" "$(tail -n 20 said)" "$ERR"
    ! LC_ALL=C grep -q '[[:cntrl:]]' <(tr -d '\n' <said) || fail "control characters in the transcript"
}
said() {
    local part
    for part; do
        assert_has "transcript" "$SAID" "$part"
    done
}
with_choir() {
    new_case
    dolen asset add --answers - >/dev/null <<<'{"name_en": "Tywyn choir", "name_cy": "Côr Tywyn", "area": "Tywyn"}'
}

# Words and numbers as answers; the same in both languages, for the codes and commands are.
journey() {
    cat <<'END'
add
Eirlys Prawf
cy
cy
1

y

self
1, 36
I would like
to sing again
.


y
decide
accepted



y
END
}
journey_in_the_case() {
    cat <<'END'
details
:file
conversation

cy


Since the choir stopped I hardly speak to anyone.
.



-
2


n



y
plan
y
To sing with others
It makes the week
3
n
y
Ring the choir
1
Eirlys
+7
8
Ask Huw for a lift
n
y

paper
+30
y
connect
search

1
1

agreed
person


y
contact

phone

1
20
cy
Went well.
.
+7
Ring again
y
measure
ons4
baseline
7
6
x
11
8
2

y
measure
ons4
closing
8
8
8
1

y
close-episode

goals_met
Sings every week
and walks there.
.
2

y
print-plan
END
}

# Answers fell where they belong: nothing was refused but the one eleven.
nothing_astray() {
    assert_eq "refusals" "$(grep -cE "$1" said)" "$2"
}

test_the_whole_journey_in_english() {
    with_choir
    plain en < <(journey; journey_in_the_case)
    said "Form: Language." "Answered: Self-referral" "1. Loneliness or isolation" "Filed: Referral." \
        "Answered: Accepted" "Prefers not to say" "Filed: What matters conversation." \
        "Goal 1." "Goal: another? y or n:" "Filed: Action plan." "1. Tywyn choir" \
        "Filed: Connection to a community asset." "Filed: Contact." "Filed: Personal well-being (ONS4)." \
        "Give a whole number from 0 to 10" "Filed: Closing." "Stage: Closed, closed " ": Plan completed, goals met" "Stage: Plan agreed" \
        "The input has ended. Everything is saved"
    nothing_astray 'is expected here|^This is not|^That is not|^There is no|^Please answer' 2
    assert_has "the plan at the end" "$(tail -n 40 said)" "To sing with others"
    assert_eq "errors" "$ERR" ""
    assert_has "the episode" "$(dolen episode list "$(dolen person list --json | json '.items[0].id')" --json)" '"GOALS_MET"'
    assert_has "what the referrer wrote" "$(dolen search "sing again")" "to sing again"
}
test_the_whole_journey_in_welsh() {
    with_choir
    plain cy < <(journey; journey_in_the_case)
    said "Prif ddewislen" "Iaith" "Hunanatgyfeiriad" "Cynllun gweithredu" "Beth hoffech chi ei weld yn digwydd?" "Côr Tywyn" \
        "Overall, how satisfied are you with your life nowadays?" "Pam mae'n cau?" "To sing with others"
    assert_has_not "English menus" "$SAID" "Main menu"
    assert_eq "errors" "$ERR" ""
    assert_has "the episode" "$(dolen episode list "$(dolen person list --json | json '.items[0].id')" --json)" '"GOALS_MET"'
}
test_the_language_changes_at_a_prompt() {
    with_choir
    plain en 130 < <(printf 'add\nEirlys Prawf\n:cymraeg\ncymraeg\n:english\n\n')
    said "Which language would you like to speak with us?" "Cymraeg." "Pa iaith hoffech chi ei siarad gyda ni?" \
        "English." "Which language would you like letters and messages in?"
}
test_the_end_of_input_in_a_form_keeps_a_draft() {
    with_choir
    plain en 130 < <(journey; printf 'plan\ny\nTo sing with others\n')
    said "What was answered is kept as a draft"
    plain en < <(printf 'y\n1\nIt makes the week\n:file\nprint-plan\n')
    said "A draft is not yet filed: Action plan, Eirlys Prawf." "1 answer not yet filed" "Why does it matter to you?" \
        "Filed: Action plan." "To sing with others"
    plain en < <(printf 'quit\n')
    assert_has_not "no draft is left" "$SAID" "A draft is not yet filed"
    said "Goodbye."
}
test_a_killed_form_is_offered_next_time() {
    local pid
    with_choir
    mkfifo in
    TERM=dumb "$BUILD/dolen" --file "$CASE" --lang en --plain --passphrase-fd 3 3<<<"$PASS" <in >said 2>errors &
    pid=$!
    exec 5>in
    journey >&5
    printf 'plan\ny\nTo sing with others\n' >&5
    wait_until grep -qs "Why does it matter to you" said
    kill -KILL $pid
    wait $pid 2>/dev/null || true
    exec 5>&-
    plain en < <(printf 'y\nstart\nedit\n\n\n\n:later\n')
    said "A draft is not yet filed: Action plan" "What would you like to happen? To sing with others"
}
test_locking_without_a_terminal_ends() {
    with_choir
    plain en < <(journey; printf 'plan\ny\nTo sing with others\n:lock\n')
    said "Locked. Everything is saved."
    plain en < <(printf 'n\ntoday\n')
    said "A draft is not yet filed: Action plan" "Eirlys Prawf: unfinished form from today" "today: Action plan, " ", 1 answer"
}
test_a_draft_is_viewed_put_in_the_bin_and_taken_out_again() {
    with_choir
    plain en < <(journey; printf 'plan\ny\nTo sing with others\n:lock\n')
    plain en < <(printf 'y\n:view\n:discard\n<\n:bin-list\n1\ny\n<\ntoday\n')
    said "Action plan: 1 answer is not as it is on record." "Nothing of this form is on record yet." \
        "To sing with others" "The draft is in the bin for 30 days; :bin-list has it." "Draft" \
        "Eirlys Prawf: unfinished form from today"
}
test_a_signal_saves_and_ends() {
    local pid code
    with_choir
    mkfifo in
    TERM=dumb "$BUILD/dolen" --file "$CASE" --lang en --plain --passphrase-fd 3 3<<<"$PASS" <in >said 2>errors &
    pid=$!
    exec 5>in
    printf 'people\n' >&5
    wait_until grep -qs "Enter lists everybody" said
    kill -TERM $pid
    set +e
    wait $pid
    code=$?
    set -e
    exec 5>&-
    assert_eq "exit code" "$code" 130
    assert_has "errors" "$(cat errors)" "Interrupted. Everything is saved"
}
test_contact_values_are_dots_until_revealed() {
    local person
    new_case
    person=$(dolen person add --answers - --json <<<'{"given_name": "Eirlys", "family_name": "Prawf",
        "phone": "07700 900123", "postcode": "CF99 1NA", "safe_contact": "YES", "safe_when": "Mornings"}' | json .id)
    plain en < <(printf 'people\neirlys\n1\nmark\ndetails\n:later\n')
    said "•••" "There is something to read first" "Mornings"
    assert_has_not "phone" "$SAID" "900123"
    assert_has_not "postcode" "$SAID" "CF99"
    assert_eq "reveals so far" "$(dolen person show "$person" --json | grep -c revealed || true)" 0
    plain en < <(printf 'people\neirlys\n1\nreveal\nphone\nn\nreveal\nphone\ny\nhistory\n')
    said "Mornings" "900123" "Shown on the screen: Phone"
}
test_something_serious_needs_no_passphrase() {
    assert_exit 0 dolen_raw --lang en serious
    assert_has "numbers" "$OUT" "999"
    assert_has "English" "$OUT" "Immediate danger to life"
    assert_has "Welsh" "$OUT" "Perygl uniongyrchol i fywyd"
    assert_exit 0 dolen_raw serious thoughts-of-suicide
    assert_has_not "only that one" "$OUT" "Immediate danger"
    assert_exit 1 dolen_raw serious nothing-like-it
    assert_sentence
}
test_something_serious_at_any_prompt_and_the_note() {
    new_case
    dolen person add --answers - >/dev/null <<<'{"given_name": "Eirlys", "family_name": "Prawf"}'
    plain en < <(printf 'people\neirlys\n1\ndetails\n!\n1\n<\ny\n\n14:05\n\nSaid that\nit hurts.\n.\n:file\ny\n:later\nrecords\nnotes\n')
    said "999" "Perygl uniongyrchol i fywyd" "Write a note about it now?" "Filed: Something serious."
    assert_has_not "what is never taken back" "$SAID" "takes it back"
}
# Neither at a prompt nor by command does the time have to be typed; another day's time is nobody's to guess.
test_what_the_record_knows_is_said_not_asked() {
    new_case
    dolen --json person add --answers - >/dev/null <<<'{"given_name": "Eirlys", "family_name": "Prawf", "local_authority": "W06000001"}'
    p=$(dolen --json person list | json .items[0].id)
    r=$(dolen --json referral add "$p" --answers - <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF"}' | json .id)
    dolen --json referral decide "$r" --answers - >/dev/null <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}'
    plain en < <(printf 'people\neirlys\n1\ngap\n\nA lift\n\n\n\n:later\n')
    said "Now: Isle of Anglesey" "It stands in the person's record already"
}
test_the_last_answer_again() {
    new_case
    dolen --json person add --answers - >/dev/null <<<'{"given_name": "Eirlys", "family_name": "Prawf"}'
    plain en < <(printf 'people\neirlys\n1\nreferral\n\n:same\n3\n1\n\nMeddygfa Prawf\n:file\nreferral\n\n3\n1\n\n:same\n:later\n')
    said "Nothing was filed here yet since the case file was opened." "Now: Meddygfa Prawf"
}
test_the_note_has_the_time_by_itself() {
    local p now='^ *Time: [0-2][0-9]:[0-5][0-9]$'
    new_case
    p=$(dolen --json person add --answers - <<<'{"given_name": "Eirlys", "family_name": "Prawf"}' | sed -n 's/^{"id":"\([^"]*\)".*/\1/p')
    plain en < <(printf 'people\neirlys\n1\n!\n1\n<\ny\n\n\n\nSaid that\n.\n:file\ny\n:later\n')
    said "Filed: Something serious."
    dolen --lang en sar "$p" --reviewed --to pack >/dev/null
    grep -q "$now" pack/record.txt || fail "no time in $(cat pack/record.txt)"
    dolen form fill concern --person "$p" --answers - >/dev/null <<<'{"noted_on":"2026-01-12","what_seen":"Before."}'
    dolen form fill concern --person "$p" --answers - >/dev/null <<<'{"what_seen":"By command."}'
    dolen --lang en sar "$p" --reviewed --to again >/dev/null
    assert_eq "notes with a time" "$(grep "$now" again/record.txt | wc -l)" 2
}
test_refused_answers_and_missing_states() {
    with_choir
    plain en < <(printf 'add\nEirlys Prawf\nklingon\n-\nprefer_not\n:nonsense\n\n\n:later\n')
    said "This is not one of the choices" "Why is there no answer?" 'There is no command ":nonsense"'
    plain en 130 < <(printf 'n\npeople\neirlys\n1\nspeaks\nstart\n\n')
    said "Now: Prefers not to say"
}
test_training_says_so_and_in_use_comes_first() {
    new_practice 3
    plain en < <(printf 'today\n')
    said "TRAINING." "most urgent first"
    (
        mkfifo in
        TERM=dumb "$BUILD/dolen" --file "$CASE" --lang en --plain --passphrase-fd 3 3<<<"$PASS" <in >said.one 2>&1 &
        exec 5>in
        wait_until grep -qs "Main menu" said.one
        assert_exit 7 dolen_raw --file "$CASE" --plain --passphrase-fd 3 3</dev/null
        exec 5>&-
        wait
    )
}
test_text_with_a_colon_and_many_lines() {
    with_choir
    plain en < <(journey; printf 'contact\n\nphone\n\n2\n::) she laughed\nand sang\n.\n\n\ny\ncontact\n\nphone\n\n2\none\n:serious\n<\nn\n+\ntwo\n.\n\n\ny\nrecords\ncontacts\n2\n<\nrecords\ncontacts\n1\n')
    said ":) she laughed" "and sang" $'Note: one\ntwo'
    assert_has_not "serious in the middle of a text" "$SAID" "There is no command"
}
run_tests
