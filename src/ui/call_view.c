/* call_view.c - one phone call: everyone who waits on an asset, then what they say of themselves. A number key gives
 * the row its answer and goes on to the next. Each answer is kept in a draft; nobody's record is told before it is
 * filed. */
#include "dolen/ui/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/list.h"
#include "person_priv.h"
#include "dolen/base/banned.h"

enum asked { ASKED_RUNNING, ASKED_ROOM, ASKED_TAKES, ASKED_WITH, ASKED_VERIFIED, ASKED_COUNT };

struct call_view {
    struct view   view;
    struct ui    *u;
    struct id     id;
    struct record asset;
    struct list   list;
    struct call   call;
    bool          touched;
    struct call_host host;
};

static struct call_view *of(struct view *v)
{
    return (struct call_view *) v;
}

/* What was typed stays when something changes below: only what nobody has touched is read again. */
static enum status load(struct view *view, struct err *err)
{
    struct call_view *v = of(view);
    enum status st = store_get(v->u->store, T_ASSET, v->id, &v->asset, err);

    if (st == ST_OK && !v->touched) {
        call_release(&v->call);
        st = call_load(&v->call, v->u->store, v->id, err);
        if (st == ST_OK && v->host.take_up(v->host.ctx, &v->call)) {
            v->touched = true;
            screen_message(v->view.screen, STYLE_GOOD, "%s", _("Taken up where the call was left; Ctrl-S files it."));
        }
    }
    list_set_count(&v->list, v->call.count + ASKED_COUNT);
    return st;
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

static struct call_person *person_at(struct call_view *v, size_t i)
{
    return i < v->call.count ? &v->call.people[i] : NULL;
}

static enum asked asked_at(const struct call_view *v, size_t i)
{
    return (enum asked) (i - v->call.count);
}

static const struct codelist *statuses_of_asset(struct call_view *v)
{
    return catalog_codes(v->u->catalog, "asset_status", NULL);
}

static void draw_person(struct call_view *v, const struct call_person *p, struct area row)
{
    int name = row.cols >= 70 ? 28 : row.cols >= 50 ? 20 : 14;
    struct buf b = BUF_INIT;

    if (p->no_sharing || p->died)
        area_text(row, 0, 0, 1, STYLE_WARN, style_mark(STYLE_WARN));
    else if (p->said[0])
        area_text(row, 0, 0, 1, STYLE_GOOD, style_mark(STYLE_GOOD));
    area_text(row, 0, 2, name, STYLE_VALUE, p->name);
    if (p->said[0]) {
        words_add(&b, word_of(v->u, "connection_status", p->said));
    } else {
        if (p->no_sharing)              /* first: what must not be done by mistake is not what is cut off */
            words_add(&b, _("has not agreed to share"));
        if (p->died)
            words_add(&b, word_of(v->u, "closure_reason", "DIED"));
        words_add(&b, word_of(v->u, "connection_status", p->status));
        if (date_is_set(p->since)) {
            buf_add(&b, ", ");
            words_days(&b, p->since, v->u->today);
        }
    }
    area_words(row, 0, name + 3, -1, p->said[0] ? STYLE_VALUE : STYLE_TEXT, buf_text(&b));
    buf_release(&b);
}

static const char *const asked_labels[ASKED_COUNT] = {
    [ASKED_RUNNING] = N_("Does it still run?"), [ASKED_ROOM] = N_("Is there room?"),
    [ASKED_TAKES] = N_("How many a month?"), [ASKED_WITH] = N_("With whom, and how"),
    [ASKED_VERIFIED] = N_("Checked with them today"),
};

static void said_words(struct call_view *v, enum asked q, struct buf *out)
{
    const struct call *c = &v->call;

    if (q == ASKED_RUNNING)
        words_add(out, c->running[0] ? codelist_label(statuses_of_asset(v), c->running) : NULL);
    else if (q == ASKED_ROOM && c->room == ROOM_NOW)
        words_add(out, _("Room now"));
    else if (q == ASKED_ROOM && c->room == ROOM_FULL)
        words_add_date(out, _("Full until %s"), c->full_until);
    else if (q == ASKED_TAKES && c->takes_a_month >= 0)
        buf_addf(out, "%ld", c->takes_a_month);
    else if (q == ASKED_WITH)
        words_add(out, c->with);
    else if (q == ASKED_VERIFIED)
        words_add(out, c->verified ? _("Yes, today") : _("No, nobody was reached"));
}

/* What the entry says now, for a question that has no answer yet. */
static void entry_words(struct call_view *v, enum asked q, struct buf *out)
{
    if (q == ASKED_ROOM)
        words_add_date(out, _("full until %s"), record_date(&v->asset, ASSET_full_until));
    else if (q == ASKED_TAKES)
        words_add(out, record_text(&v->asset, ASSET_takes_a_month));
    else if (q == ASKED_WITH)
        words_add(out, record_text(&v->asset, ASSET_contact_name));
}

static void draw_asked(struct call_view *v, enum asked q, struct area row)
{
    int label = row.cols >= 70 ? 28 : row.cols >= 50 ? 24 : 20;
    struct buf b = BUF_INIT;
    enum style style = STYLE_VALUE;

    said_words(v, q, &b);
    if (!b.len) {
        entry_words(v, q, &b);
        style = STYLE_HINT;
    }
    area_text(row, 0, 2, label, STYLE_LABEL, _(asked_labels[q]));
    area_words(row, 0, label + 3, -1, style, buf_text(&b));
    buf_release(&b);
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct call_view *v = ctx;
    const struct call_person *p = person_at(v, i);

    if (p)
        draw_person(v, p, row);
    else
        draw_asked(v, asked_at(v, i), row);
}

static struct list_source source_of(struct call_view *v)
{
    return (struct list_source) { .row = draw_row, .ctx = v, .empty = "" };
}

/* --- round the rows --------------------------------------------------------------------------------------------- */

static int draw_contact(struct call_view *v, struct area a)
{
    static const int columns[] = { ASSET_contact_name, ASSET_email, ASSET_referral_way };
    struct buf b = BUF_INIT;
    int rows;

    words_add_phone(&b, record_text(&v->asset, ASSET_phone));
    for (size_t i = 0; i < ARRAY_LEN(columns); i++)
        words_add(&b, record_text(&v->asset, columns[i]));
    if (!b.len)
        buf_add(&b, _("No phone number in the entry: e on the entry adds one."));
    rows = text_wrapped_rows(buf_text(&b), a.cols);
    rows = rows > 2 ? 2 : rows;
    area_wrap(area_sub(a, 0, 0, rows, -1), 0, 0, -1, STYLE_VALUE, buf_text(&b));
    buf_release(&b);
    return rows;
}

static void keys_words(struct call_view *v, struct buf *out)
{
    const struct codelist *running = statuses_of_asset(v);

    if (person_at(v, v->list.selected)) {
        for (size_t i = 0; i < call_status_count; i++)
            words_addf(out, "%zu %s", i + 1, word_of(v->u, "connection_status", call_statuses[i]));
        words_addf(out, "0 %s", _("nothing said"));
        return;
    }
    switch (asked_at(v, v->list.selected)) {
    case ASKED_RUNNING:
        for (size_t i = 0; running && i < running->count; i++)
            words_addf(out, "%zu %s", i + 1, text2_now(&running->items[i].label));
        break;
    case ASKED_ROOM:
        words_addf(out, "1 %s", _("Room now"));
        words_addf(out, "2 %s", _("Full until a date"));
        break;
    case ASKED_VERIFIED:
        words_addf(out, "1 %s", _("Yes, today"));
        words_addf(out, "2 %s", _("No, nobody was reached"));
        break;
    default:
        words_add(out, _("Enter, then type it"));
    }
}

static void draw(struct view *view, struct area body)
{
    struct call_view *v = of(view);
    struct list_source src = source_of(v);
    struct buf b = BUF_INIT;
    int foot, top = draw_contact(v, body);

    keys_words(v, &b);
    foot = text_wrapped_rows(buf_text(&b), body.cols);
    foot = foot > body.rows - top - 2 ? body.rows - top - 2 : foot;
    list_draw(&v->list, &src, area_sub(body, top, 0, body.rows - top - foot, -1));
    area_wrap(area_sub(body, body.rows - foot, 0, foot, -1), 0, 0, -1, STYLE_HINT, buf_text(&b));
    buf_release(&b);
}

/* --- answers ---------------------------------------------------------------------------------------------------- */

static unsigned said(struct call_view *v)
{
    v->touched = true;
    list_select(&v->list, v->list.selected + 1);
    return v->host.keep(v->host.ctx, &v->call) | REACT_DRAW;
}

static unsigned full_until(void *ctx, const char *text)
{
    struct call_view *v = ctx;
    struct date d;

    if (!text)
        return REACT_DRAW;
    if (!date_parse_lean(text, v->u->today, DATE_COMING, &d) || date_compare(d, v->u->today) < 0) {
        screen_message(v->view.screen, STYLE_ERROR, "%s",
                       _("That is not a date to come. Nothing was changed. Try 3 May, or +30."));
        return REACT_DRAW;
    }
    v->call.room = ROOM_FULL;
    v->call.full_until = d;
    return said(v);
}

static unsigned takes(void *ctx, const char *text)
{
    struct call_view *v = ctx;
    char *end;
    long n = text ? strtol(text, &end, 10) : 0;

    if (!text)
        return REACT_DRAW;
    if (end == text || *end || n < 0 || n > 999) {
        screen_message(v->view.screen, STYLE_ERROR, "%s", _("That is not a number from 0 to 999. Nothing was "
                                                            "changed. Type it in digits."));
        return REACT_DRAW;
    }
    v->call.takes_a_month = n;
    return said(v);
}

static unsigned with_whom(void *ctx, const char *text)
{
    struct call_view *v = ctx;

    if (!text)
        return REACT_DRAW;
    str_copy(v->call.with, sizeof v->call.with, text);
    return said(v);
}

static unsigned ask(struct call_view *v, struct text2 take, const char *initial,
                    unsigned (*done)(void *ctx, const char *text))
{
    screen_ask(v->view.screen, &(struct ask) { .prompt = take, .initial = initial,
                                               .max_bytes = sizeof v->call.with - 1,
                                               .done = done, .ctx = v });
    return REACT_LAYOUT;
}

static unsigned no_such_answer(struct call_view *v)
{
    screen_message(v->view.screen, STYLE_HINT, "%s", _("That number is no answer here; the lines above say which are."));
    return REACT_DRAW;
}

static unsigned number_on_question(struct call_view *v, int n, const char *typed)
{
    const struct codelist *running = statuses_of_asset(v);

    switch (asked_at(v, v->list.selected)) {
    case ASKED_RUNNING:
        if (n > 0 && (!running || (size_t) n > running->count))
            return no_such_answer(v);
        if (n > 0)
            str_copy(v->call.running, sizeof v->call.running, running->items[n - 1].code);
        else
            v->call.running[0] = '\0';
        break;
    case ASKED_ROOM:
        if (n > 2)
            return no_such_answer(v);
        if (n == 2)
            return ask(v, TEXT2(_("Full until when?")), NULL, full_until);
        v->call.room = n == 1 ? ROOM_NOW : ROOM_UNSAID;
        break;
    case ASKED_TAKES:
        return ask(v, TEXT2(_("How many new people a month?")), typed, takes);
    case ASKED_VERIFIED:
        if (n != 1 && n != 2)
            return no_such_answer(v);
        v->call.verified = n == 1;
        break;
    default:
        return REACT_PASS;
    }
    return said(v);
}

static unsigned key(struct view *view, const struct key *k)
{
    struct call_view *v = of(view);
    struct call_person *p = person_at(v, v->list.selected);
    int n = k->code == K_TEXT && k->text[0] >= '0' && k->text[0] <= '9' && !k->text[1] ? k->text[0] - '0' : -1;

    if (n < 0)
        return REACT_PASS;
    if (!p)
        return number_on_question(v, n, k->text);
    if (n > (int) call_status_count)
        return no_such_answer(v);
    str_copy(p->said, sizeof p->said, n > 0 ? call_statuses[n - 1] : "");
    return said(v);
}

static unsigned next_row(struct call_view *v)
{
    if (!list_select(&v->list, v->list.selected + 1))
        screen_message(v->view.screen, STYLE_HINT, "%s", _("That was the last question: Ctrl-S files the call."));
    return REACT_DRAW;
}

static unsigned open_row(struct call_view *v)
{
    if (person_at(v, v->list.selected))
        return next_row(v);
    switch (asked_at(v, v->list.selected)) {
    case ASKED_TAKES: return ask(v, TEXT2(_("How many new people a month?")), NULL, takes);
    case ASKED_WITH:  return ask(v, TEXT2(_("With whom, and how?")), v->call.with, with_whom);
    default:          return next_row(v);
    }
}

static unsigned act(struct view *view, int action)
{
    struct call_view *v = of(view);
    struct list_source src = source_of(v);

    if (action == ACT_FILE_FORM)
        return v->host.file(v->host.ctx, &v->call);
    if (action == ACT_DISCARD_DRAFT)
        return v->host.discard(v->host.ctx, &v->call);
    if (action == NAV_OPEN)
        return open_row(v);
    if (action == NAV_BACK && v->touched) {
        screen_message(v->view.screen, STYLE_GOOD, "%s", _("Kept as a draft. Nothing of the call is filed yet."));
        return REACT_BACK;
    }
    return list_act(&v->list, &src, action);
}

/* Whoever types an answer before Enter is not led away from the call by its first letter. */
static bool stray(struct view *view, int action, const struct key *k)
{
    (void) k;
    static const int allowed[] = {
        NAV_UP, NAV_DOWN, NAV_LEFT, NAV_RIGHT, NAV_FIRST, NAV_LAST, NAV_BACK, NAV_HELP, ACT_EDIT, ACT_MENU,
    };
    struct call_view *v = of(view);
    bool text = !person_at(v, v->list.selected) && (asked_at(v, v->list.selected) == ASKED_WITH ||
                                                    asked_at(v, v->list.selected) == ASKED_TAKES);

    for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
        if (allowed[i] == action)
            return false;
    screen_message(view->screen, STYLE_HINT, "%s",
                   text ? _("Enter, then type it. For an action, Ctrl-O and then its letter.")
                        : _("A number answers this. For an action, Ctrl-O and then its letter."));
    return true;
}

static struct focus focus(struct view *view)
{
    struct call_view *v = of(view);
    const struct call_person *p = person_at(v, v->list.selected);

    if (p)
        return (struct focus) {
            .person = p->person, .episode = p->episode, .subject = p->connection, .kind = FOCUS_CONNECTION
        };
    return (struct focus) { .subject = v->id, .kind = FOCUS_ASSET };
}

static void title(struct view *view, struct buf *out)
{
    buf_addf(out, "%s: ", _("Phone call"));
    asset_words(of(view)->u, of(view)->id, out);
}

static void close_view(struct view *view)
{
    struct call_view *v = of(view);

    call_release(&v->call);
    record_release(&v->asset);
    free(v);
}

/* No banner: one person's name would stand over everybody's rows. */
static const int bar[] = { ACT_FILE_FORM, NAV_OPEN, NAV_BACK, ACT_EDIT, ACT_SERIOUS, 0 };

static const struct view_ops ops = {
    .name = "call", .context = IN_CALL | IN_LIST, .stale_on = CHANGED(ASSET) | CHANGED(CONNECTION),
    .bar = bar, .load = load, .draw = draw, .key = key, .act = act, .focus = focus, .title = title, .stray = stray,
    .close = close_view,
};

struct id call_view_asset(const struct view *v)
{
    return v && v->ops == &ops ? ((const struct call_view *) v)->id : ID_NONE;
}

struct view *call_view_new(struct ui *u, struct id asset, const struct call_host *host)
{
    struct call_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    v->id = asset;
    v->host = *host;
    record_init(&v->asset, T_ASSET);
    return &v->view;
}
