/* dolen/report/ask.h - what both programs ask of whoever wants a report: how, of which days; and which reports there
 * are. */
#ifndef DOLEN_REPORT_ASK_H
#define DOLEN_REPORT_ASK_H

#include "dolen/base/date.h"
#include "dolen/base/status.h"
#include "dolen/base/json.h"
#include "dolen/report/render.h"

/* word: of --format; NULL leaves *out. ST_USAGE when it is none of them. */
enum status report_ask_format(const char *word, enum report_format *out, struct err *err);
/* Either day may be unset: then the year, 1 April to 31 March, of the other one, or of today. ST_USAGE when it ends
 * before it begins. */
enum status report_ask_period(struct date from, struct date until, struct date today, struct date *first,
                              struct date *last, struct err *err);
/* {"reports":[{"name":…,"title":…}]}, the caller's to free. print: on standard output as well, for people. */
struct json *report_ask_list(bool print);

#endif
