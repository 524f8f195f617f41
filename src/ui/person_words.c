/* person_words.c - codes, dates and names as people read them. */
#include "person_priv.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/phone.h"
#include "dolen/base/banned.h"

const char *word_of(struct ui *u, const char *codes, const char *code)
{
    const struct codelist *list = code ? catalog_codes(u->catalog, codes, NULL) : NULL;

    return list ? codelist_label(list, code) : code ? code : "";
}

const char *code_or_not_said(struct ui *u, const char *codes, const char *code)
{
    return code[0] ? word_of(u, codes, code) : _("not said");
}

void words_of(struct ui *u, const char *codes, const char *list, struct buf *out)
{
    char code[64];
    bool first = true;

    while (list && *list) {
        size_t n = strcspn(list, " ");

        if (n > 0 && n < sizeof code) {
            memcpy(code, list, n);
            code[n] = '\0';
            buf_addf(out, "%s%s", first ? "" : ", ", word_of(u, codes, code));
            first = false;
        }
        list += n;
        list += strspn(list, " ");
    }
}

void words_add(struct buf *out, const char *text)
{
    if (!text || !*text)
        return;
    if (out->len > 0)
        buf_add(out, " · ");
    buf_add(out, text);
}

void words_add_phone(struct buf *out, const char *cleaned)
{
    struct buf number = BUF_INIT;

    if (cleaned)
        phone_show(&number, cleaned);
    words_add(out, buf_text(&number));
    buf_wipe(&number);
}

void person_banner_put(struct ui *u, const struct person_row *row, struct buf *out)
{
    if (row->safe_contact)
        buf_addf(out, "%s ", style_mark(STYLE_MARK));
    buf_add(out, row->name);
    words_add(out, row->name[0] && row->language[0] ? word_of(u, "language_preference", row->language) : NULL);
}

void words_add_date(struct buf *out, const char *fmt, struct date d)
{
    if (!date_is_set(d))
        return;
    if (out->len > 0)
        buf_add(out, " · ");
    buf_addf(out, fmt, date_show(d).s);
}

void words_addf(struct buf *out, const char *fmt, ...)
{
    char text[256];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    words_add(out, text);
}

void words_days(struct buf *out, struct date d, struct date today)
{
    long days = date_days(today) - date_days(d);

    if (days == 0)
        buf_add(out, _("today"));
    else if (days > 0)
        buf_addf(out, tr_n("%ld day ago", "%ld days ago", (unsigned long) days), days);
    else if (days == -1)
        buf_add(out, _("tomorrow"));
    else
        buf_addf(out, tr_n("in %ld day", "in %ld days", (unsigned long) -days), -days);
}

void asset_words(struct ui *u, struct id asset, struct buf *out)
{
    struct record r;

    record_init(&r, T_ASSET);
    if (id_is_set(asset) && store_get(u->store, T_ASSET, asset, &r, NULL) == ST_OK) {
        int own = lang_now() == LANG_CY ? ASSET_name_cy : ASSET_name_en;
        int other = lang_now() == LANG_CY ? ASSET_name_en : ASSET_name_cy;

        buf_add(out, record_or(&r, own, record_or(&r, other, "")));
    }
    record_release(&r);
}
