#!/bin/bash
# A hub on PostgreSQL: the same rows from the same bundles as on SQLite, in any order; and what its users see of it.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/postgres.sh"
trap pg_stop_all EXIT

laptop() { DOLEN_SHARE=$ROOT "$T/hub-laptop" "$@"; }
hub() { "$BUILD/dolen-hub" --into "$(pg_url one)" --keys "$HOME/HK" "$@"; }

test_the_same_rows_in_any_order_on_either_engine() {
    cd "$ROOT"
    HUB_TEST_POSTGRESQL=$(pg_url one property) "$T/unit/hub/test_order" || fail "see above"
}

test_a_hub_by_its_address() {
    hub init >/dev/null 2>&1
    hub policy --destination w-hub --from 2026-04-01 --out P.json >/dev/null
    A=$(laptop new A)
    hub register A/S.json >/dev/null
    laptop seal A P.json OUT --kind snapshot --to 10 --cases 1-20:5 --capacity
    laptop seal A P.json OUT --seq 2 --base 10 --to 12 --cases 3-4:12 --gone contact:7:12
    hub receive OUT --receipts RC >/dev/null
    assert_eq contacts "$(pg_sql one 'SELECT count(*) FROM contact')" 57
    assert_json "$(hub status --json)" .rows.contact 57
    assert_json "$(cat "RC/$A/$A-e1-000002.dlnb.rcpt")" .rows.updated 26
    hub verify >/dev/null
    assert_exit 1 hub init
    assert_has "a second init" "$ERR" "Nothing was changed"
}

# Whole batches or nothing, and receipts only for what is committed, also when the server goes away.
test_a_server_that_goes_away() {
    hub init >/dev/null 2>&1 || true
    hub policy --destination w-hub --from 2026-04-01 --out P.json >/dev/null
    B=$(laptop new B)
    hub register B/S.json >/dev/null
    laptop seal B P.json OUT --kind snapshot --to 10 --cases 1-20:5
    "$BUILD/dolen-hub" --into "postgresql:///hub?host=$HOME/nowhere&user=dolen" --keys HK receive OUT --receipts RC >out 2>err && fail "no failure"
    assert_has why "$(cat err)" "does not answer"
    assert_no_file RC
}

# The same promise as on SQLite (tests/fault/hub.sh), with the program killed while the server lives on.
test_a_hub_that_is_killed() {
    local i n file accepted
    pg_sql one 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' >/dev/null 2>&1
    hub init >/dev/null 2>&1
    hub policy --destination w-hub --from 2026-04-01 --out P.json >/dev/null
    DOLEN_SHARE=$ROOT "$T/hub-laptop" many L P.json OUT 20 6 1
    hub register L/*/S.json >/dev/null
    for i in 1 2 3 4 5 6; do
        mkdir -p RC
        n=$((i * 17))
        FAULT_DIR=$HOME/RC FAULT_STATE=$HOME/count FAULT_NTH=$n FAULT_KILL=1 LD_PRELOAD=$T/fault_shim.so \
            "$BUILD/dolen-hub" --into "$(pg_url one)" --keys HK receive OUT --receipts RC >/dev/null 2>&1 && fail "not killed at call $n"
        accepted=$(pg_sql one "SELECT count(*) FROM hub_batch WHERE status = 'accepted'")
        assert_eq "episodes after a kill" "$(pg_sql one 'SELECT count(*) FROM episode')" "$accepted"
        rm -rf known
        hub receipts --to known >/dev/null
        for file in RC/*/*.minisig; do
            [ -e "$file" ] || continue
            cmp -s "$file" "known/${file#RC/}" || fail "a receipt for what is not committed: $file"
        done
        rm -rf RC
    done
    hub receive OUT --receipts RC >/dev/null
    assert_eq episodes "$(pg_sql one 'SELECT count(*) FROM episode')" 120
    assert_eq receipts "$(find RC -name '*.minisig' | wc -l)" 120
}

pg_start one
pg_as "$PG_BIN/createdb" -h "$PG_HOME/one.sock" -U dolen property
run_tests
