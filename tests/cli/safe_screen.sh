#!/bin/bash
# slow: some four hundred actions, each on a screen of its own.
# Safe contact on the real screen: every action of the table, named after ':' on a protected person, on the lists and in Today,
# with what it asks answered by its first choice; no byte that ever went to the terminal tells a protected value.
. "$(dirname "$0")/../lib/cli.sh"

values=(900498 "Harbour Row" "SA11 4AT" 900872 cuddio 900873)

# What ends or hides the walk, and what shows a value because it was asked to.
not_walked="quit|lock|privacy|suspend|hand-over|reveal|language|redraw|command"
actions() {
    dolen_raw --lang en --json keymap | grep -o '"action":"[a-z-]*"' | cut -d '"' -f 4 | grep -v -x -E "$not_walked" | sort -u
}

script() {             # YES or NO, more answers, raw or raw-not, where
    cat <<END
today 2026-03-09
prepare practice 12 7
deadline 20000
env ESCDELAY=1
sh <<X
echo '{"phone2":"07700900872","email":"cuddio@example.org","emergency_name":"Huw","emergency_phone":"07700900873","safe_contact":"$1"$2}' >"\$HOME/a"
printf '%s\n' "\$PASS" | "\$DOLEN" --file "\$FILE" --passphrase-fd 0 person edit Tucker --answers "\$HOME/a" >/dev/null
X
run ; passphrase ; row 1 "Today"
END
    for place in ${4:-today person people referrals}; do
        echo "case $place"
        for action in $(actions); do
            echo "keys <Esc> <Esc> <Esc> <Esc> <Esc> 't' ; row 1 \"Today\""
            case $place in
            today) ;;
            person) echo "type \"/tucker\" ; keys <Enter> <Enter> ; row 1 \"Linda Tucker\"" ;;
            people) echo "type \"/tucker\" ; keys <Enter>" ;;
            referrals) echo "keys 'i'" ;;
            esac
            echo "keys ':' ; type \"$action\" ; keys <Enter> <Enter> <Down>"
        done
        echo "keys <Esc> <Esc> <Esc> <Esc> <Esc> 't' ; row 1 \"Today\""
        for v in "${values[@]}"; do echo "${3:-raw-not} \"$v\""; done
    done
}

walk() {
    walk=$PWD/walk.t
    (cd "$ROOT" && "$T/ptydrive" "$walk") >said 2>&1 || fail "$(cat said)"
}

test_no_action_shows_a_protected_value() {
    script YES ',"safe_when":"mornings"' >walk.t
    [ "$(grep -c "keys ':'" walk.t)" -gt 350 ] || fail "hardly an action was found"
    walk
}

test_the_same_walk_shows_them_of_somebody_else() {
    script NO '' raw person >walk.t
    walk
}

run_tests
