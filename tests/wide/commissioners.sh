#!/bin/bash
# commissioners.sh - the commands of docs/commissioners.md, as they stand there: on a bundle as it arrives, and on the rows of a
# practice caseload.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/sync.sh"
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

in_postgresql() {
    (PGHOST=$PG_HOME/one.sock PGUSER=dolen PGDATABASE=hub; export PGHOST PGUSER PGDATABASE; PATH=$PG_BIN:$PATH bash -e "$@")
}

# What was sealed on a laptop, without any program of ours from then on.
test_a_bundle_is_opened_and_loaded() {
    new_case
    new_hub
    new_link
    for name in Eirlys Huw; do
        new_person $name
        permission GIVEN
    done
    seal >/dev/null
    send >/dev/null
    mkdir desk
    cp drop/*.dlnb desk/NAME.dlnb
    cp drop/*.dlnb.minisig desk/NAME.dlnb.minisig
    cp S.pub desk/laptop.pub
    cp HK/identity desk/identity
    cd desk
    snippet open >s.sh
    sh -e s.sh >said 2>&1
    assert_has "the name it was signed under" "$(cat said)" "file:$(basename ../drop/*.dlnb)"
    snippet r >s.R
    Rscript --vanilla s.R >said
    assert_has "R" "$(cat said)" "Self-referral"
    snippet python >s.py
    python3 s.py >said
    assert_eq "Python" "$(cat said)" "W06000015 2"
    snippet psql >s.sh
    in_postgresql s.sh >said
    assert_has "PostgreSQL" "$(cat said)" "SELF   |     2"
    sed -i 's/^for table in .*/for table in tombstone dictionary; do load "$table"; done/; /^psql -c/d' s.sh
    in_postgresql s.sh
    cd ..
    hub receive drop --receipts back >/dev/null
    hub report activity --draft --format csv --to report.csv
    snippet r 2 >s.R
    Rscript --vanilla s.R >said
    assert_has "figures" "$(cat said)" "$(ago 60 | cut -c1-7)"
    hub policy annex P.json >annex.md
    assert_has "annex" "$(cat annex.md)" "| referral | received_on |"
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
    pg_sql one 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' >/dev/null 2>&1
    rows
    snippet psql >s.sh
    in_postgresql s.sh >said
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
