#!/bin/bash
# hub_scale.sh - every report of the hub over a country's year on PostgreSQL, beside plain scans of the same tables; and the
# same rows over three servers, with equal results.
#
#   tests/bench/hub_scale.sh
#
# BENCH_LAPTOPS (1000) of them, BENCH_REFERRALS (2500) of each; ten contacts a referral. BENCH_ROUNDS (3): a report and its
# peer run in turn; a figure is the median of its rounds. BENCH_SHARDS= leaves the three servers out. BENCH_DIR (/var/tmp):
# 25 million contacts need some 15 GB there, twice when there are shards.
#
# Rows are made in SQL, straight into the hub's own tables, and follow from the laptop's number and their own: any server
# that knows the laptop makes the same ones. What receiving costs is measured by hub.sh.
set -u
cd "$(dirname "$0")/../.." || exit 2
ROOT=$PWD BUILD=$(realpath "${BUILD:-build}")
. "$ROOT/tests/lib/postgres.sh"
. "$ROOT/tests/bench/timing.sh"
laptops=${BENCH_LAPTOPS:-1000} each=${BENCH_REFERRALS:-2500} rounds=${BENCH_ROUNDS:-3} shards=${BENCH_SHARDS-a b c}
period="--from 2026-04-01 --until 2027-03-31"
PG_PLACE=${BENCH_DIR:-/var/tmp}
work=$(mktemp -d "$PG_PLACE/dolen-bench.XXXXXX")
trap 'pg_stop_all; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
export DOLEN_SHARE=$ROOT LC_ALL=C.UTF-8
cd "$work" || exit 2

hub() { "$BUILD/dolen-hub" --into "$(pg_url "$1")" --keys HK "${@:2}"; }

# --- rows -----------------------------------------------------------------------------------------------------------

# One of a code list's codes, by the row's numbers and a salt: pick LIST SALT
pick() { echo "(:$1)[1 + ((n * 40503 + s.source_id * 2654435761 + $2 * 69069) >> 7) % cardinality(:$1)]"; }
uuid() { echo "md5('$1 ' || s.source_id || ' ' || n${2:+ || ' ' || $2})::uuid"; }
day() { echo "(date '2026-04-01' + ((n * 7 + s.source_id * 3) % 300 + $1)::int)::text"; }
version="1099511627776 + n"

# Nothing is logged of a table that is emptied in the same transaction (wal_level=minimal). Sources are those that the server
# knows. Four referrals of five lead to an episode; twelve or thirteen contacts each, 12.5 on average.
rows_sql() {
    cat <<SQL
BEGIN;
TRUNCATE referral;
INSERT INTO referral (source_id, referral_id, person_id, received_on, route, source, urgency, decision, decided_on,
                      feedback_sent_on, row_version)
  SELECT s.source_id, $(uuid R), $(uuid P), $(day 0), $(pick referral_route 1), $(pick referral_source 2), $(pick urgency 3),
         CASE WHEN n % 5 > 0 THEN 'ACCEPTED' ELSE $(pick decision 4) END, $(day 3), CASE WHEN n % 3 = 0 THEN $(day 9) END, $version
    FROM hub_source s, generate_series(1, :each) n;
COMMIT;
BEGIN;
TRUNCATE need;
INSERT INTO need (source_id, referral_id, rank, need_code, row_version)
  SELECT s.source_id, $(uuid R), k, $(pick reason k), $version FROM hub_source s, generate_series(1, :each) n, generate_series(1, 2) k;
COMMIT;
BEGIN;
TRUNCATE episode;
INSERT INTO episode (source_id, episode_id, person_id, referral_id, organisation, org_type, health_board, local_authority, age_band,
                     sex, sex__missing, ethnic_group, language_speak, language_write, active_offer, general_health, disability,
                     carer, armed_forces, employment, tenure, household, wimd_edition, wimd_decile, model, opened_on,
                     first_conversation_on, waiting_days, contacts_total, plan_agreed_on, closed_on, closed_on__missing,
                     closure_reason, items_missing, data_set_version, row_version)
  SELECT s.source_id, $(uuid E), $(uuid P), $(uuid R), md5('O ' || s.source_id)::uuid, $(pick org_type 5), $(pick health_board 6),
         $(pick local_authority 7), $(pick age_band 8), CASE WHEN n % 41 > 0 THEN $(pick sex 9) END,
         CASE WHEN n % 41 = 0 THEN 'NANS' END, $(pick ethnic_group 10), $(pick language_preference 11),
         $(pick language_preference 12), $(pick active_offer 13), $(pick general_health 14), $(pick disability 15),
         $(pick carer 16), $(pick armed_forces 17), $(pick employment 18), $(pick tenure 19), $(pick household 20), 2025,
         1 + (n * 3 + s.source_id) % 10, $(pick model 21), $(day 3), $(day "(n % 40)"), n % 40, 12 + n % 2,
         CASE WHEN n % 4 > 0 THEN $(day 30) END, CASE WHEN n % 2 > 0 THEN $(day 60) END, CASE WHEN n % 2 = 0 THEN 'NREA' END,
         CASE WHEN n % 2 > 0 THEN $(pick closure_reason 22) END, n % 7, 'V0.1', $version
    FROM hub_source s, generate_series(1, :each) n WHERE n % 5 > 0;
COMMIT;
BEGIN;
TRUNCATE contact;
INSERT INTO contact (source_id, contact_id, episode_id, contact_on, contact_type, contact_with, contact_result, contact_minutes,
                     contact_language, row_version)
  SELECT s.source_id, $(uuid C k), $(uuid E), $(day "(5 * k)"), $(pick contact_type k), $(pick contact_with k),
         CASE WHEN (n + k) % 10 < 8 THEN 'ATTENDED' ELSE $(pick contact_result k) END, 5 * (1 + (n + k) % 12),
         $(pick language_preference 11), $version
    FROM hub_source s, generate_series(1, :each) n, generate_series(1, 13) k WHERE n % 5 > 0 AND (k < 13 OR n % 2 = 0);
COMMIT;
BEGIN;
TRUNCATE outcome;
INSERT INTO outcome (source_id, outcome_id, episode_id, instrument, instrument_version, stage, taken_on, item, value, wording,
                     measure_language, row_version)
  SELECT s.source_id, $(uuid M "i || ' ' || k"), $(uuid E), 'ONS4', 1, CASE k WHEN 0 THEN 'BASELINE' ELSE 'CLOSING' END, $(day "(3 + 57 * k)"),
         (ARRAY['SATIS', 'WORTH', 'HAPPY', 'ANXIOUS'])[i], (n * 7 + s.source_id * 5 + i * 3 + k * (n % 4)) % 11, 'OFFICIAL', 'EN', $version
    FROM hub_source s, generate_series(1, :each) n, generate_series(1, 4) i, generate_series(0, 1) k WHERE n % 5 IN (1, 2);
COMMIT;
BEGIN;
TRUNCATE asset_use;
INSERT INTO asset_use (source_id, asset_use_id, episode_id, asset_category, asset_local_authority, kind, status, said_by, status_on,
                       row_version)
  SELECT s.source_id, $(uuid A), $(uuid E), $(pick asset_category 23), $(pick local_authority 7), $(pick connection_kind 24),
         $(pick connection_status 25), $(pick said_by 26), $(day 40), $version
    FROM hub_source s, generate_series(1, :each) n WHERE n % 5 > 0;
COMMIT;
BEGIN;
TRUNCATE unmet_need;
INSERT INTO unmet_need (source_id, gap_id, episode_id, gap_on, gap_category, gap_local_authority, gap_reason, gap_language,
                        gap_transport, row_version)
  SELECT s.source_id, $(uuid G), $(uuid E), $(day 20), $(pick asset_category 27), $(pick local_authority 7), $(pick gap_reason 28),
         'EN', $(pick yes_no 29), $version FROM hub_source s, generate_series(1, :each) n WHERE n % 10 = 1;
COMMIT;
BEGIN;
TRUNCATE capacity;
INSERT INTO capacity (source_id, organisation, asset_category, asset_local_authority, month, assets_listed, assets_full,
                      places_a_month, row_version)
  SELECT s.source_id, md5('O ' || s.source_id)::uuid, c, (:local_authority)[1 + s.source_id % cardinality(:local_authority)],
         to_char(date '2026-04-01' + make_interval(months => n), 'YYYY-MM'), 3 + n % 5, n % 3, 10 + n, $version
    FROM hub_source s, generate_series(0, 11) n, unnest(:asset_category) c;
COMMIT;
VACUUM (ANALYZE);
SQL
}

# Code lists as psql variables: those of the hub itself.
lists_sql() { pg_sql "$1" "SELECT format('\\set %I %L', list, 'ARRAY[' || string_agg(quote_literal(code), ',' ORDER BY code) || ']::text[]') FROM hub_code GROUP BY list"; }
fill() {
    { lists_sql "$1"; rows_sql; } >"rows.$1.sql"
    "$PG_BIN/psql" -h "$PG_HOME/$1.sock" -U dolen -d hub -Xq -v ON_ERROR_STOP=1 -v each="$each" -f "rows.$1.sql" >out 2>err ||
        stop "rows on $1: $(cat err)"
}

# --- what is compared -----------------------------------------------------------------------------------------------

# A report and the tables that it is made of: the peer counts each of them once, by one column.
reports="activity:referral.decision,episode.local_authority,contact.contact_result
reach:referral.decision,episode.wimd_decile
capacity:referral.decision,need.need_code,asset_use.asset_category,unmet_need.gap_reason,capacity.month,episode.local_authority
outcomes:referral.decision,episode.local_authority,outcome.item
years:referral.decision,episode.local_authority,contact.contact_result
referrers:referral.decision,episode.local_authority,contact.contact_result,need.need_code"

scan() {        # server, "table.column,…"
    local sql='' one
    for one in ${2//,/ }; do sql="$sql SELECT ${one#*.}, count(*) FROM ${one%.*} GROUP BY 1;"; done
    "$PG_BIN/psql" -h "$PG_HOME/$1.sock" -U dolen -d hub -XAtq -v ON_ERROR_STOP=1 -c "$sql"
}
people_table() {
    echo "wimd_decile,age_band,sex,population"
    for d in 1 2 3 4 5 6 7 8 9 10; do
        for a in 18-24 25-44 45-64 65-74 75-84; do for s in FEMALE MALE; do echo "$d,$a,$s,$((laptops * each / 20))"; done; done
    done
}
# Into NAME.csv; drafts, so that no report stands beside an earlier one.
report() { hub "$1" report "$2" $period --population people.csv --draft --format csv >"$1.$2.csv"; }
line() { printf '  %-34s %8.2f s  %6.2f x  %s\n' "$@"; }

begin_servers() {
    PG_OPTIONS="-c shared_buffers=512MB -c max_wal_size=4GB -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off ${BENCH_PG_OPTIONS:-}"
    mkdir LS
    pg_start one
    hub one init >/dev/null 2>&1
    hub one policy --destination w-hub --from 2026-04-01 --dates day --out P.json >/dev/null
    "$BUILD/tests/hub-laptop" many LS P.json OUT "$laptops" 0 0
    hub one register LS/*/S.json >/dev/null
    [ -n "$shards" ] || return 0
    PG_OPTIONS="-c shared_buffers=192MB -c max_wal_size=2GB -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off ${BENCH_PG_OPTIONS:-}"
    pg_start home
    for name in $shards; do pg_start "$name"; done
    hub home init >/dev/null 2>&1
    # shellcheck disable=SC2046
    hub home shards init $(for name in $shards; do pg_url "$name"; echo; done) >/dev/null
    hub home register LS/*/S.json >/dev/null
}

begin_servers
people_table >people.csv
note "making the rows of $laptops laptops with $each referrals each …"
for name in one $shards; do timed "rows.$name" fill "$name"; done
note "made in $(of rows.one) s on one server; $(du -sh "$PG_HOME/one" | cut -f1)"

all=$(pg_sql one 'SELECT (SELECT count(*) FROM referral), (SELECT count(*) FROM episode), (SELECT count(*) FROM contact), (SELECT count(*) FROM outcome)')
printf '%s referrals, %s episodes, %s contacts, %s answers of measures, from %s laptops; %s rounds\n' ${all//|/ } "$laptops" "$rounds"
different=0
for one in $reports; do
    name=${one%%:*}
    for ((i = 0; i < rounds; i++)); do
        timed "one.$name" report one "$name"
        timed "scan.$name" scan one "${one#*:}"
        [ -z "$shards" ] || timed "home.$name" report home "$name"
    done
    line "$name" "$(of "one.$name")" "$(ratio "one.$name" "scan.$name")" "plain scans of its tables: $(printf '%.2f' "$(of "scan.$name")") s"
    [ "$(wc -l <"one.$name.csv")" -gt 10 ] || stop "the report $name says nothing"
    [ -n "$shards" ] || continue
    if cmp -s "one.$name.csv" "home.$name.csv"; then said=equal; else said=DIFFERENT different=$((different + 1)); fi
    line "$name, three servers" "$(of "home.$name")" "$(ratio "home.$name" "one.$name")" "of one server; byte for byte: $said"
done
[ "$different" -eq 0 ] || stop "$different reports differ between one server and several"
