/* bench_rows.h - the contact that save.c and commit.c both write. */
#ifndef TESTS_BENCH_ROWS_H
#define TESTS_BENCH_ROWS_H

#define WARM_UP       8          /* saves before the clock runs */
#define ROW_HELD_ON   "2026-11-20"
#define ROW_KIND      "PHONE"
#define ROW_WITH      "PERSON"
#define ROW_RESULT    "ATTENDED"
#define ROW_MINUTES   "25"
#define ROW_NOTE      "Went to the garden twice and has spoken with two neighbours there; the bus is still hard on wet days."
#define ROW_NEXT_ON   "2026-12-04"
#define ROW_NEXT_WHAT "Ring about the lift on Thursdays"

#endif
