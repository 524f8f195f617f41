#include "dolen/exchange/policy_change.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/shape.h"
#include "dolen/base/banned.h"

static const struct { const char *word, *label; } turns[] = {
#define X(name, word, label) { word, label },
    POLICY_TURN_LIST(X)
#undef X
};

const char *policy_turn_word(enum policy_turn t)
{
    return turns[t].word;
}

const char *policy_turn_label(enum policy_turn t)
{
    return _(turns[t].label);
}

/* Takes both texts. */
static void add(struct policy_changes *c, enum policy_turn turn, char *what, char *said)
{
    *ARRAY_ADD(c->items, c->count, c->cap) = (struct policy_change) { turn, what, said };
}

void policy_changes_release(struct policy_changes *c)
{
    for (size_t i = 0; i < c->count; i++) {
        free(c->items[i].what);
        free(c->items[i].said);
    }
    free(c->items);
    *c = (struct policy_changes) { NULL, 0, 0 };
}

size_t policy_changes_of(const struct policy_changes *c, enum policy_turn t)
{
    size_t n = 0;

    for (size_t i = 0; i < c->count; i++)
        n += c->items[i].turn == t;
    return n;
}

/* --- words that one of them has and the other has not ------------------------------------------------------------- */

static bool has_word(char *const *words, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(words[i], word))
            return true;
    return false;
}

/* kind "column" and so on; prefix "episode." */
static void only_in(struct policy_changes *c, enum policy_turn turn, const char *kind, const char *label,
                    const char *prefix, char *const *words, size_t n, char *const *others, size_t others_n)
{
    for (size_t i = 0; i < n; i++)
        if (!has_word(others, others_n, words[i]))
            add(c, turn, xasprintf("%s %s%s", kind, prefix, words[i]), xasprintf("%s: %s%s", label, prefix, words[i]));
}

static void words(struct policy_changes *c, const char *kind, const char *label, const char *prefix, char *const *was,
                  size_t was_n, char *const *now, size_t now_n)
{
    only_in(c, TURN_MORE, kind, label, prefix, now, now_n, was, was_n);
    only_in(c, TURN_LESS, kind, label, prefix, was, was_n, now, now_n);
}

static const struct policy_table *table_of(const struct policy_file *p, const char *table)
{
    for (size_t i = 0; i < p->table_count; i++)
        if (str_eq(p->tables[i].table, table))
            return &p->tables[i];
    return NULL;
}

static void columns(struct policy_changes *c, const struct policy_file *was, const struct policy_file *now)
{
    static const struct policy_table none = { .count = 0 };

    for (int pass = 0; pass < 2; pass++) {
        const struct policy_file *p = pass ? was : now;

        for (size_t i = 0; i < p->table_count; i++) {
            const struct policy_table *t = &p->tables[i], *other = table_of(pass ? now : was, t->table);
            char *prefix;

            if (table_needs_a_word(t->table))
                continue;
            prefix = xasprintf("%s.", t->table);
            if (pass == 0)
                words(c, "column", _("Column"), prefix, (other ? other : &none)->columns,
                      (other ? other : &none)->count, t->columns, t->count);
            else if (!other)
                words(c, "column", _("Column"), prefix, t->columns, t->count, NULL, 0);
            free(prefix);
        }
    }
}

/* --- one value or another ----------------------------------------------------------------------------------------- */

/* The words stand in the order of the enums; more: the one with which more leaves. */
static const struct choice {
    const char *kind, *label, *word[2], *said[2];
    int         more;
} choices[] = {
    { "consent", N_("Who is in it"), { "notice", "permission" },
      { N_("privacy notice given and no objection"), N_("permission given to this recipient") }, 0 },
    { "geography", N_("Place"), { "la_decile", "lsoa" }, { N_("local authority and WIMD decile"),
                                                           N_("small area (LSOA)") }, 1 },
    { "dates", N_("Dates"), { "day", "month" }, { N_("by day"), N_("by month") }, 0 },
    { "person_key", N_("Pseudonyms"), { "random", "nhs" },
      { N_("random: nobody is recognised elsewhere"), N_("from the NHS number: the same person is recognised again") },
      1 },
    { "safeguarding", N_("Safeguarding"), { "no", "count" },
      { N_("nothing"), N_("how many reports were made in each quarter, small numbers kept back") }, 1 },
};

static void one_choice(struct policy_changes *c, const struct choice *k, int was, int now)
{
    if (was != now)
        add(c, now == k->more ? TURN_MORE : TURN_LESS, xasprintf("%s %s", k->kind, k->word[now]),
            xasprintf(_("%s: %s (until now: %s)"), _(k->label), _(k->said[now]), _(k->said[was])));
}

static void bands(struct policy_changes *c, const struct policy_file *was, const struct policy_file *now)
{
    bool same = was->age_band_count == now->age_band_count;
    struct buf list = BUF_INIT;

    for (size_t i = 0; same && i < now->age_band_count; i++)
        same = was->age_bands[i] == now->age_bands[i];
    for (size_t i = 0; i < now->age_band_count; i++)
        buf_addf(&list, "%s%d", i ? " " : "", now->age_bands[i]);
    if (!same)
        add(c, now->age_band_count < was->age_band_count ? TURN_LESS : TURN_MORE,
            xasprintf("age_bands %s", buf_text(&list)), xasprintf(_("Age bands from: %s"), buf_text(&list)));
    buf_release(&list);
}

static void numbers(struct policy_changes *c, const struct policy_file *was, const struct policy_file *now)
{
    int d = date_compare(now->from, was->from);

    if (d)
        add(c, d < 0 ? TURN_MORE : TURN_LESS, xasprintf("from %s", date_iso(now->from).s),
            xasprintf(_("Period from: %s (until now: %s)"), date_show(now->from).s, date_show(was->from).s));
    if (now->suppress_below != was->suppress_below || now->round_to != was->round_to)
        add(c, now->suppress_below < was->suppress_below || now->round_to < was->round_to ? TURN_MORE : TURN_LESS,
            xasprintf("suppress_below %d round_to %d", now->suppress_below, now->round_to),
            xasprintf(_("Counts that leave: below %d kept back, rounded to %d (until now: %d, %d)"),
                      now->suppress_below, now->round_to, was->suppress_below, was->round_to));
}

static void names(struct policy_changes *c, const struct policy_file *was, const struct policy_file *now)
{
    if (!str_eq(was->title.t[LANG_EN], now->title.t[LANG_EN]) || !str_eq(was->title.t[LANG_CY], now->title.t[LANG_CY]))
        add(c, TURN_OTHER, xasprintf("title %s", text2_now(&now->title)),
            xasprintf(_("Who receives: %s"), text2_now(&now->title)));
    if (!str_eq(was->data_set, now->data_set) || !str_eq(was->data_set_version, now->data_set_version))
        add(c, TURN_OTHER, xasprintf("data_set %s %s", now->data_set, now->data_set_version),
            xasprintf(_("Data set: %s %s"), now->data_set, now->data_set_version));
}

void policy_compare(struct policy_changes *out, const struct policy_file *was, const struct policy_file *now)
{
    const int then[] = { (int) was->consent, (int) was->geography, (int) was->dates, (int) was->person_key,
                           policy_file_has(was, SAFEGUARDING_TABLE) };
    const int next[] = { (int) now->consent, (int) now->geography, (int) now->dates, (int) now->person_key,
                           policy_file_has(now, SAFEGUARDING_TABLE) };

    *out = (struct policy_changes) { NULL, 0, 0 };
    words(out, "recipient", _("Who can open it"), "", was->recipients, was->recipient_count, now->recipients,
          now->recipient_count);
    for (size_t i = 0; i < ARRAY_LEN(choices); i++)
        one_choice(out, &choices[i], then[i], next[i]);
    words(out, "sensitive", _("Sensitive answers"), "", was->sensitive_allowed, was->sensitive_count,
          now->sensitive_allowed, now->sensitive_count);
    columns(out, was, now);
    bands(out, was, now);
    numbers(out, was, now);
    names(out, was, now);
}
