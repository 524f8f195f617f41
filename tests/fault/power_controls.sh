#!/bin/bash
# The simulated power cut itself: what keeps its promises must pass, what does not must be caught.
. "$(dirname "$0")/../lib/cli.sh"

cuts=${TORTURE:+200}
cuts=${cuts:-40}

record_writes() {  # mode
    mkdir disk
    POWER_DIR=disk POWER_LOG=log LD_PRELOAD=$T/power_shim.so "$T/fault/bare_commit" disk/f write "$1" 25 >/dev/null
}

# Cuts, opens, compares; prints how many cuts lost an acknowledged row or the whole file.
count_losses() {
    local seed lost=0 said rows
    for seed in $(seq 1 "$cuts"); do
        rm -rf out
        said=$("$T/power_cut" log out --seed "$seed" | tail -n 1)
        said=${said#saved }
        rows=$("$T/fault/bare_commit" out/f check 2>/dev/null) || rows=-1
        [ "$rows" -ge "${said:-0}" ] || lost=$((lost + 1))
    done
    echo "$lost"
}

test_synced_commits_survive_every_cut() {
    record_writes good
    assert_eq "cuts that lost something" "$(count_losses)" 0
}
test_unsynced_commits_are_caught() {
    record_writes off
    [ "$(count_losses)" -gt 0 ] || fail "synchronous=OFF came through $cuts cuts: the simulation is broken"
}
test_a_journal_removed_without_a_folder_sync_is_caught() {
    record_writes delete
    [ "$(count_losses)" -gt 0 ] || fail "DELETE journals came through $cuts cuts: the simulation is broken"
}
test_a_promise_before_the_commit_is_caught() {
    record_writes late
    [ "$(count_losses)" -gt 0 ] || fail "early promises came through $cuts cuts: the simulation is broken"
}
test_the_last_moment_is_the_whole_folder() {
    record_writes good
    "$T/power_cut" log out --seed 1 --at "$("$T/power_cut" log --count)" >said
    assert_eq "rows" "$("$T/fault/bare_commit" out/f check)" 25
    assert_eq "promises" "$(tail -n 1 said)" "saved 25"
}
run_tests
