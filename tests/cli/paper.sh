#!/bin/bash
# Plans and letters on paper: text, HTML, PDF; what the PDF helper is given, and what is left behind.
. "$(dirname "$0")/../lib/cli.sh"

made() { dolen "$@" --answers - --json | json .id; }

# A person with a referral, an open episode and a plan: $PERSON, $REFERRAL.
new_plan() {   # given name, written language, safe contact
    PERSON=$(made person add <<<"{\"given_name\": \"$1\", \"family_name\": \"Prŵs\", \"phone\": \"07700 900123\",
        \"address\": \"9 Cuddfan\", \"speak_language\": \"$2\", \"write_language\": \"$2\", \"safe_contact\": \"$3\"}")
    REFERRAL=$(made referral add "$PERSON" <<<'{"received_on": "2026-02-03", "route": "PROFESSIONAL", "source": "GPPR",
        "referrer_name": "Dr Catrin Puw", "referrer_org": "Meddygfa'"'"'r Bont", "referrer_contact": "07700 900999"}')
    made referral decide "$REFERRAL" <<<'{"decision": "ACCEPTED", "decided_on": "2026-02-05"}' >/dev/null
    made form fill plan --person "$PERSON" <<<'{"goals": [{"goal": "Cerdded i'"'"'r tŷ ger y dŵr", "why_it_matters": "Cwsg"}],
        "actions": [{"action": "Ffonio gyda'"'"'n gilydd", "for_goal": 1, "who": "Ni"}], "agreed": 1, "agreed_on": "2026-02-20"}' >/dev/null
    local asset
    asset=$(made asset add <<<'{"name_en": "Sing by the river", "name_cy": "Canu ger yr afon"}')
    made form fill connection --person "$PERSON" --asset "$asset" <<<'{"kind": "SIGNPOSTED", "status": "ATTENDING"}' >/dev/null
}
# The plan of $PERSON becomes an ordinary full one: five goals with their reasons, twelve actions, five places.
fill_plan() {   # EN or CY: whose words
    made form fill plan --person "$PERSON" <"$ROOT/tests/data/plan-$1.json" >/dev/null
    local en cy day area phone asset
    while IFS='|' read -r en cy day area phone; do
        asset=$(made asset add <<<"{\"name_en\": \"$en\", \"name_cy\": \"$cy\", \"day\": \"$day\", \"area\": \"$area\", \"phone\": \"$phone\"}")
        made form fill connection --person "$PERSON" --asset "$asset" <<<'{"kind": "SIGNPOSTED", "status": "ATTENDING"}' >/dev/null
    done <<'END'
Llanddewi Community Garden|Gardd Gymunedol Llanddewi|Mondays and Wednesdays 10:00-13:00|Llanddewi Brefi|01570 555144
Money advice, Canolfan Felin Fach|Cyngor ar arian, Canolfan Felin Fach|Tuesdays|Felin Fach|01570 555199
Walking for Health, Penglais|Cerdded er Lles, Penglais|Saturdays 9:30|Aberystwyth|01970 555110
Carers' coffee morning|Bore coffi i ofalwyr|First Friday of the month|Tregaron|01974 555177
END
}
# The words of a plan's goals and actions, one a line.
plan_words() { python3 -c 'import json, sys
for x in json.load(open(sys.argv[1]))["goals"]: print(x["goal"])
for x in json.load(open(sys.argv[1]))["actions"]: print(x["action"])' "$ROOT/tests/data/plan-$1.json"; }
# A PDF's words with one blank between any two, so that where a line ends plays no part; only of page $2 when given.
words_of() { pdftotext ${2:+-f "$2" -l "$2"} "$1" - | tr -s ' \n\f' ' '; }
font_sizes() { pdftohtml -xml -zoom 1 -stdout "$1" | sed -n 's/.*<fontspec.* size="\([0-9]*\)".*/\1/p' | sort -nu; }
pages() { pdfinfo "$1" | sed -n 's/^Pages: *//p'; }
no_pdf_left() { assert_eq "files" "$(find "$HOME" -name '*.pdf*' -o -name '.*.pdf.*')" ""; }

test_plan_as_pdf_is_one_page_in_the_persons_language() {
    new_case
    new_plan Ŵyn CY NO
    assert_exit 0 dolen plan print "$PERSON" --format pdf --to plan.pdf
    assert_has "warning" "$ERR" "plan.pdf"
    assert_mode plan.pdf 600
    assert_eq "pages" "$(pages plan.pdf)" 1
    local text
    text=$(pdftotext -layout plan.pdf -)
    assert_has "name" "$text" "Ŵyn Prŵs"
    assert_has "goal" "$text" "Cerdded i'r tŷ ger y dŵr"
    assert_has "place" "$text" "Canu ger yr afon"
    assert_has "label" "$text" "$(dolen plan print "$PERSON" | head -n 1)"
    assert_has_not "phone" "$text" "900123"
    assert_has_not "address" "$text" "Cuddfan"
    assert_has "size" "$(pdfinfo plan.pdf)" "A4"
}
test_what_was_handed_out_is_named_before_somebody_is_forgotten() {
    new_case
    new_plan Eirlys EN NO
    local first=$PERSON
    new_plan Huw EN NO
    assert_exit 0 dolen plan print "$first" --format text --to plan.txt
    assert_exit 0 dolen letter "$REFERRAL" --kind feedback --to letter.txt
    assert_exit 0 dolen sar "$PERSON" --to pack
    assert_exit 0 dolen forget "$first" --dry-run
    assert_has "plan" "$OUT" "Copy of the plan made for the person"
    assert_has_not "another's letter" "$OUT" "Letter made"
    assert_has_not "another's pack" "$OUT" "Copy of the record"
    assert_exit 0 dolen forget "$PERSON" --dry-run
    assert_has "letter" "$OUT" "Letter made: feedback"
    assert_has "pack" "$OUT" "Copy of the record made for the person"
    assert_has_not "another's plan" "$OUT" "Copy of the plan"
    assert_exit 0 dolen sar "$first" --to pack-1
    assert_has "the pack says so" "$(sed -n '/^== Letters, and copies/,/^== History/p' pack-1/record.txt)" "Copy of the plan"
}
test_pdf_metadata_names_nobody() {
    new_case
    new_plan Eirlys EN NO
    dolen plan print "$PERSON" --format pdf --to plan.pdf 2>/dev/null
    assert_has "title" "$(pdfinfo plan.pdf)" "My plan"
    assert_has_not "information" "$(pdfinfo plan.pdf; pdfinfo -meta plan.pdf)" "Eirlys"
}
test_an_arabic_name_is_shaped_and_read_back() {
    new_case
    new_plan "محمد" EN NO
    dolen plan print "$PERSON" --format pdf --to plan.pdf 2>/dev/null
    assert_has "name" "$(pdftotext plan.pdf -)" "محمد"
    # joined letters have other glyphs than lone ones: Pango shaped them
    assert_has "fonts" "$(pdffonts plan.pdf)" "yes"
}
test_a_chinese_name_is_drawn_or_the_missing_font_is_named() {
    new_case
    new_plan "小明" EN NO
    assert_exit 0 dolen plan print "$PERSON" --format pdf --to plan.pdf
    if [ -n "$(fc-list :lang=zh-cn family)" ]; then
        assert_has "name" "$(pdftotext plan.pdf -)" "小明"
    else
        assert_has "warning" "$ERR" "fonts-noto-cjk"
    fi
    assert_has "the rest" "$(pdftotext plan.pdf -)" "Prŵs"
}
test_a_tamil_name_is_drawn_or_the_package_with_its_letters_is_named() {
    new_case
    new_plan "கவிதா" EN NO
    assert_exit 0 dolen plan print "$PERSON" --format pdf --to plan.pdf
    if [ -n "$(fc-list :lang=ta family)" ]; then
        assert_has "name" "$(pdftotext plan.pdf - | tr -d ' ')" "கவிதா"
    else
        assert_has "package" "$ERR" "fonts-noto-core"
    fi
}
test_large_print_is_18_point() {
    new_case
    new_plan Eirlys EN NO
    dolen plan print "$PERSON" --format pdf --large --to large.pdf 2>/dev/null
    assert_has "sizes" "$(pdftohtml -xml -zoom 1 -stdout large.pdf)" 'size="18"'
    dolen plan print "$PERSON" --format html --large | grep -q 'font-size: 18pt' || fail "large print in HTML"
}
test_an_ordinary_full_plan_is_one_page_of_eleven_point_in_either_language() {
    new_case
    local lang line text
    for lang in EN CY; do
        new_plan Eirlys "$lang" NO
        fill_plan "$lang"
        dolen plan print "$PERSON" --format pdf --to "$lang.pdf" 2>/dev/null
        assert_eq "pages of the plan in $lang" "$(pages "$lang.pdf")" 1
        [ "$(font_sizes "$lang.pdf" | head -n 1)" -ge 11 ] || fail "smaller than 11 point in $lang: $(font_sizes "$lang.pdf")"
        text=$(words_of "$lang.pdf")
        while read -r line; do
            # what stands beside a step may be read between its lines: its first words are enough here
            assert_has "the plan in $lang" "$text" "$(cut -d' ' -f1-4 <<<"$line")"
        done < <(plan_words "$lang")
        assert_has "a telephone number to ring" "$text" "01970 555110"
        assert_has_not "a page number" "$text" "1 / 1"
    done
    assert_has "a day without the year that the page begins with" "$(words_of CY.pdf)" "Dydd Iau 19 Mawrth"
    assert_has_not "the year" "$(words_of CY.pdf)" "19 Mawrth 2026"
}
test_a_plan_that_cannot_fit_goes_on_with_its_name_and_nothing_lost() {
    new_case
    new_plan Eirlys CY NO
    fill_plan CY
    local goals='' actions='' i last text
    for i in $(seq 1 30); do
        goals="$goals${goals:+, }{\"goal\": \"Nod rhif $i o ddeg ar hugain\", \"why_it_matters\": \"Rheswm $i\"}"
        actions="$actions${actions:+, }{\"action\": \"Cam cyntaf $i\", \"for_goal\": $i, \"who\": \"Fi\"}, {\"action\": \"Cam olaf $i\", \"for_goal\": $i, \"who\": \"Gwen\"}"
    done
    made form fill plan --person "$PERSON" <<<"{\"goals\": [$goals], \"actions\": [$actions]}" >/dev/null
    for how in "" --large; do
        rm -f long.pdf
        dolen plan print "$PERSON" --format pdf $how --to long.pdf 2>/dev/null
        last=$(pages long.pdf)
        [ "$last" -gt 1 ] || fail "one page$how"
        for i in $(seq 1 "$last"); do
            text=$(words_of long.pdf "$i")
            assert_has "page$how" "$text" "Tudalen $i o $last"
            [ "$i" = 1 ] || assert_has "whose page$how" "$text" "Fy nghynllun: Eirlys Prŵs (parhad)"
            [ "$i" = "$last" ] || assert_has "goes on$how" "$text" "Parhad ar dudalen $((i + 1))"
        done
        assert_has_not "the last page goes on$how" "$(words_of long.pdf "$last")" "Parhad ar"
        # a goal, its reason and its steps stand together: of each page, as many first lines as last ones
        for i in $(seq 1 "$last"); do
            text=$(pdftotext -f "$i" -l "$i" long.pdf -)
            assert_eq "goals and last steps on page $i$how" "$(grep -c 'Nod rhif' <<<"$text")" "$(grep -c 'Cam olaf' <<<"$text")"
        done
        text=$(words_of long.pdf)
        for i in $(seq 1 30); do
            for part in "Nod rhif $i o" "Rheswm $i " "Cam cyntaf $i " "Cam olaf $i "; do assert_has "plan$how" "$text" "$part"; done
        done
    done
    assert_eq "the size of large print" "$(font_sizes long.pdf | grep -x 18)" 18
}
test_a_long_plan_goes_over_pages_with_their_numbers() {
    new_case
    new_plan Eirlys EN NO
    local goals i
    for i in $(seq 2 60); do goals="$goals, {\"goal\": \"Goal number $i\"}"; done
    made form fill plan --person "$PERSON" <<<"{\"goals\": [{\"goal\": \"Goal number 1\"}$goals]}" >/dev/null
    dolen plan print "$PERSON" --format pdf --to long.pdf 2>/dev/null
    [ "$(pages long.pdf)" -gt 1 ] || fail "one page"
    assert_has "page number" "$(words_of long.pdf)" "Page 1 of $(pages long.pdf)"
    assert_has "the last goal" "$(pdftotext -layout long.pdf -)" "Goal number 60"
}
test_training_is_marked_on_every_page() {
    new_practice 5 7
    local person
    person=$(dolen person list --json | json '.items[0].id')
    dolen plan print "$person" --format pdf --to plan.pdf 2>/dev/null
    assert_eq "marks" "$(pdftotext plan.pdf - | grep -c 'HYFFORDDIANT / TRAINING')" "$(pages plan.pdf)"
}
test_nothing_of_a_protected_person_is_on_paper() {
    new_case
    new_plan Eirlys EN YES
    local how paper
    for how in text html; do
        for paper in "plan print $PERSON" "letter $REFERRAL --kind feedback"; do
            # shellcheck disable=SC2086
            assert_exit 0 dolen $paper --format $how
            for secret in 900123 900999 Cuddfan "Canu ger" "Sing by"; do
                assert_has_not "$paper --format $how" "$OUT" "$secret"
            done
        done
    done
}
test_before_a_paper_for_home_is_given_out_the_command_warns() {
    new_case
    new_plan Eirlys EN YES
    for how in text html pdf; do
        assert_exit 0 dolen plan print "$PERSON" --format "$how"
        assert_has "warning before $how" "$ERR" "Others may read this paper"
    done
    assert_exit 0 dolen --lang cy plan print "$PERSON"
    assert_has "in Welsh" "$ERR" "Gall eraill ddarllen"
    assert_has_not "on the paper" "$OUT" "Gall eraill"
    new_plan Mair EN NO
    assert_exit 0 dolen plan print "$PERSON"
    assert_eq "a warning that nothing asks for" "$ERR" ""
    made form fill plan --person "$PERSON" <<<'{"goals": [{"goal": "Cerdded"}], "copy_given": "NOT_SAFE"}' >/dev/null
    assert_exit 0 dolen plan print "$PERSON"
    assert_has "what the plan says" "$ERR" "better not to have a copy at home"
}
test_without_the_helper_a_sentence_and_no_file() {
    new_case
    new_plan Eirlys EN NO
    mkdir alone
    cp "$BUILD/dolen" alone/
    assert_exit 1 alone/dolen --file "$CASE" --passphrase-fd 3 plan print "$PERSON" --format pdf --to plan.pdf 3<<<"$PASS"
    assert_sentence
    assert_has "sentence" "$ERR" "dolen-print"
    no_pdf_left
}
# A helper of the test's own, beside a copy of the program.
with_helper() {
    mkdir alone
    cp "$BUILD/dolen" alone/
    cat >alone/dolen-print
    chmod +x alone/dolen-print
}
test_the_helper_gets_the_document_by_pipe_and_nothing_else() {
    new_case
    new_plan Eirlys EN NO
    with_helper <<END
#!/bin/bash
{ tr '\0' '\n' </proc/self/environ; printf '%s\n' "\$0" "\$@"; } >"$HOME/seen"
ls /proc/self/fd | wc -w >"$HOME/open"
exec "$BUILD/dolen-print"
END
    EIRLYS_IN_ENVIRONMENT=1 DOLEN_TODAY=2026-03-09 assert_exit 0 \
        alone/dolen --file "$CASE" --passphrase-fd 3 plan print "$PERSON" --format pdf --to plan.pdf 3<<<"$PASS"
    assert_eq "pages" "$(pages plan.pdf)" 1
    assert_has_not "environment and arguments" "$(grep -v HOME= seen)" "Eirlys"
    assert_has_not "environment" "$(cat seen)" "EIRLYS_IN"
    assert_has_not "environment" "$(cat seen)" "DOLEN_"
    [ "$(cat open)" -le 4 ] || fail "it inherited descriptors: $(cat open)"
}
test_a_helper_that_ends_early_leaves_no_file() {
    new_case
    new_plan Eirlys EN NO
    with_helper <<<'#!/bin/sh
printf "%%PDF-1.5 half"; exit 1'
    assert_exit 9 alone/dolen --file "$CASE" --passphrase-fd 3 plan print "$PERSON" --format pdf --to plan.pdf 3<<<"$PASS"
    assert_sentence
    no_pdf_left
}
test_the_helper_refuses_what_is_no_document() {
    local bad
    for bad in '' '{}' 'nonsense' '{"schema":"dolen/document/1","lang":"en","title":"T","blocks":[{"kind":"image"}]}'; do
        assert_exit 1 "$BUILD/dolen-print" <<<"$bad"
        assert_eq "output" "$OUT$ERR" ""
    done
}
test_nothing_is_left_in_temporary_places() {
    new_case
    new_plan Eirlysgudd EN NO
    dolen plan print "$PERSON" --format pdf --to plan.pdf 2>/dev/null
    rm plan.pdf
    assert_eq "left behind" "$(grep -rla Eirlysgudd "$HOME" "$TMPDIR" | sort -u)" ""
}
test_a_file_that_is_there_and_a_format_that_is_not_are_refused() {
    new_case
    new_plan Eirlys EN NO
    echo mine >plan.txt
    assert_exit 1 dolen --lang en plan print "$PERSON" --to words.pdf
    assert_has "what to do" "$ERR" "nothing was saved; end the name in .txt"
    assert_no_file words.pdf
    assert_exit 1 dolen plan print "$PERSON" --to plan.txt
    assert_eq "the file" "$(cat plan.txt)" mine
    assert_exit 2 dolen plan print "$PERSON" --format docx
    assert_sentence
    assert_exit 2 env SHELL="$BASH" script -qec "'$BUILD/dolen' --file '$CASE' --passphrase-fd 3 plan print $PERSON --format pdf 3<<<'$PASS'" /dev/null
    assert_has "sentence" "$OUT" "--to FILE"
}
test_html_stands_alone_and_is_escaped() {
    new_case
    new_plan "<b>Eirlys</b>" EN NO
    local page
    page=$(dolen plan print "$PERSON" --format html --lang cy)
    assert_has "language" "$page" '<html lang="cy">'
    assert_has "name" "$page" "&lt;b&gt;Eirlys&lt;/b&gt;"
    for part in '<script' '<link' 'href' 'src=' 'url('; do assert_has_not "page" "$page" "$part"; done
}
test_letters_say_what_was_agreed_and_leave_a_line_in_the_history() {
    new_case
    new_plan Eirlys EN NO
    assert_exit 0 dolen letter "$REFERRAL" --kind feedback
    assert_has_not "without permission" "$OUT" "Sing by the river"
    assert_has "said so" "$ERR" "permission"
    made form fill consent --person "$PERSON" <<<'{"recipient": "Dr Catrin Puw", "purpose": "FEEDBACK", "state": "GIVEN",
        "given_by": "PERSON", "understood": "YES", "what_shared": "That I go singing"}' >/dev/null
    assert_exit 0 dolen letter "$REFERRAL" --kind feedback --format pdf --to letter.pdf
    assert_has "limits" "$ERR" "That I go singing"
    assert_has "with permission" "$(pdftotext letter.pdf -)" "Sing by the river"
    assert_exit 0 dolen letter "$REFERRAL" --kind feedback --lang cy
    assert_has "in Welsh" "$OUT" "Canu ger yr afon"
    assert_exit 2 dolen letter "$REFERRAL"
    assert_exit 2 dolen letter "$REFERRAL" --kind love
    local key
    key=$(dolen keys show-raw 2>/dev/null)
    assert_eq "lines" "$(sqlcipher "$CASE/case.db" <<END | tail -n 1
PRAGMA key = "$key";
SELECT count(*) FROM change WHERE why LIKE 'letter: feedback %' AND substr(why, 18) IN (SELECT hash FROM form_definition WHERE form = 'letter:feedback');
END
    )" 3
}
test_a_letter_in_the_services_own_words() {
    new_case
    new_plan Eirlys EN NO
    local own="$XDG_CONFIG_HOME/dolen/forms/letters"
    mkdir -p "$own"
    sed 's/With best wishes,/Yours in haste,/; s/Gyda dymuniadau gorau,/Ar frys,/' "$ROOT/forms/letters/feedback.yaml" >"$own/feedback.yaml"
    assert_exit 0 dolen form lint "$own/feedback.yaml"
    assert_exit 0 dolen letter "$REFERRAL" --kind feedback
    assert_has "their own words" "$OUT" "Yours in haste,"
    assert_has_not "in place of ours" "$OUT" "With best wishes"
    assert_exit 0 dolen --lang cy letter "$REFERRAL" --kind feedback
    assert_has "in Welsh too" "$OUT" "Ar frys,"
    sed 's/^letter: .*/letter: thanks/; s/^title: .*/title: {en: "A word of thanks", cy: "Gair o ddiolch"}/' \
        "$own/feedback.yaml" >"$own/thanks.yaml"
    assert_exit 0 dolen letter "$REFERRAL" --kind thanks
    assert_has "another letter of theirs" "$OUT" "A word of thanks"
    assert_exit 2 dolen letter "$REFERRAL" --kind love
    assert_has "which there are" "$ERR" "feedback, thanks"
}
test_a_letter_that_asks_for_more_is_refused_at_its_line() {
    new_case
    new_plan Eirlys EN NO
    local own="$XDG_CONFIG_HOME/dolen/forms/letters"
    mkdir -p "$own"
    sed 's/With best wishes,/Ring them on ${phone},/' "$ROOT/forms/letters/feedback.yaml" >"$own/feedback.yaml"
    local line
    line=$(grep -n 'phone' "$own/feedback.yaml" | cut -d: -f1)
    assert_exit 2 dolen form lint "$own/feedback.yaml"
    assert_has "file, line and column" "$OUT$ERR" "feedback.yaml:$line:30: phone"
    dolen letter "$REFERRAL" --kind feedback >letter.txt 2>why.txt && fail "a letter was made"
    assert_eq "nothing on paper" "$(cat letter.txt)" ""
    assert_has "the same place" "$(cat why.txt)" "feedback.yaml:$line:30: phone"
    assert_has "doctor names it" "$(dolen doctor 2>&1)" "feedback.yaml"
}
run_tests "$@"
