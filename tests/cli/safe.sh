#!/bin/bash
# Safe contact by command: everything that answers, prints, writes a letter, a calendar or a file is asked about a protected
# person, as text and as JSON, and none of the protected values is in it. The same walk about somebody else finds them.
. "$(dirname "$0")/../lib/cli.sh"

export DOLEN_TODAY=2026-03-09
made() { dolen "$@" --answers - --json | json .id; }

# Values that stand nowhere else. Each is looked for as it was typed, without blanks, and in its telling part.
values=("07700900871" "07700 900 871" "900871" "07700900872" "900872" "cuddio@example.org" "cuddio" "17 Llwybr Cudd" "Llwybr Cudd"
    "LL99 7QX" "LL997QX" "07700900873" "900873")

# A person with something of everything: $PERSON, $REFERRAL, $EPISODE, $ASSET, $CONTACT, $CONNECTION …
everything_of() {      # YES or NO, when to ring
    PERSON=$(made person add <<<"{\"given_name\":\"Eirlys\",\"family_name\":\"Prawfddyn\",\"birth_date\":\"1950-03-02\",
        \"phone\":\"07700900871\",\"phone2\":\"07700900872\",\"email\":\"cuddio@example.org\",\"address\":\"17 Llwybr Cudd\",
        \"postcode\":\"LL99 7QX\",\"emergency_name\":\"Huw\",\"emergency_phone\":\"07700900873\",\"safe_contact\":\"$1\"${2:+,\"safe_when\":\"$2\"},
        \"speak_language\":\"CY\",\"write_language\":\"CY\"}")
    TWIN=$(made person add <<<'{"given_name":"Eirlys","family_name":"Prawfddyn","birth_date":"1950-03-02"}')
    REFERRAL=$(made referral add "$PERSON" <<<'{"received_on":"2026-01-05","route":"PROFESSIONAL","source":"GPPR",
        "referrer_name":"Dr Puw","referrer_org":"Meddygfa"}')
    made referral decide "$REFERRAL" <<<'{"decision":"ACCEPTED","decided_on":"2026-01-08"}' >/dev/null
    EPISODE=$(dolen --json episode list "$PERSON" | json .items[0].id)
    ASSET=$(made asset add <<<'{"name_en":"Prawf choir","category":"ARTS","verified_on":"2026-03-01"}')
    CONNECTION=$(made form fill connection --person "$PERSON" --asset "$ASSET" <<<'{"kind":"REFERRED","status":"WAITING","on_date":"2026-02-01"}')
    made form fill plan --person "$PERSON" <<<'{"goals":[{"goal":"Walk"}],"actions":[{"action":"Ring","for_goal":1}],
        "agreed":1,"agreed_on":"2026-02-20"}' >/dev/null
    CONTACT=$(made contact add "$PERSON" <<<'{"held_on":"2026-02-02","kind":"PHONE","result":"ATTENDED","next_on":"2026-03-05"}')
    CONSENT=$(made consent add "$PERSON" <<<'{"notice_given":"YES","notice_on":"2026-01-08","lawful_basis":"PUBLIC_TASK","purpose":"FEEDBACK","recipient":"Dr Puw","state":"GIVEN","state_on":"2026-01-08","how":"SPOKEN",
        "given_by":"PERSON","understood":"YES"}')
    GAP=$(made gap add "$PERSON" <<<'{"noted_on":"2026-02-03","needed":"A lift","reason":"TRANSPORT"}')
    BINNED=$(made contact add "$PERSON" <<<'{"held_on":"2026-02-09","kind":"PHONE","result":"NO_ANSWER"}')
    dolen bin put "$BINNED" --why "by mistake" >/dev/null
}

# "command: how it is asked"; $out is an empty folder. What has nothing to say of a person, or changes something instead of
# telling, stands in silent, with why.
asked=(
    "worklist:worklist" "search:search Eirlys" "search:search 900871" "search:search LL997QX" "search:search cuddio"
    "person list:person list" "person list:person list --match 0871" "person show:person show \$PERSON"
    "person duplicates:person duplicates" "referral list:referral list \$PERSON" "referral show:referral show \$REFERRAL"
    "episode list:episode list \$PERSON" "episode show:episode show \$EPISODE" "contact list:contact list \$PERSON"
    "contact show:contact show \$CONTACT" "consent list:consent list \$PERSON" "consent show:consent show \$CONSENT"
    "gap list:gap list" "gap show:gap show \$GAP" "gap table:gap table" "asset list:asset list" "asset show:asset show \$ASSET"
    "asset call-list:asset call-list" "asset call:asset call \$ASSET" "asset duplicates:asset duplicates"
    "asset export:asset export --format csv --to \$out/a.csv" "bin list:bin list" "caseload list:caseload list"
    "merge list:merge list" "retention list:retention list" "retention:retention" "audit head:audit head"
    "audit verify:audit verify" "verify:verify" "doctor:doctor" "doctor:doctor --leaks" "supervision list:supervision list" "paperwork show:paperwork show"
    "forget:forget \$PERSON --dry-run" "follow-ups ics:follow-ups ics --to \$out/f.ics"
    "plan print:plan print \$PERSON" "plan print:plan print \$PERSON --format html --to \$out/p.html"
    "letter:letter \$REFERRAL --kind feedback" "letter:letter \$REFERRAL --kind feedback --format html --to \$out/l.html"
    "export:export --data-set provisional-wales --from 2025-04-01 --until 2027-03-31 --to \$out/e"
    "export:export --data-set provisional-wales --from 2025-04-01 --until 2027-03-31 --csv excel --to \$out/x"
    "report:report activity --from 2025-04-01 --until 2027-03-31" "report:report capacity --from 2025-04-01 --until 2027-03-31"
    "report:report referrers --from 2025-04-01 --until 2027-03-31" "person show:person show \$PERSON --as-of 2099-01-01"
    "destination list:destination list" "outbox list:outbox list" "outbox show:outbox show" "source show:source show"
    "history list:history list \$PERSON" "merge:merge \$PERSON \$TWIN --dry-run"
)
silent="init keys|passphrase|backup sealed|restore|recovery test a~copy|import|open a~bundle~of~the~hub's|receipt|destination one~by~one|
outbox sealed|practice|drill invented~people|form definitions|keymap|help|serious no~case~data|report list|sar the~person's~own,~reviewed|
person add|person edit|referral add|referral edit|referral decide|episode edit|episode reopen|asset add|asset edit|contact add|contact edit|
consent add|consent edit|gap add|gap edit|supervision add|supervision edit|supervision show|bin put|bin purge|bin restore|
caseload handover|history undo|paperwork forget|unmerge|retention hold|retention release|retention policy|keys|handover sealed|notes|wimd places"

ask_all() {            # prints everything that was answered
    local one
    for one in "${asked[@]}"; do
        out=$(mktemp -d "$HOME/out.XXXX")
        for json in --json ""; do
            rm -rf "${out:?}"/*
            eval "dolen $json ${one#*:}" 2>&1 || true
        done
        find "$out" -type f -exec cat {} +
        for workbook in "$out"/*/*.xlsx; do [ ! -e "$workbook" ] || unzip -p "$workbook"; done
    done
}

test_a_protected_person_is_reached_by_no_command() {
    new_case
    everything_of YES mornings
    ask_all >said 2>&1
    [ "$(wc -c <said)" -gt 8000 ] || fail "hardly anything was answered" "$(cat said)"
    grep -q "Prawfddyn" said || fail "nobody was named at all"
    ! grep -a -n -e "Usage:" -e "There is no command" -e "Nothing was exported" said >found || fail "asked in a wrong way:" "$(cat found)"
    for v in "${values[@]}"; do
        ! grep -a -n -i -F -e "$v" said >found || fail "\"$v\" was told:" "$(head -5 found)"
    done
}

# Whoever is not protected is found by it: the walk would see the values.
test_the_same_walk_finds_them_for_somebody_else() {
    new_case
    everything_of NO
    ask_all >said 2>&1
    for v in 07700900871 07700900872 cuddio@example.org "17 Llwybr Cudd" 07700900873; do
        grep -a -q -F -e "$v" said || fail "\"$v\" was told nowhere"
    done
}

# Line mode: every word of the main menu, every step on a person and every kind of record, typed; whatever it asks then is left
# by going back. Only reveal is not said, and what ends the walk.
line_mode_walk() {
    local lang=$1 words w
    words() {      # menu | person
        dolen_raw --lang "$lang" --json keymap | python3 -c 'import json, sys
for a in json.load(sys.stdin)["actions"]:
    if a["line_mode"] == sys.argv[1] and a["action"] not in ("quit", "lock", "language", "reveal"):
        print(a["line_mode_says"].split()[-1])' "$1" | sort -u
    }
    back() { printf '%s\n' '<' '<' '<' '<' '<' '<' '<'; }
    [ "$(words menu | wc -l)" -gt 20 ] && [ "$(words person | wc -l)" -gt 20 ] || fail "hardly a word to say"
    for w in $(words menu); do
        printf '%s\n1\n' "$w"
        back
        [ $lang = en ] && echo :later || echo :wedyn
        back
    done
    for w in $(words person) :details :history :undo; do
        printf ':people\neirlys\n1\n%s\n\n\n' "$w"
        back
        [ $lang = en ] && echo :later || echo :wedyn
        back
    done
    for w in referrals episodes contacts connections consents gaps forms; do
        printf ':people\neirlys\n1\nrecords\n%s\n1\n' "$w"
        back
    done
    printf ':people\neirlys\n1\n:as-it-was\n1/1/2099\n\n'
    back
    printf ':people\neirlys\n1\n:merge\neirlys\n1\nn\n'
    back
}
line_mode() {      # language; said holds the transcript
    line_mode_walk "$1" >typed
    set +e
    TERM=dumb "$BUILD/dolen" --file "$CASE" --key-file "$HOME/key" --lang "$1" --plain <typed >>said 2>&1
    set -e
}

test_a_protected_person_is_read_out_nowhere_in_line_mode() {
    new_case
    everything_of YES mornings
    : >said
    for lang in en cy; do line_mode $lang; done
    [ "$(grep -c Prawfddyn said)" -gt 100 ] || fail "hardly anything was read out" "$(cat said)"
    for v in "${values[@]}"; do
        ! grep -a -n -i -F -e "$v" said >found || fail "\"$v\" was read out:" "$(head -5 found)"
    done
}

test_line_mode_reads_them_out_for_somebody_else() {
    new_case
    everything_of NO
    : >said
    line_mode en
    for v in 07700900871 07700900872 cuddio@example.org "17 Llwybr Cudd" 07700900873 "LL99 7QX"; do
        grep -a -q -F -e "$v" said || fail "\"$v\" was read out nowhere" "$(cat said)"
    done
}

test_every_command_is_asked_or_has_a_reason_not_to_be() {
    dolen_raw --lang en --help | sed -n '/^  init/,/^$/p' | cut -c3-23 | sed 's/ *$//' | grep . >commands
    [ "$(wc -l <commands)" -gt 60 ] || fail "the commands were not found"
    while read -r command; do
        for one in "${asked[@]}"; do [ "${one%%:*}" != "$command" ] || continue 2; done
        tr -d '\n' <<<"|${silent// /|}|" | grep -q -F -e "|${command%% *}|" && continue
        tr '|' '\n' <<<"$silent" | grep -q -x -e "$command.*" || fail "not asked: $command"
    done <commands
}

run_tests
