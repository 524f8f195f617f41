/* people_view.c - everyone, by name; and the one search box, filled in as one types.
 *
 * Without a search the list is a window on the case file (people_pager.h). While one types, the best hits stand in
 * three groups: people, directory, words in notes. */
#include "dolen/core/person.h"
#include "dolen/ui/views.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/line.h"
#include "dolen/ui/list.h"
#include "people_pager.h"
#include "person_priv.h"
#include "search_line.h"
#include "dolen/base/banned.h"

#define TYPED_MAX 120
#define HITS_MAX  60
#define BIRTH_COLS 19
#define LANG_COLS  9
#define DATE_COLS  12

struct entry {
    enum hit_kind kind;
    size_t        hit;
    bool          heading, reason;      /* reason: why the row above was found */
};

struct people_view {
    struct view       view;
    struct ui        *u;
    struct list       all, found;       /* found: while there is a search */
    struct pager      pager;
    struct line      *line;
    bool              editing, for_search;
    struct hit        hits[HITS_MAX];
    struct person_row rows[HITS_MAX];   /* of hits, once drawn */
    bool              has_row[HITS_MAX];
    struct entry      entries[2 * HITS_MAX + 3];
    size_t            people, met;      /* met: of them, by the search */
    bool              cut;              /* ... which found more than there is room for */
};

static struct people_view *of(struct view *v)
{
    return (struct people_view *) v;
}

static bool searching(const struct people_view *v)
{
    return !line_is_empty(v->line);
}

static void say(struct people_view *v, enum status st, const struct err *err)
{
    if (st != ST_OK && v->view.screen)
        screen_message(v->view.screen, STYLE_ERROR, "%s", err_text(err));
}

/* --- searching -------------------------------------------------------------------------------------------------- */

static void group(struct people_view *v, enum hit_kind kind, int n, size_t *count)
{
    bool first = true;

    for (int i = 0; i < n; i++) {
        if (v->hits[i].kind != kind)
            continue;
        if (first && kind != HIT_PERSON)
            v->entries[(*count)++] = (struct entry) { .kind = kind, .heading = true };
        first = false;
        v->entries[(*count)++] = (struct entry) { .kind = kind, .hit = (size_t) i };
        if (kind == HIT_PERSON && v->hits[i].met != MET_SHOWN)
            v->entries[(*count)++] = (struct entry) { .kind = kind, .hit = (size_t) i, .reason = true };
    }
}

static void search(struct people_view *v)
{
    const unsigned everything = 1u << HIT_PERSON | 1u << HIT_ASSET | 1u << HIT_NOTE;
    struct err err = { .st = ST_OK };
    size_t count = 0;
    int n = 0;

    memset(v->has_row, 0, sizeof v->has_row);
    if (searching(v))
        say(v, store_search(v->u->store, line_text(v->line), everything, v->hits, HITS_MAX, &n, &err), &err);
    v->cut = n == HITS_MAX;
    v->met = 0;
    for (int i = 0; i < n; i++)
        v->met += v->hits[i].kind == HIT_PERSON;
    group(v, HIT_PERSON, n, &count);
    group(v, HIT_ASSET, n, &count);
    group(v, HIT_NOTE, n, &count);
    v->found = (struct list) { .height = v->found.height };
    list_set_count(&v->found, count);
}

static enum status people_load(struct view *view, struct err *err)
{
    struct people_view *v = of(view);
    struct counts c;
    enum status st = store_counts(v->u->store, &c, err);
    size_t selected = v->found.selected;

    if (st != ST_OK)
        return st;
    v->people = (size_t) c.people;
    pager_reset(&v->pager, v->people, v->all.top);
    list_set_count(&v->all, v->people);
    if (searching(v)) {
        search(v);
        list_select(&v->found, selected);
    }
    return ST_OK;
}

/* --- rows: columns go as the screen gets narrow ----------------------------------------------------------------- */

struct columns {
    int name, birth, lang, last, due;   /* where each begins; 0: not shown (name always is) */
    int name_cols;
};

static struct columns columns_of(int cols)
{
    struct columns c = { .name = 2 };
    int right = (cols < LIST_TABLE_COLS ? cols : LIST_TABLE_COLS) - DATE_COLS;

    c.due = right;
    if (cols >= 70) {
        right -= DATE_COLS + 1;
        c.last = right;
    }
    if (cols >= 48) {
        right -= LANG_COLS + 1;
        c.lang = right;
    }
    if (cols >= 56) {
        right -= BIRTH_COLS + 1;
        c.birth = right;
    }
    c.name_cols = right - 1 - c.name;
    return c;
}

static void draw_head(struct area row)
{
    struct columns c = columns_of(row.cols);

    area_text(row, 0, c.name, c.name_cols, STYLE_LABEL, _("Name"));
    if (c.birth)
        area_text(row, 0, c.birth, BIRTH_COLS, STYLE_LABEL, _("Born (age)"));
    if (c.lang)
        area_text(row, 0, c.lang, LANG_COLS, STYLE_LABEL, _("Lang."));
    if (c.last)
        area_text(row, 0, c.last, DATE_COLS, STYLE_LABEL, _("Last contact"));
    area_text(row, 0, c.due, DATE_COLS, STYLE_LABEL, _("Next due"));
}

static void draw_due(struct area row, int x, struct date due, struct date today)
{
    bool late = date_is_set(due) && date_compare(due, today) < 0;

    if (date_is_set(due))
        area_text(row, 0, x, DATE_COLS, late ? STYLE_OVERDUE : STYLE_TEXT, date_show(due).s);
    if (late)
        area_text(row, 0, x - 1, 1, STYLE_OVERDUE, style_mark(STYLE_OVERDUE));
}

/* The two languages by short names, others by the label that their list gives them. */
static const char *language_brief(struct people_view *v, const char *code)
{
    static const struct {
        const char *code, *brief;
    } known[] = { { "CY", N_("Welsh") }, { "EN", N_("English") }, { "BOTH", N_("Both") }, { "BSL", N_("BSL") } };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq(known[i].code, code))
            return tr(known[i].brief);
    return code[0] ? codelist_label(catalog_codes(v->u->catalog, "language_preference", NULL), code) : "";
}

/* "About" with a whole day has no room beside the age: the list has the year of it. */
static struct date_text born_in_cell(const struct person_row *p)
{
    return str_eq(p->birth_precision, "ABOUT") ? date_show_grain(p->birth, GRAIN_ABOUT)
                                               : person_born(p->birth, p->birth_precision);
}

static void draw_person(struct people_view *v, const struct person_row *p, struct area row, bool nearly)
{
    struct columns c = columns_of(row.cols);
    int age = person_age(p->birth, p->birth_precision, v->u->today), used;

    if (p->open)
        area_text(row, 0, 0, 1, STYLE_GOOD, area_glyph(row, GLYPH_DOT));
    used = area_text(row, 0, c.name, c.name_cols, STYLE_VALUE, p->name);
    if (nearly && used + 2 < c.name_cols)
        area_text(row, 0, c.name + used + 1, c.name_cols - used - 1, STYLE_DIM, _("(much like it)"));
    if (c.birth && date_is_set(p->birth))
        area_textf(row, 0, c.birth, BIRTH_COLS, STYLE_TEXT, "%s (%d)", born_in_cell(p).s, age);
    if (c.lang)
        area_text(row, 0, c.lang, LANG_COLS, STYLE_TEXT, language_brief(v, p->language));
    if (c.last && date_is_set(p->last_contact))
        area_text(row, 0, c.last, DATE_COLS, STYLE_TEXT, date_show(p->last_contact).s);
    draw_due(row, c.due, p->next_due, v->u->today);
}

static void draw_all_row(void *ctx, size_t i, struct area row)
{
    struct people_view *v = ctx;
    const struct person_row *p = pager_row(&v->pager, i);

    if (p)
        draw_person(v, p, row, false);
}

static void window(void *ctx, size_t first, size_t n)
{
    struct people_view *v = ctx;
    struct err err = { .st = ST_OK };

    say(v, pager_window(&v->pager, first, n, &err), &err);
}

static const struct person_row *row_of_hit(struct people_view *v, size_t h)
{
    if (!v->has_row[h])
        v->has_row[h] = person_row_get(v->u->store, v->hits[h].person, &v->rows[h], NULL) == ST_OK;
    return v->has_row[h] ? &v->rows[h] : NULL;
}

static void draw_reason(const struct hit *h, struct area row)
{
    struct buf words = BUF_INIT;

    hit_met_words(h, &words);
    area_text(row, 0, 4, -1, STYLE_DIM, buf_text(&words));
    buf_wipe(&words);
}

static void draw_found_row(void *ctx, size_t i, struct area row)
{
    struct people_view *v = ctx;
    const struct entry *e = &v->entries[i];
    const struct person_row *p;

    if (e->heading) {
        area_text(row, 0, 0, -1, STYLE_HEADING, e->kind == HIT_ASSET ? _("In the directory") : _("Found in notes"));
        return;
    }
    if (e->reason) {
        draw_reason(&v->hits[e->hit], row);
        return;
    }
    if (e->kind == HIT_ASSET) {
        area_text(row, 0, 2, -1, STYLE_VALUE, v->hits[e->hit].text);
        return;
    }
    p = row_of_hit(v, e->hit);
    if (e->kind == HIT_PERSON && p) {
        draw_person(v, p, row, v->hits[e->hit].slip);
    } else if (e->kind == HIT_NOTE) {
        int name = row.cols >= 60 ? 22 : 12;

        area_text(row, 0, 2, name, STYLE_VALUE, p ? p->name : "");
        area_text(row, 0, 2 + name + 1, -1, STYLE_TEXT, v->hits[e->hit].text);
    }
}

static bool is_heading(void *ctx, size_t i)
{
    return ((struct people_view *) ctx)->entries[i].heading;
}

static bool is_reason(void *ctx, size_t i)
{
    return ((struct people_view *) ctx)->entries[i].reason;
}

static struct list_source source_of(struct people_view *v)
{
    if (searching(v))
        return (struct list_source) { .row = draw_found_row, .is_heading = is_heading, .is_note = is_reason,
                                      .ctx = v,
                                      .empty = _("Nothing found. Try the beginning of a name, a postcode, the end of "
                                                 "a phone number, or a word from a note.") };
    return (struct list_source) { .row = draw_all_row, .window = window, .ctx = v,
                                  .empty = _("No people yet. a adds a referral, and with it the person.") };
}

static struct list *list_of(struct people_view *v)
{
    return searching(v) ? &v->found : &v->all;
}

static void people_draw(struct view *view, struct area body)
{
    struct people_view *v = of(view);
    struct list_source src = source_of(v);
    int top = body.rows > 12 ? 2 : 1;

    if (top == 2)
        draw_head(area_sub(body, 1, 2, 1, body.cols - 3));
    list_draw(list_of(v), &src, area_sub(body, top, 0, -1, -1));
    search_line_draw(v->line, v->editing, body, _("/ then a name · postcode · phone · a word"));
}

/* --- keys ------------------------------------------------------------------------------------------------------- */

static unsigned people_key(struct view *view, const struct key *k)
{
    struct people_view *v = of(view);
    bool changed;
    unsigned react = search_line_key(v->line, &v->editing, k, &changed);

    if (changed)
        search(v);
    return react;
}

static unsigned clear_search(struct people_view *v)
{
    if (!searching(v) && (!v->editing || v->for_search))
        return REACT_PASS;
    v->editing = false;
    line_set(v->line, "");
    search(v);
    return REACT_DRAW;
}

static unsigned people_act(struct view *view, int action)
{
    struct people_view *v = of(view);
    struct list *l = list_of(v);
    struct list_source src = source_of(v);

    if (action == NAV_BACK)
        return clear_search(v);
    if (search_line_act(v->line, &v->editing, l, action) != REACT_PASS)
        return REACT_DRAW;
    return list_act(l, &src, action);
}

/* Which kind of record a note stands in. */
static struct focus focus_of_note(struct people_view *v, const struct hit *h)
{
    static const struct { enum table_id table; int kind; } kinds[] = {
        { T_CONTACT, FOCUS_CONTACT }, { T_RESPONSE, FOCUS_FORM }, { T_GOAL, FOCUS_GOAL }, { T_ACTION, FOCUS_ACTION },
        { T_CONNECTION, FOCUS_CONNECTION }, { T_GAP, FOCUS_GAP }, { T_EPISODE, FOCUS_EPISODE },
            { T_REFERRAL, FOCUS_REFERRAL }, { T_NOTE, FOCUS_NOTE },
    };
    struct focus f = { .person = h->person, .subject = h->id, .kind = FOCUS_PERSON };
    struct record r;

    record_init(&r, T_CONTACT);
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (store_get(v->u->store, kinds[i].table, h->id, &r, NULL) == ST_OK) {
            int episode = table_column_by_name(kinds[i].table, "episode");
            const struct form *form = NULL;

            f.kind = kinds[i].kind;
            if (episode >= 0)
                f.episode = record_id(&r, episode);
            if (f.kind == FOCUS_FORM)
                form = catalog_form(v->u->catalog, record_or(&r, RESPONSE_form, ""), NULL);
            if (f.kind == FOCUS_FORM && !form)
                f.kind = FOCUS_PERSON;
            f.form = form ? form->id : NULL;
            break;
        }
    record_release(&r);
    return f;
}

/* The person whom the cursor is on, found or listed; NULL: on nobody. */
static const struct person_row *row_chosen(struct people_view *v)
{
    if (!searching(v))
        return pager_row(&v->pager, v->all.selected);
    if (v->found.count == 0)
        return NULL;

    const struct entry *e = &v->entries[v->found.selected];

    return e->heading || e->kind == HIT_ASSET || e->kind == HIT_NOTE ? NULL : row_of_hit(v, e->hit);
}

static struct focus people_focus(struct view *view)
{
    struct people_view *v = of(view);
    const struct person_row *p;

    if (v->editing)
        return (struct focus) { .kind = FOCUS_NONE };
    if (searching(v) && v->found.count > 0) {
        const struct entry *e = &v->entries[v->found.selected];
        const struct hit *h = &v->hits[e->hit];

        if (e->heading)
            return (struct focus) { .kind = FOCUS_NONE };
        if (e->kind == HIT_ASSET)
            return (struct focus) { .subject = h->id, .kind = FOCUS_ASSET };
        if (e->kind == HIT_NOTE)
            return focus_of_note(v, h);
    }
    p = row_chosen(v);
    if (!p)
        return (struct focus) { .kind = FOCUS_NONE };
    return (struct focus) { .person = p->id, .episode = p->episode, .subject = p->id, .kind = FOCUS_PERSON };
}

static bool people_editing(struct view *view)
{
    return of(view)->editing;
}

static void people_title(struct view *view, struct buf *out)
{
    struct people_view *v = of(view);

    search_line_title(out, _("People"), searching(v) && !v->cut ? v->met : v->people, v->people);
}

static void people_close(struct view *view)
{
    struct people_view *v = of(view);

    pager_release(&v->pager);
    line_free(&v->line);
    explicit_bzero(v, sizeof *v);
    free(v);
}

/* What was searched for is not there: Enter has nothing to go to. */
static bool people_idle(struct view *view, int action)
{
    struct people_view *v = of(view);
    const struct person_row *p = v->editing ? NULL : row_chosen(v);

    return p ? person_row_idle(v->u, p, action) : action == NAV_OPEN && searching(v) && v->found.count == 0;
}

static const int bar[] = { NAV_OPEN, ACT_SEARCH, ACT_ADD, NAV_BACK, ACT_CONTACT, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "people", .context = IN_PEOPLE | IN_LIST, .bar = bar,
    .stale_on = CHANGED(PERSON) | CHANGED(EPISODE) | CHANGED(CONTACT) | CHANGED(TASK) | CHANGED(ASSET),
    .load = people_load, .draw = people_draw, .key = people_key, .act = people_act, .focus = people_focus,
    .title = people_title, .editing = people_editing, .idle = people_idle, .close = people_close,
};

static enum status page(struct store *s, struct id whose, const char *key, struct id id, bool forward, int limit,
                        void *rows, int *n, struct err *err)
{
    (void) whose;                       /* everybody's */
    return people_page(s, key, id, forward, limit, rows, n, err);
}

static const struct pager_kind kind = { page, sizeof(struct person_row), offsetof(struct person_row, id),
                                        offsetof(struct person_row, sort_key) };

struct view *people_view_new(struct ui *u, const char *typed)
{
    struct people_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    v->line = line_new(TYPED_MAX, 0);
    v->editing = v->for_search = typed != NULL;
    line_set(v->line, typed ? typed : "");
    pager_start(&v->pager, &kind, u->store);
    return &v->view;
}
