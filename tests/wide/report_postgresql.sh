#!/bin/bash
# report_postgresql.sh - every report of a hub on PostgreSQL is, figure by figure, that of a hub on SQLite.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/postgres.sh"
trap pg_stop_all EXIT

laptop() { DOLEN_SHARE=$ROOT "$T/hub-laptop" "$@"; }
hub() { "$BUILD/dolen-hub" --lang en --into "$1" --keys "$HOME/HK" "${@:2}"; }

fill() {
    hub "$1" receive OUT --receipts "RC-$2" >/dev/null
}

test_reports_of_both_engines_are_equal() {
    local url name before after
    url=$(pg_url one)
    hub file.db init >/dev/null 2>&1
    hub file.db policy --destination w-hub --from 2026-04-01 --consent notice --dates day --out P.json >/dev/null
    A=$(laptop new A) B=$(laptop new B)
    for i in A B; do laptop seal $i P.json OUT --kind snapshot --to 10 --cases 1-60:5 --capacity; done
    hub file.db register A/S.json B/S.json >/dev/null
    fill file.db file
    hub "$url" init >/dev/null 2>&1
    hub "$url" register A/S.json B/S.json >/dev/null
    fill "$url" pg
    { echo "wimd_decile,age_band,sex,population"; for d in 1 2 3 4 5 6 7 8 9 10; do for s in FEMALE MALE; do echo "$d,25-44,$s,500"; done; done; } >people.csv
    pg_sql one ANALYZE
    before=$(looked_up)
    for name in activity reach capacity outcomes years referrers; do
        hub file.db report $name --format csv --from 2026-04-01 --until 2027-03-31 --population people.csv >file.csv
        hub "$url" report $name --format csv --from 2026-04-01 --until 2027-03-31 --population people.csv >pg.csv
        cmp file.csv pg.csv || fail "$name: $(diff file.csv pg.csv | head -5)"
        [ "$(wc -l <file.csv)" -gt 1 ] || fail "$name is empty"
    done
    hub "$url" report activity --format csv --from 2026-04-01 --until 2027-03-31 | grep -qE ',TOTAL,All,total,REFERRALS,Referrals,[1-9]' ||
        fail "no referrals"
    after=$(looked_up)
    [ $((after - before)) -lt 40 ] || fail "$((after - before)) look-ups: the reports ask row by row"
}


# How often rows were looked up by an index. A report of a country must not find its rows one by one (make bench-hub-scale).
looked_up() { pg_sql one "SELECT coalesce(sum(idx_scan), 0) FROM pg_stat_user_tables WHERE relname NOT LIKE 'hub%' AND relname NOT LIKE 'report%'"; }

pg_start one
run_tests
