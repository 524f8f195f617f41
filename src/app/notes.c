/* app/notes.c - words of the notes of a talk filed to questions, and taken back. */
#include "notes.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/notes.h"
#include "dolen/base/banned.h"

struct places {
    struct note_place *items;
    size_t             count, cap;
};

static void add_question(struct places *all, const struct form *form, const struct question *q)
{
    size_t codes = q->choices ? q->choices->count : 0;

    if (q->type == Q_TEXT)
        *ARRAY_ADD(all->items, all->count, all->cap) = (struct note_place) { form, q, NULL };
    for (size_t i = 0; i < codes; i++)
        *ARRAY_ADD(all->items, all->count, all->cap) = (struct note_place) { form, q, &q->choices->items[i] };
}

size_t note_places(struct catalog *cat, struct note_place **out)
{
    struct places all = { NULL, 0, 0 };
    size_t n;
    const char *const *ids = catalog_list(cat, DEF_FORM, &n);

    for (size_t i = 0; i < n; i++) {
        const struct form *form = catalog_form(cat, ids[i], NULL);

        for (size_t k = 0; form && k < form->count; k++)
            if (form->questions[k].from_notes)
                add_question(&all, form, &form->questions[k]);
    }
    *out = all.items;
    return all.count;
}

void note_place_label(const struct note_place *p, struct buf *out)
{
    if (p->code)
        buf_addf(out, "%s: ", text2_now(&p->code->label));
    buf_addf(out, "%s (%s)", text2_now(&p->q->label), text2_now(&p->form->title));
}

void note_place_text(const struct note_place *p, struct buf *out)
{
    note_place_label(p, out);
    buf_addf(out, " %s %s %s", p->form->id, p->q->name, p->code ? p->code->code : "");
    for (int i = p->q->parent; i >= 0; i = p->form->questions[i].parent)
        buf_addf(out, " %s %s %s", text2_now(&p->form->questions[i].label),
                 text2_now(&p->form->questions[i].item_label), p->form->questions[i].name);
    buf_addf(out, " %s", text2_now(&p->q->find_words));
}

/* --- the filling that is written to ----------------------------------------------------------------------------- */

static bool same_day(const struct record *r, const char *column, struct date on)
{
    int c = table_column_by_name(r->table, column);

    return c >= 0 && date_compare(record_date(r, c), on) == 0;
}

/* A talk that was filed on the day of the notes is the one they were taken in. */
static struct id filed_that_day(struct casefile *cf, const struct form *form, const struct note_words *w)
{
    struct record r;
    struct id found = ID_NONE;

    record_init(&r, T_RESPONSE);
    if (!form->binds && !form->once && id_is_set(w->episode) &&
        store_response(cf->store, form->id, NULL, w->person, w->episode, &r, NULL) == ST_OK &&
        same_day(&r, "held_on", w->held_on))
        found = r.id;
    record_release(&r);
    return found;
}

/* What somebody was referred for is said of the referral that is there. */
static struct id newest_referral(struct casefile *cf, struct id person)
{
    struct records all = { NULL, 0, 0 };
    struct id found = ID_NONE;

    if (store_list(cf->store, LIST_REFERRALS_OF_PERSON, person, 1, &all, NULL) == ST_OK && all.count)
        found = all.items[0].id;
    records_release(&all);
    return found;
}

static enum status take_up(struct casefile *cf, const struct note_words *w, const struct form *form,
                           struct filling **out, struct err *err)
{
    struct target t = { .form = form->id, .person = w->person, .episode = w->episode };
    enum status st = filling_start(out, cf, &t, err);

    if (st != ST_OK || id_is_set((*out)->draft) || id_is_set((*out)->record))
        return st;
    t.record = str_eq(form->binds, "referral") ? newest_referral(cf, w->person) : filed_that_day(cf, form, w);
    if (!id_is_set(t.record))
        return ST_OK;
    filling_free(out);
    return filling_start(out, cf, &t, err);
}

static bool draft_is_there(struct casefile *cf, struct id draft)
{
    struct record d = { .text = NULL };
    bool there = store_get(cf->store, T_DRAFT, draft, &d, NULL) == ST_OK && !d.binned;

    record_release(&d);
    return there;
}

static enum status take_up_target(struct casefile *cf, const struct record *x, struct filling **out, struct err *err)
{
    struct target t = { .form = record_or(x, EXCERPT_form, ""), .person = record_id(x, EXCERPT_person),
                        .episode = record_id(x, EXCERPT_episode), .record = record_id(x, EXCERPT_target) };

    return draft_is_there(cf, t.record) ? filling_resume(out, cf, t.record, err) : filling_start(out, cf, &t, err);
}

/* --- words in and out of an answer ------------------------------------------------------------------------------ */

/* In a repeat: the first instance without an answer, else a new one. */
static int place_in_repeat(struct session *s, const struct question *q)
{
    const struct question *around = &session_form(s)->questions[q->repeat];
    int n = session_instances(s, around);

    for (int i = 1; i <= n; i++)
        if (!session_value(s, q, i))
            return i;
    return session_add_instance(s, around);
}

static enum status put_words(struct session *s, const struct question *q, int repeat, const char *words,
                             struct err *err)
{
    const char *now = session_value(s, q, repeat);
    struct buf all = BUF_INIT;
    enum status st;

    if (now && *now)
        buf_addf(&all, "%s%s", now, q->appearance == APPEAR_MULTILINE ? "\n" : "; ");
    buf_add(&all, words);
    st = session_set(s, q, repeat, buf_text(&all), err);
    buf_wipe(&all);
    return st;
}

/* *stood: the choice was ticked already. */
static enum status put_in(struct session *s, const struct note_place *to, const char *words, int *repeat, bool *stood,
                          struct err *err)
{
    const char *now;

    *repeat = to->q->repeat >= 0 ? place_in_repeat(s, to->q) : 0;
    if (to->q->repeat >= 0 && *repeat == 0)
        return err_set(err, ST_REFUSED, _("There is no room for another one there. Nothing was filed. Choose "
                                          "another question."));
    if (!to->code)
        return put_words(s, to->q, *repeat, words, err);
    now = session_value(s, to->q, *repeat);
    *stood = now && codes_has(now, to->code->code);
    return *stood ? ST_OK : session_toggle(s, to->q, *repeat, to->code->code, err);
}

/* The last place where the words stand as a whole answer or whole lines of one, without what was put between. */
static bool cut_words(const char *now, const char *words, struct buf *left)
{
    size_t n = strlen(words);
    const char *at = NULL;

    for (const char *p = now; (p = strstr(p, words)) != NULL; p++)
        if ((p == now || p[-1] == '\n' || (p - now > 1 && p[-1] == ' ' && p[-2] == ';')) &&
            (!p[n] || p[n] == '\n' || p[n] == ';'))
            at = p;
    if (!at)
        return false;
    const char *before = at, *after = at + n;

    if (before > now)
        before -= before[-1] == '\n' ? 1 : 2;
    else
        after += *after == '\n' ? 1 : *after == ';' && after[1] == ' ' ? 2 : 0;
    buf_add_mem(left, now, (size_t) (before - now));
    buf_add(left, after);
    return true;
}

static enum status take_words(struct session *s, const struct question *q, int repeat, const char *words, bool *stays,
                              struct err *err)
{
    const char *now = session_value(s, q, repeat);
    struct buf left = BUF_INIT, clean = BUF_INIT;
    enum status st = ST_OK;

    if (q->appearance == APPEAR_MULTILINE)
        buf_add(&clean, words);
    else
        text_clean(&clean, words);
    *stays = !now || !cut_words(now, buf_text(&clean), &left);
    if (!*stays)
        st = session_set(s, q, repeat, buf_text(&left), err);
    buf_wipe(&left);
    buf_wipe(&clean);
    return st;
}

/* These very words of the notes, in that answer already: the same sentence taken twice by mistake. */
static bool stands_there(struct casefile *cf, const struct filling *f, const struct note_words *w,
                         const struct note_place *to)
{
    struct records all = { NULL, 0, 0 };
    bool stands = false;

    if (store_list(cf->store, LIST_EXCERPTS_OF_TARGET, id_is_set(f->draft) ? f->draft : f->record, 0, &all, NULL) ==
        ST_OK)
        for (size_t i = 0; i < all.count && !stands && !to->code; i++) {
            const struct record *x = &all.items[i];
            const char *now = session_value(f->session, to->q, (int) record_int(x, EXCERPT_repeat, 0));
            struct buf left = BUF_INIT;

            stands = id_eq(record_id(x, EXCERPT_note), w->note) &&
                     record_int(x, EXCERPT_start, -1) == (long) w->start &&
                     str_eq(record_or(x, EXCERPT_question, ""), to->q->name) &&
                     str_eq(record_or(x, EXCERPT_words, ""), w->words) && now && cut_words(now, w->words, &left);
            buf_wipe(&left);
        }
    records_release(&all);
    return stands;
}

/* A choice stays ticked while other words speak for it. */
static bool others_tick(struct casefile *cf, const struct record *x)
{
    struct records all = { NULL, 0, 0 };
    bool others = false;

    if (store_list(cf->store, LIST_EXCERPTS_OF_TARGET, record_id(x, EXCERPT_target), 0, &all, NULL) == ST_OK)
        for (size_t i = 0; i < all.count; i++)
            others = others ||
                     (!id_eq(all.items[i].id, x->id) &&
                      str_eq(record_text(&all.items[i], EXCERPT_question), record_text(x, EXCERPT_question)) &&
                      str_eq(record_text(&all.items[i], EXCERPT_code), record_text(x, EXCERPT_code)));
    records_release(&all);
    return others;
}

static enum status take_out(struct casefile *cf, struct session *s, const struct record *x, bool *stays,
                            struct err *err)
{
    const struct question *q = form_question(session_form(s), record_or(x, EXCERPT_question, ""));
    const char *code = record_text(x, EXCERPT_code);
    int repeat = (int) record_int(x, EXCERPT_repeat, 0);
    const char *now = q ? session_value(s, q, repeat) : NULL;

    *stays = true;
    if (!q || !now)
        return ST_OK;
    if (!code)
        return take_words(s, q, repeat, record_or(x, EXCERPT_words, ""), stays, err);
    if (!codes_has(now, code) || others_tick(cf, x))
        return ST_OK;
    *stays = false;
    return session_toggle(s, q, repeat, code, err);
}

/* --- the two acts ----------------------------------------------------------------------------------------------- */

/* stood: the choice was ticked already. Then it is not for these words to untick it, and they bear no code, unless
 * other words had ticked it: it stays as long as any of them speak for it. */
static enum status remember(struct casefile *cf, const struct filling *f, const struct note_words *w,
                            const struct note_place *to, int repeat, bool stood, struct id *excerpt, struct err *err)
{
    struct record x;
    enum status st;

    record_init(&x, T_EXCERPT);
    record_set_id(&x, EXCERPT_person, w->person);
    record_set_id(&x, EXCERPT_episode, f->episode);
    record_set_id(&x, EXCERPT_note, w->note);
    record_set_int(&x, EXCERPT_start, (long) w->start);
    record_set(&x, EXCERPT_words, w->words);
    record_set(&x, EXCERPT_form, to->form->id);
    record_set(&x, EXCERPT_question, to->q->name);
    record_set_int(&x, EXCERPT_repeat, repeat);
    record_set(&x, EXCERPT_code, to->code ? to->code->code : NULL);
    record_set_id(&x, EXCERPT_target, id_is_set(f->draft) ? f->draft : f->record);
    if (stood && !others_tick(cf, &x))
        record_set(&x, EXCERPT_code, NULL);
    st = store_put(cf->store, &x, NULL, err);
    *excerpt = x.id;
    record_release(&x);
    return st;
}

enum status note_file_words(struct casefile *cf, struct filling *open, const struct note_words *w,
                            const struct note_place *to, struct id *excerpt, struct err *err)
{
    struct filling *f = open;
    enum status st = f ? ST_OK : take_up(cf, w, to->form, &f, err);
    bool begun = false;
    bool stood = false;
    int repeat = 0;

    if (st == ST_OK && stands_there(cf, f, w, to))
        st = err_set(err, ST_REFUSED, _("These words stand in that answer already. Nothing was filed twice. Take "
                                        "other words, or choose another question."));
    if (st == ST_OK)
        st = put_in(f->session, to, w->words, &repeat, &stood, err);
    if (st == ST_OK) {
        st = store_begin(cf->store, err);
        begun = st == ST_OK;
    }
    if (st == ST_OK)
        st = filling_save(f, err);
    if (st == ST_OK)
        st = remember(cf, f, w, to, repeat, stood, excerpt, err);
    if (begun)
        st = store_end(cf->store, st, err);
    if (!open)
        filling_free(&f);
    return st;
}

enum status note_take_back(struct casefile *cf, struct filling *open, struct id excerpt, bool *stays, struct err *err)
{
    struct filling *f = open;
    struct record x = { .text = NULL };
    enum status st = store_get(cf->store, T_EXCERPT, excerpt, &x, err);
    bool begun = false, dropped;

    *stays = true;
    if (st == ST_OK && !f && excerpt_lives(cf->store, &x))
        st = take_up_target(cf, &x, &f, err);
    if (st == ST_OK && f)
        st = take_out(cf, f->session, &x, stays, err);
    if (st == ST_OK) {
        st = store_begin(cf->store, err);
        begun = st == ST_OK;
    }
    if (st == ST_OK && f)
        st = filling_save(f, err);
    if (st == ST_OK && f && !open && !id_is_set(f->record))     /* begun for these words alone */
        st = filling_drop_blank(f, &dropped, err);
    if (st == ST_OK && !x.binned)
        st = store_bin(cf->store, T_EXCERPT, excerpt, "taken back", err);
    if (begun)
        st = store_end(cf->store, st, err);
    if (!open && f)
        filling_free(&f);
    record_release(&x);
    return st;
}

bool note_is_in_draft(struct casefile *cf, struct id excerpt)
{
    struct record x = { .text = NULL };
    bool in = store_get(cf->store, T_EXCERPT, excerpt, &x, NULL) == ST_OK &&
              draft_is_there(cf, record_id(&x, EXCERPT_target));

    record_release(&x);
    return in;
}

enum status note_settle(struct casefile *cf, struct id draft, struct id record, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = ST_OK;

    if (!id_is_set(draft) || id_eq(draft, record))
        return ST_OK;
    st = store_list(cf->store, LIST_EXCERPTS_OF_TARGET, draft, 0, &all, err);
    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        record_set_id(&all.items[i], EXCERPT_target, record);
        st = store_put(cf->store, &all.items[i], NULL, err);
    }
    records_release(&all);
    return st;
}
