#!/bin/bash
# report_r.sh - R gives the same statistics to 12 digits, and reads the CSV of a report as it is.
. "$(dirname "$0")/../lib/cli.sh"

test_statistics_of_generated_data_are_those_of_r() {
    local seed
    cd "$ROOT"
    for seed in 1 2 3; do
        "$T/wide/stats_dump" stats $seed >"$HOME/out"
        Rscript --vanilla tests/wide/stats.R stats "$HOME/out" || fail "seed $seed"
    done
}

test_outcomes_of_generated_rows_are_those_of_r() {
    local seed
    cd "$ROOT"
    for seed in 1 2 3 4 5; do
        "$T/wide/stats_dump" outcomes $seed >"$HOME/out"
        Rscript --vanilla tests/wide/stats.R outcomes "$HOME/out" || fail "seed $seed"
    done
}

test_r_reads_a_report() {
    new_practice 60
    DOLEN_TODAY=2026-03-09 dolen --lang cy report activity --draft --format csv --to report.csv
    Rscript --vanilla -e '
        r <- read.csv("report.csv", na.strings = "", fileEncoding = "UTF-8")
        stopifnot(is.numeric(r$value), nrow(r) > 100, all(is.na(r$value) == !is.na(r$state)), all(r$state %in% c(NA, "c", "x", "z")))
        months <- r[r$table == "by_month" & r$row_kind == "plain" & r$column == "REFERRALS", ]
        stopifnot(nrow(months) == 12, sum(months$value, na.rm = TRUE) > 0)'
}

run_tests
