/* plain_laptops.c - line mode: cases handed to a colleague, and people's records to and from another laptop. */
#include "plain_priv.h"

#include <stdlib.h>
#include <string.h>

#include "caseload.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "handover_file.h"
#include "handover_words.h"
#include "large_step.h"
#include "ways_in.h"
#include "dolen/base/banned.h"

/* --- what two laptops wrote differently ------------------------------------------------------------------------- */

/* False: nothing was settled. */
static bool settle(struct plain *p, const struct record *d)
{
    static const struct choice items[] = {
        { N_(":mine"), N_("Keep mine"), false }, { N_(":theirs"), N_("Take theirs"), false },
        { N_(":both"), N_("Both are kept"), false },
    };
    static const enum settle ways[] = { SETTLE_MINE, SETTLE_THEIRS, SETTLE_BOTH };
    struct field_at at = difference_field(d, record_or(d, DIFFERENCE_field, ""));
    bool serious = str_eq(record_text(d, DIFFERENCE_entity), "concern"), covered = field_is_covered(&p->ui, &at);
    struct buf words = BUF_INIT;
    struct err err = { .st = ST_OK };
    int i;

    if ((serious || covered) && plain_yes(p, _("Read both out now? Somebody else may hear it.")) != ANSWER_YES)
        return false;
    if (covered && handed_read_out(p->cf, d->id, &err) != ST_OK) {
        tell_error(&err);
        return false;
    }
    difference_sides_put(&p->ui, d, true, &words);
    tell_text(buf_text(&words));
    buf_wipe(&words);
    while ((i = plain_choose(p, _("Which one stands?"), items, ARRAY_LEN(items))) == CHOSE_AGAIN)
        ;
    if (i < 0)
        return false;
    if (handed_settle(p->cf, d->id, ways[i], &err) != ST_OK)
        tell_error(&err);
    else
        tell_text(_("Settled. The other laptop learns of it with the next handover. undo takes it back."));
    return err.st == ST_OK;
}

void plain_conflicts(struct plain *p)
{
    struct made *m = xcalloc(1, sizeof *m);
    int i = CHOSE_AGAIN;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        struct records open = { NULL, 0, 0 };
        struct err err = { .st = ST_OK };

        if (store_list(p->cf->store, LIST_DIFFERENCES, ID_NONE, MADE_MAX - 1, &open, &err) != ST_OK) {
            tell_error(&err);
            break;
        }
        for (size_t k = 0; k < open.count; k++) {
            difference_title_put(&p->ui, &open.items[k], made_add(m));
            made_take(m);
        }
        made_word(m, N_(":undo"), N_("Undo: take back the last change"));
        if (open.count == 0)
            tell_text(_("No difference waits to be settled."));
        i = open.count ?
                plain_choose(p, _("Written differently on two laptops; a number reads both"), m->items, m->n) :
                CHOSE_BACK;
        made_release(m);
        if (i == (int) open.count)
            step_undo(p);
        else if (i >= 0)
            settle(p, &open.items[i]);
        records_release(&open);
    }
    free(m);
}

/* --- a file from another laptop --------------------------------------------------------------------------------- */

/* More than a few records: their number is said, and asked about. */
static bool take_agreed(struct plain *p, const char *path, struct err *err)
{
    struct extent would;
    struct json *told = NULL;
    struct text2 will = { { NULL } };
    bool yes = handed_open(p->cf, path, &would, &told, err) == ST_OK;

    if (yes && would.records > BULK_UNASKED) {
        will = handover_will(&would, json_get_text(told, "from"));
        tell_text(text2_now(&will));
        yes = plain_yes(p, _("Take all of it over?")) == ANSWER_YES;
        if (!yes)
            tell_text(_("Not taken over. Nothing was changed."));
    }
    json_free(&told);
    text2_release(&will);
    return yes;
}

void plain_open_handover(struct plain *p)
{
    struct buf path = BUF_INIT, words = BUF_INIT;
    struct json *told = NULL;
    struct err err = { .st = ST_OK };
    bool waiting = false;

    if (plain_typed(p, _("File from another laptop, < goes back: "), &path)) {
        if (!take_agreed(p, buf_text(&path), &err) ||
            handed_open(p->cf, buf_text(&path), NULL, &told, &err) != ST_OK) {
            if (err.st != ST_OK)
                tell_error(&err);
        } else {
            told_words(&p->ui, told, &words);
            if (words.len)
                tell_text(buf_text(&words));
            waiting = json_int(json_get(told, "waiting")) > 0;
        }
    }
    json_free(&told);
    buf_wipe(&words);
    buf_wipe(&path);
    if (waiting)
        plain_conflicts(p);
}

/* --- which laptops ---------------------------------------------------------------------------------------------- */

static void peer_label(const struct source *s, struct buf *out)
{
    char print[PEER_FINGERPRINT];

    peer_fingerprint(s, print);
    buf_addf(out, "%s, %s", s->name[0] ? s->name : "?", print);
}

/* A file as `dolen source show` prints it; trusted when somebody has compared the fingerprint. False: it is not. */
static bool trust_new(struct plain *p, struct source *out)
{
    struct buf path = BUF_INIT, words = BUF_INIT;
    struct err err = { .st = ST_OK };
    bool trusted = false, known = false;

    if (plain_typed(p, _("File with the other laptop's identity (dolen source show, there), < goes back: "), &path)) {
        if (peer_read(p->cf, buf_text(&path), out, &err) == ST_OK) {
            peer_label(out, &words);
            tell_text(buf_text(&words));
            known = peer_is_trusted(p->cf, out);
            if (!known &&
                plain_yes(p, _("Compare it with what that laptop says, by telephone or face to face. Is it the "
                               "same?")) == ANSWER_YES)
                trusted = peer_trust(p->cf, out, true, &err) == ST_OK;
        }
        if (err.st != ST_OK)
            tell_error(&err);
        else if (known)
            tell_text(_("It is trusted already, with this fingerprint. Nothing was changed."));
        else
            tell_text(trusted ? _("Handovers signed by this laptop are opened from now on.") :
                                _("Not trusted. Nothing was changed."));
    }
    buf_wipe(&words);
    buf_wipe(&path);
    return trusted;
}

static void distrust(struct plain *p, const struct source *all, size_t n)
{
    struct made *m = xcalloc(1, sizeof *m);
    struct err err = { .st = ST_OK };
    int i = CHOSE_AGAIN;

    for (size_t k = 0; k < n; k++) {
        peer_label(&all[k], made_add(m));
        made_take(m);
    }
    if (n == 0)
        tell_text(_("No other laptop is trusted yet."));
    while (n && i == CHOSE_AGAIN)
        i = plain_choose(p, _("Which one is trusted no longer?"), m->items, m->n);
    if (n && i >= 0) {
        if (peer_distrust(p->cf, all[i].id, &err) != ST_OK)
            tell_error(&err);
        else
            tell_text(_("Handovers signed by this laptop are refused from now on. What came from it stays."));
    }
    made_release(m);
    free(m);
}

static void save_identity(struct plain *p)
{
    struct buf path = BUF_INIT;
    struct err err = { .st = ST_OK };

    if (plain_typed(p, _("New file, for example on a stick, < goes back: "), &path)) {
        if (peer_save_own(p->cf, buf_text(&path), &err) != ST_OK)
            tell_error(&err);
        else
            tell_text(_("Saved; there is no secret in it. The other laptop trusts this one with it, once the "
                        "fingerprints are compared."));
    }
    buf_wipe(&path);
}

static void take_last_back(struct plain *p)
{
    struct err err = { .st = ST_OK };
    size_t n = 0;

    if (handed_undo(p->cf, false, &n, &err) == ST_OK) {
        tell(tr_n("%zu change that the last handover brought would be taken back.",
                  "%zu changes that the last handover brought would be taken back.", n), n);
        if (plain_yes(p, _("Take all of it back?")) != ANSWER_YES)
            return;
    }
    if (err.st == ST_OK && handed_undo(p->cf, true, &n, &err) == ST_OK)
        tell_text(_("As it was before the last handover was opened."));
    else
        tell_error(&err);
}

void plain_laptops(struct plain *p)
{
    static const struct choice items[] = {
        { N_(":trust"), N_("Trust another laptop: open what it signs from now on"), false },
        { N_(":distrust"), N_("Trust one no longer: refuse what it signs from now on"), false },
        { N_(":identity"), N_("Save this laptop's identity for another one"), false },
        { N_(":open-handover"), N_("Take over what another laptop sealed for this one"), false },
        { N_(":conflicts"), N_("What two laptops wrote differently"), false },
        { N_(":undo"), N_("Take back what the last handover brought, all of it"), false },
    };
    struct source *all = xcalloc(PEERS_MAX + 1, sizeof *all), fresh;
    struct err err = { .st = ST_OK };
    size_t n = 0;
    int i = CHOSE_AGAIN;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        if (source_public(p->cf, &all[0], &err) != ST_OK || peers_list(p->cf, all + 1, &n, &err) != ST_OK) {
            tell_error(&err);
            break;
        }
        for (size_t k = 0; k <= n; k++) {
            struct buf b = BUF_INIT;

            peer_label(&all[k], &b);
            tell("%s: %s", k == 0 ? _("This laptop") : _("Trusted"), buf_text(&b));
            buf_release(&b);
        }
        i = plain_choose(p, _("Other laptops"), items, ARRAY_LEN(items));
        if (i == 0)
            trust_new(p, &fresh);
        else if (i == 1)
            distrust(p, all + 1, n);
        else if (i == 2)
            save_identity(p);
        else if (i == 3)
            plain_open_handover(p);
        else if (i == 4)
            plain_conflicts(p);
        else if (i == 5)
            take_last_back(p);
    }
    free(all);
}

static bool choose_peer(struct plain *p, struct source *out)
{
    struct source *all = xcalloc(PEERS_MAX, sizeof *all);
    struct made *m = xcalloc(1, sizeof *m);
    struct err err = { .st = ST_OK };
    size_t n = 0;
    int i = CHOSE_AGAIN;

    if (peers_list(p->cf, all, &n, &err) != ST_OK)
        tell_error(&err);
    while (i == CHOSE_AGAIN && err.st == ST_OK) {
        for (size_t k = 0; k < n; k++) {
            peer_label(&all[k], made_add(m));
            made_take(m);
        }
        made_word(m, N_(":trust"), N_("Another one: trust it first"));
        i = plain_choose(p, _("For which laptop?"), m->items, m->n);
        made_release(m);
    }
    if (i >= 0 && (size_t) i < n)
        *out = all[i];
    else if (i >= 0)
        i = trust_new(p, out) ? i : CHOSE_BACK;
    free(m);
    free(all);
    return i >= 0;
}

void step_make_handover(struct plain *p)
{
    struct buf path = BUF_INIT;
    struct source peer;
    struct buf refused = BUF_INIT;
    struct err err = { .st = ST_OK };
    size_t records = 0;

    handover_refused_words(p->cf, p->person, &refused);
    if (refused.len)
        tell_text(buf_text(&refused));
    buf_wipe(&refused);
    if (choose_peer(p, &peer) && plain_typed(p, _("New file, for example on a stick, < goes back: "), &path)) {
        if (handed_make(p->cf, &p->person, 1, &peer, buf_text(&path), &records, &err) != ST_OK)
            tell_error(&err);
        else
            tell(tr_n("%zu record is sealed for %s. Only that laptop opens the file.",
                      "%zu records are sealed for %s. Only that laptop opens the file.", records),
                 records, peer.name);
    }
    buf_wipe(&path);
}

/* --- a caseload ------------------------------------------------------------------------------------------------- */

struct handing {
    struct made    m;
    struct records who;
    struct id      from, to, people[MADE_MAX];
    size_t         count, marked;       /* open cases; people that were named, 0: all of them */
};

/* Practitioners by name, "" for cases that are nobody's. without: not offered. */
static bool choose_practitioner(struct plain *p, struct handing *h, const char *title, struct id without, bool nobody,
                                struct id *out)
{
    struct id ids[MADE_MAX];
    int i = CHOSE_AGAIN;

    while (i == CHOSE_AGAIN) {
        size_t n = 0;

        for (size_t k = 0; k < h->who.count; k++)
            if (!id_eq(h->who.items[k].id, without)) {
                ids[n++] = h->who.items[k].id;
                buf_addf(made_add(&h->m), way_in_of(p->cf, h->who.items[k].id) < 0 ? _("%s, who has no way in here") : "%s",
                         record_or(&h->who.items[k], PRACTITIONER_name, "?"));
                made_take(&h->m);
            }
        if (nobody) {
            ids[n++] = ID_NONE;
            buf_add(made_add(&h->m), _("Nobody's"));
            made_take(&h->m);
        }
        if (n == 0)
            tell_text(_("Nobody else uses this case file. :ways-in gives a colleague a passphrase of their own."));
        i = n ? plain_choose(p, title, h->m.items, h->m.n) : CHOSE_BACK;
        made_release(&h->m);
    }
    if (i >= 0)
        *out = ids[i];
    return i >= 0;
}

static bool is_marked(const struct handing *h, struct id person)
{
    for (size_t i = 0; i < h->marked; i++)
        if (id_eq(h->people[i], person))
            return true;
    return false;
}

static void toggle(struct handing *h, struct id person)
{
    for (size_t i = 0; i < h->marked; i++)
        if (id_eq(h->people[i], person)) {
            h->people[i] = h->people[--h->marked];
            return;
        }
    h->people[h->marked++] = person;
}

/* A number marks a case or takes the mark away; :hand goes on, with all of them when none is marked. */
static bool choose_cases(struct plain *p, struct handing *h)
{
    struct caseload_row *rows = NULL;
    struct err err = { .st = ST_OK };
    int i = CHOSE_AGAIN;

    if (caseload_list(p->cf->store, h->from, &rows, &h->count, &err) != ST_OK)
        tell_error(&err);
    else if (h->count == 0)
        tell_text(_("No open case is with them."));
    while (h->count && p->end == PLAIN_GO_ON && i != 0 && i != CHOSE_BACK && i != CHOSE_OVER) {
        made_word(&h->m, N_(":hand"),
                  h->marked ? N_("Hand the marked ones to a colleague") : N_("Hand all of them to a colleague"));
        for (size_t k = 0; k < h->count && h->m.n < MADE_MAX; k++) {
            buf_addf(made_add(&h->m), "%s%s", is_marked(h, rows[k].person) ? _("marked: ") : "", rows[k].name);
            made_take(&h->m);
        }
        i = plain_choose(p, _("Open cases; a number marks one"), h->m.items, h->m.n);
        made_release(&h->m);
        if (i > 0)
            toggle(h, rows[i - 1].person);
    }
    if (rows)
        explicit_bzero(rows, h->count * sizeof *rows);
    free(rows);
    return i == 0;
}

static void hand(struct plain *p, struct handing *h)
{
    struct caseload_move moved;
    struct err err = { .st = ST_OK };
    size_t n = h->marked ? h->marked : h->count;
    char *name = practitioner_name(p->cf, h->to), *question;

    question = xasprintf(tr_n("Hand %zu open case to %s? Who did what stays as it is; it can be undone.",
                              "Hand %zu open cases to %s? Who did what stays as it is; it can be undone.", n), n, name);
    if (plain_yes(p, question) != ANSWER_YES)
        tell_text(_("Not handed over. Nothing was changed."));
    else if (caseload_hand(p->cf, h->from, h->to, h->marked ? h->people : NULL, h->marked, true, &moved, &err) != ST_OK)
        tell_error(&err);
    else
        tell(_("Handed over. People: %zu, things to do: %zu. undo takes it back."), moved.people, moved.tasks);
    free(question);
    free(name);
}

void plain_caseload(struct plain *p)
{
    struct handing *h = xcalloc(1, sizeof *h);
    struct err err = { .st = ST_OK };

    if (store_list(p->cf->store, LIST_PRACTITIONERS, ID_NONE, MADE_MAX - 1, &h->who, &err) != ST_OK)
        tell_error(&err);
    else if (choose_practitioner(p, h, _("Whose open cases?"), ID_NONE, true, &h->from) && choose_cases(p, h) &&
             choose_practitioner(p, h, _("To whom?"), h->from, false, &h->to))
        hand(p, h);
    records_release(&h->who);
    made_release(&h->m);
    free(h);
}
