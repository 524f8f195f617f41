#!/bin/bash
# The ten commonest jobs: the keys that the manual counts are pressed one by one, and the job is done then.
. "$(dirname "$0")/../lib/cli.sh"

# "job|keys|count" of the manual's table.
table() {
    sed -n '/^| job | from | keys/,/^$/p' "$ROOT/docs/manual.md" | sed -n '3,$p' | grep '^|' |
        sed 's/^| *\(.*[^ ]\) *| *\([^|]*[^ ]\) *| *\([^|]*[^ ]\) *| *\([0-9]*\) *|$/\1|\3|\4/'
}

# Keys of a row as lines for the terminal script, and how many they are: sets $SCRIPT and $COUNT.
read_keys() {
    local rest=$1 token
    SCRIPT= COUNT=0
    while [ -n "$rest" ]; do
        case $rest in
        \`*) token=${rest#\`} token=${token%%\`*} rest=${rest#*\`} rest=${rest#*\`}
            case $token in
            Ctrl-?) SCRIPT+="keys <C-$(tr '[:upper:]' '[:lower:]' <<<"${token#Ctrl-}")>"$'\n' ;;
            ?) SCRIPT+="keys '$token'"$'\n' ;;
            *) SCRIPT+="keys <$token>"$'\n' ;;
            esac
            COUNT=$((COUNT + 1)) ;;
        \**) token=${rest#\*} token=${token%%\**} rest=${rest#*\*} rest=${rest#*\*}
            SCRIPT+="type \"$token\""$'\n'
            COUNT=$((COUNT + ${#token})) ;;
        *) rest=${rest#?} ;;
        esac
    done
}

# What has to be on the screen before (a line of the script) and after, in the order of the table.
person='type "/lin" ; keys <Enter> <Enter> ; row 1 "Linda Tucker"'
before=(
    'row 1 "Today"' 'keys t' 'row 1 "Today"' 'row 1 "Today"' "$person"
    "$person ; keys 'c' '5' <Tab> '1' <C-s> 't' ; type \"/gwil\" ; keys <Enter> <Enter> ; row 1 \"Gwilym\"" "$person"
    "$person ; keys 'P' <Enter> ; type \"Walk\" ; keys <Enter> <Enter> '3' <C-s> '4' <Home> <Down> ; cursor-on \"Walk\""
    "$person" 'row 1 "Today"'
)
after=(
    'row 1 "Mohammed Khan"' 'row 1 "Linda Tucker"' 'expect "Filed: Referral" ; row 1 "Ceri Prawf" ; keys 2 ; expect "Self-referral"'
    'expect "Filed: Decision" ; expect "Accepted"' 'expect "Filed: Contact" ; keys 6 ; expect "Took place"'
    'expect "Filed: Contact" ; row 1 "Gwilym" ; keys 6 ; expect "Took place"' 'expect "Filed: Connection"'
    'expect "Kept; u takes it back"' 'expect "Filed: Gap"' 'expect "The call is filed, with news of 1 person"'
)

test_the_keys_that_the_manual_counts_do_the_job() {
    local i=0 job keys count
    printf 'today 2026-03-09\nprepare practice 12 7\nrun ; passphrase\n' >jobs.t
    while IFS='|' read -r job keys count; do
        read_keys "$keys"
        assert_eq "the count of: $job" "$COUNT" "$count"
        printf 'case job-%s\n%s\n%s%s\n' "$((i + 1))" "${before[i]//keys t/keys \'t\'}" "$SCRIPT" "$(sed "s/keys \([26]\) /keys '\1' /" <<<"${after[i]}")" >>jobs.t
        i=$((i + 1))
    done < <(table)
    assert_eq "jobs" "$i" 10
    (cd "$ROOT" && BUILD=$BUILD "$T/ptydrive" "$HOME/jobs.t") >out 2>&1 || fail "a job is not done by its keys" "$(cat out)"
    assert_eq "jobs done" "$(grep -c '^ok ' out)" 10
}
run_tests
