#!/bin/bash
# journey.sh - one whole journey by commands: from a self-referral to a closed case, the plan and the export.
#
#   tools/journey.sh [CASEFILE]     BUILD the build folder; a new training-cost case file when none is named;
#                                   PASS its passphrase (ymarfer); prints the plan and the export it made
#
# Everything here is invented. The same steps are on the screens; the commands run the same actions.
set -euo pipefail
cd "$(dirname "$0")/.."
dolen=$(cd "${BUILD:-build}" && pwd)/dolen
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pass=${PASS:-ymarfer}
case_file=${1:-}
today=${DOLEN_TODAY:-$(date +%F)}
day() { date -d "$today $1 days" +%F; }

if [ -z "$case_file" ]; then
    case_file=$work/case
    export XDG_STATE_HOME=$work/state
    printf '%s\n' "$pass" |
        "$dolen" --file "$case_file" init --kdf-mib 64 --passphrase-fd 0 --recovery-to "$work/code" >/dev/null
fi

step() { printf '\n%s\n' "$*"; }
d() { "$dolen" --file "$case_file" --passphrase-fd 3 "$@" 3<<<"$pass"; }
# The first value of a name in one JSON object that a command printed.
value() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" | head -n 1; }
# A command with answers on standard input; prints the id it made.
made() { d "$@" --answers - --json | value id; }

step "A person refers herself, and says how she can be reached safely."
person=$(made person add <<END
{"given_name": "Eirlys", "family_name": "Prawf", "preferred_name": "Eirlys", "birth_date": "1951-05-17",
 "nhs_number": "999 000 1405", "postcode": "CF99 1NA", "phone": "07700 900123",
 "safe_contact": "YES", "safe_how": ["PHONE"], "safe_message": "NO",
 "speak_language": "CY", "write_language": "CY"}
END
)
referral=$(made referral add "$person" <<END
{"received_on": "$(day -60)", "route": "SELF", "source": "SELF", "urgency": "ROUTINE"}
END
)
d person show "$person"

step "It is accepted: an episode begins."
made referral decide "$referral" <<<"{\"decision\": \"ACCEPTED\", \"decided_on\": \"$(day -58)\"}" >/dev/null
episode=$(d episode list "$person" --json | value id)
fill() { made form fill "$1" --person "$person" --episode "$episode" "${@:2}" >/dev/null; }

step "Privacy notice and consent; what matters to her; the first measure."
fill consent <<END
{"notice_given": "YES", "notice_on": "$(day -57)", "state": "GIVEN", "state_on": "$(day -57)", "given_by": "PERSON",
 "understood": "YES", "recipient": "Ffrindiau'r Parc", "purpose": "REFER", "language": "CY"}
END
fill conversation <<END
{"held_on": "$(day -55)", "language": "CY", "own_words": "Since the choir stopped I hardly speak to anyone.",
 "good_week": "Singing, and a walk with somebody.", "strengths": "Sang alto for thirty years; knows every path.",
 "people": "Sister in Tywyn, neighbour Huw.", "in_the_way": "The last bus goes at four.",
 "hopes": [{"hope": "To sing with others again"}, {"hope": "To walk every week"}],
 "summary": "Singing with others, and company on a walk, before anything else.", "read_back": 1}
END
fill ons4 --stage BASELINE <<<'{"satis": 4, "worth": 5, "happy": 4, "anxious": 6}'

step "A plan with two goals, in her words."
fill plan <<END
{"goals": [{"goal": "To sing with others again", "why_it_matters": "I am myself when I sing", "rating_now": 2},
           {"goal": "To walk every week", "why_it_matters": "It lets me sleep", "rating_now": 4}],
 "actions": [{"action": "Ring the choir's secretary together", "for_goal": 1, "who": "Eirlys and the practitioner",
              "by_when": "$(day -40)", "confidence": 7}],
 "agreed": 1, "agreed_on": "$(day -54)", "review_on": "$(day -14)"}
END

step "Connected to a community asset; one need has nothing to meet it."
asset=$(made asset add <<END
{"name_en": "Sing by the river", "name_cy": "Canu ger yr afon", "organisation": "Côr Prawf"}
END
)
fill connection --asset "$asset" <<END
{"kind": "REFERRED", "for_goal": 1, "status": "FIRST_ATTENDED", "said_by": "PERSON", "on_date": "$(day -35)"}
END
fill gap <<END
{"noted_on": "$(day -33)", "needed": "A walking group that meets after four", "category": "GREEN", "reason": "TIME",
 "language": "CY", "transport": "YES"}
END
fill contact <<END
{"held_on": "$(day -30)", "kind": "PHONE", "with_whom": "PERSON", "result": "ATTENDED", "minutes": 25, "language": "CY",
 "note": "Two evenings at the choir; a lift home is found.", "next_on": "$(day -14)", "next_what": "Review together"}
END

step "The measure again, and the case is closed."
fill ons4 --stage CLOSING <<<'{"satis": 7, "worth": 7, "happy": 8, "anxious": 3}'
fill closure <<<"{\"closed_on\": \"$(day -2)\", \"reason\": \"GOALS_MET\", \"what_changed\": \"She sings on Thursdays.\"}"
d episode show "$episode"

step "What is due now:"
d worklist | sed -n 1,8p

step "The plan, as it is printed for her:"
d plan print "$person" --format text --lang cy

step "The export of this year:"
d export --data-set provisional-wales --from "$(day -365)" --until "$today" --to "$work/export" 
for table in "$work"/export/*.csv; do
    printf '%-28s %s rows\n' "${table##*/}" "$(($(wc -l <"$table") - 1))"
done
head -n 3 "$work/export/episode.csv"
