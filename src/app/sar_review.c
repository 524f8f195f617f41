/* app/sar_review.c - review.txt: what was left out, and who else is in the pack, for whoever hands it over. */
#include "sar.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/store/past.h"
#include "training.h"
#include "dolen/base/banned.h"

#define NAME_MAX_BYTES 60               /* longer words are no name to look for elsewhere */
#define LINES_SHOWN    20

/* --- noticing ----------------------------------------------------------------------------------------------------- */

static const struct {
    enum table_id table;
    const char   *name;
} about_others[] = {
    { T_PERSON, "emergency_name" }, { T_PERSON, "emergency_phone" }, { T_PERSON, "emergency_relation" },
    { T_PERSON, "gp_practice" }, { T_REFERRAL, "referrer_name" }, { T_REFERRAL, "referrer_role" },
    { T_REFERRAL, "referrer_org" }, { T_REFERRAL, "referrer_contact" }, { T_REFERRAL, "referrer_words" },
    { T_RESPONSE, "people" }, { T_RESPONSE, "who" }, { T_RESPONSE, "present" }, { T_ACTION, "who" },
    { T_CONSENT, "recipient" }, { T_CONSENT, "given_by_name" }, { T_CONCERN, "reported_to" }, { T_DRAFT, "people" },
    { T_DRAFT, "emergency_name" }, { T_DRAFT, "referrer_name" },
};

static size_t newlines(const char *s)
{
    size_t n = 0;

    for (; *s; s++)
        n += *s == '\n';
    return n;
}

/* "Me", on a plan, is the person. */
static bool is_the_person(const char *value)
{
    static const char *const words[] = { "me", "i", "myself", "fi", "fi fy hun", "fy hun" };
    struct buf folded = BUF_INIT;
    bool is = false;

    text_fold(&folded, value);
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        is = is || str_eq(buf_text(&folded), words[i]);
    buf_wipe(&folded);
    return is;
}

/* The same words in answer to the same question: the lines where they stand are all listed with the first. */
static bool noticed(const struct sar *s, const char *label, const char *value)
{
    for (size_t i = 0; i < s->other_count; i++) {
        const char *before = strstr(s->others[i].role, ": ");

        if (before && str_eq(before + 2, label) && str_eq(s->others[i].words, value))
            return strlen(value) <= NAME_MAX_BYTES;
    }
    return false;
}

void sar_notice(struct sar *s, const struct record *r, const char *name, const char *label, const char *value)
{
    if (is_the_person(value) || noticed(s, label, value))
        return;
    for (size_t i = 0; i < ARRAY_LEN(about_others); i++)
        if (about_others[i].table == r->table && str_eq(about_others[i].name, name)) {
            struct sar_other *o = ARRAY_ADD(s->others, s->other_count, s->other_cap);

            o->role = xasprintf("%s: %s", sar_kind_of(s, r), label);
            o->words = xstrdup(value);
            o->line = newlines(buf_text(&s->text)) - newlines(value);
        }
}

void sar_look_for(struct sar *s, const char *role, const char *words)
{
    struct sar_other *o;

    if (!words || !*words)
        return;
    for (size_t i = 0; i < s->other_count; i++)
        if (s->others[i].line == 0 && str_eq(s->others[i].words, words))
            return;
    o = ARRAY_ADD(s->others, s->other_count, s->other_cap);
    o->role = xstrdup(role);
    o->words = xstrdup(words);
}

/* --- where they stand --------------------------------------------------------------------------------------------- */

/* Between blanks, so that "me" is not found in "home". */
static void fold_whole(struct buf *out, const char *words)
{
    struct buf folded = BUF_INIT;

    text_fold(&folded, words);
    if (folded.len)
        buf_addf(out, " %s ", buf_text(&folded));
    buf_wipe(&folded);
}

/* Every line of the text that has the words in it, however they are spelled there. */
static void lines_with(const struct sar *s, const char *words, size_t first, struct buf *out)
{
    struct buf wanted = BUF_INIT, have = BUF_INIT;
    size_t at = 1, shown = 0;

    if (strlen(words) <= NAME_MAX_BYTES)
        fold_whole(&wanted, words);
    for (const char *p = buf_text(&s->text); *p; at++) {
        size_t n = strcspn(p, "\n");
        char *copy = xstrndup(p, n);

        buf_clear(&have);
        fold_whole(&have, copy);
        if ((at == first || (wanted.len && strstr(buf_text(&have), buf_text(&wanted)))) && shown++ < LINES_SHOWN)
            buf_addf(out, "%s%zu", out->len ? ", " : "", at);
        explicit_bzero(copy, n);
        free(copy);
        p += n + (p[n] == '\n');
    }
    if (shown > LINES_SHOWN)
        buf_add(out, ", …");
    buf_wipe(&wanted);
    buf_wipe(&have);
}

static void others_out(struct sar *s)
{
    struct buf *b = &s->review;

    buf_addf(b, "\n== %s ==\n", _("Other people, to look at one by one"));
    buf_addf(b, "%s\n",
             _("Hand over what is theirs only when they agree or it is reasonable without. Free text may name more "
               "people: read all of record.txt."));
    for (size_t i = 0; i < s->other_count; i++) {
        struct sar_other *o = &s->others[i];
        struct buf lines = BUF_INIT, tame = BUF_INIT;

        text_tame(&tame, o->words, false);
        lines_with(s, o->words, o->line, &lines);
        buf_addf(b, "- %s%s %s\n  ", o->role, text_colon(o->role), buf_text(&tame));
        if (lines.len)
            buf_addf(b, tr_n("record.txt, line %s", "record.txt, lines %s", strchr(buf_text(&lines), ',') ? 2 : 1),
                     buf_text(&lines));
        else
            buf_add(b, _("not in record.txt by this name"));
        buf_add_char(b, '\n');
        buf_wipe(&lines);
        buf_wipe(&tame);
    }
    if (s->other_count == 0)
        buf_addf(b, "- %s\n", _("nobody is written down in a place of their own"));
}

/* --- what waits --------------------------------------------------------------------------------------------------- */

static bool answers_wait(struct sar *s, const struct record *r, const struct answers *a)
{
    bool any = false;

    for (size_t i = 0; i < a->count; i++) {
        const struct question *q;

        if (!a->items[i].value || sar_holds_name(s, a->items[i].name))
            continue;
        q = sar_question(s, r->table, r->id, a->items[i].name);
        buf_addf(&s->review, "- %s: %s\n", sar_kind_of(s, r), q ? text2_now(&q->label) : a->items[i].name);
        any = true;
    }
    return any;
}

static enum status one_left_out(struct sar *s, struct id id, enum table_id t, bool *any, struct err *err)
{
    struct record r = { .text = NULL };
    struct answers a = ANSWERS_INIT;
    enum status st = store_get(s->cf->store, t, id, &r, err);

    if (st == ST_OK)
        st = store_answers(s->cf->store, t, id, &a, err);
    if (st == ST_OK && !sar_holds_row(s, &r)) {
        buf_addf(&s->review, "- %s · %s · %s\n", sar_kind_of(s, &r), date_show(instant_date(r.created_at)).s,
                 id_show(id).s);
        *any = true;
    } else if (st == ST_OK && answers_wait(s, &r, &a)) {
        *any = true;
    }
    answers_release(&a);
    record_release(&r);
    return st;
}

static enum status left_out(struct sar *s, struct err *err)
{
    enum status st = ST_OK;
    bool any = false;

    buf_addf(&s->review, "\n== %s ==\n",
             s->reviewed ? _("Nothing was left out") : _("Left out until you have reviewed it"));
    if (s->reviewed) {
        buf_addf(&s->review, "%s\n",
                 _("Concerns and the safe-contact rule are in record.txt and record.json, because --reviewed was "
                   "said."));
        return ST_OK;
    }
    for (size_t i = 0; st == ST_OK && i < s->count; i++)
        st = one_left_out(s, s->all[i].id, s->all[i].table, &any, err);
    buf_addf(&s->review, "%s\n",
             any ? _("What the history says of these was left out too. After the review, put them in with "
                     "--reviewed.") :
                   _("- nothing: there is no concern and no safe-contact rule"));
    return st;
}

enum status sar_review(struct sar *s, struct err *err)
{
    enum status st;

    if (training_is(s->cf))
        buf_add(&s->review, TRAINING_MARK "\n");
    buf_addf(&s->review, "%s\n",
             _("For whoever hands the pack over. This file is not for the person: take it out first."));
    buf_addf(&s->review, "%s\n",
             _("Give your privacy notice with the pack: it says what the record is for, who is told of it, how long it "
               "is kept and how to complain."));
    st = left_out(s, err);
    if (st == ST_OK)
        others_out(s);
    return st;
}
