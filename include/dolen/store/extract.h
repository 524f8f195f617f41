/* dolen/store/extract.h - one row an episode, referral, … with every fact named "form.question" or "derive.rule". */
#ifndef DOLEN_STORE_EXTRACT_H
#define DOLEN_STORE_EXTRACT_H

#include <stdbool.h>

#include "dolen/base/date.h"
#include "dolen/base/id.h"
#include "dolen/base/status.h"
#include "dolen/core/answer.h"
#include "dolen/core/facts.h"

struct store;

enum extract_id { EXTRACT_EPISODE, EXTRACT_REFERRAL, EXTRACT_NEED, EXTRACT_CONTACT, EXTRACT_GOAL, EXTRACT_ASSET_USE,
                  EXTRACT_UNMET_NEED, EXTRACT_OUTCOME, EXTRACT_CAPACITY, EXTRACT_SAFEGUARDING, EXTRACT_COUNT };
/* What happened at the end of a quarter is often written down after it. */
#define REPORTS_SETTLED_DAYS 28
bool extract_by_name(const char *table, enum extract_id *out);

/* Around the extracts of one export or report: what they read stays in memory from table to table, up to 256 MiB.
 * Ended, the memory is given back. */
void extracts_begin(struct store *s);
void extracts_end(struct store *s);

struct extract;
/* All rows of a period: episodes open or referred at any time in from…until, and what belongs to them. In the order
 * in which the people were recorded: rows of one person stand together in every table. A whole period answers the
 * small questions beside its rows by a walk through their tables once there are many, and holds some 64 bytes an
 * episode for that. EXTRACT_CAPACITY and EXTRACT_SAFEGUARDING are counts, about nobody: assets by month; reports
 * made, in the whole quarters of the period that have been over for REPORTS_SETTLED_DAYS. */
enum status extract_open(struct extract **out, struct store *s, enum extract_id which, struct date from,
                         struct date until, struct err *err);
/* EXTRACT_EPISODE */
enum status extract_open_one(struct extract **out, struct store *s, struct id episode, struct err *err);
enum status extract_next(struct extract *x, bool *row, struct err *err);
/* Column number of a source; -1 when this extract does not carry it (a question of the service's own: extract_fact). */
int         extract_column(const struct extract *x, const char *source);
const char *extract_value(struct extract *x, int column);                     /* NULL when none */
struct id   extract_id_value(struct extract *x, int column);            /* "id.person", "id.episode", "id.referral" … */
enum missing extract_missing(struct extract *x, int column);
struct facts extract_facts(struct extract *x);                                /* any source, by name, on this row */
void        extract_close(struct extract **xp);

#endif
