#!/bin/bash
# The directory by command: entries stay fresh for a time, one phone call, import and export, duplicates, gaps by quarter.
. "$(dirname "$0")/../lib/cli.sh"

export DOLEN_TODAY=2026-03-09
id() { sed -n 's/^{"id":"\([^"]*\)".*/\1/p'; }
answers() { local cmd=$1; shift; dolen --json $cmd "$@" --answers -; }
asset() { answers "asset add" <<<"$1" | id; }
due() { dolen --json worklist | json '.items[].due' 2>/dev/null; }

test_an_entry_is_due_again_by_its_category() {
    new_practice 1
    a=$(asset '{"name_en":"Prawf food bank","category":"FOOD","verified_on":"2025-12-20"}')
    assert_exit 0 dolen --json worklist
    assert_has "due a month before three months are over" "$OUT" "Prawf food bank"
    answers "asset edit $a" <<<'{"verified_on":"2026-03-09"}' >/dev/null
    assert_exit 0 dolen --json worklist
    assert_has_not "verified" "$OUT" "Prawf food bank"
    b=$(asset '{"name_en":"Prawf hall","category":"PLACE","verified_on":"2025-12-20"}')
    assert_exit 0 dolen --json worklist
    assert_has_not "a place keeps a year" "$OUT" "Prawf hall"
    answers "asset edit $b" <<<'{"verified_on":"2025-01-20"}' >/dev/null
    assert_exit 0 dolen --json worklist
    assert_has "long ago" "$OUT" "Prawf hall"
    answers "asset edit $b" <<<'{"running":"DEFUNCT"}' >/dev/null
    assert_exit 0 dolen --json worklist
    assert_has_not "ended" "$OUT" "Prawf hall"
}

run_tests
