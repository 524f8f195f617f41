/* ui/outbox_view.c - the outbox: what has arrived where, and what has not; a text to read before something
 * is sealed. */
#include "dolen/ui/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/list.h"
#include "dolen/ui/text_view.h"
#include "dolen/base/banned.h"

enum { BATCHES_SHOWN = 100, DATE_COLS = 12, KIND_COLS = 16, ROWS_COLS = 12 };

struct place {
    size_t destination;
    int    batch;                       /* -1: the destination itself */
};

struct outbox_view {
    struct view     view;
    struct ui      *u;
    struct list     list;
    struct records  destinations, *batches;
    struct place   *places;
    size_t          count;
};

static struct outbox_view *of(struct view *v)
{
    return (struct outbox_view *) v;
}

static void forget(struct outbox_view *v)
{
    for (size_t i = 0; v->batches && i < v->destinations.count; i++)
        records_release(&v->batches[i]);
    free(v->batches);
    free(v->places);
    records_release(&v->destinations);
    v->batches = NULL;
    v->places = NULL;
    v->count = 0;
}

static enum status outbox_load(struct view *view, struct err *err)
{
    struct outbox_view *v = of(view);
    size_t all = 0;
    enum status st;

    forget(v);
    st = store_list(v->u->store, LIST_DESTINATIONS, ID_NONE, 0, &v->destinations, err);
    v->batches = xcalloc(v->destinations.count + 1, sizeof *v->batches);
    for (size_t i = 0; st == ST_OK && i < v->destinations.count; i++) {
        st = store_list(v->u->store, LIST_BATCHES, v->destinations.items[i].id, BATCHES_SHOWN, &v->batches[i], err);
        all += 1 + v->batches[i].count;
    }
    v->places = xcalloc(all + 1, sizeof *v->places);
    for (size_t i = 0; st == ST_OK && i < v->destinations.count; i++)
        for (int k = -1; k < (int) v->batches[i].count; k++)
            v->places[v->count++] = (struct place) { i, k };
    list_set_count(&v->list, v->count);
    return st;
}

static const struct record *destination_at(const struct outbox_view *v, size_t i)
{
    return &v->destinations.items[v->places[i].destination];
}

static const struct record *batch_at(const struct outbox_view *v, size_t i)
{
    const struct place *p = &v->places[i];

    return p->batch < 0 ? NULL : &v->batches[p->destination].items[p->batch];
}

/* --- drawing ---------------------------------------------------------------------------------------------------- */

static enum style style_of(const struct record *batch)
{
    enum batch_state s = BS_SUPERSEDED;

    batch_state_parse(record_or(batch, BATCH_state, ""), &s);
    switch (s) {
    case BS_ACKED:    return STYLE_GOOD;
    case BS_BLOCKED:
    case BS_REJECTED: return STYLE_ERROR;
    case BS_HELD:
    case BS_WAIT:     return STYLE_WARN;
    default:          return STYLE_TEXT;
    }
}

static void draw_batch(const struct record *b, struct area row)
{
    int kind = row.cols >= 70 ? KIND_COLS : 0, rows = row.cols >= 100 ? ROWS_COLS : 0, x = 2 + DATE_COLS + 1;
    int64_t made = record_int(b, BATCH_sealed_at, 0) ? record_int(b, BATCH_sealed_at, 0) : b->created_at;
    enum batch_state s = BS_SUPERSEDED;

    batch_state_parse(record_or(b, BATCH_state, ""), &s);
    area_text(row, 0, 2, DATE_COLS, STYLE_LABEL, date_show(instant_date(made)).s);
    if (kind)
        area_text(row, 0, x, kind, STYLE_TEXT, batch_kind_label(b));
    x += kind ? kind + 1 : 0;
    if (rows)
        area_textf(row, 0, x, rows, STYLE_TEXT,
                   tr_n("%lld row", "%lld rows", (unsigned long) record_int(b, BATCH_rows, 0)),
                   (long long) record_int(b, BATCH_rows, 0));
    x += rows ? rows + 1 : 0;
    area_marked(row, 0, x, -1, style_of(b), batch_state_label(s));
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct outbox_view *v = ctx;
    const struct record *b = batch_at(v, i), *d = destination_at(v, i);
    struct buf title = BUF_INIT;

    if (b) {
        draw_batch(b, row);
        return;
    }
    destination_title(d, &title);
    if (str_eq(buf_text(&title), record_text(d, DESTINATION_name)))
        area_text(row, 0, 0, -1, STYLE_HEADING, buf_text(&title));
    else
        area_textf(row, 0, 0, -1, STYLE_HEADING, "%s (%s)", buf_text(&title), record_or(d, DESTINATION_name, ""));
    buf_release(&title);
}

static struct list_source source_of(struct outbox_view *v)
{
    return (struct list_source) { .row = draw_row, .ctx = v,
                                  .empty = v->u->training ? _("This is a training case file: nothing leaves it for a "
                                                              "destination.")
                                           : _("Nothing is sent anywhere. The service gives you a signed policy and an "
                                               "address; then: dolen destination add") };
}

/* What is known about the row in focus, in whole sentences. */
static int draw_detail(struct outbox_view *v, struct area a)
{
    int rows = a.rows > 14 ? 6 : a.rows > 8 ? 4 : 0;
    struct buf b = BUF_INIT;
    const struct record *batch;
    struct area foot;

    if (v->list.count == 0 || rows == 0)
        return 0;
    batch = batch_at(v, v->list.selected);
    if (batch) {
        batch_listed_words(batch, &b);
        buf_addf(&b, "\n%s", record_or(batch, BATCH_file, ""));
    } else {
        destination_words(v->u->store, destination_at(v, v->list.selected), &b);
        buf_addf(&b, "\n%s", record_or(destination_at(v, v->list.selected), DESTINATION_url, ""));
    }
    foot = area_sub(a, a.rows - rows, 0, rows, -1);
    area_hline(foot, 0, 0, -1, STYLE_LINE);
    area_wrap(area_sub(foot, 1, 0, -1, -1), 0, 0, -1, STYLE_TEXT, buf_text(&b));
    buf_release(&b);
    return rows;
}

static void outbox_draw(struct view *view, struct area body)
{
    struct outbox_view *v = of(view);
    struct list_source src = source_of(v);
    int rows = draw_detail(v, body);

    list_draw(&v->list, &src, area_sub(body, 0, 0, body.rows - rows, -1));
}

/* --- acting ----------------------------------------------------------------------------------------------------- */

static unsigned outbox_act(struct view *view, int action)
{
    struct outbox_view *v = of(view);
    struct list_source src = source_of(v);

    return list_act(&v->list, &src, action);
}

static struct focus outbox_focus(struct view *view)
{
    struct outbox_view *v = of(view);
    const struct record *b;

    if (v->list.count == 0)
        return (struct focus) { .kind = FOCUS_NONE };
    b = batch_at(v, v->list.selected);
    return (struct focus) { .subject = destination_at(v, v->list.selected)->id, .kind = FOCUS_DESTINATION,
                            .question = b ? record_text(b, BATCH_file) : NULL };
}

static void outbox_title(struct view *view, struct buf *out)
{
    (void) view;
    buf_add(out, _("Outbox"));
}

static void outbox_close(struct view *view)
{
    forget(of(view));
    free(view);
}

static const int bar[] = { ACT_OUTBOX_SEAL, ACT_OUTBOX_SEND, ACT_OUTBOX_FETCH, NAV_OPEN, NAV_BACK, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "outbox", .context = IN_OUTBOX | IN_LIST, .stale_on = ~0u, .bar = bar,
    .load = outbox_load, .draw = outbox_draw, .act = outbox_act, .focus = outbox_focus, .title = outbox_title,
    .close = outbox_close,
};

struct view *outbox_view_new(struct ui *u)
{
    struct outbox_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    return &v->view;
}

/* --- a text before something is done ---------------------------------------------------------------------------- */

struct outgoing_view {
    struct view       view;
    struct text_view *text;
    unsigned        (*go)(void *ctx);
    void            (*left)(void *ctx);
    void             *ctx;
    const char       *title;            /* NULL: by whether there is something to do */
};

static void outgoing_draw(struct view *view, struct area body)
{
    text_view_draw(((struct outgoing_view *) view)->text, body);
}

static unsigned outgoing_act(struct view *view, int action)
{
    struct outgoing_view *v = (struct outgoing_view *) view;

    if (action == NAV_OPEN && v->go)
        return v->go(v->ctx);
    return text_view_act(v->text, action);
}

static void outgoing_title(struct view *view, struct buf *out)
{
    const struct outgoing_view *v = (const struct outgoing_view *) view;

    buf_add(out, v->title ? _(v->title) : v->go ? _("What would leave") : _("Outbox"));
}

static void outgoing_close(struct view *view)
{
    struct outgoing_view *v = (struct outgoing_view *) view;

    if (v->left)
        v->left(v->ctx);
    text_view_free(&v->text);
    free(v);
}

/* Sealing, adopting, trusting: each is asked again after it. */
static const char *outgoing_word(struct view *view, int action)
{
    (void) view;
    return action == NAV_OPEN ? _("Go on") : NULL;
}

static bool outgoing_idle(struct view *view, int action)
{
    return action == NAV_OPEN && !((const struct outgoing_view *) view)->go;
}

static const int outgoing_bar[] = { NAV_OPEN, NAV_BACK, 0 };

/* The keys of the outbox are not its own: what would leave, looked at twice, could be sealed twice. */
static const struct view_ops outgoing_ops = {
    .name = "outgoing", .context = IN_TEXT, .bar = outgoing_bar, .draw = outgoing_draw,
    .act = outgoing_act, .idle = outgoing_idle, .bar_word = outgoing_word, .title = outgoing_title,
    .close = outgoing_close,
};

void outgoing_view_called(struct view *view, const char *title)
{
    ((struct outgoing_view *) view)->title = title;
}

void outgoing_view_says(struct view *view, const char *text)
{
    struct outgoing_view *v = (struct outgoing_view *) view;

    text_view_free(&v->text);
    v->text = text_view_new();
    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        char *one = xstrndup(line, n);

        text_view_add(v->text, STYLE_TEXT, one);
        free(one);
        line += n + (line[n] == '\n');
    }
}

struct view *outgoing_view_new(struct ui *u, const char *text, unsigned (*go)(void *ctx), void (*left)(void *ctx),
                               void *ctx)
{
    struct outgoing_view *v = xcalloc(1, sizeof *v);

    (void) u;
    v->view.ops = &outgoing_ops;
    v->go = go;
    v->left = left;
    v->ctx = ctx;
    outgoing_view_says(&v->view, text);
    return &v->view;
}
