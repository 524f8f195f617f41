#!/bin/bash
# run.sh - runs tests, two at a time, counts their cases, shows what failed, ends with "N passed, N failed".
#
#   tests/run.sh [SUITE | FILE …]     suites: unit canvas ui cli fault wide; without any: all but wide
#
# Every test speaks TAP on standard output: programs through cmocka, *.t through ptydrive, *.sh through lib/cli.sh.
# A test that ends early, ends with an error, says nothing or skips counts as failed.
# BUILD the build folder, CASE_TIMEOUT seconds a file may take, WRAP a command before each program, LIGHT=1 leaves out
# the slow scripts (those whose second line starts with "# slow").
cd "$(dirname "$0")/.." || exit 1
export BUILD=${BUILD:-build}
tests=$BUILD/tests
results=$tests/results
limit=${CASE_TIMEOUT:-600}

# Nothing of the caller's screen, language or settings may reach a test.
clean_environment() {
    local name
    while IFS='=' read -r name _; do
        case $name in DOLEN_*|LC_*|LANG|LANGUAGE|XDG_*|TERM|NO_COLOR|COLUMNS|LINES|ESCDELAY|TZ) unset "$name" ;; esac
    done < <(env)
    export LC_ALL=C.UTF-8 TZ=UTC TERM=dumb CMOCKA_MESSAGE_OUTPUT=TAP
    export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0:abort_on_error=0} UBSAN_OPTIONS=print_stacktrace=1
}

# A test may say "today" more than once, and case files of real people have no frozen clock: none begins in a day's last minutes.
wait_out_the_day() {
    local left=$((86400 - $(date +%s) % 86400))
    [ "$left" -gt 180 ] || sleep $((left + 1))
}

# One test file, into results/NAME.out, .rc and .time; called again by xargs below.
run_one() {
    wait_out_the_day
    local file=$1 name=${1//\//%} start=$SECONDS
    local out=$results/$name
    case $file in
    *.t) timeout -k 5 "$limit" "$tests/ptydrive" "$file" ;;
    *.sh) timeout -k 5 "$limit" bash "$file" ;;
    *) timeout -k 5 "$limit" $WRAP "$tests/${file#tests/}" ;;
    esac >"$out.out" 2>"$out.err" </dev/null
    echo $? >"$out.rc"
    echo $((SECONDS - start)) >"$out.time"
}

if [ "$1" = --one ]; then
    run_one "$2"
    exit 0
fi

list_suite() {
    local f
    case $1 in
    unit) for f in tests/unit/*/test_*.c; do echo "${f%.c}"; done ;;
    canvas) for f in tests/canvas/test_*.c; do echo "${f%.c}"; done ;;
    ui) for f in tests/ui/*.t; do echo "$f"; done ;;
    cli) for f in tests/cli/*.sh; do echo "$f"; done ;;
    fault|wide) for f in tests/"$1"/test_*.c; do echo "${f%.c}"; done; for f in tests/"$1"/*.sh; do echo "$f"; done ;;
    *) echo "${1%.c}" ;;
    esac
}

wanted() {
    local suite file
    for suite in "$@"; do
        list_suite "$suite" | while read -r file; do
            [ -n "$LIGHT" ] && sed -n 2p "$file" 2>/dev/null | grep -q '^# slow' && continue
            echo "$file"
        done
    done
}

# "passed failed" of one result.
count() {
    awk -v rc="$(cat "$1.rc")" '
        /^[0-9]+\.\.[0-9]+$/ { split($0, p, /\.\./); planned += p[2] }
        /^ok /               { if ($0 ~ /# *SKIP/) bad++; else good++ }
        /^not ok /           { bad++ }
        END {
            if (planned > good + bad) bad = planned - good
            if (bad == 0 && (rc != 0 || good == 0)) bad = 1
            print good + 0, bad + 0
        }' "$1.out"
}

report() {
    local out=$1 file=$2
    echo "--- $file (exit $(cat "$out.rc"))"
    grep -A 40 '^not ok' "$out.out" | grep -v '^ok ' | head -n 120
    tail -n 40 "$out.err"
    [ "$(cat "$out.rc")" = 124 ] && echo "    took longer than $limit seconds"
}

clean_environment
shopt -s nullglob
rm -rf "$results"
mkdir -p "$results"
[ $# -gt 0 ] || set -- unit canvas ui cli fault
# The longest first, so that the two workers end together.
wanted "$@" | awk '{ k = /tests\/fault/ ? 0 : /\.t$/ ? 1 : /\.sh$/ ? 2 : 3; print k "\t" $0 }' | sort -s -n -k1,1 |
    cut -f2 >"$results/list"
xargs -r -P "${TEST_JOBS:-2}" -n 1 tests/run.sh --one <"$results/list"

passed=0 failed=0
while read -r file; do
    out=$results/${file//\//%}
    read -r good bad < <(count "$out")
    passed=$((passed + good)) failed=$((failed + bad))
    [ "$bad" -eq 0 ] || report "$out" "$file"
done <"$results/list"
if [ ! -s "$results/list" ]; then
    echo "no test was found: $*"
    failed=1
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
