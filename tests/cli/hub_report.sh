#!/bin/bash
# hub_report.sh - reports on what laptops have sent, and the annex made of a policy.
. "$(dirname "$0")/../lib/cli.sh"

hub() { "$BUILD/dolen-hub" --lang en --into "$HOME/H.db" --keys "$HOME/HK" "$@"; }
laptop() { DOLEN_SHARE=$ROOT "$T/hub-laptop" "$@"; }
PERIOD="--from 2026-04-01 --until 2027-03-31"

new_hub() {
    hub init >init.json 2>/dev/null
    hub policy --destination w-hub --title "Gwent board" --title-cy "Bwrdd Gwent" --from 2026-04-01 --sensitive religion \
        --out P.json >/dev/null
    A=$(laptop new A)
    hub register A/S.json >/dev/null
    laptop seal A P.json OUT --kind snapshot --to 10 --cases 1-60:5 --capacity
    hub receive OUT --receipts RC >/dev/null
}

test_figures_of_all_laptops() {
    new_hub
    assert_exit 0 hub report activity $PERIOD
    assert_has "whose" "$OUT" "All laptops of this hub"
    assert_has "referrals" "$OUT" "Referrals"
    assert_exit 0 hub report activity $PERIOD --format csv
    assert_eq "counts from 1 to 4" "$(grep -v ',safeguarding,.*,\(LAPTOPS\|KEPT_BACK\),' <<<"${OUT//$'\r'/}" | grep -cE ',[1-4],.?$' || true)" 0
    assert_has "a quarter" "$OUT" "2026-Q2"
    assert_exit 0 hub report activity $PERIOD --format xlsx --to a.xlsx
    assert_exit 1 hub report activity $PERIOD --format html --to a.xlsx
    assert_exit 2 hub report weather
    assert_exit 2 hub report activity --from tomorrow
}

test_a_draft_is_not_noted_and_a_release_is_once() {
    new_hub
    assert_exit 0 hub report reach $PERIOD --draft
    assert_has "says so" "$OUT" "DRAFT"
    hub report reach $PERIOD --format csv >one.csv
    hub report reach $PERIOD --format csv >two.csv
    cmp one.csv two.csv
    assert_has_not "not a draft" "$(hub report reach $PERIOD)" "DRAFT"
}

test_a_policy_becomes_an_annex() {
    new_hub
    assert_exit 0 hub policy annex P.json
    assert_has "who receives" "$OUT" "Gwent board"
    assert_has "the signer" "$OUT" "$(json .signer <init.json)"
    assert_has "an item" "$OUT" "| episode | local_authority |"
    assert_has "what was agreed" "$OUT" "religion | Religion | code | yes, agreed"
    assert_has "what was not" "$OUT" "yes, always WITHHELD"
    assert_has "what never" "$OUT" "NHS numbers"
    assert_exit 0 "$BUILD/dolen-hub" --lang cy --into "$HOME/H.db" --keys "$HOME/HK" policy annex P.json
    assert_has "in Welsh" "$OUT" "Bwrdd Gwent"
    sed -i 's|"number": 1|"number": 2|' P.json
    hub policy annex P.json && fail "a changed policy was taken"
    true
}

run_tests
