/* app/import_cell.c - what a cell of a spreadsheet says, before a form hears it: looked up in the map, and mended or
 * refused where the spreadsheet spoiled it on the way out. */
#include "import.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

static const char *mapped(const struct import_rule *r, const char *cell)
{
    struct buf want = BUF_INIT, have = BUF_INIT;
    const char *found = cell;

    text_fold(&want, cell);
    for (size_t i = 0; i < r->value_count && found == cell; i++) {
        buf_clear(&have);
        text_fold(&have, r->values[i].from);
        if (strcmp(buf_text(&want), buf_text(&have)) == 0 && (want.len || strcmp(cell, r->values[i].from) == 0))
            found = r->values[i].to;
    }
    buf_wipe(&want);
    buf_wipe(&have);
    return found;
}

/* Several in one cell are parted by semicolons or commas; each is looked up by itself. */
static void mapped_list(const struct import_rule *r, const char *cell, struct buf *out)
{
    while (*cell) {
        size_t n = strcspn(cell, ";,");
        char *part = xstrndup(cell, n);
        struct buf clean = BUF_INIT;

        text_clean(&clean, part);
        if (clean.len)
            buf_addf(out, "%s%s", out->len ? ", " : "", mapped(r, buf_text(&clean)));
        buf_wipe(&clean);
        free(part);
        cell += n + (cell[n] != '\0');
    }
}

/* On the screen a day without its year, "yesterday" and -3 are shown as they were understood; of a column of them
 * nobody sees which year was meant, and yesterday was the day before the sheet was written, not before it is read. */
static bool lacks_its_year(const char *text)
{
    bool relative = *text == '+' || *text == '-' || !text[strcspn(text, "0123456789")];
    struct date d;

    return (relative || !date_parse(text, clock_today(), &d)) && date_parse_lean(text, clock_today(), DATE_PAST, &d);
}

/* Saved as "CSV" instead of "CSV UTF-8", ŵ and ŷ become question marks; a UTF-8 file opened without its byte order
 * mark and saved again has two signs for each letter with a mark. Both read as good text. */
static bool letters_are_lost(const char *s, bool one_line)
{
    bool address = strstr(s, "://") || strstr(s, "www.");

    if (strstr(s, "\xef\xbf\xbd"))
        return true;
    for (const char *p = s; *p; p++) {
        bool lead = strncmp(p, "\xc3\x82", 2) == 0 || strncmp(p, "\xc3\x83", 2) == 0 || strncmp(p, "\xc3\x85", 2) == 0;
        bool second_letter = *p == '?' && p > s && isalpha((unsigned char) p[-1]) && (p - 1 == s || p[-2] == ' ');

        if (lead && p[2] == '\xc2')
            return true;
        if (one_line && !address && *p == '?' && (isalpha((unsigned char) p[1]) || second_letter))
            return true;
    }
    return false;
}

/* A number as which a spreadsheet kept a phone lost its 0 or its +. */
static void mend_phone(struct buf *text)
{
    size_t n = text->len;
    struct buf whole = BUF_INIT;

    if (strspn(buf_text(text), "0123456789 ") != n)
        return;
    for (const char *p = buf_text(text); *p; p++)
        if (*p != ' ')
            buf_add_char(&whole, *p);
    if ((whole.len == 10 && whole.s[0] != '0') || (whole.len == 12 && str_starts(whole.s, "44"))) {
        buf_clear(text);
        buf_addf(text, "%s%s", whole.len == 10 ? "0" : "+", whole.s);
    }
    buf_wipe(&whole);
}

/* Midnight behind a day is a spreadsheet's way to write the day. */
static void mend_date(struct buf *text)
{
    char *midnight = text->len ? strstr(text->s, " 00:00") : NULL;

    if (midnight && (!midnight[6] || strcmp(midnight + 6, ":00") == 0)) {
        *midnight = '\0';
        text->len = (size_t) (midnight - text->s);
    }
}

/* 22840 and ##### are days that the sheet did not show as days. */
static bool is_no_shown_day(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    return *text && ((digits == 5 && !text[5]) || !text[strspn(text, "#")]);
}

enum status import_cell_text(const struct import_rule *r, const struct question *q, const char *cell, struct buf *out,
                             struct err *err)
{
    if (q->type == Q_SELECT_MULTIPLE)
        mapped_list(r, cell, out);
    else
        buf_add(out, mapped(r, cell));
    if (q->type == Q_TEXT && letters_are_lost(buf_text(out), q->appearance != APPEAR_MULTILINE))
        return err_set(err, ST_INVALID,
                       _("Letters of this cell were lost or garbled on the way. Save the sheet as \"CSV UTF-8\", or "
                         "correct the cell."));
    if (q->type == Q_TEXT && q->appearance == APPEAR_PHONE)
        mend_phone(out);
    if (q->type != Q_DATE)
        return ST_OK;
    mend_date(out);
    if (is_no_shown_day(buf_text(out)))
        return err_set(err, ST_INVALID,
                       _("This is not a date. In the spreadsheet make the column wide enough, and give it the form of "
                         "a date, like 3/2/2026."));
    return lacks_its_year(buf_text(out)) ? err_set(err, ST_INVALID, _("The year is missing. Type it too, like 3/2/2026."))
                                         : ST_OK;
}
