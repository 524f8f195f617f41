#!/bin/bash
# Coming from a spreadsheet: a dry run row by row, what is refused comes back with its reason, a batch can be taken back.
. "$(dirname "$0")/../lib/cli.sh"

export DOLEN_TODAY=2026-03-09
DATA=$ROOT/tests/data/import
changes() { dolen --json verify | json .changes; }

test_assets_row_by_row() {
    new_practice 1
    before=$(changes)
    assert_exit 0 dolen --json import assets "$DATA/assets.csv" --map "$DATA/assets.yaml"
    assert_eq "verdicts" "$(json '.rows[].verdict' <<<"$OUT" | tr '\n' ' ')" "accept hold refuse refuse accept "
    assert_json "$OUT" .applied false
    assert_has "names the column" "$OUT" "Most a month: "
    assert_eq "a dry run writes nothing" "$(changes)" "$before"
    cp "$DATA/assets.csv" .
    assert_exit 6 dolen --json import assets assets.csv --map "$DATA/assets.yaml" --apply
    assert_json "$OUT" .accepted 2
    batch=$(json .batch <<<"$OUT")
    assert_eq "came back" "$(wc -l <assets.csv.refused.csv)" 4
    assert_has "same columns and the reason" "$(head -n 1 assets.csv.refused.csv)" "Most a month,reason"
    assert_exit 0 dolen --json search "prawf garden"
    assert_has "there" "$OUT" "Prawf garden, Bala"
    assert_exit 6 dolen --json import assets assets.csv --map "$DATA/assets.yaml" --apply
    assert_json "$OUT" .accepted 0
    assert_exit 0 dolen --json import undo "$batch"
    assert_json "$OUT" .kept 0
    assert_exit 0 dolen --json search "prawf garden"
    assert_has_not "gone" "$OUT" "Prawf garden"
    assert_exit 1 dolen --json import undo "$batch"
    assert_exit 0 dolen verify
}
test_what_is_used_since_stays() {
    new_practice 1
    assert_exit 6 dolen --json import assets "$DATA/assets.csv" --map "$DATA/assets.yaml" --apply --refused out.csv
    batch=$(json .batch <<<"$OUT")
    a=$(json '.rows[0].id' <<<"$OUT")
    dolen --json asset edit "$a" --answers - <<<'{"verified_on":"2026-03-01"}' >/dev/null
    assert_exit 6 dolen --json import undo "$batch"
    assert_json "$OUT" .kept 1
    assert_exit 0 dolen --json asset show "$a"
}
test_cases_row_by_row() {
    new_practice 1
    before=$(dolen --json person list | json count .items)
    assert_exit 0 dolen --json import cases "$DATA/cases.csv" --map "$DATA/cases.yaml"
    assert_eq "verdicts" "$(json '.rows[].verdict' <<<"$OUT" | tr '\n' ' ')" "accept accept hold refuse refuse refuse "
    assert_exit 6 dolen --json import cases "$DATA/cases.csv" --map "$DATA/cases.yaml" --apply --refused out.csv
    batch=$(json .batch <<<"$OUT")
    p=$(json '.rows[0].id' <<<"$OUT")
    assert_exit 0 dolen --json person show "$p"
    assert_json "$OUT" .birth_date 1950-02-03
    assert_json "$OUT" .speak_language CY
    assert_exit 0 dolen --lang en history list "$p"
    assert_has "where from" "$OUT" "Person · Imported, batch $batch"
    assert_exit 0 dolen --json episode list "$p"
    assert_has "opened by its decision" "$OUT" '"opened_on":"2026-01-08"'
    assert_exit 0 dolen --json referral list "$p"
    assert_has "reasons" "$OUT" 'LONELINESS'
    assert_eq "came back" "$(wc -l <out.csv)" 5
    assert_exit 0 dolen --json import cases out.csv --map "$DATA/cases.yaml"
    assert_json "$OUT" .held 1
    assert_has "who it looks like" "$(json '.rows[].reason' <<<"$OUT")" "$(dolen --json person show "$p" | json .given_name) "
    assert_has "and why, where the names differ" "$(json '.rows[].reason' <<<"$OUT")" "the same N"
    # More than three: asked about, and without a terminal refused.
    n=$(changes)
    assert_exit 1 dolen --lang en import undo "$batch"
    assert_has "how many, and what" "$ERR" "records that this import made go to the bin for 30 days."
    assert_has "the list first" "$ERR" "  Referral, "
    assert_has "what to do" "$ERR" "--yes"
    assert_exit 0 dolen --lang en import undo "$batch" --dry-run
    assert_has "the list alone" "$OUT" "  Referral, "
    assert_eq "nothing went" "$(changes)" "$n"
    assert_exit 1 dolen --lang cy import undo "$batch"
    assert_has "Welsh" "$ERR" "Mae hyn yn fwy na 3 o gofnodion. Ni newidiwyd dim."
    assert_exit 0 dolen --json import undo "$batch" --yes
    assert_eq "as before" "$(dolen --json person list | json count .items)" "$before"
    assert_exit 0 dolen verify
}
# "Accepted" is fixed in the map, its day a column: where the row has no day nothing was accepted, and the referral waits.
test_a_row_without_a_day_of_acceptance_is_not_accepted() {
    new_case
    assert_exit 6 dolen --json import cases "$DATA/cases.csv" --map "$DATA/cases.yaml" --apply --refused out.csv
    nia=$(json '.rows[0].id' <<<"$OUT") wyn=$(json '.rows[1].id' <<<"$OUT")
    assert_eq "with a day" "$(dolen --json episode list "$nia" | json count .items)" 1
    assert_eq "from that day" "$(dolen --json episode list "$nia" | json '.items[0].opened_on')" 2026-01-08
    assert_eq "without" "$(dolen --json episode list "$wyn" | json count .items)" 0
    assert_eq "the referral waits" "$(dolen --json referral list | json '.items[].person')" "$wyn"
}
test_a_long_reason_is_not_broken_off() {
    new_practice 1
    printf 'Name,Source\nGwen,Moon\n' >c.csv
    printf 'import: cases\ncolumns:\n  - {from: "Name", to: person.given_name}\n  - {from: "Source", to: referral.source}\n' >m.yaml
    for lang in en cy; do
        assert_exit 0 dolen --lang $lang import cases c.csv --map m.yaml
        grep -q "^.* 2, .*; …$" <<<"$OUT" || fail "the reason breaks off" "$OUT"
    done
}
# Of a birth the year may be all that is known: it is taken as that, and two people are not told apart by what is not known.
test_the_year_of_a_birth_is_enough_and_every_row_is_listed() {
    new_case
    printf 'First,Born\nAnn,1950\nAnn,3/2/1950\nAnn,3/2/1951\nBet,March 1950\n' >b.csv
    printf 'import: cases\ncolumns:\n  - {from: First, to: person.given_name}\n  - {from: Born, to: person.birth_date}\n' >b.yaml
    assert_exit 0 dolen --lang en import cases b.csv --map b.yaml
    assert_has "what would be taken" "$OUT" "row 2, accepted: Ann"
    assert_has "may be the same" "$OUT" "row 3, held: "
    assert_has "is not" "$OUT" "row 4, accepted: Ann"
    assert_exit 6 dolen --lang en import cases b.csv --map b.yaml --apply
    assert_has_not "what is in" "$OUT" "accepted: Ann"
    assert_json "$(dolen --json person show Bet)" .birth_precision MONTH
    assert_has "as known" "$(dolen --lang en person list --json)" '"birth_precision":"YEAR"'
}
test_a_day_without_its_year_is_refused_in_a_column() {
    new_practice 1
    sed 's|05/01/2026|05/01|' "$DATA/cases.csv" >cases.csv
    assert_exit 0 dolen import cases cases.csv --map "$DATA/cases.yaml"
    assert_has "the year is asked for" "$OUT" "row 2, refused: Referred: The year is missing."
    sed 's|05/01/2026|yesterday|' "$DATA/cases.csv" >cases.csv
    assert_exit 0 dolen import cases cases.csv --map "$DATA/cases.yaml"
    assert_has "yesterday of which day" "$OUT" "row 2, refused: Referred: The year is missing."
}
# A sheet as Excel and Word users keep and save it.
MAP='import: cases
columns:
  - {from: "First name", to: person.given_name}
  - {from: "DOB", to: person.birth_date}
  - {from: "Phone", to: person.phone}
  - {from: "Referred", to: referral.received_on}
'
test_a_sheet_with_a_title_and_gaps_keeps_its_row_numbers() {
    new_practice 1
    echo "$MAP" >m.yaml
    printf '\xef\xbb\xbfMy caseload;;;\r\n;;;\r\nFirst name;DOB;Phone;Referred\r\n;;;\r\nNia;soon;;5/1/26\r\n;;;\r\nHuw;;;5/1/26\r\n' >c.csv
    assert_exit 0 dolen --lang en import cases c.csv --map m.yaml
    assert_has "the number that the spreadsheet shows" "$OUT" "row 5, refused: DOB: This is not a date."
    assert_has "and the rest" "$OUT" "1 accepted, 0 held because they look like duplicates, 1 refused."
    assert_exit 6 dolen --json import cases c.csv --map m.yaml --apply
    assert_eq "numbers" "$(json '.rows[].row' <<<"$OUT" | tr '\n' ' ')" "5 7 "
    assert_eq "opens in the same spreadsheet" "$(head -n 1 c.csv.refused.csv | od -An -c | head -n 1 | tr -d ' ')" '357273277Firstname;DO'
    sed 's/soon/3\/2\/1950/' c.csv.refused.csv >again.csv
    assert_exit 0 dolen --json import cases again.csv --map m.yaml
    assert_json "$OUT" .accepted 1
    printf 'Enw;DOB;Phone;Referred\nNia;;;\n' >other.csv
    assert_exit 2 dolen --lang en import cases other.csv --map m.yaml
    assert_has "what is there" "$ERR" "does not have: First name. It has: Enw, DOB, Phone, Referred."
    printf 'PK\003\004 a workbook' >book.xlsx
    assert_exit 2 dolen --lang en import cases book.xlsx --map m.yaml
    assert_has "what to do" "$ERR" 'The file is a workbook, not CSV. Nothing was changed. Save the sheet as "CSV UTF-8"'
}
# Written by hand, or by a program that pads no row: the title has no semicolons to go by.
test_a_title_of_one_cell_hides_no_semicolons() {
    new_practice 1
    printf '\357\273\277Grwpiau 2026\r\n\r\nGroup;Kind;Note\r\nBanc bwyd;FOOD;"a; b"\r\n' >sheet.csv
    printf 'import: assets\ncolumns:\n  - {from: "Group", to: name_en}\n  - {from: "Note", to: what_happens}\n' >map.yaml
    assert_exit 0 dolen --json import assets sheet.csv --map map.yaml
    assert_json "$OUT" .accepted 1
}
test_a_wrong_map_is_told_the_columns_and_not_the_title() {
    new_practice 1
    printf 'Grwpiau 2026\nGroup,Most a month,Cost\nBanc bwyd,many,Klingon\n' >sheet.csv
    printf 'import: assets\ncolumns:\n  - {from: "Group", to: name_en}\n  - {from: "Kost", to: cost}\n' >map.yaml
    assert_exit 2 dolen --lang en import assets sheet.csv --map map.yaml
    assert_has "what is missing" "$ERR" "does not have: Kost. It has: Group, Most a month, Cost."
    printf 'import: assets\ncolumns:\n  - {from: "Grwp", to: name_en}\n' >map.yaml
    assert_exit 2 dolen --lang en import assets sheet.csv --map map.yaml
    assert_has "none is right" "$ERR" "It has: Group, Most a month, Cost."
    printf 'import: assets\ncolumns:\n  - {from: "Group", to: name_en}\n  - {from: "Cost", to: category}\n  - {from: "Most a month", to: takes_a_month}\n' >map.yaml
    assert_exit 0 dolen --lang en import assets sheet.csv --map map.yaml
    assert_has "reasons apart" "$OUT" ". Most a month: This is not a whole number."
}
test_what_the_spreadsheet_took_is_put_back_or_refused() {
    new_practice 1
    echo "$MAP" >m.yaml
    { echo "First name,DOB,Phone,Referred"
      echo "Eluned,03/02/41,2920180101,05/01/2026 00:00:00"
      echo "Idris,3/2/1941,442920180102,5/1/26 00:00"
      echo "G?yn,3/2/1941,,5/1/26"; echo "T?,3/2/1941,,5/1/26"
      printf 'Gw\xc3\x85\xc2\xb7n,3/2/1941,,5/1/26\n'
      echo "Ann,15011,####,########"; } >c.csv
    assert_exit 6 dolen --lang en --json import cases c.csv --map m.yaml --apply
    rows=$OUT
    assert_eq "verdicts" "$(json '.rows[].verdict' <<<"$rows" | tr '\n' ' ')" "accept accept refuse refuse refuse refuse "
    for i in 2 3 4; do assert_has "letters" "$(json ".rows[$i].reason" <<<"$rows")" "First name: Letters of this cell were lost or garbled"; done
    why=$(json '.rows[5].reason' <<<"$rows")
    assert_has "each cell that does not pass" "$why" "DOB: This is not a date. In the spreadsheet make the column wide enough"
    assert_has "each cell that does not pass" "$why" "Phone: This is not a phone number"
    assert_has "each cell that does not pass" "$why" "Referred: This is not a date."
    assert_exit 0 dolen --json person show "$(json '.rows[0].id' <<<"$rows")"
    assert_json "$OUT" .birth_date 1941-02-03
    assert_json "$OUT" .phone 02920180101
    assert_exit 0 dolen --json person show "$(json '.rows[1].id' <<<"$rows")"
    assert_json "$OUT" .phone +442920180102
}
test_rows_given_back_are_not_written_over() {
    new_practice 1
    cp "$DATA/cases.csv" .
    assert_exit 6 dolen --json import cases cases.csv --map "$DATA/cases.yaml" --apply
    echo "half corrected" >cases.csv.refused.csv
    assert_exit 6 dolen --lang en import cases cases.csv --map "$DATA/cases.yaml" --apply
    assert_eq "as it was" "$(cat cases.csv.refused.csv)" "half corrected"
    assert_has "another name" "$OUT" "What was not taken is in cases.csv.refused-2.csv"
    assert_has "what to do" "$OUT" "in that file, and import it with --take-held."
    assert_has_not "the same file would bring in twice what is in" "$OUT" "takes them too"
    assert_has "how many" "$ERR" "6 rows were not taken."
    assert_has_not "none of them is in" "$ERR" "the case file"
    n=$(changes)
    assert_exit 1 dolen --lang en import cases cases.csv --map "$DATA/cases.yaml" --apply --refused cases.csv
    assert_has "the sheet itself" "$ERR" "cases.csv exists already; it is as it was"
    assert_eq "nothing was written" "$(changes)" "$n"
    printf 'First name,Referred\nNia Newydd,5/1/26\nHuw Newydd,soon\n' >c.csv
    printf 'import: cases\ncolumns:\n  - {from: "First name", to: person.given_name}\n  - {from: "Referred", to: referral.received_on}\n' >m.yaml
    out=$(dolen --lang en import cases c.csv --map m.yaml --apply --refused nosuch/out.csv 2>err) && fail "a folder that is not there" "$out"
    assert_has "what went in" "$out" "1 accepted"
    assert_has "how to take it back" "$out" "dolen import undo"
    assert_has "what did not" "$(cat err)" "could not be given back as nosuch/out.csv"
}
test_services_come_and_go_as_open_referral() {
    new_practice 1
    assert_exit 6 dolen --json import assets "$DATA/services.json" --format oruk-json --apply --refused out.csv
    a=$(json '.rows[0].id' <<<"$OUT")
    assert_exit 0 dolen --json asset show "$a"
    assert_json "$OUT" .attending_access "DROP_IN REFERRAL"
    assert_json "$OUT" .verified_on 2026-02-01
    assert_json "$OUT" .postcode "LL99 1AD"
    assert_exit 0 dolen --json asset export --format oruk-json --to services.json
    assert_exit 1 dolen --lang en asset export --to services.json
    assert_has "never written over" "$ERR" "services.json exists already; it is as it was"
    assert_exit 0 dolen asset export --to guessed.json
    assert_has "the ending says which" "$(head -c 400 guessed.json)" '"contents"'
    assert_exit 0 dolen --json import assets guessed.json
    assert_exit 2 dolen asset export --csv excel --to x.json
    assert_has "as it came" "$(cat services.json)" '"attending_access":["drop-in","referral"]'
    assert_has "nested" "$(cat services.json)" '"postal_code":"LL99 1AD"'
    n=$(dolen --json asset list | json count .items)
    assert_exit 0 dolen --json asset export --format csv --to all.csv --all
    assert_json "$OUT" .written "$n"
    assert_exit 0 dolen --json import assets all.csv
    assert_json "$OUT" .held "$n"
    dolen asset add --answers - <<<'{"name_en":"Carers'"'"' Élan","name_cy":"Gofalwyr","postcode":"LD99 1AA"}' >/dev/null
    printf 'name_en,postcode\ncarers elan,LD99 1AA\nQuoits,LD99 1AA\nquoits,LD99 1AA\n' >alike.csv
    assert_exit 0 dolen --lang en import assets alike.csv
    assert_has "as it is written there" "$OUT" "row 2, held: looks like one that is there already: Carers' Élan"
    assert_has "in the same file" "$OUT" "row 4, held: looks like one that is there already: an earlier row of this file"
    assert_exit 0 dolen --lang cy import assets alike.csv
    assert_has "by its Welsh name" "$OUT" ": Gofalwyr"
    dolen --json asset edit "$a" --answers - <<<'{"do_not_advertise":"YES"}' >/dev/null
    assert_exit 0 dolen --json asset export --format csv --to listed.csv
    assert_has_not "asked not to be" "$(cat listed.csv)" "Prawf lunch club"
    dolen --json asset edit "$a" --answers - <<<'{"do_not_advertise":"LOCAL"}' >/dev/null
    dolen --json asset export --format csv --to local.csv >/dev/null
    assert_has_not "local people only" "$(cat local.csv)" "Prawf lunch club"
    dolen --json asset export --format csv --to all2.csv --all >/dev/null
    assert_has "and back" "$(cat all2.csv)" "LOCAL"
    dolen --json asset edit "$a" --answers - <<<'{"do_not_advertise":"NO","area":"-Pier","what_happens":"=1+1","takes_a_month":4}' >/dev/null
    assert_exit 0 dolen --json asset export --csv excel --to sheet.csv --all
    assert_eq "byte order mark" "$(head -c 3 sheet.csv | od -An -tx1 | tr -d ' ')" efbbbf
    assert_has "guarded" "$(cat sheet.csv)" "'=1+1"
    assert_has "guarded" "$(cat sheet.csv)" "'-Pier"
    assert_exit 0 dolen --json asset export --csv strict --to strict.csv --all
    assert_has "as it stands" "$(cat strict.csv)" ",=1+1,"
    assert_has_not "as it stands" "$(cat strict.csv)" "'=1+1"
    assert_exit 2 dolen asset export --csv xlsx --to x.csv
    assert_exit 2 dolen asset export --csv excel --format oruk-json --to x.json
    assert_no_file x.csv x.json
}
test_a_map_that_cannot_work_says_where() {
    new_practice 1
    printf 'import: assets\ncolumns:\n  - {from: "Group", to: nombre}\n' >map.yaml
    assert_exit 2 dolen import assets "$DATA/assets.csv" --map map.yaml
    assert_has "place" "$ERR" "map.yaml:3"
    assert_exit 2 dolen import cases "$DATA/cases.csv" --map "$DATA/assets.yaml"
    assert_exit 2 dolen import cases "$DATA/cases.csv"
    printf 'import: assets\ncolumns:\n  - {from: "Grwp", to: name_en}\n' >map.yaml
    assert_exit 2 dolen import assets "$DATA/assets.csv" --map map.yaml
    assert_has "column" "$ERR" "Grwp"
    assert_exit 2 dolen import assets "$DATA/assets.csv"
}
# Where the program is installed the paper on importing may not be: help shows a map, and the map that it shows is one.
test_what_is_wrong_names_what_is_at_hand() {
    new_practice 1
    assert_exit 2 dolen --lang en import cases "$DATA/cases.csv"
    assert_has "where a map is shown" "$ERR" "dolen help import cases"
    assert_has_not "no paper" "$ERR" "docs/"
    dolen help import cases | sed -n 's/^      //p' >map.yaml
    printf 'First name,Surname,Referred,Source,Accepted on\nCeri,Prawf,5/1/2026,GP,8/1/2026\n' >cases.csv
    assert_exit 0 dolen --json import cases cases.csv --map map.yaml
    assert_json "$OUT" .accepted 1
    dolen help import assets | sed -n 's/^      //p' >map.yaml
    printf 'Group,Postcode,Kind\nBanc bwyd,LL57 1AA,Food bank\n' >assets.csv
    assert_exit 0 dolen --json import assets assets.csv --map map.yaml
    assert_json "$OUT" .accepted 1
}

run_tests
