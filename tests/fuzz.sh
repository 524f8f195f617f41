#!/bin/bash
# fuzz.sh - runs each fuzz target for FUZZ_SECONDS, from the inputs in its folder; what it finds stays in BUILD/fuzz-found.
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build-fuzz}
seconds=${FUZZ_SECONDS:-60}
found=$build/fuzz-found
mkdir -p "$found"
passed=0 failed=0
shopt -s nullglob
for source in tests/fuzz/*.c; do
    name=$(basename "$source" .c)
    mkdir -p "$build/fuzz-corpus/$name"
    seeds=()
    [ -d "tests/fuzz/$name" ] && seeds=("tests/fuzz/$name")
    [ "$name" = fuzz_drill ] && seeds=(forms/drills)
    echo "$name, $seconds seconds"
    if "$build/tests/fuzz/$name" -max_total_time="$seconds" -artifact_prefix="$found/$name-" -timeout=10 -rss_limit_mb=2048 \
        "$build/fuzz-corpus/$name" "${seeds[@]}" >"$found/$name.log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        tail -n 30 "$found/$name.log"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
