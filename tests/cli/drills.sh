# drills.sh - drills by commands, in line mode and on paper; every drill in forms/drills is found by itself.
. "$(dirname "$0")/../lib/cli.sh"

export DOLEN_TODAY=2026-03-09
DATA=$ROOT/tests/data/drills

drills() { for f in "$ROOT"/forms/drills/*.yaml; do basename "$f" .yaml; done; }

test_each_drill_has_three_plays_that_come_to_what_they_say() {
    local d files=() tried
    new_practice 3
    for d in $(drills); do
        for k in good average harmful; do
            assert_file "$DATA/$d/$k.json"
            files+=("$DATA/$d/$k.json")
        done
    done
    assert_exit 0 dolen drill try "${files[@]}"
    assert_eq "plays" "$(wc -l <<<"$OUT")" "${#files[@]}"
}

# The play of this file typed into line mode: talk, every form question by question, the debrief. $SAID is what was heard.
plain_play() {      # file
    local drill seed lang
    drill=$(json .drill <"$1") seed=$(json .seed <"$1") lang=$(json .lang <"$1")
    DOLEN_SHARE=$ROOT "$T/plain-play" "$1" "$BUILD/dolen" --plain --lang "$lang" --file "$CASE" --passphrase-fd 3 \
        drill start "$drill" --seed "$seed" 3<<<"$PASS" >"$HOME/said" 2>"$HOME/why" || fail "$1 in line mode" "$(tail -n 40 "$HOME/why")"
    SAID=$(cat "$HOME/said")
}
score_line() { for k in points safety minutes paper_minutes; do printf '%s %s ' "$k" "$(json ".$k" <<<"$1")"; done; }
newest() { dolen --json drill history | json '.items[].id' | tail -1; }

test_each_drill_is_played_whole_in_line_mode_and_scores_the_same() {
    local d file by_file by_hand
    new_practice 3
    for d in $(drills); do
        file=$DATA/$d/good.json
        by_file=$(score_line "$(dolen --json drill start "$d" --plays "$file")")
        plain_play "$file"
        by_hand=$(score_line "$(dolen --json drill score "$(newest)")")
        assert_eq "$d, talk and forms typed in line mode" "$by_hand" "$by_file"
        assert_has "$d" "$by_hand" "points $(json .expect.points <"$file") "
        case $SAID in *"What went well"*|*"Beth aeth yn dda"*) ;; *) fail "$d: no debrief in line mode" "$(tail -n 30 said)" ;; esac
    done
}

# What happens when a form is filed is told there and then, and the talk goes on.
test_line_mode_tells_what_a_form_brought_about() {
    new_practice 3
    plain_play "$DATA/closed_asset/good.json"
    assert_has "the beginning" "$SAID" "HYFFORDDIANT"
    assert_has "what happened" "${SAID#*Ffeiliwyd: }" "Rydych chi'n ffonio Lleisiau Aeron"
}

# The number beside the one that was meant: nothing is lost without a word.
test_line_mode_asks_before_a_drill_ends_too_early() {
    local said
    new_practice 3
    said=$(printf '%s\n' :drills 1 :debrief n :leave n :pause | dolen --plain --passphrase-fd 3 3<<<"$PASS")
    assert_has "the debrief" "$said" "The conversation is not over yet."
    assert_has "leaving" "$said" "Leave the drill unfinished? It is not scored."
    assert_has "pausing" "$said" "Paused. The drills in the main menu go on with it."
    assert_has "it still runs" "$(dolen drill list)" "paused"
    said=$(printf '%s\n' :drills y :leave y | dolen --plain --passphrase-fd 3 3<<<"$PASS")
    assert_has "left" "$said" "Left. It was not scored."
}

test_what_was_never_done_is_not_said_to_have_not_come_up() {
    new_practice 3
    local said
    said=$(printf '%s\n' :drills 6 :debrief y | dolen --plain --passphrase-fd 3 3<<<"$PASS")
    assert_has "no moment" "$(tr -s ' \n' ' ' <<<"$said")" "Nobody asked for an ambulance in time. (no one moment decided it)"
}

# Back in the main menu nobody knows that a drill goes on, nor after a debrief what comes next.
test_line_mode_says_what_comes_after() {
    new_practice 3
    local said
    said=$(printf '%s\n' :drills 1 '<' | dolen --plain --passphrase-fd 3 3<<<"$PASS")
    assert_has "left by the way back" "$said" "The drill goes on. The drills in the main menu lead back to it."
    said=$(printf '%s\n' :drills y :debrief y '<' | dolen --plain --passphrase-fd 3 3<<<"$PASS")
    said=${said#*Debrief:}
    assert_has "read again" "$said" "dolen drill score reads this again"
    assert_has "which one next" "$said" 'Next: "'
    assert_has "the list" "$said" "1. "
}

# A drill of one's own with a mistake in it is missed in the list, and the list says why.
test_a_drill_with_faults_is_named() {
    new_practice 3
    mkdir -p "$XDG_CONFIG_HOME/dolen/forms/drills"
    sed 's/^drill: bereavement/drill: our_own/; s/kind: silence/kind: silent/' "$ROOT/forms/drills/bereavement.yaml" \
        >"$XDG_CONFIG_HOME/dolen/forms/drills/our_own.yaml"
    assert_has "the list" "$(dolen drill list)" "our_own has faults and is not in the list: dolen drill lint says which."
    sed -i 's/kind: silent/kind: silence/' "$XDG_CONFIG_HOME/dolen/forms/drills/our_own.yaml"
    case $(dolen drill list) in *"has faults"*) fail "it has none any more" ;; esac
}

# What a trainer set is nothing to look at yet: the last debrief stays the last; set twice it is set once.
test_a_drill_that_is_set_hides_nothing() {
    new_practice 3
    dolen drill start bereavement --plays "$DATA/bereavement/good.json" >/dev/null
    dolen drill set carer >/dev/null
    dolen drill set carer >/dev/null
    assert_has "the debrief" "$(dolen drill score)" "Debrief: Thirteen months"
    assert_has "the replay" "$(dolen drill replay)" "Replay: Thirteen months"
    assert_has "what is next" "$(dolen drill list)" 'Next: "How is he?". Set by your trainer.'
    dolen drill start carer --plays "$DATA/carer/good.json" >/dev/null
    case $(dolen drill list) in *"Set by your trainer"*) fail "it was played, and is still said to be set" ;; esac
    dolen drill start carer >/dev/null
    assert_eq "left" "$(dolen drill leave)" "Left. It was not scored."
}

test_the_same_seed_and_the_same_steps_score_the_same() {
    new_practice 3
    dolen --json drill start bereavement --plays "$DATA/bereavement/average.json" >a
    dolen --json drill start bereavement --plays "$DATA/bereavement/average.json" >b
    sed 's/"id":"[^"]*"//' a >a1
    sed 's/"id":"[^"]*"//' b >b1
    cmp a1 b1 || fail "two plays with one seed differ"
}

test_a_drill_is_left_and_gone_on_with() {
    local one two
    new_practice 3
    dolen drill start bereavement --seed 3 >/dev/null
    dolen drill answer lists >/dev/null
    assert_exit 0 dolen drill pause
    assert_exit 1 dolen drill answer tell_me
    assert_has "why not" "$ERR" "paused"
    dolen drill resume >/dev/null
    assert_exit 0 dolen drill answer tell_me
    assert_has "what she says" "$OUT" "Gwyn"
    assert_exit 2 dolen drill answer no_such_thing
    assert_sentence
    one=$(dolen drill replay)
    assert_has "the replay" "$one" "A lot of lists"
    assert_has "the replay" "$one" "Paused."
    two=$(dolen --json drill score --finish | json .points)
    assert_eq "points" "$(dolen --json drill history | json '.items[0].points')" "$two"
    assert_exit 1 dolen drill answer made
}

test_the_referral_really_arrives() {
    new_practice 3
    before=$(dolen --json referral list | json count .items)
    dolen drill start bereavement --seed 3 >/dev/null
    after=$(dolen --json referral list | json count .items)
    assert_eq "referrals waiting" "$after" "$((before + 1))"
    assert_has "the inbox" "$(dolen worklist)" "Maureen Pask"
}

test_the_debrief_on_paper_says_what_it_is() {
    new_practice 3
    dolen drill start bereavement --plays "$DATA/bereavement/average.json" >/dev/null
    assert_exit 0 dolen drill score
    assert_has "text" "$OUT" "HYFFORDDIANT / TRAINING"
    assert_has "text" "$OUT" "14 of 24 points"
    good=${OUT%%What to try next*}
    assert_has "strengths come first" "$good" "What went well"
    assert_exit 0 dolen --lang cy drill score --format html
    assert_has "html" "$OUT" "HYFFORDDIANT / TRAINING"
    assert_has "html in Welsh" "$OUT" "14 o 24 pwynt"
    assert_exit 0 dolen drill replay --format html
    assert_has "the replay's mark" "$OUT" "HYFFORDDIANT / TRAINING"
}

# A skill in which nothing could be earned and nothing was lost is not there; a moment is told briefly in the list of points.
test_the_debrief_is_short_where_it_can_be() {
    new_practice 3
    dolen drill start acutely_unwell --plays "$DATA/acutely_unwell/average.json" >/dev/null
    assert_exit 0 dolen drill score
    assert_has_not "no skill without points" "$OUT" "0 of 0"
    assert_has_not "nothing was taken away" "$OUT" "points were taken away"
    assert_has "its strengths" "$OUT" "What went well"
    points=${OUT#*By skill, point by point}
    assert_has "a long moment" "$points" " …)"
    dolen drill start carer --plays "$DATA/carer/harmful.json" >/dev/null
    assert_has "harm is told" "$(dolen drill score | tr -s "[:space:]" " ")" "nobody to sit with him."
}

test_what_is_set_comes_first_and_what_went_badly_comes_again() {
    new_practice 3
    assert_has "nothing played" "$(dolen drill list)" "New to you"
    dolen drill set bereavement --by 2026-03-20 >/dev/null
    assert_has "set" "$(dolen drill list)" "Set by your trainer, for 20 Mar 2026"
    dolen drill start bereavement --plays "$DATA/bereavement/harmful.json" >/dev/null
    assert_json "$(dolen --json drill list)" .items[0].times 1
    assert_json "$(DOLEN_TODAY=2026-03-10 dolen --json drill list)" .next bereavement
    assert_has "due" "$(DOLEN_TODAY=2026-03-10 dolen drill list)" "Due again since 10 Mar 2026"
}

test_progress_holds_nothing_of_any_case() {
    new_practice 3
    dolen drill start bereavement --plays "$DATA/bereavement/average.json" >/dev/null
    assert_exit 0 dolen drill export --to "$HOME/progress.csv"
    text=$(cat progress.csv)
    assert_has "progress" "$text" "TRAINING,Practice,bereavement,2,2026-03-09,14,24,58,NONE"
    assert_has_not "progress" "$text" "Maureen"
    assert_has_not "progress" "$text" "Gwyn"
    assert_exit 1 dolen drill export --to "$HOME/progress.csv"
    assert_has "a group" "$(dolen drill compare)" "Thirteen months"
    assert_has "what was done" "$(dolen --lang cy drill history)" "Tri mis ar ddeg"
}

run_tests
