#!/bin/bash
# Line mode for who listens: figures in sentences that equal the page's, a changed line alone, lists read in parts.
. "$(dirname "$0")/../lib/cli.sh"
. "$(dirname "$0")/../lib/plain.sh"

times() { grep -cF -- "$1" said || true; }
new_practice() {
    PASS="ymarfer ymarfer"
    "$BUILD/dolen" --file "$CASE" practice new --cases "$1" --seed 7 --passphrase-fd 0 >/dev/null <<<"$PASS"
}

# Every figure of a report as JSON against the line of its row: each one behind its name, in the row of its label.
figures_are_heard() {      # JSON, transcript
    python3 - "$1" "$2" <<'END'
import json, re, sys
report, said = json.load(open(sys.argv[1])), open(sys.argv[2]).read()
n = 0
for table in report["tables"]:
    rows = re.search(r"^" + re.escape(table["title"]) + r"\.\n((?:.+\n)*)", said, re.M)
    assert rows, table["title"]
    rows = rows.group(1).splitlines()
    for i, row in enumerate(table["rows"]):
        for column, cell in zip(table["columns"], row["cells"]):
            if cell["value"] is None:
                assert column["label"] + " " + str(cell["value"]) not in rows[i]
                continue
            name = column["label"].removesuffix(", %") if column["share"] else column["label"]
            value = "%.0f per cent" % (cell["value"] * 100) if column["share"] else str(cell["value"])
            assert f"{name} {value}" in rows[i], (rows[i], name, value)
            n += 1
    assert ("kept back" in "".join(rows)) == any(c["state"] == "c" for r in table["rows"] for c in r["cells"]), table["title"]
assert n >= 8, n
END
}

test_each_report_says_the_figures_of_its_json() {
    local report
    new_practice 60
    for report in activity reach capacity years; do
        dolen --lang en --json report $report --draft >report.json
        plain en < <(printf 'reports\n%s\nall\n<\n<\nquit\n' "$(sed -n 's/.*"name":"'$report'","title":"\([^"]*\)".*/\1/p' \
            <(dolen --lang en --json report list | sed 's/},/},\n/g'))")
        figures_are_heard report.json said || fail "$report"
    done
}
test_exact_counts_are_those_of_the_terminal() {
    new_practice 60
    SHELL=$BASH script -qec "$(declare -p CASE BUILD); $BUILD/dolen --lang en --file $CASE --passphrase-fd 3 report activity --unsuppressed 3<<<'$PASS'" /dev/null >shown
    plain en < <(printf 'reports\nactivity\nexact\n5\n1\nquit\n')
    said "EXACT COUNTS" "The chart in words: Contacts. Most: Took place, "
    assert_has_not "nothing is kept back" "$(sed -n '/^What became of contacts/,$p' said)" "kept back:"
    tr -d '\r' <shown | sed -n '/^5\. What became/,/^Every contact/p' | sed -nE 's/^(.*[^ ])  +([0-9]+)( .*)?$/\1: Contacts \2./p' >rows
    [ "$(wc -l <rows)" -ge 4 ] || fail "no rows on the terminal" "$(cat shown)"
    while read -r row; do
        assert_has "the same row" "$SAID" "$row"
    done <rows
}
test_reports_in_welsh_have_no_english_in_them() {
    new_practice 60
    plain cy < <(printf 'adroddiadau\n2\n2\n<\n1\n1\ngadael\n')
    said "wedi'u cadw'n ôl" "Ebrill 2026"
    for word in "kept back" "per cent" "Most:" "Age " " April"; do
        assert_has_not "English in the Welsh" "$(sed -n '/^Cyrhaeddiad\|^Gweithgarwch/,$p' said)" "$word"
    done
}
test_a_report_as_json_has_what_the_csv_has() {
    new_practice 30
    dolen --json report outcomes --draft >report.json
    assert_json "$(cat report.json)" .schema dolen/report/1
    assert_eq "one figure a line" "$(python3 -c 'import json
r = json.load(open("report.json"))
print(sum(len(row["cells"]) for t in r["tables"] for row in t["rows"]))')" "$(($(dolen report outcomes --draft --format csv | wc -l) - 1))"
    assert_exit 2 dolen --json report outcomes --format csv
    assert_has "what to do" "$ERR" "--format"
    assert_exit 1 dolen --json report activity --unsuppressed
}
test_a_changed_setting_is_the_one_line_that_is_said() {
    new_case
    plain en < <(printf 'settings\n1\n7\n5\nno\nx\n<\nquit\n')
    said "Lock after: 7 minutes" "Tips: no"
    assert_eq "the list is read once" "$(times "Paperwork pause: ")" 1
    plain cy < <(printf 'gosodiadau\n1\n9\n<\ngadael\n')
    said "Cloi ar ôl: 9"
    assert_eq "the list is read once in Welsh" "$(times "Cynghorion: ")" 1
}
id() { sed -n 's/^{"id":"\([^"]*\)".*/\1/p'; }
# Eirlys, accepted, asked twice how things are; sets $P.
with_eirlys() {
    local r
    new_case
    P=$(dolen --json person add --answers - <<<'{"given_name":"Eirlys","family_name":"Prawf","phone":"07700900111"}' | id)
    r=$(dolen --json referral add "$P" --answers - <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF"}' | id)
    dolen --json referral decide "$r" --answers - >/dev/null <<<'{"decision":"ACCEPTED","decided_on":"2026-01-07"}'
}
test_a_section_is_read_as_the_screen_shows_it() {
    local today key
    today=$(date '+%-d %b %Y')
    with_eirlys
    dolen form fill ons4 --person "$P" --stage BASELINE --answers - >/dev/null <<<'{"satis":3,"worth":6,"happy":5,"anxious":4}'
    dolen form fill ons4 --person "$P" --stage REVIEW --answers - >/dev/null <<<'{"satis":7,"worth":6,"happy":5,"anxious":6}'
    dolen form fill plan --person "$P" --answers - >/dev/null <<<'{"goals":[{"goal":"Sing again","rating_now":2}],"actions":[{"action":"Ring the choir","who":"Eirlys"}]}'
    plain en < <(printf 'people\neirlys\n1\nread\nmeasures\nplan\ncontacts\nletters\nquit\n')
    said "Life satisfaction: Baseline 3 (Low), Review 7 (High): better" \
        "The chart in words: Life satisfaction. The scale: 0 - 10. $today: 3; $today: 7. Up by 4." \
        "$today: 6. The same at the end as at the start." "1. Sing again" "Ratings: 2" "To do: Ring the choir" "Nothing is written there yet."
    for key in "D decides" "P opens" "c writes" "Enter fills" "Fill it in" " · "; do
        assert_has_not "keys of the screen" "$SAID" "$key"
    done
    plain cy < <(printf 'pobl\neirlys\n1\ndarllen\nmesurau\ngadael\n')
    said "Y siart mewn geiriau: " "I fyny 4."
}
test_a_hidden_value_is_dots_when_a_section_is_read() {
    with_eirlys
    dolen --json person edit "$P" --answers - >/dev/null <<<'{"safe_contact":"YES"}'
    plain en < <(printf 'people\neirlys\n1\nread\noverview\nintake\nquit\n')
    said "Phone: •••"
    assert_has_not "the number" "$SAID" 07700900111
}
test_a_long_list_is_read_in_parts_and_chosen_from_whole() {
    new_practice 60
    plain en < <(printf 'today\nmore\nmore\nmore\n30\n<\n<\nquit\n')
    said "20. " "more lines: more reads on." "That was the last line."
    assert_has_not "a line read long ago is chosen" "$SAID" "That is not in the list"
    assert_eq "each line once" "$(grep -c '^21\. ' said)" 1
    [ "$(sed -n '/^Today/,/more reads on/p' said | grep -c '^[0-9]*\. ')" -eq 20 ] || fail "not 20 at first" "$(cat said)"
    plain cy < <(printf 'heddiw\nmwy\nmwy\nmwy\ngadael\n')
    said "llinell arall: mae mwy yn darllen ymlaen." "Dyna'r llinell olaf."
}
test_today_goes_a_week_ahead_as_on_the_screen() {
    with_eirlys
    dolen form fill contact --person "$P" --answers - >/dev/null <<END
{"kind":"PHONE","result":"ATTENDED","next_on":"$(date -d '+3 days' +%F)","next_what":"ring about the choir"}
END
    plain en < <(printf 'today\n1\n<\n<\nquit\n')
    said "in the next 7 days" "Eirlys Prawf: follow-up due in 3 days: ring about the choir"
}
test_the_caseload_in_numbers() {
    new_practice 30
    plain en < <(printf 'counts\nquit\n')
    said "30 people" "By month: referrals received" "The charts in words: most referrals in "
    assert_eq "twelve months" "$(grep -c ': received [0-9]*, open [0-9]*$' said)" 12
    assert_eq "open at the end of this month" "$(sed -n 's/^\([0-9]*\) open episodes$/\1/p' said)" \
        "$(grep ': received' said | tail -n 1 | sed 's/.*open //')"
}
test_a_gap_is_told_whole_and_opens_its_person() {
    with_eirlys
    dolen --json gap add "$P" --answers - >/dev/null <<<'{"needed":"A bus.","category":"TRANSPORT","reason":"NO_ASSET","noted_on":"2026-01-12"}'
    plain en < <(printf 'gaps\n1\n<\n<\nquit\n')
    said "1. 12 Jan 2026: A bus. No such asset, Community transport" "Eirlys Prawf" "What next?"
}
test_what_is_due_is_said_when_a_person_is_opened() {
    with_eirlys
    dolen form fill contact --person "$P" --answers - >/dev/null <<<'{"kind":"PHONE","result":"ATTENDED","held_on":"2026-01-08","next_on":"2026-01-10"}'
    plain en < <(printf 'people\neirlys\n1\nconversation\n\nx\n.\n:later\n<\nquit\n')
    said "Due: follow-up due" "Unfinished: What matters conversation"
}
# Eirlys, whom a surgery referred; sets $R too.
with_a_referrer() {
    with_eirlys
    R=$(dolen --json referral add "$P" --answers - <<<'{"received_on":"2026-02-02","route":"PROFESSIONAL","source":"GPPR","referrer_name":"Dr Puw","referrer_org":"Meddygfa"}' | id)
    dolen --json referral decide "$R" --answers - >/dev/null <<<'{"decision":"ACCEPTED","decided_on":"2026-02-03"}'
}
test_letters_are_listed_checked_written_and_noted() {
    with_a_referrer
    plain en < <(printf 'people\neirlys\n1\nletter\n1\ntext\nletter.txt\ny\n<\n<\nquit\n')
    said "2 Feb 2026: GP or practice team, Meddygfa, Dr Puw, not told yet" "Without permission to share" "Saved, not encrypted: letter.txt" \
        "Has it gone to them?" "Feedback to the referrer: sent today." "Dr Puw, told on " ", letter made"
    assert_has "what may be shared comes first" "$(tr '\n' ' ' <said)" "Without permission to share, this letter says only whether"
    [ "$(grep -n 'Without permission' said | cut -d: -f1)" -lt "$(grep -n '^Feedback to the referrer$' said | cut -d: -f1)" ] || fail "the letter came first"
    assert_has_not "keys of the screen" "$SAID" "(s)"
    assert_eq "told" "$(dolen --json referral show "$R" | json .feedback_sent_on)" "$(date +%F)"
    plain cy < <(printf 'pobl\neirlys\n1\nllythyr\n1\n<\n<\n<\ngadael\n')
    said "rhoddwyd gwybod ar" "llythyr wedi'i wneud" "at bwy bynnag a atgyfeiriodd"
}
test_a_letter_not_saved_is_not_asked_about() {
    with_a_referrer
    dolen --json consent add "$P" --answers - >/dev/null <<<'{"notice_given":"YES","notice_on":"2026-02-03","lawful_basis":"PUBLIC_TASK","purpose":"FEEDBACK","recipient":"Meddygfa","state":"GIVEN","state_on":"2026-02-03","how":"SPOKEN","given_by":"PERSON","understood":"YES"}'
    plain en < <(printf 'people\neirlys\n1\nletter\n1\n<\n<\n<\nquit\n')
    said "The person agreed that this referrer is told what happened, and set no limit."
    assert_has_not "not saved, not gone" "$SAID" "Has it gone"
}
test_who_came_alone_has_no_letter_but_a_plan() {
    with_eirlys
    plain en < <(printf 'people\neirlys\n1\nletter\n1\n<\n<\nquit\n')
    said "Nobody else referred the person: no letter is owed." "1. The person's copy of the plan"
    assert_has_not "no referrer to be told" "$SAID" "1. The referrer has been told"
}
test_how_a_person_stands_is_said_again_when_it_has_changed() {
    with_eirlys
    plain en < <(printf 'people\neirlys\n1\nmark\nmark\ncontact\n\nphone\n:file\n<\n<\nquit\n')
    assert_eq "once when it is opened" "$(sed '/^Form:/,$d' said | grep -c '^Stage: ')" 1
    plain en < <(printf 'people\neirlys\n1\nmark\nconversation\n\nx\n.\n:later\n<\n<\nquit\n')
    assert_eq "again with what was left unfinished" "$(grep -c '^Stage: ' said)" 2
    assert_eq "and that" "$(grep -c '^Unfinished: ' said)" 1
}
test_a_word_typed_in_the_wrong_place_says_where_it_belongs() {
    with_eirlys
    plain en < <(printf 'people\neirlys\n1\nsettings\n<\nreferrals\nquit\nsettings\n1\n<\n<\nplan\nquit\n')
    said "That is done from the main menu: < goes back to it."
    plain en < <(printf 'settings\n2\n<\n<\nplan\nquit\n')
    said "That is done for a person: open the person first"
    assert_has_not "keys of the screen" "$SAID" F9
}
test_an_empty_form_is_not_filed_by_a_slip() {
    with_eirlys
    plain en < <(printf 'people\neirlys\n1\nconsent\n:file\n:later\n<\n<\nquit\n')
    said "Nothing is answered in this form, so nothing was filed." "Left. Nothing was written."
    assert_eq "no permission" "$(dolen --json consent list "$P" | json count .items)" 0
    plain en < <(printf 'people\neirlys\n1\nreferral\n:file\nn\n:later\n<\n<\nquit\n')
    said "Nothing was answered here. File it all the same?" "Left. Nothing was written."
}
test_undo_is_a_word_of_every_list() {
    with_eirlys
    plain en < <(printf 'people\neirlys\n1\ncontact\n\n1\n:file\ny\nread\nundo\ny\n<\n<\n<\nquit\n')
    said "undo takes it back." "Take back the last change?" "Taken back: Contact, Eirlys Prawf"
    assert_eq "no contact" "$(dolen --json contact list "$P" | json count .items)" 0
}
test_a_form_of_the_service_is_filled_in_and_read() {
    with_eirlys
    plain en < <(printf 'people\neirlys\n1\nform\n<\n<\nquit\n')
    said "Your service has added no form"
    mkdir -p "$XDG_CONFIG_HOME/dolen/forms"
    cp "$ROOT/tests/data/forms/own/carers.yaml" "$XDG_CONFIG_HOME/dolen/forms/"
    plain en < <(printf 'people\neirlys\n1\nform\n1\nMy mother\ntwenty\n20\n1\ny\nread\nintake\n<\n<\n<\nquit\n')
    said "This is not a whole number." "Filed: Carer's check." "Who do you care for? My mother"
}
test_what_is_no_answer_at_the_end_is_asked_again_without_the_rest() {
    with_eirlys
    plain en < <(printf 'people\neirlys\n1\nspeaks\n1\n1\n1\n\nwhat\n\ny\n<\n<\nquit\n')
    said "Please answer y for yes or n for no." "Enter alone does not file it" "Filed: Language."
    assert_eq "the end is said once" "$(times "End of the form")" 1
}
# "Enter goes on", and the form's own words hold, at a goal that is there already too.
test_a_goal_that_is_there_is_passed_with_enter_and_left_with_later() {
    new_practice 30
    plain en < <(printf 'people\nhuw\n1\nplan\n\n:later\n<\n<\nquit\n')
    said "Keep it as it is: Enter too"
    assert_eq "each line of the plan once" "$(times "Goal 1.")" 1
    said "Left. Nothing was written."
    plain en < <(printf 'people\nhuw\n1\nplan\nzzz\n:later\n<\n<\nquit\n')
    said "That is not in the list." "Left. Nothing was written."
}
run_tests
