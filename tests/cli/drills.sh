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

# What is said in the good play, up to the first form that is filed after somebody spoke: from there on forms decide.
talk_of() {
    sed -n 's/.*"say": *"\([a-z0-9_]*\)".*/\1/p; t; s/.*"\(fill\|connect\)".*/-/p' "$DATA/$1/good.json" |
        awk '/^-/ { if (spoken) exit; next } { spoken = 1; print }'
}

# The good play, answered at the prompts: the same words, the same forms by commands, the same points.
plain_play() {
    local drill=$1 said talk id points
    talk=$(talk_of "$drill")
    said=$(printf '%s\n' talk $talk)
    printf '%s\n' "$said" ':debrief' '<' ':debrief' >"$HOME/said"
    exec 4<"$HOME/said"
    OUT=$("$BUILD/dolen" --plain --lang en --file "$CASE" --passphrase-fd 3 drill start "$drill" --seed 7 3<<<"$PASS" <&4) ||
        fail "line mode ended with an error" "$OUT"
    exec 4<&-
    assert_has "$drill in line mode" "$OUT" "TRAINING"
    assert_has "$drill in line mode" "$OUT" "What went well"
    id=$(dolen --json drill history | json '.items[-1].id' 2>/dev/null || dolen --json drill history | json '.items[].id' | tail -1)
    points=$(dolen --json drill score "$id" | json .minutes)
    dolen --json drill start "$drill" --plays "$HOME/talk.json" >"$HOME/byfile"
    assert_eq "$drill: simulated minutes in line mode" "$points" "$(json .minutes <"$HOME/byfile")"
}

test_each_drill_is_played_through_in_line_mode() {
    local d
    new_practice 3
    for d in $(drills); do
        {
            printf '{"drill": "%s", "seed": 7, "steps": [' "$d"
            talk_of "$d" | sed 's/.*/{"say": "&"}/' | paste -sd,
            printf ']}\n'
        } >"$HOME/talk.json"
        plain_play "$d"
    done
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
    assert_has "progress" "$text" "TRAINING,Practice,bereavement,1,2026-03-09,14,24,58,NONE"
    assert_has_not "progress" "$text" "Maureen"
    assert_has_not "progress" "$text" "Gwyn"
    assert_exit 1 dolen drill export --to "$HOME/progress.csv"
    assert_has "a group" "$(dolen drill compare)" "bereavement"
}

run_tests
