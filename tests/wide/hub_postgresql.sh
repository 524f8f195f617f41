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
    assert_eq receipts "$(find RC -name '*.rcpt.minisig' | wc -l)" 120
}

laptops=20 batches=6 cases=1
new_country() {     # that many bundles of so many cases each, in OUT; an empty hub that takes them
    pg_sql one 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' >/dev/null 2>&1
    hub init >/dev/null 2>&1 || true
    [ -e P.json ] || hub policy --destination w-hub --from 2026-04-01 --out P.json >/dev/null
    [ -e OUT ] || DOLEN_SHARE=$ROOT "$T/hub-laptop" many L P.json OUT $laptops $batches $cases
    hub register L/*/S.json >/dev/null
    rm -rf RC
}
assert_whole_after() {      # what happened
    local accepted file
    accepted=$(pg_sql one "SELECT count(*) FROM hub_batch WHERE status = 'accepted'")
    assert_eq "$1: one episode a case" "$(pg_sql one 'SELECT count(*) FROM episode')" $((accepted * cases))
    assert_eq "$1: three contacts a case" "$(pg_sql one 'SELECT count(*) FROM contact')" $((3 * accepted * cases))
    rm -rf known
    hub receipts --to known >/dev/null
    for file in $(find RC -name '*.minisig' -path '*.rcpt.*' 2>/dev/null); do
        cmp -s "$file" "known/${file#RC/}" || fail "$1: a receipt for what is not committed: $file"
    done
    hub receive OUT --receipts RC >/dev/null || fail "$1: the next run failed"
    assert_eq "$1: episodes after the next run" "$(pg_sql one 'SELECT count(*) FROM episode')" $((laptops * batches * cases))
    assert_eq "$1: receipts after the next run" "$(find RC -name '*.rcpt' | wc -l)" $((laptops * batches))
    hub verify >/dev/null || fail "$1: the ledger does not hold"
}
# The server dies by its own hand when the nth bundle is entered into the ledger, there and then or when that is committed.
bomb() {            # n, signal, DEFERRED|IMMEDIATE
    pg_sql one "CREATE SEQUENCE entered; CREATE FUNCTION bomb() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN
        IF nextval('entered') = $1 THEN COPY (SELECT 1) TO PROGRAM 'kill -$2 $(pg_pid one)'; END IF; RETURN NULL; END \$\$;
        CREATE CONSTRAINT TRIGGER bomb AFTER INSERT ON hub_batch DEFERRABLE INITIALLY $3 FOR EACH ROW EXECUTE FUNCTION bomb()"
}
defuse() { pg_sql one 'DROP TRIGGER bomb ON hub_batch; DROP FUNCTION bomb; DROP SEQUENCE entered'; }
wal() { pg_sql one "SELECT pg_current_wal_lsn() - '0/0'" 2>/dev/null; }

test_a_server_that_is_killed_while_bundles_are_entered_and_committed() {
    local n sig when
    new_country
    for sig in KILL QUIT; do
        for when in IMMEDIATE DEFERRED; do
            for n in $((1 + RANDOM % 50)) $((51 + RANDOM % 69)); do
                new_country
                bomb "$n" $sig $when
                hub receive OUT --receipts RC >out 2>err && fail "no failure at bundle $n ($sig, $when)"
                grep -q "committed before is safe" err || fail "bundle $n ($sig, $when): $(cat err)"
                pg_again one
                defuse
                assert_whole_after "bundle $n ($sig, $when)"
            done
        done
    done
}

# The same from outside, at any moment: when the server has written so much of its log.
test_a_server_that_is_killed_at_any_moment() {
    kill_at_any_moment 6
}

# First snapshots, whose rows go straight into their tables: two groups of them, and the moment mostly in the midst of rows.
test_a_server_that_is_killed_during_first_snapshots() {
    laptops=60 batches=1 cases=25
    kill_at_any_moment 4
}

kill_at_any_moment() {      # how often
    local i sig start now whole at killed=0 tries=$1
    new_country
    start=$(wal)
    hub receive OUT --receipts RC >/dev/null
    whole=$(($(wal) - start))
    for ((i = 1; i <= tries; i++)); do
        [ $((i % 2)) -eq 0 ] && sig=KILL || sig=QUIT
        new_country
        start=$(wal)
        at=$((whole * (2 * i - 1) / (2 * tries) + RANDOM % (whole / (2 * tries))))
        hub receive OUT --receipts RC >out 2>err &
        while now=$(wal) && [ $((now - start)) -lt "$at" ] && kill -0 $! 2>/dev/null; do :; done
        pg_crash one $sig
        wait $! || killed=$((killed + 1))
        pg_again one
        assert_whole_after "after $at bytes of log ($sig)"
    done
    [ "$killed" -gt 1 ] || fail "the server outlived nearly every run: nothing was tried"
}

pg_start one
pg_as "$PG_BIN/createdb" -h "$PG_HOME/one.sock" -U dolen property
run_tests
