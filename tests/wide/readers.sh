#!/bin/bash
# readers.sh - tables load unchanged in R, Python, pandas, PostgreSQL and LibreOffice, whatever a service calls its codes:
# formulas, numbers with zeros before them, Welsh letters and quotes stay the text they are.
. "$(dirname "$0")/../lib/cli.sh"
. "$ROOT/tests/lib/postgres.sh"
trap pg_stop_all EXIT

# Debian's own, which has python3-pandas.
readers() { /usr/bin/python3 "$ROOT/tests/wide/readers.py" "$@"; }

# A practice caseload, and a definition whose labels look like everything but labels.
OUT_OF_THE_ORDINARY='s/en: "Phone", cy: "[^"]*"/en: "=1+1", cy: "=HYPERLINK(\\"http:\/\/a.example\\")"/
    s/en: "Video call", cy: "[^"]*"/en: "+44 29", cy: "-5"/
    s/en: "Text message", cy: "[^"]*"/en: "@SUM(A1:A9)", cy: "Ŵyl y tŷ, \\"ŷd\\""/
    s/en: "Email", cy: "[^"]*"/en: "007", cy: "1E5"/
    s/en: "Letter", cy: "[^"]*"/en: "3\/4", cy: "TRUE"/'
rows() {
    new_practice 60
    mkdir share
    cp -r "$ROOT/forms" share/
    sed -i "$OUT_OF_THE_ORDINARY" share/forms/codes/contact_type.yaml
    grep -q '=1+1' share/forms/codes/contact_type.yaml
    export_rows --to rows
}
export_rows() {
    DOLEN_SHARE=$HOME/share DOLEN_TODAY=2026-03-09 dolen "${LANGUAGE_OF[@]}" export --from 2025-04-01 --until 2026-03-31 "$@" >/dev/null 2>&1
}
LANGUAGE_OF=()
all_tables() { (cd rows && ls *.csv codes/*.csv); }

# Without a screen, with a profile of its own: office FILTERS… FILE… into the folder "office"
OFFICE_TEXT='csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false'
office() {
    timeout 300 soffice "-env:UserInstallation=file://$HOME/profile" --headless "$@" >office.log 2>&1 || fail "soffice $*" "$(cat office.log)"
}

test_r_reads_every_table() {
    rows
    mkdir -p base/codes readr/codes
    Rscript --vanilla -e '
        suppressMessages(library(readr))
        for (f in commandArgs(TRUE)) {
            text <- read.csv(file.path("rows", f), colClasses = "character", na.strings = "", fileEncoding = "UTF-8", check.names = FALSE)
            write.csv(text, file.path("base", f), na = "", row.names = FALSE, fileEncoding = "UTF-8", eol = "\r\n")
            same <- read_csv(file.path("rows", f), col_types = cols(.default = "c"), na = "", progress = FALSE)
            write_csv(same, file.path("readr", f), na = "", eol = "\r\n")
        }' $(all_tables) >said 2>&1 || fail "$(cat said)"
    for f in $(all_tables); do
        readers same "rows/$f" "base/$f"
        readers same "rows/$f" "readr/$f"
    done
}

test_python_reads_every_table() {
    rows
    readers csv rows
    readers pandas rows
}

test_postgresql_copies_every_table() {
    local f name names columns
    rows
    for f in $(all_tables); do
        name=$(basename "$f" .csv) columns=$(/usr/bin/python3 "$ROOT/tests/wide/readers.py" types rows "${f%.csv}")
        names=$(head -1 "rows/$f" | tr -d '\r' | sed 's/[^,]*/"&"/g')
        pg_sql one "CREATE TABLE $name ($columns, place serial)" >/dev/null
        pg_sql one "\\copy $name ($names) FROM 'rows/$f' WITH (FORMAT csv, HEADER match, NULL '')" >/dev/null
        pg_sql one "\\copy (SELECT $names FROM $name ORDER BY place) TO '$name.out' WITH (FORMAT csv, HEADER true, NULL '')" >/dev/null
        readers same "rows/$f" "$name.out" loose
    done
    assert_eq "a number is one" "$(pg_sql one 'SELECT count(*) FROM episode WHERE waiting_days >= 0')" \
        "$(pg_sql one 'SELECT count(*) FROM episode WHERE waiting_days IS NOT NULL')"
}

# As it opens when somebody clicks on it: nothing in a table of rows looks like anything else.
test_libreoffice_opens_the_rows() {
    local f
    rows
    export_rows --to excel --csv excel
    office --infilter=CSV:44,34,76,1 --convert-to ods --outdir sheets rows/*.csv rows/codes/*.csv
    office --convert-to "$OFFICE_TEXT" --outdir office sheets/*.ods
    for f in episode referral need contact goal asset_use unmet_need outcome capacity; do
        readers same "rows/$f.csv" "office/$f.csv" loose
    done
    assert_has "a form that is for programs, on a screen" "$(cat office/codelist.csv)" "PHONE,2,"
    ! readers same rows/codes/codelist.csv office/codelist.csv 2>/dev/null || fail "what became of it was not seen"
    rm -r sheets office
    office --infilter=CSV:44,34,76,1 --convert-to ods --outdir sheets excel/*.csv excel/codes/*.csv
    office --convert-to "$OFFICE_TEXT" --outdir office sheets/*.ods
    for f in episode referral need contact goal asset_use unmet_need outcome capacity; do
        readers same "rows/$f.csv" "office/$f.csv" loose
    done
    grep -F "'=1+1," office/codelist.csv || fail "a formula ran: $(grep PHONE office/codelist.csv)"
    grep -F "'@SUM(A1:A9)" office/codelist.csv || fail "a formula ran: $(grep contact_type,TEXT office/codelist.csv)"
    ! grep -rq "table:formula" sheets || fail "a formula"
}

# As it opens for somebody who says that columns are text.
test_libreoffice_keeps_text_that_is_told_to_be_text() {
    rows
    export_rows --to excel --csv excel
    for form in rows excel; do
        office --infilter=CSV:44,34,76,1,1/2/2/2/3/2/4/2/5/2/6/2/7/2/8/2/9/2/10/2,0,true,false --convert-to ods --outdir $form.ods \
            $form/codes/codelist.csv $form/dictionary.csv
        office --convert-to "$OFFICE_TEXT" --outdir $form.back $form.ods/*.ods
        readers same $form/codes/codelist.csv $form.back/codelist.csv
        readers same $form/dictionary.csv $form.back/dictionary.csv
    done
    assert_has "Welsh letters" "$(cat rows.back/codelist.csv)" 'Ŵyl y tŷ'
    assert_has "zeros" "$(cat rows.back/codelist.csv)" ',007,1E5,'
}

test_libreoffice_opens_the_workbook() {
    local l
    rows
    for l in en cy; do
        LANGUAGE_OF=(--lang $l)
        export_rows --to $l.xlsx --csv xlsx
        office --convert-to "$OFFICE_TEXT,false,false,-1" --outdir $l $l.xlsx
        readers workbook rows $l/$l $l
        office --convert-to fods --outdir $l $l.xlsx
        assert_has "the formula that is none" "$(cat $l/$l.fods)" '<text:p>=1+1</text:p>'
        assert_has_not "formulas" "$(cat $l/$l.fods)" 'table:formula'
        assert_has_not "links" "$(cat $l/$l.fods)" 'xlink:href="http://a.example'
    done
}

pg_start one
run_tests
