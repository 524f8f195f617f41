#!/bin/bash
# report_pages.sh - every report as a page, in both languages, in headless Chromium; printed on A4; checked by axe-core.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/npm.sh"

pages() {
    local name charts
    for name in activity:2 reach:6 capacity:1 outcomes:0 years:1 referrers:1; do
        charts=${name#*:} name=${name%:*}       # few pairs carry no figure to draw
        DOLEN_TODAY=2026-03-09 dolen --lang "$1" report $name --draft --format html --population people.csv --from 2024-04-01 --until 2026-03-31 --to $1-$name.html
        node "$ROOT/tests/wide/report_page.mjs" "$MODULES" "$(command -v chromium)" $1-$name.html $1-$name.pdf $charts ||
            fail "$1 $name"
        assert_has "$name on A4" "$(pdfinfo $1-$name.pdf)" "A4"
        pdftotext -layout $1-$name.pdf $1-$name.txt
        assert_has "$name, to its end" "$(cat $1-$name.txt)" "$2"
    done
}

population() {
    local d a
    echo "wimd_decile,age_band,population"
    for d in 1 2 3 4 5 6 7 8 9 10; do
        for a in 0-17 18-24 25-44 45-64 65-74 75-84 85+; do echo "$d,$a,$((400 + 10 * d))"; done
    done
}

prepare() {
    new_practice 300
    population >people.csv
    { echo "lsoa,decile"; for i in $(seq -w 1 1909); do echo "W0100$i,$((10#$i % 10 + 1))"; done; } >wimd.csv
    dolen wimd load wimd.csv --edition 2025
}

test_pages_in_english() { prepare; pages en "x: not available"; }
test_pages_in_welsh() { prepare; pages cy "x: ddim ar gael"; }

npm_fetch
run_tests
