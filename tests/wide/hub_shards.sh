#!/bin/bash
# One hub over three PostgreSQL servers: what it holds and reports is what one server holds and reports.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/postgres.sh"
trap pg_stop_all EXIT

laptop() { DOLEN_SHARE=$ROOT "$T/hub-laptop" "$@"; }
on() { "$BUILD/dolen-hub" --into "$1" --keys "$HOME/HK" "${@:2}"; }
one() { on "$HOME/one.db" "$@"; }
many() { on "$(pg_url home)" "$@"; }

test_three_servers_answer_as_one() {
    local l all report
    one init >/dev/null 2>&1
    many init >/dev/null 2>&1
    many policy --destination w-hub --from 2026-04-01 --dates day --out P.json >/dev/null
    laptop new early >/dev/null
    one register early/S.json >/dev/null
    many register early/S.json >/dev/null
    many shards init "$(pg_url a)" "$(pg_url b)" "$(pg_url c)"
    for l in 1 2 3 4 5 6 7 8; do
        laptop new "L$l" >/dev/null
        one register "L$l/S.json" >/dev/null
        many register "L$l/S.json" >/dev/null
        laptop seal "L$l" P.json OUT --kind snapshot --to 30 --cases "1-$((10 + l)):$l" --capacity
        laptop seal "L$l" P.json OUT --seq 2 --base 30 --to 40 --cases "2-5:$((30 + l))" --gone "contact:3:40"
    done
    laptop seal early P.json OUT --kind snapshot --to 9 --cases 1-9:5
    one receive OUT --receipts RC1 --json >/dev/null
    many receive OUT --receipts RC2 --json >/dev/null
    assert_eq rows "$(many status --json | json .rows)" "$(one status --json | json .rows)"
    assert_eq batches "$(many status --json | json .batches)" "$(one status --json | json .batches)"
    assert_eq receipts "$(find RC2 -name '*.rcpt' | wc -l)" 17

    # each laptop lies whole on one server, and more than one server has some
    all=0
    for l in a b c; do
        [ "$(pg_sql $l 'SELECT count(*) FROM episode')" -gt 0 ] && all=$((all + 1))
    done
    [ "$all" -ge 2 ] || fail "all laptops lie on one server"
    assert_eq "laptops on the servers" "$(many shards status --json | json '.shards[].sources' | paste -sd+ | bc)" 9

    # with SQL, the coordinator has the whole; partials add up to it
    assert_eq "contacts by foreign tables" "$(pg_sql home 'SELECT count(*) FROM contact')" \
              "$(one status --json | json .rows.contact)"
    assert_eq "contacts by partials" "$(pg_sql home 'SELECT sum(n) FROM partial_contact')" \
              "$(one status --json | json .rows.contact)"
    assert_eq "outcomes by partials" \
              "$(pg_sql home 'SELECT item, n, round(total::numeric, 6), round(squares::numeric, 6) FROM partial_outcome ORDER BY 1, 2, 3')" \
              "$(pg_sql home 'SELECT item, count(value), round(sum(value)::numeric, 6), round(sum(value * value)::numeric, 6) FROM outcome GROUP BY instrument, item, stage ORDER BY 1, 2, 3')"

    for report in activity reach capacity outcomes years referrers; do
        one report $report --from 2026-04-01 --until 2027-03-31 --format csv --draft >one.csv 2>err || fail "$report: $(cat err)"
        many report $report --from 2026-04-01 --until 2027-03-31 --format csv --draft >many.csv 2>err || fail "$report: $(cat err)"
        cmp -s one.csv many.csv || fail "the report $report differs:" "$(diff one.csv many.csv | head -n 20)"
        [ "$(wc -l <one.csv)" -gt 5 ] || fail "the report $report says nothing"
    done
    many verify >/dev/null
}

test_quarantine_and_revocation_on_the_right_server() {
    pg_sql home 'DROP SCHEMA public CASCADE; DROP EXTENSION IF EXISTS postgres_fdw CASCADE; CREATE SCHEMA public' >/dev/null 2>&1
    for l in a b c; do pg_sql $l 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' >/dev/null 2>&1; done
    many init >/dev/null 2>&1
    many shards init "$(pg_url a)" "$(pg_url b)" "$(pg_url c)" >/dev/null
    many policy --destination w-hub --from 2026-04-01 --out P.json >/dev/null
    A=$(laptop new A) B=$(laptop new B)
    many register A/S.json B/S.json >/dev/null
    laptop seal A P.json OUT --kind snapshot --to 30 --cases 1-20:5
    laptop seal A P.json OUT --seq 2 --kind snapshot --to 40 --cases 1-5:5
    laptop seal B P.json OUT --kind snapshot --to 30 --cases 1-4:5
    assert_exit 6 many receive OUT --receipts RC --json
    assert_has "put aside" "$(many quarantine)" "$A-e1-000002.dlnb"
    many accept "$A-e1-000002.dlnb" --receipts RC >/dev/null
    assert_eq episodes "$(many status --json | json .rows.episode)" 9
    many sources revoke "$B" >/dev/null
    laptop seal B P.json OUT --seq 2 --base 30 --to 40 --cases 1-1:35
    assert_exit 6 many receive OUT --receipts RC --json
    assert_json "$(cat "RC/$B/$B-e1-000002.dlnb.rcpt")" .reason revoked
    assert_exit 1 many shards init "$(pg_url a)"
}

new_shards() {
    local l
    pg_sql home 'DROP SCHEMA public CASCADE; DROP EXTENSION IF EXISTS postgres_fdw CASCADE; CREATE SCHEMA public' >/dev/null 2>&1
    for l in a b c; do pg_sql $l 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' >/dev/null 2>&1; done
    many init >/dev/null 2>&1
    many shards init "$(pg_url a)" "$(pg_url b)" "$(pg_url c)" >/dev/null
    [ -e P.json ] || many policy --destination w-hub --from 2026-04-01 --dates day --out P.json >/dev/null
}

# One list, whichever server a line of it comes from.
test_lists_are_in_one_order() {
    local l
    new_shards
    rm -rf OUT RC
    for l in 1 2 3 4 5 6 7 8 9; do
        laptop new "Q$l" >/dev/null
        many register "Q$l/S.json" >/dev/null
        laptop seal "Q$l" P.json OUT --kind snapshot --to 30 --cases 1-20:5
        laptop seal "Q$l" P.json OUT --seq 2 --kind snapshot --to 40 --cases 1-5:5
    done
    assert_exit 6 many receive OUT --receipts RC --json
    many quarantine | awk '{ print $3, $1 }' >list
    assert_eq "put aside" "$(wc -l <list)" 9
    LC_ALL=C sort -c list || fail "the list is not sorted"
    assert_eq "laptops as they were registered" "$(many status --json | json '.sources[].source_id')" \
              "$(pg_sql home 'SELECT source FROM hub_source ORDER BY source_id')"
}

# Another session takes all contacts out, on every server, as soon as a report has read the first table: it says what was there
# when it began.
test_a_report_is_of_one_moment() {
    local l before after
    new_shards
    rm -rf OUT RC
    for l in 1 2 3 4 5 6; do
        laptop new "M$l" >/dev/null
        many register "M$l/S.json" >/dev/null
        laptop seal "M$l" P.json OUT --kind snapshot --to 30 --cases 1-20:5
    done
    many receive OUT --receipts RC >/dev/null
    before=$(many report activity --from 2026-04-01 --until 2027-03-31 --format csv --draft)
    for l in a b c; do
        pg_sql $l "ALTER TABLE referral RENAME TO referral_kept; ALTER TABLE contact RENAME TO contact_kept;
            CREATE FUNCTION meanwhile() RETURNS boolean LANGUAGE plpgsql AS \$\$ BEGIN
                IF coalesce(current_setting('test.done', true), '') = '' THEN
                    PERFORM set_config('test.done', 'yes', false);
                    COPY (SELECT 1) TO PROGRAM 'for s in a b c; do $PG_BIN/psql -h $PG_HOME/\$s.sock -U dolen -d hub -qc \"DELETE FROM contact_kept\"; done';
                END IF; RETURN true; END \$\$;
            CREATE VIEW referral AS SELECT * FROM referral_kept WHERE meanwhile();
            CREATE VIEW contact AS SELECT * FROM contact_kept WHERE meanwhile()"
    done
    after=$(many report activity --from 2026-04-01 --until 2027-03-31 --format csv --draft)
    for l in a b c; do assert_eq "contacts on $l" "$(pg_sql $l 'SELECT count(*) FROM contact_kept')" 0; done
    assert_eq "the report" "$after" "$before"
    after=$(many report activity --from 2026-04-01 --until 2027-03-31 --format csv --draft)
    [ "$after" != "$before" ] || fail "the contacts are not in the report at all"
}

for name in home a b c; do pg_start $name; done
run_tests "$@"
