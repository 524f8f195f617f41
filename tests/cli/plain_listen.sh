#!/bin/bash
# Line mode for who listens: figures in sentences that equal the page's, a changed line alone, lists read in parts.
. "$(dirname "$0")/../lib/cli.sh"

plain() {      # language
    set +e
    TERM=dumb NO_COLOR=1 "$BUILD/dolen" --file "$CASE" --lang "$1" --plain --passphrase-fd 3 3<<<"$PASS" >said 2>errors
    set -e
    SAID=$(cat said)
    ! LC_ALL=C grep -q '[[:cntrl:]]' <(tr -d '\n' <said) || fail "control characters in the transcript"
    assert_eq "errors" "$(cat errors)" ""
}
said() {
    local part
    for part; do
        assert_has "transcript" "$SAID" "$part"
    done
}
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
run_tests
