#!/bin/bash
# commissioners.sh - the commands of docs/commissioners.md, as they stand there, on the rows of a practice caseload.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/postgres.sh"
trap pg_stop_all EXIT

# Block N of a kind: what stands between the fences after "<!-- tested: KIND -->".
snippet() {
    awk -v want="<!-- tested: $1 -->" -v n="${2:-1}" '
        $0 == want { seen++; next }
        seen == n && /^```/ { if (open) exit; open = 1; next }
        open' "$ROOT/docs/commissioners.md"
}

rows() {
    new_practice 60
    DOLEN_TODAY=2026-03-09 dolen export --from 2025-04-01 --until 2026-03-31 --to rows >/dev/null 2>&1
}

test_r_reads_the_rows() {
    rows
    snippet r >s.R
    Rscript --vanilla s.R >said
    assert_has "labels" "$(cat said)" "Self-referral"
    assert_has "percentiles" "$(cat said)" "90%"
}

test_python_reads_the_rows() {
    rows
    snippet python >s.py
    python3 s.py >said
    assert_has "authorities" "$(cat said)" "W0600"
}

test_postgresql_loads_the_rows() {
    rows
    snippet psql >s.sh
    (PGHOST=$PG_HOME/one.sock PGUSER=dolen PGDATABASE=hub; export PGHOST PGUSER PGDATABASE; PATH=$PG_BIN:$PATH bash -e s.sh) >said
    assert_has "sources" "$(cat said)" "SELF"
    assert_has "a median" "$(cat said)" "percentile_cont"
}

test_r_reads_a_report() {
    new_practice 60
    DOLEN_TODAY=2026-03-09 dolen report activity --draft --format csv --to report.csv
    snippet r 2 >s.R
    Rscript --vanilla s.R >said
    assert_has "months" "$(cat said)" "2025-12"
}

pg_start one
run_tests
