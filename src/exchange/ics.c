/* ics.c - RFC 5545: lines end in CRLF and are folded before their 76th byte, never inside a character. */
#include "dolen/exchange/ics.h"

#include <stdio.h>
#include <string.h>

#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

#define LINE_MOST 75

static bool starts_character(char c)
{
    return ((unsigned char) c & 0xc0) != 0x80;
}

static void put_line(struct buf *out, const char *text)
{
    size_t at = 0, n = strlen(text), room = LINE_MOST;

    while (n - at > room) {
        size_t cut = at + room;

        while (cut > at && !starts_character(text[cut]))
            cut--;
        buf_add_mem(out, text + at, cut - at);
        buf_add(out, "\r\n ");
        at = cut;
        room = LINE_MOST - 1;           /* the blank that says it goes on */
    }
    buf_add(out, text + at);
    buf_add(out, "\r\n");
}

/* A property whose value is text: what has a meaning in it is escaped. */
static void put_text(struct buf *out, const char *property, const char *text)
{
    struct buf line = BUF_INIT;

    buf_addf(&line, "%s:", property);
    for (; *text; text++) {
        if (strchr("\\;,", *text))
            buf_add_char(&line, '\\');
        if (*text == '\n')
            buf_add(&line, "\\n");
        else if ((unsigned char) *text >= ' ')
            buf_add_char(&line, *text);
    }
    put_line(out, buf_text(&line));
    buf_release(&line);
}

static void put_day(struct buf *out, const char *property, struct date on)
{
    char line[64];

    snprintf(line, sizeof line, "%s;VALUE=DATE:%04d%02d%02d", property, on.year, on.month, on.day);
    put_line(out, line);
}

void ics_begin(struct buf *out)
{
    put_line(out, "BEGIN:VCALENDAR");
    put_line(out, "VERSION:2.0");
    put_line(out, "PRODID:-//Dolen//Follow-ups//EN");
    put_line(out, "CALSCALE:GREGORIAN");
}

/* One way: the id itself is not in the calendar. */
static struct id uid_of(struct id of)
{
    static const uint8_t purpose[32] = "dolen calendar follow-up";
    struct id uid;

    keyed_id(uid.b, purpose, of.b, sizeof of.b);
    return uid;
}

void ics_event(struct buf *out, struct id of, struct date on, const char *title, int64_t made)
{
    struct date_text stamp = instant_iso(made);
    char compact[64];
    size_t n = 0;

    for (const char *s = stamp.s; *s; s++)
        if (*s != '-' && *s != ':')
            compact[n++] = *s;
    compact[n] = '\0';
    put_line(out, "BEGIN:VEVENT");
    put_text(out, "UID", id_show(uid_of(of)).s);
    put_text(out, "DTSTAMP", compact);
    put_day(out, "DTSTART", on);
    put_day(out, "DTEND", date_add_days(on, 1));
    put_text(out, "SUMMARY", title);
    put_line(out, "CLASS:PRIVATE");
    put_line(out, "TRANSP:TRANSPARENT");
    put_line(out, "END:VEVENT");
}

void ics_end(struct buf *out)
{
    put_line(out, "END:VCALENDAR");
}
