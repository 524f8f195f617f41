#!/bin/bash
# hub.sh - the bench of the hub: bundles and rows a second, beside the bare tools that load the same rows in the same minutes.
#
#   tests/bench/hub.sh [--no-postgresql]
#
# BENCH_SMALL (400) laptops with five small bundles each (28 rows), BENCH_BIG (100) laptops with one snapshot each (2,400
# rows), BENCH_ROUNDS (3). A program and its peer run in turn; a figure is the median of its rounds.
set -u
cd "$(dirname "$0")/../.." || exit 2
ROOT=$PWD BUILD=$(realpath "${BUILD:-build}")
. "$ROOT/tests/lib/postgres.sh"
. "$ROOT/tests/bench/timing.sh"
small=${BENCH_SMALL:-400} big=${BENCH_BIG:-100} rounds=${BENCH_ROUNDS:-3} postgresql=1
[ "${1:-}" = --no-postgresql ] && postgresql=
work=$(mktemp -d /tmp/dolen-bench.XXXXXX)
trap 'pg_stop_all; rm -rf "$work"' EXIT
export DOLEN_SHARE=$ROOT LC_ALL=C.UTF-8
cd "$work" || exit 2

hub() { "$BUILD/dolen-hub" --into "$into" --keys HK "$@"; }
row() {     # figure, count, unit, name, peer's name, peer, target
    awk -v f="$1" -v n="$2" -v u="$3" -v t="$(of "$4")" -v p="$5" -v pt="$(of "$6")" -v r="$(ratio "$4" "$6")" -v goal="$7" 'BEGIN {
        printf "  %-34s %7.2f s %9d %-9s against %-40s %7.2f s  %5.2f  <= %-4s %s\n", f, t, n / t, u "/s", p, pt, r, goal,
               goal == "-" ? "" : r <= goal + 0.0005 ? "ok" : "MISSED" }'
}

make_bundles() {
    into=$work/H.db
    hub init >/dev/null 2>&1
    hub policy --destination w-hub --from 2026-04-01 --dates day --out P.json >/dev/null
    note "sealing $((small * 5)) small bundles and $big snapshots …"
    "$BUILD/tests/hub-laptop" many LS P.json SMALL "$small" 5 2
    "$BUILD/tests/hub-laptop" many LB P.json BIG "$big" 1 173
}

# The rows of the snapshots as plain CSV, one file a table, without heads; the heads in head.TABLE
unpack() {
    local f name table
    mkdir -p rows one
    for f in BIG/*.dlnb; do
        age -d -i HK/identity "$f" >one.zip
        unzip -qo one.zip -d one
        for name in one/*.csv; do
            table=$(basename "$name" .csv)
            [ "$table" = tombstone ] && continue
            head -n 1 "$name" | tr -d '\r' >"head.$table"
            tail -n +2 "$name" >>"rows/$table.csv"
        done
    done
    for f in rows/*.csv; do [ -s "$f" ] || rm "$f"; done
}

# The same columns, with the key that the hub has, as text: what the bare tools load into. Text is compared byte by byte, as in
# the hub's tables: by the rules of a language its keys would take longer.
raw_tables() {      # the type of a column
    local f table key
    for f in rows/*.csv; do
        table=$(basename "$f" .csv)
        key=$(cut -d, -f1 "head.$table")
        [ "$table" = need ] && key=referral_id,rank
        echo "DROP TABLE IF EXISTS raw_$table; CREATE TABLE raw_$table ($(sed "s/,/ $1, /g" "head.$table") $1, PRIMARY KEY ($key));"
    done
}
import_sqlite() {
    local f
    rm -f raw.db
    { raw_tables text; echo "BEGIN;"; echo ".mode csv"
      for f in rows/*.csv; do echo ".import $f raw_$(basename "$f" .csv)"; done; echo "COMMIT;"; } | sqlite3 raw.db
}
import_postgresql() {
    local f
    { raw_tables 'text COLLATE "C"'; echo "BEGIN;"
      for f in rows/*.csv; do echo "\\copy raw_$(basename "$f" .csv) FROM '$f' (FORMAT csv)"; done; echo "COMMIT;"; } |
        "$PG_BIN/psql" -h "$PG_HOME/bench.sock" -U dolen -d raw -Xq -v ON_ERROR_STOP=1
}

# The barest of all: what the hub has stored, in the server's own form, back into the hub's own tables. Nothing is read as text,
# and the files lie where the server is.
keep_own_postgresql() {
    local f
    mkdir -p "$PG_HOME/own"
    chmod 777 "$PG_HOME/own"
    for f in rows/*.csv; do pg_sql bench "COPY $(basename "$f" .csv) TO '$PG_HOME/own/$(basename "$f" .csv)' (FORMAT binary)"; done
}
empty_own_postgresql() {
    local f
    for f in rows/*.csv; do echo "TRUNCATE $(basename "$f" .csv);"; done | on_hub
}
own_postgresql() {
    local f
    { echo "BEGIN;"
      for f in rows/*.csv; do echo "COPY $(basename "$f" .csv) FROM '$PG_HOME/own/$(basename "$f" .csv)' (FORMAT binary);"; done
      echo "COMMIT;"; } | on_hub
}
on_hub() { "$PG_BIN/psql" -h "$PG_HOME/bench.sock" -U dolen -d hub -Xq -v ON_ERROR_STOP=1; }

fresh_sqlite() { into=$work/H.db; rm -f H.db* && cp registered.db H.db; }
fresh_postgresql() {
    into=$(pg_url bench)
    pg_sql bench 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' >/dev/null 2>&1
    hub init >/dev/null 2>&1
    hub register LS/*/S.json LB/*/S.json >/dev/null
}

measure() {     # engine, its word
    local i
    for ((i = 0; i < rounds; i++)); do
        "fresh_$1"; rm -rf RC
        timed "$1.answered" hub receive SMALL --receipts RC
        "fresh_$1"
        timed "$1.silent" hub receive SMALL
        "fresh_$1"
        timed "$1.big" hub receive BIG --receipts RC
        timed "$1.raw" "import_$1"
        timed "$1.again" hub receive BIG --receipts RC
        [ "$1" = postgresql ] || continue
        [ -d "$PG_HOME/own" ] || keep_own_postgresql
        empty_own_postgresql
        timed "$1.own" own_postgresql
    done
}

make_bundles
unpack
rows=$(cat rows/*.csv | wc -l)
hub register LS/*/S.json LB/*/S.json >/dev/null
cp H.db registered.db
measure sqlite
if [ -n "$postgresql" ]; then
    PG_OPTIONS="-c shared_buffers=512MB -c max_wal_size=4GB -c fsync=on"
    pg_start bench
    pg_as "$PG_BIN/createdb" -h "$PG_HOME/bench.sock" -U dolen raw
    measure postgresql
fi
printf '%s bundles of 28 rows, %s snapshots with %s rows together, %s rounds\n' "$((small * 5))" "$big" "$rows" "$rounds"
row "small bundles, SQLite" "$((small * 5))" bundles sqlite.answered "the same without receipts" sqlite.silent 1.5
row "snapshots, SQLite (encrypted)" "$rows" rows sqlite.big "sqlite3 .import, not encrypted" sqlite.raw 2
row "the same snapshots again" "$big" bundles sqlite.again "the first time" sqlite.big 1
[ -n "$postgresql" ] || exit 0
row "small bundles, PostgreSQL" "$((small * 5))" bundles postgresql.answered "the same without receipts" postgresql.silent 1.5
row "snapshots, PostgreSQL" "$rows" rows postgresql.big "COPY" postgresql.raw 2
row "the same (told, not judged)" "$rows" rows postgresql.big "COPY of its own binary rows" postgresql.own -
row "the same snapshots again" "$big" bundles postgresql.again "the first time" postgresql.big 1
