#!/bin/bash
# What "make install" puts under a prefix works without the source tree: programs, definitions, Welsh, man pages, completion.
. "$(dirname "$0")/../lib/cli.sh"

prefix=$BUILD/installed

test_an_installed_program_stands_alone() {
    rm -rf "$prefix"
    make -s -C "$ROOT" install PREFIX="$(realpath -m "$prefix")" >/dev/null
    mkdir away && cd away
    printf '%s\n' ymarfer | "$prefix/bin/dolen" --file "$HOME/trial" practice new --cases 3 --seed 7 --passphrase-fd 0 >/dev/null 2>&1
    "$prefix/bin/dolen" --lang cy --help >welsh
    assert_has "Welsh" "$(cat welsh)" "gweithfan"
    ! strings "$prefix/bin/dolen" | grep -qF "$ROOT/forms" || fail "it looks into the source tree"
}
test_its_papers_are_there() {
    for page in dolen dolen-hub; do
        man --warnings -E UTF-8 -l "$prefix/share/man/man1/$page.1" >page 2>said
        assert_has "$page" "$(cat page)" SYNOPSIS
        assert_eq "warnings of $page" "$(cat said)" ""
        grep -q . "$prefix/share/man/cy/man1/$page.1"
        ! cmp -s "$prefix/share/man/man1/$page.1" "$prefix/share/man/cy/man1/$page.1" || fail "$page is not in Welsh"
    done
    for file in docs/import.md docs/manual.md README.md LICENSE NOTICE; do
        [ -s "$prefix/share/doc/dolen/$file" ] || fail "no $file"
    done
}
test_words_are_completed() {
    COMP_WORDS=(dolen dr) COMP_CWORD=1 COMPREPLY=()
    . "$prefix/share/bash-completion/completions/dolen"
    _dolen || true
    assert_has "dr" "${COMPREPLY[*]}" drill
}
run_tests
