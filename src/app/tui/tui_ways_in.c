/* tui_ways_in.c - the ways into the case file on the screen: a colleague's passphrase, one's own anew, one taken
 * away. u takes none of it back. */
#include "tui_ways_in.h"

#include <stdlib.h>

#include "commands.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/ways_in.h"
#include "tui_case.h"
#include "tui_recovery.h"
#include "ways_in.h"
#include "dolen/base/banned.h"

static void row_of(const struct casefile *cf, struct way_row *row, const struct slot_info *s)
{
    struct buf label = BUF_INIT;

    *row = (struct way_row) {
        .number = s->index + 1, .kind = slot_kind_name(s->kind), .added = s->created_at, .tried = s->tested_at,
        .own = s->index == vault_slot(cf->vault), .passphrase = s->kind == SLOT_PASSPHRASE,
        .recovery = s->kind == SLOT_RECOVERY,
        .changes = way_in_changes(cf, s),
    };
    text_tame(&label, s->label, false);
    str_copy(row->label, sizeof row->label, buf_text(&label));
    buf_release(&label);
}

static enum status ways_load(void *ctx, struct way_row **rows, size_t *n, struct err *err)
{
    struct app *a = ctx;
    struct slot_info slot[VAULT_SLOTS];
    int count = vault_list(a->cf->vault, slot);

    (void) err;
    *rows = xcalloc(VAULT_SLOTS, sizeof **rows);
    *n = (size_t) count;
    for (int i = 0; i < count; i++)
        row_of(a->cf, &(*rows)[i], &slot[i]);
    return ST_OK;
}

/* --- a passphrase anew ------------------------------------------------------------------------------------------- */

struct typing {
    struct app *app;
    struct id   whose;
    int         slot;
    char        name[160];
};

static enum status changed(void *ctx, const struct secret *s, struct err *err)
{
    struct typing *t = ctx;
    struct app *a = t->app;
    enum status st = way_in_change(a->cf, t->slot, s, 0, err);

    if (st == ST_OK)
        st = way_in_prove(a->cf, s, err);
    if (st == ST_OK)
        screen_message(a->screen, STYLE_GOOD, "%s",
                       _("The passphrase is changed, and opens the case file. Backups made before still open with the "
                         "old one."));
    return st;
}

static unsigned change(void *ctx, const struct way_row *row)
{
    struct typing *t = xcalloc(1, sizeof *t);
    struct text2 who = { { NULL } };

    t->app = ctx;
    t->slot = row->number - 1;
    if (!row->own)
        who = TEXT2(_("%s types it; nobody else sees it or knows it."), row->label[0] ? row->label : "?");
    return tui_passphrase(&(struct passphrase_ask) {
        .app = ctx, .now = row->own, .intro = who, .ctx = t, .typed = changed,
    });
}

/* --- a colleague's ---------------------------------------------------------------------------------------------- */

static enum status theirs_typed(void *ctx, const struct secret *s, struct err *err)
{
    struct typing *t = ctx;
    int slot = -1;
    enum status st = way_in_add(t->app->cf, t->name, t->whose, s, 0, &slot, err);

    if (st == ST_OK)
        st = way_in_prove(t->app->cf, s, err);
    if (st == ST_OK)
        screen_message(t->app->screen, STYLE_GOOD,
                       id_is_set(t->whose)
                           ? _("%s opens the case file again with that passphrase; what was theirs is theirs.")
                           : _("%s opens the case file with that passphrase. :caseload hands cases over."), t->name);
    screen_changed(t->app->screen, ~0u);
    return st;
}

static unsigned name_typed(void *ctx, const char *name)
{
    struct app *a = ctx;
    struct err err = { .st = ST_OK };
    struct typing *t;

    if (!name || !name[0])
        return REACT_LAYOUT;
    t = xcalloc(1, sizeof *t);
    t->app = a;
    str_copy(t->name, sizeof t->name, name);
    if (way_in_whose(a->cf, name, &t->whose, &err) != ST_OK) {
        free(t);
        return REACT_LAYOUT | tui_say_error(a, &err);
    }
    return tui_passphrase(&(struct passphrase_ask) {
        .app = a, .ctx = t, .typed = theirs_typed,
        .intro = TEXT2(_("%s types it; nobody else sees it or knows it."), name),
    });
}

static unsigned add_colleague(void *ctx)
{
    struct app *a = ctx;

    screen_ask(a->screen, &(struct ask) { .prompt = TEXT2(_("Whose passphrase? The colleague's name:")),
                                          .max_bytes = VAULT_LABEL_MAX, .done = name_typed, .ctx = a });
    return REACT_LAYOUT;
}

/* --- one taken away --------------------------------------------------------------------------------------------- */

struct removal {
    struct app *app;
    int         slot;
};

static unsigned agreed(void *ctx, bool yes)
{
    struct removal *r = ctx;
    struct app *a = r->app;
    struct err err = { .st = ST_OK };

    if (!yes)
        screen_message(a->screen, STYLE_TEXT, "%s", _("It stays. Nothing was changed."));
    else if (way_in_remove(a->cf, r->slot, &err) != ST_OK)
        tui_say_error(a, &err);
    else
        screen_message(a->screen, STYLE_GOOD, "%s",
                       _("Taken away. Backups and copies made before still open with it; dolen keys rotate makes new "
                         "keys."));
    screen_changed(a->screen, ~0u);
    free(r);
    return REACT_LAYOUT | REACT_RELOAD;
}

static struct text2 question_of(const struct way_row *row)
{
    if (row->passphrase)
        return TEXT2(_("Take away the passphrase of %s? It opens the case file no more. What they wrote stays; their "
                       "open cases stay with them: :caseload hands them on."), row->label[0] ? row->label : "?");
    return TEXT2(_("Take away number %d, %s? It opens the case file no more. u does not bring it back."), row->number,
                 tr(row->kind));
}

static unsigned take_away(void *ctx, const struct way_row *row)
{
    struct app *a = ctx;
    struct removal *r;
    struct err err = { .st = ST_OK };

    if (way_in_may_go(a->cf, row->number - 1, &err) != ST_OK)
        return tui_say_error(a, &err);
    r = xcalloc(1, sizeof *r);
    *r = (struct removal) { a, row->number - 1 };
    screen_confirm(a->screen, question_of(row), agreed, r);
    return REACT_LAYOUT;
}

static unsigned test_code(void *ctx)
{
    return tui_recovery(ctx);
}

unsigned tui_ways_in(struct app *a)
{
    struct ways_in_host host = { a, ways_load, add_colleague, take_away, change, test_code };

    tui_flush(a);
    return tui_push(a, ways_in_view_new(&a->ui, &host));
}
