#!/bin/bash
# Set-up by hand, as somebody meets it who starts the program for the first time.
. "$(dirname "$0")/../lib/cli.sh"

shows() { grep -qaF "$1" screen; }
# Starts the program on a terminal of 80 columns; what is typed goes to descriptor 5, what is shown to the file screen.
begin() {
    mkfifo keys && touch screen
    script -qfc "stty rows 24 cols 80; TERM=xterm-256color '$BUILD/dolen' --file '$CASE'" screen <keys >/dev/null 2>&1 &
    shell=$!
    exec 5>keys
    trap "exec 5>&-; kill $shell 2>/dev/null || true" EXIT
}

test_from_nothing_to_the_first_screen() {
    local code
    begin
    wait_until shows "Welsh or English?"
    printf 'x\n' >&5                   # neither: asked again, not taken for English
    wait_until eval '[ "$(grep -aoc "Cymraeg neu Saesneg" screen)" = 2 ]'
    printf 'e\n' >&5
    wait_until shows "Your name, to stand beside what you write"
    printf 'Bethan\033[D  Rees\n' >&5     # an arrow pressed by habit is no letter of a name
    wait_until shows "keys that are not text"
    printf 'Bethan  Rees\n' >&5
    wait_until shows "New passphrase:"
    printf '\n' >&5                    # Enter alone is a slip, no reason to begin again
    wait_until shows "Nothing was typed."
    wait_until eval '[ "$(grep -aoc "New passphrase:" screen)" = 2 ]'
    printf 'abababababababab\n' >&5
    wait_until shows "the same few characters again and again"
    wait_until eval '[ "$(grep -aoc "New passphrase:" screen)" = 3 ]'
    printf 'pont afon cwm eira\n' >&5
    wait_until shows "The same again:"
    printf 'pont afon cwm haul\n' >&5
    wait_until shows "The two passphrases differ."
    printf 'pont afon cwm eira\n' >&5
    wait_until eval '[ "$(grep -aoc "The same again" screen)" = 2 ]'
    printf 'pont afon cwm eira\n' >&5
    wait_until shows "One moment: the keys are made"
    printf '\n\n\n' >&5                # in a hurry: the code must not be gone before it was seen
    wait_until shows "Press Enter when it is on paper"
    ! shows "Type the recovery code" || fail "cleared by a key that was pressed before it stood there" "$(cat -v screen)"
    code=$(grep -aoE '([0-9A-Z]{5}-){6}[0-9A-Z]{5}' screen | head -n 1)
    grep -qaE '^this laptop:' screen || fail "a word is torn apart at the edge" "$(cat -v screen)"
    printf '\n' >&5
    wait_until shows "Type the recovery code from the paper:"
    printf '\n' >&5
    wait_until eval '[ "$(grep -aoc "Type the recovery code" screen)" = 2 ]'
    ! shows "The passphrase is empty" || fail "a code is called a passphrase" "$(cat -v screen)"
    printf '%s\n' "$code" >&5
    wait_until shows "The case file is made and the code works."
    printf 'pont afon cwm eira\r' >&5
    wait_until shows "This case file is empty"
    printf '\021' >&5
    wait_until eval "! kill -0 $shell 2>/dev/null"
    PASS="pont afon cwm eira"
    assert_exit 0 dolen keys list
    assert_has "the author" "$OUT" "Bethan Rees"
    assert_has "the language is kept" "$(cat "$XDG_CONFIG_HOME/dolen/settings")" "language 0"
}
test_in_welsh_from_the_first_answer() {
    begin
    wait_until shows "Cymraeg neu Saesneg?"
    printf 'c\n' >&5
    wait_until shows "Eich enw"
    assert_has "what is about to happen is said in Welsh too" "$(cat screen)" "Nid oes ffeil achosion"
    assert_has_not "and not in English before the answer" "$(cat screen)" "There is no case file"
}
test_the_language_chosen_stays_when_set_up_is_broken_off() {
    mkdir -p "$XDG_CONFIG_HOME/dolen"
    echo "language 1" >"$XDG_CONFIG_HOME/dolen/settings"
    begin
    wait_until shows "Eich enw"
    assert_has_not "not asked twice" "$(cat screen)" "Cymraeg neu Saesneg"
    assert_exit 1 dolen person list
    assert_has "commands speak it too" "$ERR" "Nid oes ffeil achosion"
    assert_exit 1 dolen --lang en person list
    assert_has "unless told otherwise" "$ERR" "There is no case file"
    assert_has "one that was lost comes out of its backup" "$(tr -s ' \n' ' ' <<<"$ERR")" "dolen restore FILE"
}
# The slot's label has room for 63 bytes; whose name is longer is not told so after everything else was answered.
test_a_long_name_is_no_obstacle() {
    local long="Angharad Llwyd Ŵyn-Gruffydd Fychan ap Rhisiart o Lanfairpwllgwyngyll a'r Felinheli"
    PASS="pont afon cwm eira"
    assert_exit 0 dolen init --name "$long" --recovery-to code --kdf-mib 64
    assert_exit 0 dolen keys list
    assert_has "as much of it as the slot holds" "$OUT" "Angharad Llwyd Ŵyn-Gruffydd Fychan"
    assert_exit 0 dolen --json caseload list
    assert_has "and the whole in the records" "$OUT" "$long"
}
# The terminal is closed, or Ctrl-C pressed, while the code stands there: nothing is on paper, and the way goes on.
test_left_before_the_code_was_typed_back() {
    local code
    begin
    wait_until shows "Welsh or English?"
    printf 'e\n' >&5
    wait_until shows "Your name"
    printf 'Bethan Rees\n' >&5
    wait_until shows "New passphrase:"
    printf 'pont afon cwm eira\n' >&5
    wait_until shows "The same again:"
    printf 'pont afon cwm eira\n' >&5
    wait_until shows "Press Enter when it is on paper"
    code=$(grep -aoE '([0-9A-Z]{5}-){6}[0-9A-Z]{5}' screen | head -n 1)
    printf '\n' >&5
    wait_until shows "Type the recovery code from the paper:"
    printf '\003' >&5
    wait_until shows "The set-up is not finished"
    wait_until eval "! kill -0 $shell 2>/dev/null"
    exec 5>&-
    rm -f keys screen
    begin
    wait_until shows "Passphrase:"
    printf 'another one altogether\n' >&5
    wait_until eval 'printf "typed ahead\025" >&5; [ "$(grep -aoc "Passphrase:" screen)" = 2 ]'
    ! shows "typed ahead" || fail "shown while the last one was being tried" "$(cat -v screen)"
    printf 'pont afon cwm eira\n' >&5
    wait_until shows "(Enter: make a new one):"
    printf '\n' >&5
    wait_until shows "Press Enter when it is on paper"
    assert_eq "another code" "$(grep -aoE '([0-9A-Z]{5}-){6}[0-9A-Z]{5}' screen | grep -cF "$code")" 0
    code=$(grep -aoE '([0-9A-Z]{5}-){6}[0-9A-Z]{5}' screen | head -n 1)
    printf '\n' >&5
    wait_until shows "one group and Enter: then each is"
    wait_until shows "Type the recovery code from the paper:"
    printf '%s\n' "${code:0:11}" >&5                 # two groups
    wait_until shows "Group 3 of 7:"
    printf '%s\n' "${code:18:5}" >&5                 # the next one left out
    wait_until shows "Group 3 has a slip in it."
    printf '%s\n' "${code:12}" >&5
    wait_until shows "The case file is made and the code works."
    printf 'pont afon cwm eira\r' >&5
    wait_until shows "This case file is empty"
    printf '\021' >&5
    wait_until eval "! kill -0 $shell 2>/dev/null"
    PASS="pont afon cwm eira"
    assert_exit 0 dolen keys list
    assert_eq "one code, and it is tried" "$(grep -c "recovery code" <<<"$OUT")" 1
    assert_has_not "tried" "$OUT" "never tested"
}
run_tests
