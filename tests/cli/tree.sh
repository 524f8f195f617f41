#!/bin/bash
# The project's own files: what is generated is current, what must hold of every source holds.
. "$(dirname "$0")/../lib/cli.sh"

test_the_code_map_is_current() {
    "$ROOT/tools/code-map.sh" >map || fail "a source does not say what it is for"
    diff "$ROOT/docs/code-map.md" map || fail "run make code-map"
}
test_every_source_ends_its_includes_with_banned() {
    cd "$ROOT"
    for f in src/*/*.c; do
        grep -q '"dolen/base/banned.h"' "$f" || fail "$f does not include dolen/base/banned.h"
    done
}
test_sizes() {
    cd "$ROOT"
    wc -l src/*/*.c | awk '$2 != "total" && $1 > 600 { print; bad = 1 } END { exit bad }' || fail "a source is too long"
    wc -l include/*/*/*.h | awk '$2 != "total" && $1 > 220 { print; bad = 1 } END { exit bad }' || fail "a header is too long"
}
test_nothing_is_left_for_later() {
    ! grep -rnE '\b(TODO|FIXME|XXX)\b' "$ROOT/src" "$ROOT/include" "$ROOT/tools" "$ROOT/tests/lib" || fail "left for later"
}
test_the_welsh_is_complete() {
    BUILD=$PWD make -s -C "$ROOT" po-check || fail "translate these in po/cy.po (make po-update brings them there)"
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
