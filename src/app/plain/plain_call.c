/* plain_call.c - line mode: whom to ring, and one phone call, asked one after the other; filed as on the screen. */
#include "plain_priv.h"

#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "call_draft.h"
#include "paperwork.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/freshness.h"
#include "dolen/core/phone.h"
#include "dolen/base/banned.h"

#define ASSETS_MAX  200
#define CHOICES_MAX 20

/* --- what they say, question by question; false: leave, what was said is kept ----------------------------------- */

static const char *word_in(struct plain *p, const char *codes, const char *code)
{
    const struct codelist *list = catalog_codes(p->cf->catalog, codes, NULL);

    return list ? codelist_label(list, code) : code;
}

static bool keep(struct plain *p, const struct call *c)
{
    struct err err = { .st = ST_OK };

    if (call_keep(p->cf, c, &err) == ST_OK)
        return true;
    tell_error(&err);
    return false;
}

/* The number chosen; -1 leave. */
static int pick(struct plain *p, const char *title, const struct choice *items, size_t n)
{
    int i;

    do
        i = plain_choose(p, title, items, n);
    while (i == CHOSE_AGAIN);
    return i >= 0 ? i : -1;
}

static bool ask_person(struct plain *p, struct call_person *one)
{
    struct choice items[CHOICES_MAX];
    struct buf title = BUF_INIT;
    size_t n = 0;
    int i;

    items[n++] = (struct choice) { NULL, N_("Nothing said"), false };
    for (size_t k = 0; k < call_status_count && n < CHOICES_MAX; k++)
        items[n++] = (struct choice) { NULL, word_in(p, "connection_status", call_statuses[k]), true };
    buf_addf(&title, "%s: %s", one->name, word_in(p, "connection_status", one->said[0] ? one->said : one->status));
    if (one->died)
        buf_addf(&title, ", %s", word_in(p, "closure_reason", "DIED"));
    if (one->no_sharing)
        buf_addf(&title, ", %s", _("has not agreed to share"));
    i = pick(p, buf_text(&title), items, n);
    if (i >= 0)
        str_copy(one->said, sizeof one->said, i > 0 ? call_statuses[i - 1] : "");
    buf_wipe(&title);
    return i >= 0;
}

static bool ask_running(struct plain *p, struct call *c)
{
    const struct codelist *running = catalog_codes(p->cf->catalog, "asset_status", NULL);
    struct choice items[CHOICES_MAX];
    size_t n = 0;
    int i;

    items[n++] = (struct choice) { NULL, N_("Nothing said"), false };
    for (size_t k = 0; running && k < running->count && n < CHOICES_MAX; k++)
        items[n++] = (struct choice) { NULL, text2_now(&running->items[k].label), true };
    i = pick(p, _("Does it still run?"), items, n);
    if (i >= 0)
        str_copy(c->running, sizeof c->running, i > 0 ? running->items[i - 1].code : "");
    return i >= 0;
}

/* A line; false: leave. */
static bool ask_line(struct plain *p, const char *prompt, struct buf *line)
{
    enum reply r;

    do
        r = plain_ask(p, prompt, line);
    while (r == REPLY_AGAIN);
    return r == REPLY_LINE && !str_eq(buf_text(line), "<");
}

static bool ask_room(struct plain *p, struct call *c)
{
    static const struct choice items[] = {
        { NULL, N_("Nothing said"), false }, { NULL, N_("Room now"), false }, { NULL, N_("Full until a date"), false },
    };
    struct buf line = BUF_INIT;
    int i = pick(p, _("Is there room?"), items, ARRAY_LEN(items));
    bool on = i >= 0;

    if (on)
        c->room = (enum call_room) i;
    while (on && c->room == ROOM_FULL) {
        on = ask_line(p, _("Full until when? "), &line);
        if (on && date_parse_lean(buf_text(&line), p->ui.today, DATE_COMING, &c->full_until) &&
            date_compare(c->full_until, p->ui.today) >= 0)
            break;
        if (on)
            tell_text(_("That is not a date to come. Nothing was changed. Try 3 May, or +30."));
        else
            c->room = ROOM_UNSAID;
    }
    buf_release(&line);
    return on;
}

static bool ask_takes(struct plain *p, struct call *c)
{
    struct buf line = BUF_INIT;
    bool on;

    while ((on = ask_line(p, _("How many new people a month? Enter: not said. "), &line)) && line.len) {
        char *end;
        long n = strtol(buf_text(&line), &end, 10);

        if (end != buf_text(&line) && !*end && n >= 0 && n <= 999) {
            c->takes_a_month = n;
            break;
        }
        tell_text(_("That is not a number from 0 to 999. Nothing was changed. Type it in digits."));
    }
    buf_release(&line);
    return on;
}

static bool ask_with(struct plain *p, struct call *c)
{
    struct buf line = BUF_INIT;
    enum plain_answer yes = plain_yes(p, _("Did you talk to them today? Then the entry counts as checked."));
    bool on = yes != ANSWER_OVER;

    c->verified = yes == ANSWER_YES;
    if (on && c->verified)
        on = ask_line(p, _("With whom, and how? Enter: not said. "), &line);
    if (on && line.len)
        str_copy(c->with, sizeof c->with, buf_text(&line));
    buf_wipe(&line);
    return on;
}

static bool ask_all(struct plain *p, struct call *c)
{
    static bool (*const asks[])(struct plain *p, struct call *c) = { ask_running, ask_room, ask_takes, ask_with };

    for (size_t i = 0; i < c->count; i++)
        if (!ask_person(p, &c->people[i]) || !keep(p, c))
            return false;
    for (size_t i = 0; i < ARRAY_LEN(asks); i++)
        if (!asks[i](p, c) || !keep(p, c))
            return false;
    return true;
}

/* --- one phone call --------------------------------------------------------------------------------------------- */

static void say_contact(struct plain *p, struct id asset)
{
    static const int columns[] = { ASSET_contact_name, ASSET_email, ASSET_referral_way };
    struct asset_row row = { .name = "" };
    struct record r = { .text = NULL };
    struct buf phone = BUF_INIT;

    if (asset_row_get(p->cf->store, asset, &row, NULL) == ST_OK)
        tell(_("Phone call: %s."), row.name);
    if (store_get(p->cf->store, T_ASSET, asset, &r, NULL) == ST_OK) {
        phone_show(&phone, record_or(&r, ASSET_phone, ""));
        if (phone.len > 0)
            tell_text(buf_text(&phone));
        for (size_t i = 0; i < ARRAY_LEN(columns); i++)
            if (record_text(&r, columns[i]))
                tell_text(record_text(&r, columns[i]));
    }
    buf_release(&phone);
    record_release(&r);
}

static void file_it(struct plain *p, const struct call *c)
{
    struct err err = { .st = ST_OK };
    int n = 0;

    if (plain_yes(p, _("File this call?")) != ANSWER_YES) {
        tell_text(_("Kept as a draft. Nothing of the call is filed yet."));
        return;
    }
    if (call_file(p->cf, c, &n, &err) != ST_OK)
        tell_error(&err);
    else
        tell(tr_n("The call is filed, with news of %d person. undo takes it back.",
                  "The call is filed, with news of %d people. undo takes it back.", (unsigned long) n), n);
}

void plain_call(struct plain *p, struct id asset)
{
    struct call c;
    struct err err = { .st = ST_OK };

    if (call_load(&c, p->cf->store, asset, &err) != ST_OK) {
        tell_error(&err);
        call_release(&c);
        return;
    }
    say_contact(p, asset);
    if (call_take_up(p->cf, &c))
        tell_text(_("Taken up where the call was left."));
    tell(tr_n("%zu person waits on it. < leaves; what was said is kept.",
              "%zu people wait on it. < leaves; what was said is kept.", c.count),
         c.count);
    paperwork_shows(p->cf, CALL_DRAFT);
    if (ask_all(p, &c))
        file_it(p, &c);
    else if (id_is_set(call_draft(p->cf, asset)))
        tell_text(_("Kept as a draft. Nothing of the call is filed yet."));
    paperwork_shows(p->cf, NULL);
    call_release(&c);
}

bool plain_call_draft(struct plain *p, struct id draft)
{
    struct record d = { .text = NULL };
    bool is_call = store_get(p->cf->store, T_DRAFT, draft, &d, NULL) == ST_OK &&
                   str_eq(record_text(&d, DRAFT_form), CALL_DRAFT);
    struct id asset = is_call ? asset_now(p->cf->store, record_id(&d, DRAFT_record)) : ID_NONE;

    record_release(&d);
    if (is_call)
        plain_call(p, asset);
    return is_call;
}

/* --- whom to ring ----------------------------------------------------------------------------------------------- */

static void line_of(struct plain *p, const struct asset_row *a, struct buf *out)
{
    buf_add(out, a->name);
    if (a->waiting > 0) {
        buf_add(out, ", ");
        buf_addf(out, tr_n("%d waiting", "%d waiting", (unsigned long) a->waiting), a->waiting);
    }
    buf_add(out, ", ");
    freshness_why(out, a->verified_on, asset_months(&p->ui, a->category), p->ui.today);
}

static int choose_row(struct plain *p, const struct asset_row *rows, int n)
{
    struct choice items[ASSETS_MAX];
    struct buf *label = xcalloc((size_t) n + 1, sizeof *label);
    int i;

    for (int k = 0; k < n; k++) {
        line_of(p, &rows[k], &label[k]);
        items[k] = (struct choice) { NULL, buf_text(&label[k]), true };
    }
    i = plain_choose(p, _("Whom to ring, the one out of date longest first"), items, (size_t) n);
    for (int k = 0; k < n; k++)
        buf_release(&label[k]);
    free(label);
    return i;
}

void plain_call_list(struct plain *p)
{
    struct asset_row *rows = xcalloc(ASSETS_MAX, sizeof *rows);
    int i = CHOSE_AGAIN;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        struct err err = { .st = ST_OK };
        int n = 0;

        if (call_list_rows(&p->ui, rows, ASSETS_MAX, &n, &err) != ST_OK) {
            tell_error(&err);
            break;
        }
        if (n == 0) {
            tell_text(_("Nobody waits on an entry of the directory: there is nobody to ring."));
            break;
        }
        i = choose_row(p, rows, n);
        if (i >= 0)
            plain_call(p, rows[i].id);
    }
    free(rows);
}
