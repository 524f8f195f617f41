#!/bin/bash
# Safe contact by command: everything that answers, prints, writes a letter, a calendar or a file is asked about a protected
# person, as text and as JSON, and none of the protected values is in it. The same walk about somebody else finds them.
. "$(dirname "$0")/../lib/cli.sh"

export DOLEN_TODAY=2026-03-09
made() { dolen "$@" --answers - --json | json .id; }

# Values that stand nowhere else. Each is looked for as it was typed, without blanks, and in its telling part.
values=("07700900871" "07700 900871" "07700 900 871" "900871" "07700900872" "900872" "cuddio@example.org" "cuddio" "17 Llwybr Cudd" "Llwybr Cudd"
    "LL99 7QX" "LL997QX" "07700900873" "900873"
    "W01000997")

# A person with something of everything: $PERSON, $REFERRAL, $EPISODE, $ASSET, $CONTACT, $CONNECTION …
everything_of() {      # YES or NO, when to ring
    PERSON=$(made person add <<<"{\"given_name\":\"Eirlys\",\"family_name\":\"Prawfddyn\",\"birth_date\":\"1950-03-02\",
        \"phone\":\"07700900871\",\"phone2\":\"07700900872\",\"email\":\"cuddio@example.org\",\"address\":\"17 Llwybr Cudd\",
        \"postcode\":\"LL99 7QX\",\"lsoa\":\"W01000997\",\"emergency_name\":\"Huw\",\"emergency_phone\":\"07700900873\",\"safe_contact\":\"$1\"${2:+,\"safe_when\":\"$2\"},
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
    echo '{}' >nothing.json
    echo '{"given_name":"Eirlys","family_name":"Prawfddyn","birth_date":"1950-03-02"}' >twin.json
    printf '%s\n' Enw,Cyfenw,Geni,Dyddiad Eirlys,Prawfddyn,1950-03-02,2026-03-01 >twin.csv
    cat >twin.yaml <<'END'
import: cases
columns:
  - {from: "Enw", to: person.given_name}
  - {from: "Cyfenw", to: person.family_name}
  - {from: "Geni", to: person.birth_date}
  - {from: "Dyddiad", to: referral.received_on}
END
}

# "command: how it is asked"; $out is an empty folder. What has nothing to say of a person, or changes something instead of
# telling, stands in silent, with why.
period="--from 2025-04-01 --until 2027-03-31"
asked=(
    "worklist:worklist" "search:search Eirlys" "search:search 900871" "search:search LL997QX" "search:search cuddio"
    "person list:person list" "person list:person list --match 0871" "person show:person show \$PERSON"
    "person edit:person edit \$PERSON --answers nothing.json" "person add:person add --answers twin.json"
    "person duplicates:person duplicates" "referral list:referral list \$PERSON" "referral show:referral show \$REFERRAL"
    "referral edit:referral edit \$REFERRAL --answers nothing.json"
    "episode list:episode list \$PERSON" "episode show:episode show \$EPISODE" "episode edit:episode edit \$EPISODE --answers nothing.json"
    "contact list:contact list \$PERSON" "contact show:contact show \$CONTACT" "contact edit:contact edit \$CONTACT --answers nothing.json"
    "consent list:consent list \$PERSON" "consent show:consent show \$CONSENT" "consent edit:consent edit \$CONSENT --answers nothing.json"
    "gap list:gap list" "gap show:gap show \$GAP" "gap edit:gap edit \$GAP --answers nothing.json"
    "gap table:gap table" "asset list:asset list" "asset show:asset show \$ASSET"
    "asset call-list:asset call-list" "asset call:asset call \$ASSET" "asset duplicates:asset duplicates"
    "asset export:asset export --format csv --to \$out/a.csv" "bin list:bin list" "caseload list:caseload list"
    "import cases:import cases twin.csv --map twin.yaml"
    "merge list:merge list" "retention list:retention list" "retention:retention" "audit head:audit head"
    "audit verify:audit verify" "keys history:keys history" "verify:verify" "doctor:doctor" "doctor:doctor --leaks" "supervision list:supervision list" "paperwork show:paperwork show"
    "forget:forget \$PERSON --dry-run" "follow-ups ics:follow-ups ics --to \$out/f.ics" "form upgrade:form upgrade person --dry-run"
    "handover conflicts:handover conflicts" "handover peers:handover peers" "receipt:receipt \$out" "outbox receipt:outbox receipt \$out"
    "export:export --data-set provisional-wales $period --to \$out/e"
    "export:export --data-set provisional-wales $period --csv excel --to \$out/x"
    "person show:person show \$PERSON --as-of 2099-01-01" "report list:report list"
    "destination list:destination list" "outbox list:outbox list" "outbox show:outbox show" "source show:source show"
    "history list:history list \$PERSON" "merge:merge \$PERSON \$TWIN --dry-run"
)
for large in "" --large; do for format in text html pdf; do
    asked+=("plan print:plan print \$PERSON $large --format $format --to \$out/p.$format"
        "letter:letter \$REFERRAL --kind feedback $large --format $format --to \$out/l.$format")
done; done
# Every report there is, each way it is given.
for report in $(dolen_raw --lang en report list --json | grep -o '"name":"[a-z-]*"' | cut -d '"' -f 4); do
    asked+=("report:report $report $period")
    for format in text csv xlsx html; do
        asked+=("report:report $report $period --format $format --to \$out/r.$format")
    done
done
silent=(
    "init:keys" "keys list:keys" "keys add:keys" "keys remove:keys" "keys test:keys" "keys rotate:keys" "keys organisation:keys"
    "keys show-raw:keys" "passphrase:keys" "backup:sealed" "restore:sealed" "recovery test:a copy, removed again"
    "referral add:its id" "referral decide:its id" "contact add:its id" "consent add:its id" "gap add:its id"
    "asset add:no person" "asset edit:no person" "asset another-place:no person" "asset one-offer:no person" "asset one-entry:no person" "asset own-offer:no person"
    "supervision show:no person" "supervision add:no person" "supervision edit:no person"
    "import assets:no person" "import undo:a count" "episode reopen:its id" "bin put:its id" "bin purge:a count" "bin restore:its id"
    "history undo:the sentence of the list" "caseload handover:a count" "paperwork forget:a count" "handover make:sealed"
    "handover open:a count; what differs is asked in handover.sh" "handover trust:laptops" "handover distrust:laptops" "handover undo:a count"
    "unmerge:its ids" "retention hold:its id" "retention release:its id" "retention policy:years" "keymap:no case data"
    "form list:definitions" "form lint:definitions" "form preview:definitions" "form diff:definitions"
    "form fill:asked by everything_of, and its id" "sar:the person's own copy, which is theirs; sar.sh" "open:a bundle that came to a recipient"
    "wimd load:places" "destination add:no person" "destination show:no person" "destination policy:no person"
    "destination host-key:no person" "destination remove:no person" "outbox seal:sync_policy.sh, and sealed" "outbox send:sealed"
    "outbox fetch:receipts" "practice new:invented people" "serious:no case data" "help:no case data" "help man:no case data"
    "help completion:no case data"
)
# Of a training case file: invented people alone.
for drill in list show start answer pause resume leave score replay lint try history set compare export; do silent+=("drill $drill:invented people"); done

ask_all() {            # prints everything that was answered
    local one
    for one in "${asked[@]}"; do
        out=$(mktemp -d "$HOME/out.XXXX")
        for json in --json ""; do
            case $json:$one in --json:*--format*) continue ;; esac
            rm -rf "${out:?}"/*
            eval "dolen $json ${one#*:}" 2>&1 || true
        done
        find "$out" -type f -exec cat {} +
        find "$out" -name '*.xlsx' -exec unzip -p {} \;
        find "$out" -name '*.pdf' -exec pdftotext {} - \;
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
    for v in "07700 900871" "07700 900872" cuddio@example.org "17 Llwybr Cudd" "07700 900873" "LL99 7QX"; do
        grep -a -q -F -e "$v" said || fail "\"$v\" was read out nowhere" "$(cat said)"
    done
}

test_every_command_is_asked_or_has_a_reason_not_to_be() {
    dolen_raw --lang en --help | sed -n '/^  init/,/^$/p' | cut -c3-23 | sed 's/ *$//' | grep . | sort >commands
    [ "$(wc -l <commands)" -gt 60 ] || fail "the commands were not found"
    for one in "${asked[@]}" "${silent[@]}"; do echo "${one%%:*}"; done | sort -u >known
    diff commands known || fail "not asked (<), or no command (>)"
}

run_tests
