#!/bin/bash
# report.sh - reports on one's own caseload: formats, what is kept back, what is noted, what is refused.
. "$(dirname "$0")/../lib/cli.sh"

report() { DOLEN_TODAY=2026-03-09 dolen --lang en report "$@"; }
report_cy() { DOLEN_TODAY=2026-03-09 dolen --lang cy report "$@"; }

test_each_report_has_its_tables_and_definitions() {
    local name
    new_practice 60
    for name in activity reach capacity outcomes years referrers; do
        assert_exit 0 report "$name" --draft
        assert_has "$name" "$OUT" "About these figures"
        assert_has "$name" "$OUT" "rows may not add up"
        assert_has "$name" "$OUT" "TRAINING"
        assert_eq "long lines of $name" "$(awk 'length($0) > 80' <<<"${OUT//[^[:ascii:]]/.}" | wc -l)" 0
        assert_exit 0 report_cy "$name" --draft
        assert_has "$name in Welsh" "$OUT" "Ynglŷn â'r ffigurau hyn"
        assert_has_not "$name in Welsh" "$OUT" "About these"
    done
}

test_figures_of_a_practice_caseload_are_these() {
    new_practice 60
    assert_exit 0 report activity --draft
    diff "$ROOT/tests/data/report-activity.txt" - <<<"$OUT"
    assert_exit 0 report referrers --draft --format csv
    diff "$ROOT/tests/data/report-referrers.csv" - < <(printf '%s\n' "$OUT" | tr -d '\r')
}

test_what_was_saved_is_said() {
    new_practice 6
    assert_exit 0 report activity --draft --format csv --to r.csv
    assert_eq "where" "$OUT" "Saved, with small numbers kept back: r.csv"
    assert_exit 1 report activity --draft --format csv --to r.csv
    assert_has "never written over" "$ERR" "r.csv exists already"
}

test_no_small_count_is_in_any_format() {
    new_practice 60
    assert_exit 0 report activity --draft --format csv
    assert_eq "counts from 1 to 4" "$(grep -cE ',[1-4],.?$' <<<"${OUT//$'\r'/}" || true)" 0
    assert_eq "not rounded" "$(awk -F, 'NR > 1 && $(NF-1) != "" && $(NF-1) % 5' <<<"${OUT//$'\r'/}" | wc -l)" 0
    assert_has "kept back" "$OUT" ",,c"
}

test_html_is_well_formed_and_stands_alone() {
    local lang
    new_practice 60
    for lang in en cy; do
        DOLEN_TODAY=2026-03-09 dolen --lang $lang report referrers --draft --format html --to $lang.html
        tidy -q -e $lang.html
        assert_has "language" "$(head -2 $lang.html)" "lang=\"$lang\""
        assert_eq "scripts and addresses" "$(grep -ciE '<script|src=|href=|url\(|https?:' $lang.html || true)" 0
        assert_has "a chart" "$(cat $lang.html)" "<svg"
        assert_mode $lang.html 600
    done
}

test_a_workbook_needs_a_file() {
    new_practice 20
    assert_exit 2 report activity --format xlsx
    assert_has "why" "$ERR" "--to FILE"
    assert_exit 0 report activity --format xlsx --to out.xlsx
    assert_has "sheets" "$(unzip -p out.xlsx xl/workbook.xml)" "About these figures"
    assert_has "numbers are numbers" "$(unzip -p out.xlsx xl/worksheets/sheet2.xml)" "<v>5</v>"
    assert_has_not "formulas" "$(unzip -p out.xlsx 'xl/worksheets/*')" "<f>"
    assert_exit 1 report activity --to out.xlsx
    assert_has "why" "$ERR" "exists already"
    assert_exit 1 report activity --format html --to page.xlsx
    assert_has "what to do" "$ERR" "nothing was saved; end the name in .html"
    assert_exit 1 report activity --to words.csv
    assert_no_file page.xlsx words.csv
}

test_exact_counts_do_not_leave_the_screen() {
    new_practice 20
    assert_exit 1 report activity --unsuppressed
    assert_has "why" "$ERR" "on the screen alone"
    assert_exit 1 report activity --unsuppressed --to out.txt
    assert_no_file out.txt
    SHELL=$BASH script -qec "$(declare -p CASE BUILD); DOLEN_TODAY=2026-03-09 $BUILD/dolen --lang en --file $CASE --passphrase-fd 3 report activity --unsuppressed 3<<<$PASS" /dev/null >shown
    assert_has "on a terminal" "$(cat shown)" "EXACT COUNTS"
}

test_what_was_given_out_is_given_out_alike() {
    new_practice 60
    assert_exit 0 report activity --format csv --to first.csv
    assert_exit 0 report activity --format csv --to again.csv
    cmp first.csv again.csv
}

test_rates_need_a_population_and_deciles_an_index() {
    new_practice 60
    assert_exit 0 report reach --draft
    assert_has "says so" "$OUT" "No population table was given"
    { echo "lsoa,decile"; for i in $(seq -w 1 1909); do echo "W0100$i,$((10#$i % 10 + 1))"; done; } >wimd.csv
    { echo "wimd_decile,population"; for i in 1 2 3 4 5 6 7 8 9 10; do echo "$i,1000"; done; } >people.csv
    assert_exit 0 dolen --lang en wimd load wimd.csv --edition 2025
    assert_has "areas" "$OUT" "decile: 1909"
    assert_exit 0 report reach --draft --population people.csv --format csv
    assert_has "a rate" "$OUT" ",RATE,"
    assert_has "the fifth decile" "$OUT" "reach,2025-04-01,2026-03-09,decile,5,5,plain,POPULATION,Population,1000,"
    DOLEN_TODAY=2026-03-09 dolen export --from 2025-04-01 --until 2026-03-31 --to rows
    grep -qE ',2025,,[0-9]+,' rows/episode.csv || fail "no edition and decile in an export"
    printf 'population\nmany\n' >bad.csv
    assert_exit 2 report reach --population bad.csv
    assert_has "which line" "$ERR" "bad.csv, line 2"
}

test_years_are_whole() {
    new_practice 20
    assert_exit 0 report years --draft --from 2023-06-01 --until 2025-02-01
    assert_has "period" "$OUT" "1 Apr 2023 to 31 Mar 2025"
    assert_has "the first" "$OUT" "2023-24"
    assert_has "the last" "$OUT" "2024-25 "
    assert_exit 0 report years --draft --from 2024-06-01 --until 2026-02-01
    assert_has "the period, as far as it went" "$OUT" "1 Apr 2024 to 9 Mar 2026"
    assert_has "a year that is not over" "$OUT" "2025-26, so far"
}

# Nobody is told that nothing was done in a month that has not come.
test_what_is_to_come_is_left_out_in_every_format() {
    local lang months
    new_practice 60
    for lang in en cy; do
        for form in text csv xlsx html; do
            DOLEN_TODAY=2025-11-15 dolen --lang $lang report activity --draft --format $form --to $lang.$form
        done
        unzip -qd $lang $lang.xlsx
        cat $lang/xl/sharedStrings.xml $lang/xl/worksheets/*.xml >$lang.xlsx
        for form in text csv xlsx html; do
            [ $lang = en ] && months=('November 2025, so far' 'December 2025' 'January 2026') \
                || months=('Tachwedd 2025, hyd yma' 'Rhagfyr 2025' 'Ionawr 2026')
            assert_has "$lang $form: this month" "$(cat $lang.$form)" "${months[0]}"
            assert_has_not "$lang $form: next month" "$(cat $lang.$form)" "${months[1]}"
            assert_has_not "$lang $form: the end of the year" "$(cat $lang.$form)" "${months[2]}"
        done
        for form in text html xlsx; do
            assert_has_not "$lang $form: no month as a machine writes it" "$(cat $lang.$form)" 2025-1
        done
        assert_has "$lang: a month as a machine reads it" "$(cat $lang.csv)" ",by_month,2025-11,"
        assert_eq "$lang: months in CSV" "$(grep -c ',by_month,.*,plain,REFERRALS,' $lang.csv)" 8
    done
    assert_has "up to when" "$(cat en.csv)" "activity,2025-04-01,2025-11-15,"
    assert_has "the period" "$(cat en.text)" "1 Apr 2025 to 15 Nov 2025"
    assert_has "why" "$(tr '\n' ' ' <en.text)" "was to end on 31 Mar 2026. What is to come is left out"
    assert_has "this month" "$(cat en.html)" "November 2025, so far"
    assert_has "this month, in Welsh" "$(cat cy.html)" "Tachwedd 2025, hyd yma"
    assert_exit 2 dolen --lang en report activity --from 2090-04-01
    assert_has "nothing yet" "$ERR" "begins after today"
}

test_what_cannot_be_is_refused() {
    new_practice 5
    assert_exit 2 report weather
    assert_has "what there is" "$ERR" "dolen report list"
    assert_exit 2 report activity --format pdf
    assert_exit 2 report activity --from 2026-03-01 --until 2026-02-01
    assert_exit 0 dolen --json report list
    assert_json "$OUT" '.reports[1].name' reach
}

run_tests
