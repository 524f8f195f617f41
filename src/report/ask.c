/* report/ask.c - the questions that both programs ask before a report: its format, its days, its name. */
#include "dolen/report/ask.h"

#include <stdio.h>

#include "dolen/base/lang.h"
#include "dolen/base/banned.h"

enum status report_ask_format(const char *word, enum report_format *out, struct err *err)
{
    if (!word || report_format_find(word, out))
        return ST_OK;
    return err_set(err, ST_USAGE, _("--format is text, csv, xlsx or html, not \"%s\". Nothing was made."), word);
}

enum status report_ask_period(struct date from, struct date until, struct date today, struct date *first,
                              struct date *last, struct err *err)
{
    report_year(date_is_set(from) ? from : date_is_set(until) ? until : today, first, last);
    *first = date_is_set(from) ? from : *first;
    *last = date_is_set(until) ? until : *last;
    if (date_compare(*first, *last) <= 0)
        return ST_OK;
    return err_set(err, ST_USAGE, "%s",
                   _("The period ends before it begins. Nothing was written. Give the earlier day to --from."));
}

struct json *report_ask_list(bool print)
{
    struct json *j = json_new_map(), *list = json_new_list();

    for (int i = 0; i < REPORT_COUNT; i++) {
        enum report_id id = (enum report_id) i;
        struct json *one = json_new_map();

        json_set_text(one, "name", report_word(id));
        json_set_text(one, "title", report_name(id));
        json_append(list, one);
        if (print)
            printf("%-10s  %s. %s\n", report_word(id), report_name(id), report_help(id));
    }
    json_set(j, "reports", list);
    return j;
}
