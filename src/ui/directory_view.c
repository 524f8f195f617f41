/* directory_view.c - community assets by name, searched as one types; and the same list to choose one from. */
#include "person_priv.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/day_text.h"
#include "dolen/ui/asset_find.h"
#include "dolen/ui/line.h"
#include "dolen/ui/list.h"
#include "filters.h"
#include "people_pager.h"
#include "search_line.h"
#include "dolen/base/banned.h"

#define TYPED_MAX  200
#define CACHED     64                   /* rows of what was found, by place modulo this */
#define DATE_COLS  12
#define CARE_COLS  22                   /* "llawn tan 12 Chwe 2027" */

struct directory_view {
    struct view      view;
    struct ui       *u;
    struct list      all, found;
    struct pager     pager;
    struct line     *line;
    bool             editing;
    struct wish      wish;               /* what the line asks for */
    bool             unknown;            /* a word of it is in no list */
    struct id       *ids;                /* found, by name */
    struct asset_row rows[CACHED];       /* of ids, once drawn */
    size_t           row_of[CACHED];     /* which one stands there, from 1 */
    struct filters   filters;
    size_t           assets;
    enum lang        lang;               /* of the order that is shown */
    struct id        person, episode;    /* choosing for them */
    struct person_row whose;
    struct id        offered;            /* asked whether to choose it all the same */
    unsigned       (*chosen)(void *ctx, struct id asset);
    void            *ctx;
};

static struct directory_view *of(struct view *v)
{
    return (struct directory_view *) v;
}

static bool searching(const struct directory_view *v)
{
    return !line_is_empty(v->line);
}

static void say(struct directory_view *v, enum status st, const struct err *err)
{
    if (st != ST_OK && v->view.screen)
        screen_message(v->view.screen, STYLE_ERROR, "%s", err_text(err));
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

static const struct asset_row *row_found(struct directory_view *v, size_t i)
{
    struct asset_row *row = &v->rows[i % CACHED];

    if (v->row_of[i % CACHED] != i + 1)
        v->row_of[i % CACHED] = asset_row_get(v->u->store, v->ids[i], row, NULL) == ST_OK ? i + 1 : 0;
    return v->row_of[i % CACHED] ? row : NULL;
}

/* What is found stands in the order of names, also where a word is only in the description: the cursor goes to the
 * first that is called as typed, so that Enter does not take its neighbour. */
static void point_at_the_name(struct directory_view *v)
{
    struct buf typed = BUF_INIT, name = BUF_INIT;
    bool found = false;

    text_fold(&typed, line_text(v->line));
    for (size_t i = 0; typed.len && !found && i < v->found.count && i < CACHED; i++) {
        const struct asset_row *a = row_found(v, i);

        buf_clear(&name);
        text_fold(&name, a ? a->name : "");
        found = str_starts(buf_text(&name), buf_text(&typed));
        if (found)
            list_select(&v->found, i);
    }
    buf_release(&typed);
    buf_release(&name);
}

static void search(struct directory_view *v)
{
    struct err err = { .st = ST_OK };
    struct wants wants = { .count = 0 };
    size_t n = 0;

    memset(v->row_of, 0, sizeof v->row_of);
    free(v->ids);
    v->ids = NULL;
    wish_read(line_text(v->line), &v->wish);
    v->unknown = asset_wants(v->u->catalog, &v->wish, &wants) != NULL;
    if (wants.count)
        say(v, assets_find(v->u->store, &wants, &v->ids, &n, &err), &err);
    wants_release(&wants);
    v->found = (struct list) { .height = v->found.height };
    list_set_count(&v->found, n);
    point_at_the_name(v);
}

static enum status directory_load(struct view *view, struct err *err)
{
    struct directory_view *v = of(view);
    size_t selected = v->found.selected;
    struct counts c;
    enum status st = store_counts(v->u->store, &c, err);

    if (st != ST_OK)
        return st;
    if (id_is_set(v->person) && (st = person_row_get(v->u->store, v->person, &v->whose, err)) != ST_OK)
        return st;
    v->assets = (size_t) c.assets;
    if (v->lang != lang_now()) {        /* another order: no row's key says where it is in this one */
        v->lang = lang_now();
        pager_release(&v->pager);
        pager_start(&v->pager, v->pager.kind, v->u->store);
        v->all = (struct list) { .height = v->all.height };
    }
    pager_reset(&v->pager, v->assets, v->all.top);
    list_set_count(&v->all, v->assets);
    if (searching(v)) {
        search(v);
        list_select(&v->found, selected);
    }
    return ST_OK;
}

static const struct asset_row *selected_row(struct directory_view *v)
{
    if (!searching(v))
        return pager_row(&v->pager, v->all.selected);
    return v->found.count > 0 ? row_found(v, v->found.selected) : NULL;
}

/* --- drawing ---------------------------------------------------------------------------------------------------- */

static enum style fresh_style(const struct directory_view *v, const struct asset_row *a)
{
    static const enum style styles[] = { [FRESHNESS_FRESH] = STYLE_GOOD, [FRESHNESS_DUE] = STYLE_REQUIRED,
                                         [FRESHNESS_STALE] = STYLE_WARN };

    return styles[freshness_of(a->verified_on, asset_months(v->u, a->category), v->u->today)];
}

/* What stands against sending somebody; that it is out of date has a column of its own. */
static bool take_care(const struct directory_view *v, const struct asset_row *a)
{
    struct asset_load load = asset_load_of(v->u, a);

    return (cautions_of(&load, v->u->today) & ~(unsigned) CAUTION_STALE) != 0;
}

struct columns {
    int name_cols, category, category_cols, area, area_cols, verified, care;
};

static struct columns columns_of(int cols)
{
    struct columns c = { 0 };
    int right = (cols < LIST_TABLE_COLS ? cols : LIST_TABLE_COLS) - DATE_COLS;

    c.verified = right;
    if (cols >= 70) {
        right -= CARE_COLS + 2;         /* before the day stands its mark */
        c.care = right;
    }
    if (cols >= 100) {
        c.area_cols = 20;
        right -= c.area_cols + 1;
        c.area = right;
    }
    if (cols >= 56) {
        c.category_cols = cols >= 100 ? 30 : 14;
        right -= c.category_cols + 1;
        c.category = right;
    }
    c.name_cols = right - 3;
    return c;
}

static void draw_head(struct area row)
{
    struct columns c = columns_of(row.cols);

    area_text(row, 0, 2, c.name_cols, STYLE_LABEL, _("Name"));
    if (c.category)
        area_text(row, 0, c.category, c.category_cols, STYLE_LABEL, _("Category"));
    if (c.area)
        area_text(row, 0, c.area, c.area_cols, STYLE_LABEL, _("Area"));
    if (c.care)
        area_text(row, 0, c.care, CARE_COLS, STYLE_LABEL, _("Before sending"));
    area_text(row, 0, c.verified, DATE_COLS, STYLE_LABEL, _("Checked"));
}

static void draw_asset(const struct directory_view *v, const struct asset_row *a, struct area row)
{
    struct columns c = columns_of(row.cols);
    enum style fresh = fresh_style(v, a);
    struct asset_load load = asset_load_of(v->u, a);
    bool care = take_care(v, a);
    struct buf b = BUF_INIT;

    if (care)
        area_text(row, 0, 0, 1, STYLE_WARN, style_mark(STYLE_WARN));
    area_text(row, 0, 2, c.name_cols, STYLE_VALUE, a->name);
    if (c.category)
        area_text(row, 0, c.category, c.category_cols, STYLE_TEXT,
                  a->place[0] && !(c.area && a->area[0]) ? a->place : word_of(v->u, "asset_category", a->category));
    if (c.area)
        area_text(row, 0, c.area, c.area_cols, STYLE_TEXT, a->area);
    if (c.care && care) {
        caution_brief(&b, &load, v->u->today);
        area_text(row, 0, c.care, CARE_COLS, STYLE_WARN, buf_text(&b));
        buf_release(&b);
    }
    area_text(row, 0, c.verified - 1, 1, fresh, style_mark(fresh));
    area_text(row, 0, c.verified, DATE_COLS, fresh == STYLE_GOOD ? STYLE_TEXT : fresh,
              date_is_set(a->verified_on) ? date_show(a->verified_on).s : _("never"));
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct directory_view *v = ctx;
    const struct asset_row *a = searching(v) ? row_found(v, i) : pager_row(&v->pager, i);

    if (a)
        draw_asset(v, a, row);
}

static void window(void *ctx, size_t first, size_t n)
{
    struct directory_view *v = ctx;
    struct err err = { .st = ST_OK };

    if (!searching(v))
        say(v, pager_window(&v->pager, first, n, &err), &err);
}

/* Of a word that no list knows nothing is known to be missing. In the line a letter is text. */
static const char *nothing_found(const struct directory_view *v)
{
    if (v->unknown)
        return _("Nothing found: no list knows the word before (?). Put it right, or choose with f.");
    if (v->chosen)
        return v->editing ? _("Nothing found. Ctrl-O a adds it to the directory, Ctrl-O U records a gap.")
                          : _("Nothing found. a adds it to the directory, U records a gap.");
    return v->editing ? _("Nothing found. Esc shows everything, then a adds an entry.")
                      : _("Nothing found. Esc shows everything, a adds an entry.");
}

static struct list_source source_of(struct directory_view *v)
{
    struct list_source src = { .row = draw_row, .window = window, .ctx = v };

    if (searching(v))
        src.empty = nothing_found(v);
    else
        src.empty = _("The directory is empty. a adds a group, a place or a service.");
    return src;
}

static struct list *list_of(struct directory_view *v)
{
    return searching(v) ? &v->found : &v->all;
}

static bool asked_about(const struct directory_view *v, enum wish_kind kind)
{
    for (size_t i = 0; i < v->wish.count; i++)
        if (v->wish.tokens[i].kind == kind)
            return true;
    return false;
}

/* When, for how much, in which language; access in the words of the entry, because only a person can judge them. */
static void practical_words(struct directory_view *v, struct id asset, struct buf *out)
{
    struct record a;

    record_init(&a, T_ASSET);
    if (store_get(v->u->store, T_ASSET, asset, &a, NULL) == ST_OK) {
        struct buf day = BUF_INIT;

        day_text_show(record_text(&a, ASSET_day), lang_now(), &day);
        words_add(out, buf_text(&day));
        buf_release(&day);
        words_add(out, word_of(v->u, "cost_kind", record_text(&a, ASSET_cost_kind)));
        if (asked_about(v, WISH_ACCESS))
            words_add(out, record_text(&a, ASSET_accessibility));
        if (asked_about(v, WISH_LANGUAGE)) {
            struct buf languages = BUF_INIT;

            words_of(v->u, "asset_language", record_text(&a, ASSET_languages), &languages);
            words_add(out, buf_text(&languages));
            buf_release(&languages);
        }
    }
    record_release(&a);
}

/* What the columns left out of the selected one, where there is room. */
static int draw_detail(struct directory_view *v, struct area a)
{
    const struct asset_row *r = selected_row(v);
    struct buf b = BUF_INIT, care = BUF_INIT;
    struct asset_load load;
    int rows = a.rows > 14 ? 3 : 2;

    if (!r || a.rows <= 7)
        return 0;
    words_add(&b, r->name);
    load = asset_load_of(v->u, r);
    caution_sentences(&care, &load, v->u->today);
    words_add(&b, buf_text(&care));         /* before anything that may be cut on a small screen */
    words_add(&b, word_of(v->u, "asset_category", r->category));
    words_add(&b, r->area[0] ? r->area : r->place);
    practical_words(v, r->id, &b);
    if (r->waiting > 0)
        words_addf(&b, tr_n("%d person waiting", "%d people waiting", (unsigned long) r->waiting), r->waiting);
    area_wrap(area_sub(a, a.rows - rows, 0, rows, -1), 0, 0, -1, STYLE_HINT, buf_text(&b));
    buf_release(&b);
    buf_release(&care);
    return rows;
}

/* What the tokens of the line mean, one row under it; 0 when there are none. */
static int draw_wish(struct directory_view *v, struct area body)
{
    struct buf b = BUF_INIT;

    wish_words(v->u->catalog, &v->wish, &b);
    if (b.len)
        area_text(body, 1, 0, -1, STYLE_LABEL, b.s);
    buf_release(&b);
    return v->wish.count > 0;
}

static void directory_draw(struct view *view, struct area body)
{
    struct directory_view *v = of(view);
    struct list_source src = source_of(v);
    int chips = draw_wish(v, body), top = (body.rows > 12 ? 2 : 1) + chips;
    struct area rest = area_sub(body, top, 0, -1, -1);

    if (body.rows > 12)
        draw_head(area_sub(body, 1 + chips, 2, 1, body.cols - 3));
    if (!searching(v))
        window(v, v->all.selected, 1);
    list_draw(list_of(v), &src, area_sub(rest, 0, 0, rest.rows - draw_detail(v, rest), -1));
    search_line_draw(v->line, v->editing, body, v->chosen ? _("type a name · f filters · cost:free day:mon lang:cy")
                               : _("/ words · f filters · cost:free day:mon lang:cy"));
}

/* --- keys ------------------------------------------------------------------------------------------------------- */

static unsigned into_line(struct directory_view *v, const struct key *k)
{
    bool changed;
    unsigned react = search_line_key(v->line, &v->editing, k, &changed);

    if (changed)
        search(v);
    return react;
}

/* Whoever chooses types the name, as in any list to choose from: a word is no string of actions. */
static unsigned begin_word(struct directory_view *v, const struct key *k)
{
    search_line_act(v->line, &v->editing, list_of(v), ACT_SEARCH);
    return into_line(v, k);
}

static unsigned directory_key(struct view *view, const struct key *k)
{
    struct directory_view *v = of(view);
    unsigned char first = (unsigned char) k->text[0];

    return v->chosen && !v->editing && key_is_text(k) && (isalnum(first) || first >= 0x80) ? begin_word(v, k) :
                                                                                          into_line(v, k);
}

static bool directory_stray(struct view *view, int action, const struct key *k)
{
    bool in_bar = action == ACT_FILTER || action == ACT_ADD || action == ACT_GAP;

    if (!of(view)->chosen || in_bar)
        return false;
    begin_word(of(view), k);
    return true;
}

/* A need that nothing meets is somebody's. */
static bool directory_idle(struct view *view, int action)
{
    return action == ACT_GAP && !of(view)->chosen;
}

static unsigned clear_search(struct directory_view *v)
{
    if (!searching(v) && !v->editing)
        return REACT_PASS;
    v->editing = false;
    line_set(v->line, "");
    search(v);
    return REACT_DRAW;
}

static unsigned filtered(void *ctx)
{
    struct directory_view *v = ctx;

    v->editing = false;
    search(v);
    return REACT_DRAW;
}

static unsigned filter(struct directory_view *v)
{
    v->filters = (struct filters) {
        .u = v->u, .screen = v->view.screen, .line = v->line, .changed = filtered, .ctx = v
    };
    return filters_ask(&v->filters);
}

static unsigned hand_over(struct directory_view *v, struct id asset)
{
    unsigned (*chosen)(void *ctx, struct id asset) = v->chosen;

    v->chosen = NULL;
    return chosen(v->ctx, asset);
}

static unsigned all_the_same(void *ctx, bool yes)
{
    struct directory_view *v = ctx;

    if (yes)
        return hand_over(v, v->offered);
    screen_message(v->view.screen, STYLE_TEXT, "%s", _("Not chosen. Nothing was changed."));
    return REACT_DRAW;
}

/* What speaks against it is said before, not after: small groups ask not to be swamped. */
static unsigned choose(struct directory_view *v)
{
    const struct asset_row *a = selected_row(v);
    struct text2 cautions;
    struct buf b = BUF_INIT;

    if (!v->chosen)
        return REACT_PASS;
    if (!a)
        return REACT_NONE;
    cautions = TEXT2_FROM(b, choosing_cautions(v->u, v->person, v->episode, a, &b));
    if (!*text2_now(&cautions)) {
        text2_release(&cautions);
        return hand_over(v, a->id);
    }
    text2_append(&cautions, TEXT2(" %s", _("Choose it all the same?")));
    v->offered = a->id;
    screen_confirm(v->view.screen, cautions, all_the_same, v);
    return REACT_LAYOUT;
}

static unsigned directory_act(struct view *view, int action)
{
    struct directory_view *v = of(view);
    struct list *l = list_of(v);
    struct list_source src = source_of(v);

    if (action == ACT_FILTER)
        return filter(v);
    if (action == NAV_BACK)
        return clear_search(v);
    if (search_line_act(v->line, &v->editing, l, action) != REACT_PASS)
        return REACT_DRAW;
    if (action == NAV_OPEN)
        return choose(v);
    return list_act(l, &src, action);
}

static struct focus directory_focus(struct view *view)
{
    struct directory_view *v = of(view);
    const struct asset_row *a = v->editing ? NULL : selected_row(v);
    struct focus f = { .person = v->person, .episode = v->episode };

    if (a) {
        f.subject = a->id;
        f.kind = FOCUS_ASSET;
    }
    return f;
}

static bool directory_editing(struct view *view)
{
    return of(view)->editing;
}

static void directory_title(struct view *view, struct buf *out)
{
    struct directory_view *v = of(view);

    if (v->chosen)
        buf_add(out, _("Connect to what?"));
    else
        search_line_title(out, _("Directory"), searching(v) ? v->found.count : v->assets, v->assets);
}

/* Of whom one chooses for; over the directory itself nobody's name stands. */
static void directory_banner(struct view *view, struct buf *out)
{
    person_banner_put(of(view)->u, &of(view)->whose, out);
}

/* Whoever asked hears that nothing was chosen. */
static void directory_close(struct view *view)
{
    struct directory_view *v = of(view);

    if (v->chosen)
        v->chosen(v->ctx, ID_NONE);
    pager_release(&v->pager);
    line_free(&v->line);
    free(v->ids);
    explicit_bzero(&v->whose, sizeof v->whose);
    free(v);
}

static const int bar[] = { NAV_OPEN, ACT_SEARCH, ACT_FILTER, NAV_BACK, ACT_ADD, ACT_CALL_LIST, ACT_ASSETS_SAME, 0 };
static const int choosing_bar[] = { NAV_OPEN, ACT_SEARCH, ACT_FILTER, NAV_BACK, ACT_ADD, ACT_GAP, 0 };

#define DIRECTORY_OPS(called) \
    .name = called, .context = IN_DIRECTORY | IN_LIST, .stale_on = CHANGED(ASSET) | CHANGED(CONNECTION), \
    .load = directory_load, .draw = directory_draw, .key = directory_key, .act = directory_act, \
    .focus = directory_focus, .idle = directory_idle, \
    .title = directory_title, .banner = directory_banner, .editing = directory_editing, .close = directory_close

static const struct view_ops ops = { DIRECTORY_OPS("directory"), .bar = bar };
static const struct view_ops choosing_ops = {                       /* whose choice it was is the screen below */
    DIRECTORY_OPS("choose-asset"), .bar = choosing_bar, .stray = directory_stray,
};

static enum status page(struct store *s, struct id whose, const char *key, struct id id, bool forward, int limit,
                        void *rows, int *n, struct err *err)
{
    (void) whose;                       /* everybody's */
    return assets_page(s, key, id, forward, limit, rows, n, err);
}

static const struct pager_kind kind = { page, sizeof(struct asset_row), offsetof(struct asset_row, id),
                                        offsetof(struct asset_row, sort_key) };

struct view *directory_choose_new(struct ui *u, struct id person, struct id episode,
                                  unsigned (*chosen)(void *ctx, struct id asset), void *ctx)
{
    struct directory_view *v = xcalloc(1, sizeof *v);

    v->view.ops = chosen ? &choosing_ops : &ops;
    v->u = u;
    v->line = line_new(TYPED_MAX, 0);
    v->lang = lang_now();
    v->person = person;
    v->episode = episode;
    v->chosen = chosen;
    v->ctx = ctx;
    pager_start(&v->pager, &kind, u->store);
    return &v->view;
}

const struct wish *directory_wish(struct view *v)
{
    return v && (v->ops == &ops || v->ops == &choosing_ops) ? &of(v)->wish : NULL;
}

struct view *directory_view_new(struct ui *u)
{
    return directory_choose_new(u, ID_NONE, ID_NONE, NULL, NULL);
}
