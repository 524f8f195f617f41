/* practice_file.c - filing what was invented: forms the way the program files them, records as they are. */
#include "practice_priv.h"

#include <stdio.h>
#include <string.h>

#include "dolen/base/banned.h"

/* --- answers ---------------------------------------------------------------------------------------------------- */

void say(struct answers *a, const char *question, const char *value)
{
    answers_set(a, question, 0, value);
}

void say_date(struct answers *a, const char *question, struct date d)
{
    answers_set(a, question, 0, date_iso(d).s);
}

void say_int(struct answers *a, const char *question, int n)
{
    char text[16];

    snprintf(text, sizeof text, "%d", n);
    answers_set(a, question, 0, text);
}

/* The Monday after a weekend. */
struct date on_a_weekday(struct date d)
{
    long since_monday = (date_days(d) + 3) % 7;      /* 1970-01-01 was a Thursday */

    if (since_monday < 0)
        since_monday += 7;
    return since_monday < 5 ? d : date_add_days(d, (int) (7 - since_monday));
}

const char *words_in(const struct words *t, enum lang l)
{
    return t->t[l];
}

/* --- filing ----------------------------------------------------------------------------------------------------- */

static struct known_form *form_of(struct maker *m, const char *id)
{
    struct known_form *k;

    for (size_t i = 0; i < m->form_count; i++)
        if (str_eq(m->forms[i].id, id))
            return &m->forms[i];
    if (m->form_count == ARRAY_LEN(m->forms))
        return NULL;
    k = &m->forms[m->form_count++];
    k->id = id;
    if (m->o->form)
        k->form = m->o->form(m->o->ctx, id);
    return k;
}

bool form_known(struct maker *m, const char *form)
{
    struct known_form *k = form_of(m, form);

    return k && k->form.hash;
}

const char *form_pinned(struct maker *m, const char *form)
{
    struct known_form *k = form_of(m, form);

    if (!k || !k->pinned)
        return NULL;
    if (!k->def[0])
        snprintf(k->def, sizeof k->def, "%s:%s", form, k->form.hash);
    return k->def;
}

void paper_file(struct maker *m, const struct paper *p, struct answers *a, struct id *id)
{
    struct known_form *k = form_of(m, p->form);
    struct filing f = {
        .form = p->form, .version = 1, .binds = p->binds, .id = id ? *id : ID_NONE, .person = p->person,
        .episode = p->episode, .stage = p->stage, .language = p->language, .wording = p->wording,
        .held_on = p->held_on, .answers = a,
    };

    if (m->st == ST_OK && k && k->form.hash) {
        f.version = k->form.version;
        f.hash = k->form.hash;
        f.yaml = k->pinned ? NULL : k->form.yaml;
        f.yaml_bytes = k->form.yaml_bytes;
        k->pinned = true;
    }
    /* Without a definition an answer could not be shown again. */
    if (m->st == ST_OK && (f.hash || p->binds != T_COUNT))
        m->st = store_file(m->s, &f, m->err);
    if (id)
        *id = f.id;
    answers_release(a);
}

struct id record_keep(struct maker *m, struct record *r)
{
    struct id id;

    if (m->st == ST_OK)
        m->st = store_put(m->s, r, NULL, m->err);
    id = r->id;
    record_release(r);
    return id;
}
