/* tui_merge.c - joining two records on the screen, both side by side, and parting them again. And, while a
 * date of birth is filled in, the word that somebody is here already. */
#include "tui_history.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/person.h"
#include "dolen/store/past.h"
#include "dolen/ui/choice.h"
#include "merge_words.h"
#include "same_person.h"
#include "tui_case.h"
#include "dolen/base/banned.h"

#define OTHERS_MAX 8
#define MERGES_LOOKED_AT 1000

struct joining {
    struct app *app;
    struct id   keep, other[OTHERS_MAX];
    int         n, chosen;
};

static unsigned agreed(void *ctx, bool yes)
{
    struct joining *j = ctx;
    struct app *a = j->app;
    struct json *told = NULL;
    struct err err = { .st = ST_OK };
    struct text2 words;
    struct buf b = BUF_INIT;
    struct id merge;

    screen_pop(a->screen);              /* the two side by side */
    if (!yes) {
        screen_message(a->screen, STYLE_TEXT, "%s", _("Not joined. Nothing was changed."));
    } else if (store_merge(a->cf->store, j->keep, j->other[j->chosen], &merge, &told, &err) != ST_OK) {
        tui_say_error(a, &err);
    } else {
        words = TEXT2_FROM(b, merge_words(told, &b));
        text2_append(&words, TEXT2(" %s", _("u parts them again, or later :unmerge here.")));
        screen_say(a->screen, STYLE_GOOD, words);
        screen_changed(a->screen, ~0u);
    }
    json_free(&told);
    free(j);
    return REACT_LAYOUT | REACT_RELOAD;
}

/* Two people, or a wrong number: either way not to be joined without a second look. */
static bool two_numbers(struct app *a, struct id keep, struct id other)
{
    struct record p[2];
    const char *number[2];
    bool differ;

    for (int i = 0; i < 2; i++) {
        record_init(&p[i], T_PERSON);
        number[i] = store_get(a->cf->store, T_PERSON, i ? other : keep, &p[i], NULL) == ST_OK
                        ? record_text(&p[i], PERSON_nhs_number) : NULL;
    }
    differ = number[0] && number[1] && !str_eq(number[0], number[1]);
    record_release(&p[0]);
    record_release(&p[1]);
    return differ;
}

static unsigned other_chosen(void *ctx, int index)
{
    struct joining *j = ctx;
    struct app *a = j->app;

    if (index < 0) {
        free(j);
        return REACT_LAYOUT;
    }
    j->chosen = index;
    screen_push(a->screen, merge_view_new(&a->ui, j->keep, j->other[index]));
    screen_confirm(a->screen, two_numbers(a, j->keep, j->other[index])
                                  ? TEXT2(_("Their NHS numbers differ, and one person has only one: ring and ask "
                                            "before you join them. Join them all the same?"))
                                  : TEXT2(_("Join them? Both originals are kept; it can be undone.")), agreed, j);
    return REACT_LAYOUT | REACT_RELOAD;
}

/* The first one opens the list, whose end is chosen. */
static void other_add(struct joining *j, struct choice **others, unsigned (*chosen)(void *ctx, int index), struct id id)
{
    if (!*others)
        *others = screen_choose(j->app->screen, TEXT2(_("Which one is the same person?")), chosen, j);
    j->other[j->n++] = id;
    choice_add(*others, tui_person_label(j->app, id));
}

static unsigned other_typed(void *ctx, const char *text)
{
    struct joining *j = ctx;
    struct app *a = j->app;
    struct hit hit[OTHERS_MAX];
    struct choice *others = NULL;
    struct err err = { .st = ST_OK };
    int n = 0;
    enum status st = ST_OK;

    j->n = 0;
    if (text && text[strspn(text, " ")])
        st = store_search(a->cf->store, text, 1u << HIT_PERSON, hit, OTHERS_MAX, &n, &err);
    for (int i = 0; st == ST_OK && i < n; i++)
        if (!id_eq(hit[i].id, j->keep))
            other_add(j, &others, other_chosen, hit[i].id);
    if (others)
        return REACT_LAYOUT;
    if (st != ST_OK)
        tui_say_error(a, &err);
    else if (text)
        screen_message(a->screen, STYLE_WARN, "%s", _("Nobody else was found by that name. Nothing was changed."
                                                      " Try another part of the name."));
    free(j);
    return REACT_LAYOUT;
}

static unsigned ask_name(struct joining *j)
{
    screen_ask(j->app->screen,
               &(struct ask) {
                   .prompt = TEXT2(_("Name of the other record:")), .max_bytes = 160, .done = other_typed, .ctx = j });
    return REACT_LAYOUT;
}

static unsigned likely_chosen(void *ctx, int index)
{
    struct joining *j = ctx;

    return index == j->n ? ask_name(j) : other_chosen(j, index);
}

/* What has just been typed about them says more than their record. */
static enum status likely_ones(struct joining *j, struct dup_hit *hits, int *n, struct err *err)
{
    struct filling *f = tui_filling(j->app);

    if (f && str_eq(f->form->id, "person") && id_eq(f->person, j->keep))
        return very_like(j->app->cf->store, session_answers(f->session), j->keep, hits, OTHERS_MAX, n, err);
    return very_like_record(j->app->cf->store, j->keep, hits, OTHERS_MAX, n, err);
}

unsigned act_merge(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct dup_hit hits[OTHERS_MAX];
    struct choice *others = NULL;
    struct err err = { .st = ST_OK };
    struct joining *j;
    int n;

    if (!id_is_set(f.person))
        return need_person(a);
    j = xcalloc(1, sizeof *j);
    *j = (struct joining) { .app = a, .keep = f.person };
    if (likely_ones(j, hits, &n, &err) != ST_OK) {
        free(j);
        return tui_say_error(a, &err);
    }
    for (int i = 0; i < n; i++)
        other_add(j, &others, likely_chosen, hits[i].id);
    explicit_bzero(hits, sizeof hits);
    if (!others)
        return ask_name(j);
    choice_add(others, TEXT2(_("Another record, by its name")));
    return REACT_LAYOUT;
}

/* --- parting them again ------------------------------------------------------------------------------------------- */

struct parting {
    struct app *app;
    struct id   merge[OTHERS_MAX];
    int         n, chosen;
};

static unsigned part_agreed(void *ctx, bool yes)
{
    struct parting *p = ctx;
    struct app *a = p->app;
    struct json *told = NULL;
    struct err err = { .st = ST_OK };

    if (!yes) {
        screen_message(a->screen, STYLE_TEXT, "%s", _("Not parted. Nothing was changed."));
    } else if (store_unmerge(a->cf->store, p->merge[p->chosen], &told, &err) != ST_OK) {
        tui_say_error(a, &err);
    } else {
        screen_say(a->screen, STYLE_GOOD, parted_words(told));
        screen_changed(a->screen, ~0u);
    }
    json_free(&told);
    free(p);
    return REACT_LAYOUT | REACT_RELOAD;
}

static unsigned part_chosen(void *ctx, int index)
{
    struct parting *p = ctx;

    if (index < 0) {
        free(p);
        return REACT_LAYOUT;
    }
    p->chosen = index;
    screen_confirm(p->app->screen, TEXT2(_("Part them? Each gets back what was theirs on the day they were joined.")),
                   part_agreed, p);
    return REACT_LAYOUT;
}

/* "Jack Walker, joined on 9 Mar 2026" */
static struct text2 part_label(struct app *a, const struct record *m)
{
    struct person_row row;
    struct date day = instant_date(m->created_at);

    if (person_row_get(a->cf->store, record_id(m, MERGE_other), &row, NULL) != ST_OK)
        str_copy(row.name, sizeof row.name, "?");
    return TEXT2(_("%s, joined on %s"), row.name, date_show(day).s);
}

unsigned act_unmerge(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct records all = { NULL, 0, 0 };
    struct choice *others = NULL;
    struct parting *p;
    struct err err = { .st = ST_OK };

    if (!id_is_set(f.person))
        return need_person(a);
    if (store_list(a->cf->store, LIST_MERGES, ID_NONE, MERGES_LOOKED_AT, &all, &err) != ST_OK)
        return tui_say_error(a, &err);
    p = xcalloc(1, sizeof *p);
    p->app = a;
    for (size_t i = 0; i < all.count && p->n < OTHERS_MAX; i++) {
        const struct record *m = &all.items[i];

        if (!id_eq(record_id(m, MERGE_kept), f.person) || record_text(m, MERGE_undone_on))
            continue;
        if (!others)
            others = screen_choose(a->screen, TEXT2(_("Which record is somebody else?")), part_chosen, p);
        choice_add(others, part_label(a, m));
        p->merge[p->n++] = m->id;
    }
    records_release(&all);
    if (others)
        return REACT_LAYOUT;
    screen_message(a->screen, STYLE_HINT, "%s", _("No other record is joined to this one. Nothing was changed."));
    free(p);
    return REACT_DRAW;
}

/* --- somebody is here already ------------------------------------------------------------------------------------- */

static bool has_number(struct app *a, struct id person, const char *nhs)
{
    struct record r;
    bool same;

    record_init(&r, T_PERSON);
    same = nhs && store_get(a->cf->store, T_PERSON, person, &r, NULL) == ST_OK &&
           str_eq(record_text(&r, PERSON_nhs_number), nhs);
    record_release(&r);
    return same;
}

bool tui_say_same(struct app *a, const struct answers *answers, struct id person)
{
    struct dup_hit hit;
    int n = 0;

    if (very_like(a->cf->store, answers, person, &hit, 1, &n, NULL) != ST_OK || n == 0)
        return false;
    if (has_number(a, hit.id, answers_value(answers, "nhs_number", 0)))
        screen_message(a->screen, STYLE_WARN, _("%s has this NHS number already: compare it with the letter. If it is "
                                                "the same person, ':merge' joins the two records."), hit.name);
    else if (!date_is_set(hit.birth))
        screen_message(a->screen, STYLE_WARN, _("There may be a record already: %s; ':merge' joins them."), hit.name);
    else
        screen_message(a->screen, STYLE_WARN, _("There may be a record already: %s, born %s; ':merge' joins them."),
                       hit.name, person_born(hit.birth, hit.birth_precision).s);
    return true;
}
