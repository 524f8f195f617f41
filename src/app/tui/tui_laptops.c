/* tui_laptops.c - handovers on the screen. Names of files are typed; what is in them is never in a name. */
#include "tui_laptops.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/choice.h"
#include "dolen/ui/laptops.h"
#include "handover_file.h"
#include "handover_words.h"
#include "large_step.h"
#include "tui_case.h"
#include "dolen/base/banned.h"

static size_t waiting(struct app *a)
{
    struct records open = { NULL, 0, 0 };
    size_t n = store_list(a->cf->store, LIST_DIFFERENCES, ID_NONE, 500, &open, NULL) == ST_OK ? open.count : 0;

    records_release(&open);
    return n;
}

bool tui_say_conflicts(struct app *a)
{
    size_t n = waiting(a);

    if (n)
        screen_message(a->screen, STYLE_WARN,
                       tr_n("%zu difference between two laptops waits to be settled: :conflicts",
                            "%zu differences between two laptops wait to be settled: :conflicts", n),
                       n);
    return n > 0;
}

/* --- settling --------------------------------------------------------------------------------------------------- */

static unsigned settle(void *ctx, struct id difference, int how)
{
    struct app *a = ctx;
    struct err err = { .st = ST_OK };

    if (handed_settle(a->cf, difference, (enum settle) how, &err) != ST_OK)
        return tui_say_error(a, &err);
    screen_changed(a->screen, ~0u);
    screen_message(a->screen, STYLE_GOOD, "%s",
                   _("Settled. The other laptop learns of it with the next handover. u takes it back."));
    return REACT_RELOAD;
}

static bool shown(void *ctx, struct id difference)
{
    struct app *a = ctx;
    struct err err = { .st = ST_OK };

    if (handed_read_out(a->cf, difference, &err) != ST_OK)
        tui_say_error(a, &err);
    return err.st == ST_OK;
}

unsigned tui_conflicts(struct app *a)
{
    return tui_push(a, conflicts_view_new(&a->ui, settle, shown, a));
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

static void add_up(void *ctx, const char *table, struct json *n)
{
    (void) table;
    *(size_t *) ctx += (size_t) json_int(n);
}

static unsigned opened(struct app *a, const struct json *told)
{
    size_t taken = json_count(json_get(told, "taken")), n = waiting(a), added = 0,
           gone = json_count(json_get(told, "let_go"));
    struct buf said = BUF_INIT;

    json_each(json_get(told, "added"), add_up, &added);
    screen_changed(a->screen, ~0u);
    if (n)
        tui_conflicts(a);
    if (!taken && !added && !n)
        buf_add(&said, _("Nothing in it is new here."));
    else
        buf_addf(&said, _("From %s: new records: %zu; fields taken over: %zu; waiting to be settled: %zu."),
                 json_get_text(told, "from"), added, taken, n);
    if (gone) {
        buf_add_char(&said, ' ');
        buf_addf(&said, _("Forgotten or let go here, so not taken: %zu."), gone);
    }
    screen_message(a->screen, n || gone ? STYLE_WARN : added + taken ? STYLE_GOOD : STYLE_TEXT, "%s", buf_text(&said));
    buf_release(&said);
    return REACT_LAYOUT | REACT_RELOAD;
}

struct taking {
    struct app *app;
    char       *path;
};

static unsigned take_over(void *ctx, bool yes)
{
    struct taking *t = ctx;
    struct app *a = t->app;
    struct json *told = NULL;
    struct err err = { .st = ST_OK };
    unsigned react = REACT_LAYOUT;

    if (!yes)
        screen_message(a->screen, STYLE_TEXT, "%s", _("Not taken over. Nothing was changed."));
    else if (handed_open(a->cf, t->path, NULL, &told, &err) != ST_OK)
        react |= tui_say_error(a, &err);
    else
        react |= opened(a, told);
    json_free(&told);
    free(t->path);
    free(t);
    return react;
}

/* More than a few records: their number is said, and asked about. */
static unsigned path_typed(void *ctx, const char *path)
{
    struct app *a = ctx;
    struct taking *t;
    struct json *told = NULL;
    struct extent would;
    struct err err = { .st = ST_OK };
    struct text2 question;

    if (!path || !path[0])
        return REACT_LAYOUT;
    if (handed_open(a->cf, path, &would, &told, &err) != ST_OK)
        return REACT_LAYOUT | tui_say_error(a, &err);
    t = xcalloc(1, sizeof *t);
    *t = (struct taking) { a, xstrdup(path) };
    question = handover_will(&would, json_get_text(told, "from"));
    text2_append(&question, TEXT2(" %s", _("Take all of it over?")));
    json_free(&told);
    if (would.records > BULK_UNASKED) {
        screen_confirm(a->screen, question, take_over, t);
    } else {
        text2_release(&question);
        take_over(t, true);
    }
    return REACT_LAYOUT | REACT_RELOAD;
}

unsigned tui_handover_open(struct app *a)
{
    tui_flush(a);
    screen_ask(a->screen,
               &(struct ask) { .prompt = TEXT2(_("File from another laptop:")), .done = path_typed, .ctx = a });
    return REACT_LAYOUT;
}

/* --- making ----------------------------------------------------------------------------------------------------- */

struct making {
    struct app   *app;
    struct id     person;
    struct source peer[PEERS_MAX];
    size_t        count, chosen;
};

static unsigned out_typed(void *ctx, const char *path)
{
    struct making *m = ctx;
    struct app *a = m->app;
    struct err err = { .st = ST_OK };
    size_t records = 0;
    unsigned react = REACT_LAYOUT;

    if (path && path[0]) {
        if (handed_make(a->cf, &m->person, 1, &m->peer[m->chosen], path, &records, &err) != ST_OK)
            react |= tui_say_error(a, &err);
        else
            screen_message(a->screen, STYLE_GOOD,
                           tr_n("%zu record is sealed for %s. Only that laptop opens the file.",
                                "%zu records are sealed for %s. Only that laptop opens the file.", records), records,
                           m->peer[m->chosen].name);
    }
    free(m);
    return react;
}

static unsigned peer_chosen(void *ctx, int index)
{
    struct making *m = ctx;

    if (index < 0) {
        free(m);
        return REACT_LAYOUT;
    }
    m->chosen = (size_t) index;
    screen_ask(m->app->screen,
               &(struct ask) { .prompt = TEXT2(_("New file, for example on a stick:")), .done = out_typed, .ctx = m });
    return REACT_LAYOUT;
}

unsigned tui_handover_make(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct making *m;
    struct err err = { .st = ST_OK };
    struct choice *laptops;
    struct text2 who, refused;
    struct buf said = BUF_INIT;

    if (!id_is_set(f.person))
        return need_person(a);
    m = xcalloc(1, sizeof *m);
    m->app = a;
    m->person = f.person;
    tui_flush(a);
    if (peers_list(a->cf, m->peer, &m->count, &err) != ST_OK || m->count == 0) {
        if (err.st != ST_OK)
            tui_say_error(a, &err);
        else
            screen_message(a->screen, STYLE_WARN, "%s", _("No other laptop is trusted yet. :laptops trusts one."));
        free(m);
        return REACT_DRAW;
    }
    who = tui_person_label(a, m->person);       /* over a list nobody's name stands in the title */
    refused = TEXT2_FROM(said, handover_refused_words(a->cf, m->person, &said));
    laptops = screen_choose(a->screen,
                            TEXT2("%s. %s%s", text2_now(&who), text2_now(&refused), _("For which laptop?")),
                            peer_chosen, m);
    text2_release(&who);
    text2_release(&refused);
    for (size_t i = 0; i < m->count; i++)
        choice_add(laptops, TEXT2("%s", m->peer[i].name[0] ? m->peer[i].name : "?"));
    return REACT_LAYOUT;
}

/* --- whom to trust ---------------------------------------------------------------------------------------------- */

static void row_of(struct app *a, struct laptop_row *row, const struct source *s, bool own)
{
    *row = (struct laptop_row) { .id = s->id, .own = own };
    if (!own)
        row->since = peer_trusted_on(a->cf, s->id);
    str_copy(row->name, sizeof row->name, s->name);
    peer_fingerprint(s, row->fingerprint);
}

static enum status trusted_load(void *ctx, struct laptop_row **rows, size_t *n, struct err *err)
{
    struct app *a = ctx;
    struct source *all = xcalloc(PEERS_MAX + 1, sizeof *all);
    enum status st = source_public(a->cf, &all[0], err);
    size_t peers = 0;

    *n = 0;
    if (st == ST_OK)
        st = peers_list(a->cf, all + 1, &peers, err);
    if (st == ST_OK) {
        *rows = xcalloc(peers + 1, sizeof **rows);
        for (; *n <= peers; (*n)++)
            row_of(a, &(*rows)[*n], &all[*n], *n == 0);
    }
    free(all);
    return st;
}

struct trusting {
    struct app   *app;
    struct source source;               /* or the one that is trusted no longer */
};

static unsigned compared(void *ctx, bool yes)
{
    struct trusting *t = ctx;
    struct app *a = t->app;
    struct err err = { .st = ST_OK };

    if (!yes)
        screen_message(a->screen, STYLE_TEXT, "%s", _("Not trusted. Nothing was changed."));
    else if (peer_trust(a->cf, &t->source, true, &err) != ST_OK)
        tui_say_error(a, &err);
    else
        screen_message(a->screen, STYLE_GOOD, "%s", _("Handovers signed by this laptop are opened from now on."));
    screen_changed(a->screen, ~0u);
    free(t);
    return REACT_LAYOUT | REACT_RELOAD;
}

static unsigned identity_typed(void *ctx, const char *path)
{
    struct app *a = ctx;
    struct trusting *t;
    struct err err = { .st = ST_OK };
    char print[PEER_FINGERPRINT];

    if (!path || !path[0])
        return REACT_LAYOUT;
    t = xcalloc(1, sizeof *t);
    t->app = a;
    if (peer_read(a->cf, path, &t->source, &err) != ST_OK) {
        free(t);
        return REACT_LAYOUT | tui_say_error(a, &err);
    }
    peer_fingerprint(&t->source, print);
    if (peer_is_trusted(a->cf, &t->source)) {
        screen_message(a->screen, STYLE_TEXT, _("%s is trusted already, with this fingerprint: %s."),
                       t->source.name[0] ? t->source.name : "?", print);
        free(t);
        return REACT_LAYOUT;
    }
    screen_confirm(a->screen,
                   TEXT2("%s: %s. %s", t->source.name[0] ? t->source.name : "?", print,
                         _("Compare it with what that laptop says, by telephone or face to face. Is it the same?")),
                   compared, t);
    return REACT_LAYOUT;
}

static unsigned trust_another(void *ctx)
{
    struct app *a = ctx;

    screen_ask(a->screen, &(struct ask) { .prompt = TEXT2(_("File with the other laptop's identity:")),
                                          .done = identity_typed,
                                          .ctx = a });
    return REACT_LAYOUT;
}

struct about {
    struct app       *app;
    struct laptop_row row;
};

static unsigned no_longer(void *ctx, bool yes)
{
    struct trusting *t = ctx;
    struct app *a = t->app;
    struct err err = { .st = ST_OK };

    if (yes && peer_distrust(a->cf, t->source.id, &err) != ST_OK)
        tui_say_error(a, &err);
    else if (yes)
        screen_message(a->screen, STYLE_GOOD, "%s",
                       _("Handovers signed by this laptop are refused from now on. What came from it stays."));
    screen_changed(a->screen, ~0u);
    free(t);
    return REACT_LAYOUT | REACT_RELOAD;
}

static unsigned trust_no_longer(void *ctx, const struct laptop_row *row)
{
    struct trusting *t = xcalloc(1, sizeof *t);

    t->app = ctx;
    t->source.id = row->id;
    screen_confirm(t->app->screen, TEXT2(_("Refuse handovers that %s signs, from now on?"),
                                         row->name[0] ? row->name : row->fingerprint), no_longer, t);
    return REACT_LAYOUT;
}

static unsigned about_chosen(void *ctx, int index)
{
    struct about *x = ctx;
    struct app *a = x->app;
    unsigned react = index == 1 ? trust_no_longer(a, &x->row) : (unsigned) REACT_LAYOUT;

    free(x);
    return react;
}

/* One row by itself, as Enter opens it in other lists. */
static unsigned about(void *ctx, const struct laptop_row *row)
{
    struct about *x = xcalloc(1, sizeof *x);
    const char *name = row->name[0] ? row->name : "?";
    struct choice *ways;

    *x = (struct about) { ctx, *row };
    ways = screen_choose(x->app->screen,
                         date_is_set(row->since)
                             ? TEXT2(_("%s, trusted since %s. The fingerprint of its key: %s"), name,
                                     date_show(row->since).s, row->fingerprint)
                             : TEXT2(_("%s, trusted. The fingerprint of its key: %s"), name, row->fingerprint),
                         about_chosen, x);
    choice_add(ways, TEXT2(_("Leave it as it is")));
    choice_add(ways, TEXT2(_("Refuse what it signs from now on")));
    return REACT_LAYOUT;
}

static unsigned own_typed(void *ctx, const char *path)
{
    struct app *a = ctx;
    struct err err = { .st = ST_OK };

    if (!path || !path[0])
        return REACT_LAYOUT;
    if (peer_save_own(a->cf, path, &err) != ST_OK)
        return REACT_LAYOUT | tui_say_error(a, &err);
    screen_message(a->screen, STYLE_GOOD, "%s",
                   _("Saved; there is no secret in it. The other laptop trusts this one with it."));
    return REACT_LAYOUT;
}

static unsigned save_own(void *ctx)
{
    struct app *a = ctx;

    screen_ask(a->screen,
               &(struct ask) { .prompt = TEXT2(_("New file, for example on a stick:")), .done = own_typed, .ctx = a });
    return REACT_LAYOUT;
}

unsigned tui_trusted(struct app *a)
{
    struct laptops_host host = { a, trusted_load, trust_another, trust_no_longer, about, save_own };

    tui_flush(a);
    return tui_push(a, laptops_view_new(&a->ui, &host));
}
