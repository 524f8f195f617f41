#!/bin/bash
# datapackage.sh - exports and what a hub's own people unpack from a bundle are Data Packages of versions 1 and 2, by programs that
# know nothing of ours; and each of those programs finds what is wrong with a damaged one.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/npm.sh"
. "$ROOT/tests/lib/sync.sh"

check() { node "$ROOT/tests/wide/datapackage.mjs" "$MODULES" "$@"; }
sound() { check "$@" >said || fail "$1:" "$(cat said)"; }
rows_of() { DOLEN_TODAY=2026-03-09 dolen export --from 2025-04-01 --until 2026-03-31 "$@" >/dev/null 2>&1; }
cells() { cat "$@" | wc -l; }

# As many rows read as there are lines, less the headers.
test_an_export_is_sound() {
    new_practice 60
    rows_of --to rows
    sound rows
    assert_eq "read" "$(cat said)" "12 resources, $(($(cells rows/*.csv rows/codes/*.csv) - 12)) rows"
}

# A code that is no longer used has a whole day beside it, whatever the policy cuts.
test_months_for_days_and_fewer_columns_are_sound() {
    new_practice 60
    mkdir share
    cp -r "$ROOT/forms" share/
    sed -i 's/{code: LETTER, /&until: 2025-12-31, /' share/forms/codes/contact_type.yaml
    sed -e 's/^policy: .*/policy: monthly/' -e 's/^dates: day/dates: month/' \
        -e 's/^drop: .*/drop: [organisation, episode.episode_id, referral.*]/' "$ROOT/forms/policies/local.yaml" >monthly.yaml
    DOLEN_SHARE=$HOME/share rows_of --to rows --policy monthly.yaml
    sound rows
    assert_has "months" "$(cat rows/datapackage.json)" yearmonth
    assert_has "months, for people" "$(cat rows/dictionary.csv)" "episode,opened_on,12,month,"
    assert_has "a day" "$(cat rows/codes/codelist.csv)" ",2025-12-31"
    assert_has_not "columns" "$(head -1 rows/episode.csv)" organisation
    assert_no_file rows/referral.csv
}

# The byte order mark belongs to the first name for readers that follow the standard to the letter.
test_the_form_for_excel_is_described_soundly() {
    new_practice 60
    rows_of --to rows --csv excel
    sound rows descriptor
}

test_what_is_in_a_bundle_is_sound() {
    new_start
    round
    unseal drop/*-000001.dlnb rows
    sound rows
    new_contact 3
    round
    permission WITHDRAWN 1
    seal >/dev/null
    unseal drop/*-000002.dlnb delta
    sound delta
    dolen outbox send >/dev/null 2>&1
    unseal drop/*-000003.dlnb erasure
    sound erasure
    [ "$(cells erasure/tombstone.csv)" -gt 1 ] || fail "nothing was taken back"
}

# --- and the unsound ones --------------------------------------------------------------------------------------------

# damaged WHO WHAT SED-SCRIPT FILE: a copy of rows/ with one file changed is refused, by WHO.
damaged() {
    rm -rf bad
    cp -r rows bad
    sed -i "$3" "bad/$4"
    ! cmp -s "rows/$4" "bad/$4" || fail "$2: nothing was damaged"
    check bad >said && fail "$2: not found"
    grep -q "^$1: " said || fail "$2: not found by $1:" "$(cat said)"
}
# Column NAME of the first row of TABLE becomes VALUE; its cells hold no commas in the columns that are tried.
cell() {
    awk -v RS='\r\n' -v ORS='\r\n' -v FS=, -v OFS=, -v name="$2" -v value="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i } NR == 2 { $at = value } 1' "rows/$1.csv" >"bad/$1.csv"
}
damaged_cell() {
    rm -rf bad
    cp -r rows bad
    cell "$2" "$3" "$4"
    check bad >said && fail "$2.$3: not found"
    grep -q "^npm: $2: .*$1" said || fail "$2.$3: not found by npm:" "$(cat said)"
}

test_damage_is_found() {
    new_practice 60
    rows_of --to rows
    damaged v1 "no profile" 's/"profile": "tabular-data-package",/"profile": 1,/' datapackage.json
    damaged v1 "a resource without its profile" '0,/"tabular-data-resource"/s//"data-resource"/' datapackage.json
    damaged v2 "another kind of resource" '0,/"type": "table"/s//"type": "tabular"/' datapackage.json
    damaged v2 "a key that is no list" 's/"primaryKey": \[/"primaryKey": [1,/' datapackage.json
    damaged v2 "a header that is not one" 's/"header": true/"header": "yes"/' datapackage.json
    damaged v2 "a type that is none" '0,/"type": "string"/s//"type": "text"/' datapackage.json
    damaged v2 "a path that leaves the folder" 's#"path": "episode.csv"#"path": "../episode.csv"#' datapackage.json
    damaged v2 "a foreign key into nothing" 's/"resource": "episode"/"resource": "episodes"/' datapackage.json
    damaged v2 "a name given twice" 's/"name": "referral"/"name": "episode"/' datapackage.json
    damaged npm "another heading" '1s/episode_id/episode/' episode.csv
    damaged files "one byte" '2s/0/1/' episode.csv
    damaged files "a hash" '0,/"hash": "sha256:../s//"hash": "sha256:00/' datapackage.json
}

test_damaged_rows_are_found() {
    new_practice 60
    rows_of --to rows
    damaged_cell There episode waiting_days two
    damaged_cell There referral source 1SELF
    damaged_cell There episode episode_id E12
    damaged_cell There referral received_on 03/04/2025
    damaged_cell Foreign contact episode_id E00000000000000000000000000000000
    damaged_cell Row contact contact_id "$(awk -F, 'NR == 3 { print $1 }' rows/contact.csv)"
}

npm_fetch
run_tests
