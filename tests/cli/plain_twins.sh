#!/bin/bash
# Line mode has what the screens have: talk notes filed to questions, the call list and one call, the bin, supervision, two
# records joined.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/plain.sh"

id() { sed -n 's/^{"id":"\([^"]*\)".*/\1/p'; }
add() { local cmd=$1; shift; dolen --json $cmd "$@" --answers - | id; }

# Eirlys, accepted; prints nothing, sets $P and $R.
with_eirlys() {
    new_case
    P=$(add "person add" <<<'{"given_name": "Eirlys", "family_name": "Prawf", "birth_date": "1950-02-03"}')
    R=$(add "referral add" "$P" <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF"}')
    dolen --json referral decide "$R" --answers - >/dev/null <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}'
}
person_then() { printf 'people\neirlys\n1\n'; cat; }

test_a_sentence_of_the_notes_goes_to_a_question_and_back() {
    with_eirlys
    plain en < <(person_then <<'END'
notes
new
Her sister rings on Sundays. She sang in a choir.
.

y
2
4
who matters
1
<
<
conversation
start



END
)
    said "Talk notes, newest first" "What was said" "3. Her sister rings on Sundays." "4. She sang in a choir." \
        "1. Who matters to you? (What matters conversation)" "Filed to \"Who matters to you?\"" \
        "She sang in a choir., filed to: Who matters to you?" "Now: She sang in a choir."
    plain en < <(printf 'n\n'; person_then <<'END'
notes
2
take-back
<
<
conversation
start



END
)
    said "The words are taken out of the answer again."
    assert_has_not "gone from the answer" "$(tail -n 12 said)" "She sang in a choir."
}
test_the_notes_in_welsh() {
    with_eirlys
    plain cy < <(person_then <<'END'
nodiadau
newydd
Mae hi'n canu.
.

y
2
3
pwy sy
1
END
)
    said "Nodiadau sgwrs" "Ffeiliwyd at \"Pwy sy'n bwysig i chi?\""
}
test_a_question_is_found_by_what_people_call_it() {
    with_eirlys
    plain en < <(person_then <<'END'
notes
new
She wants to sing again.
.

y
2
3
barrier
1
END
)
    said 'Filed to "What gets in the way?"'
}
test_notes_leave_in_no_export() {
    with_eirlys
    plain en < <(person_then <<'END'
notes
new
Canary words of the talk.
.

y
2
3
who matters
1
END
)
    dolen export --data-set provisional-wales --from 2026-01-01 --until 2026-12-31 --to out >/dev/null
    ! grep -rq "Canary" out || fail "notes left the case file" "$(grep -r Canary out)"
    dolen sar "$P" --to pack >/dev/null
    assert_has "a person's own copy has them" "$(cat pack/record.txt)" "Canary words of the talk."
    assert_has "search finds them" "$(dolen search canary)" "Canary"
}
test_the_call_list_and_one_call() {
    with_eirlys
    A=$(add "asset add" <<<'{"name_en":"Prawf choir","category":"ARTS","phone":"01970 000111"}')
    dolen --json form fill connection --person "$P" --asset "$A" --answers - >/dev/null \
        <<<'{"kind":"REFERRED","status":"SENT","on_date":"2026-01-10"}'
    plain en < <(printf 'call-list\n1\n5\n<\nquit\n')
    said "Prawf choir, 1 waiting" "Phone call: Prawf choir." "01970 000111" "1 person waits on it" "Eirlys Prawf" "Kept as a draft."
    plain en < <(printf 'y\n5\n2\n2\n4\ny\nGwen, phone\ny\nundo\ny\n')
    said "A draft is not yet filed: Phone call" "Taken up where the call was left." "The call is filed, with news of 1 person."
    plain cy < <(printf 'rhestr-alwadau\n1\n')
    said "Galwad ffôn: Prawf choir."
}
test_a_permission_taken_back_says_what_is_left_to_do() {
    local answers='{"recipient":"w-hub","purpose":"REPORTING","given_by":"PERSON","understood":"YES","state":"WITHDRAWN"}'
    with_eirlys
    plain en < <(person_then <<<$'consent\n\n\n\nw-hub\n5\n\n1\n1\n3\n\n1\n.\ny\n')
    said "Filed: Privacy and permission." "seal and send it today, from the outbox (X)."
    assert_exit 0 dolen --lang en consent add "$P" --answers - <<<"$answers"
    assert_has "by command" "$ERR" "the next batch takes back what was sent"
    assert_exit 0 dolen --lang cy consent add "$P" --answers - <<<"$answers"
    assert_has "in Welsh" "$ERR" "o'r blwch anfon (X)."
    assert_exit 0 dolen --lang en consent add "$P" --answers - <<<"${answers/WITHDRAWN/GIVEN}"
    assert_has_not "nothing follows" "$ERR" "batch"
}
test_the_bin_gives_back() {
    with_eirlys
    dolen --json contact add "$P" --answers - >/dev/null <<<'{"held_on":"2026-01-12","kind":"PHONE"}'
    plain en < <(person_then <<<$'records\ncontacts\n1\nbin\nlogged twice\n<\n<'; printf 'bin-list\n1\ny\nbin-list\n')
    said "Contact: Eirlys Prawf" "Reason: logged twice" "30 days left" "Out of the bin again: Contact." "The bin is empty."
}
test_a_row_of_the_history_is_taken_back_by_its_number() {
    local asset
    with_eirlys
    dolen --json form fill plan --person "$P" --answers - >/dev/null <<<'{"goals":[{"goal":"Sing"}]}'
    dolen --json form fill plan --person "$P" --answers - >/dev/null <<<'{"goals":[{"goal":"Swim"}]}'
    plain en < <(person_then <<<$'history\n1\nn\n1\ny\n<')
    said "a number takes one back" "Sing → Swim" "Take this back?" "Swim → Sing" "Taken back."
    assert_has_not "the first field follows the question" "$SAID" "Take this back? ;"
    plain cy < <(printf 'pobl\neirlys\n1\nhanes\n1\ni\n')
    said "mae rhif yn dadwneud un" "Swim → Sing"
    # Of nobody: an entry of the directory, and a supervision, have theirs too.
    asset=$(add "asset add" <<<'{"name_en":"Prawf choir"}')
    dolen asset edit "$asset" --answers - >/dev/null <<<'{"name_en":"Prawf band"}'
    plain en < <(printf 'directory\nsearch\nband\n1\nhistory\n1\ny\n')
    said "Prawf choir → Prawf band" "Taken back."
    assert_json "$(dolen --json asset show "$asset")" .name_en "Prawf choir"
    add "asset add" <<<'{"name_en":"Prawf sewing","web":"https://example.org"}' >/dev/null
    plain en < <(printf 'directory\nsearch\nchoir\n1\none-entry\nsewing\n1\nn\none-entry\nsewing\n1\ny\n:quit\n')
    said "Which entry is the same thing?" "Keep Prawf choir? 0 connections go over to it, and Prawf sewing goes to the bin." \
        "They stay two entries." "One entry now; 0 connections went over. undo takes it back."
    assert_json "$(dolen --json asset show "$asset")" .web https://example.org
    dolen supervision add --answers - >/dev/null <<<'{"held_on":"2026-01-09","with_whom":"Ann"}'
    plain en < <(printf 'supervision\n2\nhistory\n1\ny\n')
    said "Supervision: goes to the bin for 30 days" "Taken back."
    assert_has "in the bin" "$(dolen --json bin list)" '"kind":"supervision"'
}
test_supervision_is_written_down() {
    new_case
    plain en < <(printf 'supervision\nadd\n\nBethan Rees\n\n\n\n\n\ny\n')
    said "Supervision, newest first" "Filed: Supervision" "2. "
    assert_has "the log" "$(dolen supervision list)" "Bethan Rees"
}
test_a_supervision_is_read_when_it_is_opened() {
    new_case
    dolen supervision add --answers - >/dev/null <<<'{"held_on":"2026-01-09","with_whom":"Ann","minutes":"50","next_on":"2026-03-20"}'
    plain en < <(printf 'supervision\n2\n<\nquit\n')
    said "How many minutes: 50" "Next supervision on: 20 Mar 2026"
}
# A slip in a measure is put right where records are read, and the measure stays the baseline; undo says what it was.
test_a_measure_is_put_right_and_stays_what_it_was() {
    with_eirlys
    plain en < <(person_then <<<$'measure\nons4\n1\n3\n4\n5\n6\n\ny\nrecords\n3\n1\n1\n8\n\n\n\n\ny\nread\n7\n<\nundo\ny\nread\n7\nquit')
    said "Form: Personal well-being (ONS4)." "Baseline." "nobody answers for them" "Life satisfaction: Baseline 8 (High)" \
        "Taken back: Personal well-being (ONS4), Eirlys Prawf." "Life satisfaction: Baseline 3 (Low)"
    assert_has_not "no review came of it" "$SAID" "Life satisfaction: Review"
}
test_what_a_due_day_is_for_and_where_two_enters_lead() {
    with_eirlys
    plain en < <(person_then <<<$'contact\n\n5\n\n1\n\n\nOne\n\n\nTwo\n.\n+7\nring after the bus\ny\nconnect\n3\n<\n:discard\n<\nquit')
    said "Due: follow-up due in 7 days: ring after the bus" "1. Choose from the directory" "This is the first question. :later leaves the form."
    assert_eq "said before the text, and once more after two empty lines" \
        "$(sed -n '/^Note$/,/^Next contact on$/p' said | grep -cF "A line with one full stop ends it.")" 2
    assert_has "the text whole" "$(dolen --json contact list "$P")" 'One\n\n\nTwo'
}
test_two_numbers_are_two_choices() {
    new_case
    plain en < <(printf 'supervision\n1\n\nAnn\n1 3\n\n\n\ny\nquit\n')
    said "Answered: Caseload and workload, Safeguarding, in general"
}
test_two_records_are_joined_and_it_is_undone() {
    with_eirlys
    add "person add" <<<'{"given_name": "Eirlys", "family_name": "Praff", "birth_date": "1950-02-03"}' >/dev/null
    plain en < <(printf 'people\nprawf\n1\nmerge\n2\npraff\n1\nn\nmerge\n1\ny\nundo\ny\n')
    said "Which one is the same person?" "1. Eirlys Praff, 3 Feb 1950" "2. Another record, by its name" "Not joined. Nothing was changed."
    said "This record stays: Eirlys Prawf." "This one is joined to it: Eirlys Praff." "Born 3 Feb 1950." "Join them?" "taken back"
    assert_eq "two people again" "$(dolen --json person list | json count .items)" 2
}
# Every word of the main menu that docs/keys.md promises, in both languages: typed, then back to the menu.
menu_words() {     # language
    dolen --lang "$1" --json keymap | python3 -c 'import json, sys
for a in json.load(sys.stdin)["actions"]:
    if a["line_mode"] == "menu" and a["action"] not in ("quit", "lock", "language"):
        print(a["line_mode_says"])'
}
test_every_word_of_the_main_menu_is_understood() {
    local lang words word n typed
    with_eirlys
    for lang in en cy; do
        words=$(menu_words "$lang")
        n=$(wc -l <<<"$words")
        [ "$n" -gt 20 ] || fail "only $n words in $lang"
        while read -r word; do
            for typed in $word '<' '<' '<' '<' '<'; do
                printf '%s\n' "$typed"
            done
        done <<<"$words" >typed
        plain "$lang" < <(cat typed; printf ':quit\n:gadael\n')
        assert_has_not "$lang" "$SAID" "$([ "$lang" = en ] && echo "That is not in the list" || echo "Nid yw hynny yn y rhestr")"
        [ "$(grep -cE "^(Main menu|Prif ddewislen)" said)" -gt "$n" ] || fail "not back at the main menu each time" "$(cat said)"
    done
}
test_two_laptops_are_settled_in_line_mode() {
    with_eirlys
    XDG_STATE_HOME=$HOME/state.B "$BUILD/dolen" --file "$HOME/B" init --kdf-mib 64 --passphrase-fd 0 --recovery-to "$HOME/codeB" \
        2>/dev/null <<<"$PASS"
    other() { XDG_STATE_HOME=$HOME/state.B "$BUILD/dolen" --file "$HOME/B" --passphrase-fd 3 "$@" 3<<<"$PASS"; }
    other source show >B.json
    dolen source show >A.json
    other handover trust A.json >/dev/null
    plain en < <(printf 'laptops\ntrust\nB.json\ny\n<\n'; person_then <<<$'make-handover\n1\nout.dolen\n<\n<\nquit')
    said "This laptop: " "Compare it with what that laptop says" "opened from now on" "Trusted: " "records are sealed for"
    other handover open --yes out.dolen >/dev/null
    other person edit "$P" --answers - <<<'{"preferred_name":"Lys","gp_practice":"Y Feddygfa"}' >/dev/null
    dolen person edit "$P" --answers - <<<'{"preferred_name":"Eiri"}' >/dev/null
    other handover make "$P" --to A.json --out back.dolen >/dev/null
    q=$(other --json person add --answers - <<<'{"given_name":"Gwilym","family_name":"Newydd"}' | sed -n 's/^{"id":"\([^"]*\)".*/\1/p')
    for day in 05 06 07; do
        other referral add "$q" --answers - <<<"{\"received_on\":\"2026-01-$day\",\"route\":\"SELF\",\"source\":\"SELF\"}" >/dev/null
    done
    other handover make "$q" --to A.json --out many.dolen >/dev/null
    plain en < <(printf 'open-handover\nmany.dolen\nn\nopen-handover\nmany.dolen\ny\nundo\nn\nlaptops\nundo\ny\nquit\n')
    said "7 records are new or changed (Person: 1; Referral: 3; Thing to do: 3)" "Take all of it over?" "Not taken over." \
        "The last step changed 7 records" "changes that the last handover brought would be taken back." "As it was before"
    plain en < <(printf 'open-handover\nback.dolen\n1\ntheirs\nconflicts\nundo\ny\nconflicts\n1\nmine\nquit\n')
    said "taken over: Person · " "Y Feddygfa" "Eiri Prawf · Person · " "1 mine: Eiri" "2 theirs: Lys" "Settled." \
        "No difference waits to be settled."
    other person edit "$P" --answers - <<<'{"preferred_name":"Ei","gp_practice":"Yr Hen Feddygfa"}' >/dev/null
    dolen person edit "$P" --answers - <<<'{"preferred_name":"Lysi","gp_practice":"Y Feddygfa Newydd"}' >/dev/null
    rm back.dolen
    other handover make "$P" --to A.json --out back.dolen >/dev/null
    plain en < <(printf 'laptops\ntrust\nB.json\n<\nopen-handover\nback.dolen\n1\ntheirs\nundo\ny\n1\nmine\n1\nmine\nquit\n')
    said "It is trusted already" "Undo: take back the last change" "Taken back: Person, Lysi Prawf"
    assert_eq "taken back in the list itself" "$(dolen --json person show "$P" | json .preferred_name)" Lysi
    dolen person edit "$P" --answers - <<<'{"preferred_name":"Eiri"}' >/dev/null
    assert_eq "mine in the end" "$(dolen --json person show "$P" | json .preferred_name)" Eiri
}
test_cases_go_to_a_colleague_in_line_mode() {
    with_eirlys
    plain en < <(printf 'caseload\n1\nhand\nquit\n')
    said "Whose open cases?" "Open cases; a number marks one" "Eirlys Prawf" "Nobody else uses this case file."
    "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 keys add passphrase --name "Gwen Prawf" --kdf-mib 64 --new-fd 4 3<<<"$PASS" \
        4<<<"geiriau newydd hir" >/dev/null
    plain en < <(printf 'caseload\n1\n2\nhand\n1\ny\nquit\n')
    said "marked: Eirlys Prawf" "Hand 1 open case to Gwen Prawf?" "Handed over. People: 1"
    plain en < <(printf 'only-own
today
<
only-own
quit
')
    said "Today reads only what is yours now" "Nothing of yours is due; only-own" "Today reads everybody's now."
    assert_has_not "she has a way in" "$OUT" "no way in"
    dolen keys remove 4 >/dev/null
    plain en < <(printf 'caseload\n<\nquit\n')
    said "Gwen Prawf, who has no way in here"
}
test_a_report_the_gaps_and_the_letter_are_read() {
    with_eirlys
    dolen --json gap add "$P" --answers - >/dev/null <<<'{"needed":"A bus","category":"TRANSPORT","reason":"NO_ASSET","noted_on":"2026-01-12"}'
    plain en < <(printf 'reports\nactivity\nexact\nsave\n1\nreport.txt\n<\n<\ngap-table\nsettings\n1\n7\n<\nquit\n')
    said "Activity" "Saved, with small numbers kept back: report.txt" "Unmet need by quarter" "Jan-Mar 2026: 1." "Lock after: 7"
    assert_has "the file" "$(cat report.txt)" "Activity"
    plain en < <(person_then <<<$'as-it-was\ntoday\nprint-plan\ntext\nplan.txt\nreopen-episode\nA reason\n<\n<\nquit')
    said "As it was on " "Given name: Eirlys" "Saved, not encrypted: plan.txt" "Nothing was changed."
}
test_a_paper_for_home_is_made_only_when_asked() {
    with_eirlys
    dolen --json person edit "$P" --answers - >/dev/null <<<'{"safe_contact": "YES"}'
    plain en < <(person_then <<<$'print-plan\nn\n<\n<\nquit')
    said "Others may read this paper" "Make a file of it all the same?"
    assert_has_not "after a no" "$OUT" "Save it to print"
    plain en < <(person_then <<<$'print-plan\ny\ntext\nplan.txt\n<\n<\nquit')
    said "Make a file of it all the same?" "Saved, not encrypted: plan.txt"
}
test_what_forgetting_would_reach_is_read_in_line_mode() {
    with_eirlys
    dolen plan print "$P" >/dev/null
    plain en < <(person_then <<<$'forget-list\n<\n<\nquit')
    said "Forgetting this person would delete from the case file:" "Person: 1" "Copy of the plan made for the person" \
        "Nothing was changed."
}
test_records_past_their_time_are_held_in_line_mode() {
    export DOLEN_TODAY=2026-03-09
    new_practice 12
    plain en < <(printf 'retention\nquit\n')
    said "Nobody's records are past their time."
    dolen retention policy --closed-years 1 >/dev/null
    plain en < <(printf 'retention\n1\nhold-records\n<\nhold-records\na complaint is open\nforget\n<\n<\nquit\n')
    said "Nothing goes by itself; whose records?" ": closed on" "Not held: a reason is needed. Nothing was changed." \
        "Held: these records are kept until they are released." "records are held. Nothing was changed." "held: a complaint is open"
    plain cy < <(printf 'cyfnodau-cadw\n1\ncadw-cofnodion\nn\ncadw-cofnodion\ni\n<\n<\ngadael\n')
    said "wedi'u dal: a complaint is open" "Maen nhw wedi'u dal o hyd." "Wedi'u rhyddhau: cedwir"
}
# A colleague's passphrase, a slip in it, one's own anew, and one that is taken away.
test_the_ways_in_in_line_mode() {
    opens() { assert_exit "$1" dolen_raw --file "$CASE" --passphrase-fd 3 person list 3<<<"$2"; }
    with_eirlys
    plain en < <(printf '%s\n' ways-in add "Gwen Prawf" byr add "Gwen Prawf" "ŵâŷŵêûîô" \
        add "Gwen Prawf" "pont y bont 99 eirin" "pont y bont 98 eirin" \
        add "Gwen Prawf" "pont y bont 99 eirin" "pont y bont 99 eirin" add "gwen prawf" 1 2 '<' quit)
    said "That passphrase is short" "The two passphrases differ" "Gwen Prawf opens the case file with that passphrase." \
        "Number 4, since" "has a way in already: number 4" "Number 1 is what has just opened" "the last way in that was tried"
    assert_eq "letters, not bytes" "$(tr -s '\n ' ' ' <<<"$SAID" | grep -o "That passphrase is short" | wc -l)" 2
    assert_has_not "never said again" "$OUT" eirin
    opens 0 "pont y bont 99 eirin"
    plain cy < <(printf '%s\n' ffyrdd-i-mewn newid "pont y bont 99 eirin" newid "$PASS" "newydd sbon danlli 8" "newydd sbon danlli 8" \
        4 n 4 i '<' gadael)
    said "rhywun arall piau ef" "Newidiwyd y cyfrinymadrodd, ac mae'n agor" "Tynnu cyfrinymadrodd Gwen Prawf?" "Mae'n aros." "Tynnwyd."
    opens 3 "$PASS"
    opens 0 "newydd sbon danlli 8"
    opens 3 "pont y bont 99 eirin"
}
test_a_person_is_forgotten_in_line_mode() {
    with_eirlys
    plain en < <(person_then <<<$'forget\n<\n<\nquit')
    said "decide or close first"
    Q=$(add "person add" <<<'{"given_name": "Zenobia", "family_name": "Prawf"}')
    plain en < <(printf 'people\nzenobia\n1\nforget\n<\nforget\nZenobia\n<\nquit\n')
    said "Forgetting this person would delete" "There is no way back." "Not forgotten. Nothing was changed." \
        "The name typed is not this person's. Nothing was changed."
    assert_has "still there" "$(dolen --json person list)" Zenobia
    plain cy < <(printf 'pobl\nzenobia\n1\nanghofio\nzenobia prawf\nheddiw\ngadael\n')
    said "Nid oes ffordd yn ôl." "Wedi'i anghofio, am byth." "Heddiw"
    assert_has_not "gone" "$(dolen --json person list)" Zenobia
    assert_exit 0 dolen audit verify
}
test_joined_records_are_parted_in_line_mode() {
    with_eirlys
    O=$(add "person add" <<<'{"given_name": "Eirlys", "family_name": "Praff"}')
    dolen merge "$P" "$O" >/dev/null
    plain en < <(person_then <<<$'unmerge\n1\nn\nunmerge\n1\ny\nunmerge\n<\n<\nquit')
    said "Which record is somebody else?" "Eirlys Praff, joined on " "Not parted. Nothing was changed." "Two records again: " \
        "No other record is joined to this one."
    assert_eq "two people again" "$(dolen --json person list | json count .items)" 2
}
test_the_recovery_test_in_line_mode() {
    with_eirlys
    plain en < <(printf 'recovery-test\n%s\nquit\n' "$(cat code)")
    said "Fetch the paper" "of 4 points" "The copy is removed."
}
run_tests
