#!/bin/bash
# The project's own files: what is generated is current, what must hold of every source holds.
. "$(dirname "$0")/../lib/cli.sh"

test_the_code_map_is_current() {
    "$ROOT/tools/code-map.sh" >map || fail "a source does not say what it is for"
    diff "$ROOT/docs/code-map.md" map || fail "run make code-map"
}
test_every_source_ends_its_includes_with_banned() {
    cd "$ROOT"
    for f in src/*/*.c src/*/*/*.c; do
        grep -q '"dolen/base/banned.h"' "$f" || fail "$f does not include dolen/base/banned.h"
    done
}
test_sizes() {
    cd "$ROOT"
    wc -l src/*/*.c src/*/*/*.c | awk '$2 != "total" && $1 > 600 { print; bad = 1 } END { exit bad }' || fail "a source is too long"
    wc -l include/*/*/*.h | awk '$2 != "total" && $1 > 220 { print; bad = 1 } END { exit bad }' || fail "a header is too long"
}
test_nothing_is_left_for_later() {
    ! grep -rnE '\b(TODO|FIXME|XXX)\b' "$ROOT/src" "$ROOT/include" "$ROOT/tools" "$ROOT/tests/lib" || fail "left for later"
}
test_the_welsh_is_complete() {
    BUILD=$PWD make -s -C "$ROOT" po-check || fail "translate these in po/cy.po (make po-update brings them there)"
}
# A key, a command or a link that one of the two manuals names stands in the same section of the other.
keys_of_sections() {
    awk '/^## / { n++ } { while (match($0, /`[^`]+`|\]\([^)]*\)/)) { print n "\t" substr($0, RSTART, RLENGTH)
         $0 = substr($0, RSTART + RLENGTH) } }' "$1" | sort
}
test_both_manuals_name_the_same_keys_and_commands() {
    keys_of_sections "$ROOT/docs/manual.md" | grep -v "llawlyfr.md" >en
    sed '3d' "$ROOT/docs/llawlyfr.md" >cy.md             # which says what it is
    keys_of_sections cy.md >cy
    [ "$(wc -l <en)" -gt 300 ] || fail "no keys were found"
    diff en cy || fail "docs/manual.md and docs/llawlyfr.md differ (section, then what it names)"
}
# One Welsh word for one English one: where the first stands above, the second stands below. Third: what commands and files
# take, which stays English.
vocabulary() {
    cat <<'END'
passphrase	frinymadrodd	keys add takes
recovery codes?	od(au)? adfer
case files?	feil(iau)? achosion
training	yfforddi
referr(al|er)s?	tgyfeir	Open Referral|referral or
practitioners?	marfer(ydd|wyr)
supervis(or|ion)	ruchwyl	Last supervision
safeguarding	iogelu
data sets?	et(iau)? ddata
bundles?	wndel
batch(es)?	swp|sypiau
laptops?	liniadur	this laptop's identity for another
caseload	wyth achosion	dolen caseload|:caseload
privacy notice	ysbysiad preifatrwydd
hub	hyb	dolen-hub
periods? of support	yfnod(au)?( arall| hwn)? o gefnogaeth	has no open period
receipts?	erbynneb|erbynebau	receipts?:|the period
END
}
test_one_welsh_word_stands_for_one_english_one() {
    local english welsh but left
    while IFS=$'\t' read -r english welsh but; do
        msggrep --no-wrap -K -E -i -e "(^|[^-A-Za-z])$english([^-A-Za-z]|\$)" "$ROOT/po/cy.po" -o some.po
        grep -q '^msgid "..' some.po || fail "nothing says $english"
        msggrep --no-wrap -v -T -E -i -e "$welsh" some.po -o left.po
        left=$(grep '^msgid "..' left.po | grep -vE -e "${but:-^$}" | grep -iE "(^|[^-A-Za-z])$english([^-A-Za-z]|\$)" || true)
        assert_eq "$english without $welsh" "$left" ""
    done < <(vocabulary)
}
# The list of what a Welsh speaker should read first sends nobody to a file that has another name by now.
test_the_welsh_reading_list_names_files_that_are_there() {
    local name n=0
    cd "$ROOT"
    while read -r name; do
        n=$((n + 1))
        compgen -G "src/$name" >/dev/null || compgen -G "include/dolen/${name#dolen/}" >/dev/null || fail "docs/cymraeg.md names $name"
    done < <(grep '^| [0-9]' docs/cymraeg.md | grep -oE '`[a-z]+/[a-z/_*]+\.[ch]`' | tr -d '`')
    [ "$n" -gt 40 ] || fail "only $n files are named"
    while read -r name; do
        compgen -G "forms/$name" >/dev/null || compgen -G "forms/codes/$name" >/dev/null || fail "docs/cymraeg.md names $name"
    done < <(grep '^| [0-9]' docs/cymraeg.md | grep -oE '`[a-z/_*]+\.yaml`' | tr -d '`' | sed 's#^codes/##; s#^suicidal#drills/suicidal#; s#^acutely#drills/acutely#')
}
test_the_page_of_keys_is_current() {
    XDG_CONFIG_HOME=$PWD/none dolen --lang en keymap --markdown >keys.md
    diff "$ROOT/docs/keys.md" keys.md || fail "run: build/dolen --lang en keymap --markdown > docs/keys.md"
}
test_licence_and_notice() {
    grep -q "Apache License" "$ROOT/LICENSE"
    for part in "ZETETIC LLC" "Open Government Licence" "Hughes, M. E., Waite, L. J., Hawkley, L. C. and Cacioppo" WSSPR; do
        grep -q "$part" "$ROOT/NOTICE" || fail "NOTICE lacks: $part"
    done
}
run_tests
