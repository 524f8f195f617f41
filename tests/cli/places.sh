#!/bin/bash
# One offer at many places: linked entries, told apart from doubles, out as one service and back as they were.
. "$(dirname "$0")/../lib/cli.sh"

export DOLEN_TODAY=2026-03-09

shed_at_two_places() {
    first=$(dolen --json asset add --answers - <<<'{"name_en":"Prawf shed","organisation":"Prawf Cymru","referral_way":"Ring Gwen",
        "accessibility":"Ramp","day":"Mondays","address":"1 Stryd Prawf","postcode":"LL99 1AD","phone":"029 2018 0301",
        "running":"ACTIVE","verified_on":"2026-03-01"}' | json .id)
    second=$(dolen --json asset another-place "$first" | json .id)
}
where() { dolen --json asset show "$1" | json "$2"; }

test_another_place_has_what_is_the_same_everywhere() {
    new_case
    shed_at_two_places
    OUT=$(dolen --json asset show "$second")
    assert_json "$OUT" .name_en "Prawf shed"
    assert_json "$OUT" .organisation "Prawf Cymru"
    assert_json "$OUT" .referral_way "Ring Gwen"
    assert_json "$OUT" .offer "$first"
    for gone in postcode address day phone accessibility verified_on running; do
        assert_has_not "$gone is not known there" "$OUT" "\"$gone\""
    done
    third=$(dolen --json asset another-place "$second" | json .offer)
    assert_eq "a place of a place is of the same offer" "$third" "$first"
    assert_exit 0 dolen --json asset duplicates
    assert_has_not "no doubles" "$OUT" "Prawf shed"
    assert_exit 0 dolen verify
}
add() { dolen --json asset add --answers - <<<"$1" | json .id; }
test_entries_that_are_there_already_become_places_of_one_offer() {
    new_case
    shed_at_two_places
    third=$(add '{"name_en":"Prawf shed","postcode":"LL99 1AF"}')
    fourth=$(dolen --json asset another-place "$third" | json .id)
    assert_exit 0 dolen --json asset one-offer "$third" "$second"
    assert_json "$OUT" .places 4
    assert_json "$OUT" .offer "$first"
    assert_eq "what was a place of it came along" "$(where "$fourth" .offer)" "$first"
    assert_exit 1 dolen asset one-offer "$first" "$fourth"
    assert_sentence
    assert_exit 1 dolen asset one-offer "$first" "$first"
    assert_exit 0 dolen asset own-offer "$first"
    assert_eq "the next one is the first now" "$(where "$third" .offer),$(where "$fourth" .offer)" "$second,$second"
    assert_has_not "on its own" "$(dolen --json asset show "$first")$(dolen --json asset show "$second")" '"offer"'
    assert_exit 1 dolen asset own-offer "$first"
    assert_sentence
    assert_exit 0 dolen verify
}
# The same shed twice, each with somebody connected to it.
shed_twice() {
    keep=$(add '{"name_en":"Prawf shed","postcode":"LL99 1AD","phone":"029 2018 0301","running":"ACTIVE","verified_on":"2026-02-01",
        "verified_how":"Rang Gwen"}')
    other=$(add '{"name_en":"Prawf shed","postcode":"LL99 1AD","web":"https://example.org","what_happens_cy":"Gwaith coed",
        "verified_on":"2026-03-01","verified_how":"Rang Alun"}')
    place=$(dolen --json asset another-place "$other" | json .id)
    p=$(dolen --json person add --answers - <<<'{"given_name":"Eirlys","family_name":"Prawf"}' | json .id)
    r=$(dolen --json referral add "$p" --answers - <<<'{"received_on":"2026-01-05","route":"SELF","source":"SELF"}' | json .id)
    dolen referral decide "$r" --answers - <<<'{"decision":"ACCEPTED","decided_on":"2026-01-06"}' >/dev/null
    c=$(dolen --json form fill connection --person "$p" --asset "$other" --answers - <<<'{"kind":"REFERRED","status":"SENT","on_date":"2026-01-10"}' | json .id)
}
waiting() { dolen --json asset call "$1" | json count .people; }
test_one_thing_written_down_twice_becomes_one_entry() {
    new_case
    shed_twice
    assert_exit 1 dolen --lang en asset one-entry "$keep" "$other"
    assert_has "what goes over" "$ERR" "Keep Prawf shed? 1 connection goes over to it"
    assert_has "the way" "$ERR" "--yes"
    assert_eq "nothing yet" "$(waiting "$keep"),$(waiting "$other")" "0,1"
    assert_exit 0 dolen --json asset one-entry "$keep" "$other" --yes
    assert_json "$OUT" .connections 1
    assert_eq "the connection" "$(waiting "$keep")" 1
    assert_eq "what it did not have" "$(where "$keep" .web)" "https://example.org"
    dolen --json asset export --format csv --to out.csv --all >/dev/null
    assert_eq "nor in Welsh" "$(grep -c "Gwaith coed" out.csv)" 2
    assert_eq "its own phone" "$(where "$keep" .phone)" "02920180301"
    assert_eq "the later talk" "$(where "$keep" .verified_on),$(where "$keep" .verified_how)" "2026-03-01,Rang Alun"
    assert_eq "its other place" "$(where "$place" .offer)" "$keep"
    assert_has "in the bin" "$(dolen --json bin list)" "$other"
    assert_has "the history says so" "$(dolen --lang en history list "$p")" "Two entries of the directory became one"
    seq=$(dolen --json history list "$keep" | json .items[0].change)
    assert_exit 1 dolen --lang en history undo "$seq"
    assert_has "as a whole" "$ERR" "dolen asset one-entry --undo"
    assert_exit 1 dolen asset one-entry "$keep" "$other" --yes
    assert_sentence
    assert_exit 1 dolen asset one-entry "$keep" "$keep" --yes
    assert_sentence
    assert_exit 2 dolen asset one-entry "$keep"
    assert_exit 2 dolen asset one-entry "$keep" --undo
    assert_exit 0 dolen asset one-entry --undo --dry-run
    assert_exit 0 dolen --json asset one-entry --undo --yes
    assert_eq "the connection is back" "$(waiting "$keep"),$(waiting "$other")" "0,1"
    assert_eq "and its place" "$(where "$place" .offer)" "$other"
    assert_eq "and what came" "$(where "$keep" .verified_on)" "2026-02-01"
    assert_has_not "out of the bin" "$(dolen --json bin list)" "$other"
    assert_exit 0 dolen verify
}
test_an_id_from_before_means_the_entry_that_stays() {
    new_case
    shed_twice
    assert_exit 0 dolen asset one-entry "$keep" "$other" --yes
    connect() { dolen form fill connection --person "$p" --asset "$other" --answers - <<<'{"kind":"REFERRED","status":"SENT","on_date":"2026-01-11"}'; }
    assert_exit 0 connect
    assert_eq "a script's connection" "$(waiting "$keep"),$(waiting "$other")" "2,0"
    assert_exit 0 dolen asset one-entry --undo --yes
    assert_eq "what was written since stays" "$(waiting "$keep"),$(waiting "$other")" "1,1"
    assert_exit 0 connect
    assert_eq "its own again" "$(waiting "$keep"),$(waiting "$other")" "1,2"
    assert_exit 0 dolen bin put "$other" --why "closed"
    assert_exit 1 connect
    assert_has "nobody would see it" "$ERR" "bin"
    assert_sentence
}
test_one_service_out_and_the_same_places_back() {
    new_case
    shed_at_two_places
    dolen --json asset edit "$second" --answers - <<<'{"address":"2 Heol Prawf","postcode":"LL99 1AE","day":"Fridays",
        "referral_way":"Ring Alun"}' >/dev/null
    for format in oruk-json csv; do
        assert_exit 0 dolen --json asset export --format $format --to "out.$format" --all
    done
    assert_eq "one service" "$(grep -c '"name":"Prawf shed"' out.oruk-json)" 1
    assert_has "its places" "$(grep Prawf out.oruk-json)" '"service_at_locations"'
    for format in oruk-json csv; do
        mv "$CASE" "$HOME/first.$format"
        rm -rf "$HOME/state"
        mkdir "$HOME/state"
        new_case
        options=
        [ $format = csv ] || options="--format oruk-json"
        assert_exit 0 dolen --json import assets out.$format $options
        assert_json "$OUT" .accepted 2
        assert_exit 0 dolen --json import assets out.$format $options --apply
        a=$(json '.rows[0].id' <<<"$OUT") b=$(json '.rows[1].id' <<<"$OUT")
        batch=$(json .batch <<<"$OUT")
        assert_eq "linked ($format)" "$(where "$b" .offer)" "$a"
        assert_eq "address" "$(where "$a" .address),$(where "$b" .address)" "1 Stryd Prawf,2 Heol Prawf"
        assert_eq "day" "$(where "$a" .day),$(where "$b" .day)" "Mondays,Fridays"
        assert_eq "how" "$(where "$a" .referral_way),$(where "$b" .referral_way)" "Ring Gwen,Ring Alun"
        assert_eq "same everywhere" "$(where "$b" .organisation)" "Prawf Cymru"
        assert_eq "checked at one only" "$(where "$a" .verified_on)" 2026-03-01
        assert_has_not "and not at the other" "$(dolen --json asset show "$b")" '"verified_on"'
        assert_exit 0 dolen --json import assets out.$format $options
        assert_json "$OUT" .accepted 0
        assert_json "$OUT" .held 2
        assert_exit 0 dolen --json import undo "$batch"
        assert_json "$OUT" .kept 0
        assert_exit 0 dolen verify
    done
}

test_a_sheet_sorted_the_other_way_round_has_the_same_places() {
    new_case
    printf 'id,another_place_of,name_en,postcode\n2,1,Prawf shed,LL99 1AE\n3,1,Prawf shed,LL99 1AF\n1,,Prawf shed,LL99 1AD\n' >sheet.csv
    assert_exit 0 dolen --json import assets sheet.csv --apply
    assert_json "$OUT" .accepted 3
    a=$(json '.rows[0].id' <<<"$OUT")
    for row in 1 2; do
        assert_eq "row $row" "$(where "$(json ".rows[$row].id" <<<"$OUT")" .offer)" "$a"
    done
    printf 'id,name_en\n7,Prawf choir\n7,Prawf garden\n' >ids.csv
    assert_exit 0 dolen --json import assets ids.csv --apply
    assert_has_not "ids that repeat are no places" "$(dolen --json asset show "$(json '.rows[1].id' <<<"$OUT")")" '"offer"'
}

run_tests
