/* plain_lists.c - people, referrals waiting, the directory and the gaps, as numbered lines. */
#include "plain_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/person.h"
#include "dolen/ui/asset_find.h"
#include "fill.h"
#include "same_person.h"
#include "dolen/base/banned.h"

#define PAGE     20
#define LIST_MOST 500

struct list {
    struct choice items[LIST_MOST + 4];
    char         *made[LIST_MOST + 4];   /* labels of this list alone, or NULL */
    size_t        n;
};

static void list_add(struct list *l, const char *word, struct buf *label)
{
    l->made[l->n] = buf_steal(label);
    l->items[l->n] = (struct choice) { word, l->made[l->n], true };
    l->n++;
}

static void list_add_word(struct list *l, const char *word, const char *msgid)
{
    l->made[l->n] = NULL;
    l->items[l->n++] = (struct choice) { word, msgid, false };
}

static void list_release(struct list *l)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->made[i]) {
            explicit_bzero(l->made[i], strlen(l->made[i]));
            free(l->made[i]);
        }
    l->n = 0;
}

/* --- lists made at the time --------------------------------------------------------------------------------------- */

struct buf *made_add(struct made *m)
{
    m->label[m->n] = (struct buf) BUF_INIT;
    return &m->label[m->n];
}

void made_take(struct made *m)
{
    m->items[m->n] = (struct choice) { NULL, buf_text(&m->label[m->n]), true };
    m->n++;
}

void made_word(struct made *m, const char *word, const char *msgid)
{
    m->label[m->n] = (struct buf) BUF_INIT;
    m->items[m->n++] = (struct choice) { word, msgid, false };
}

void made_release(struct made *m)
{
    for (size_t i = 0; i < m->n; i++)
        buf_wipe(&m->label[i]);
    m->n = 0;
}

/* --- people ------------------------------------------------------------------------------------------------------- */

static void person_label(const struct person_row *r, struct buf *b)
{
    buf_add(b, r->name);
    if (date_is_set(r->birth))
        buf_addf(b, _(", born %s"), person_born(r->birth, r->birth_precision).s);
    if (r->postcode[0] && !r->safe_contact)
        buf_addf(b, ", %s", r->postcode);
    if (!r->open)
        buf_addf(b, ", %s", _("no open episode"));
}

/* All people, page by page. */
static void people_all(struct plain *p)
{
    struct person_row row[PAGE + 1], last = { .sort_key = "" };
    bool from_start = true;
    struct list l = { .n = 0 };

    while (p->end == PLAIN_GO_ON) {
        struct err err = { .st = ST_OK };
        int n = 0, shown, i;

        if (people_page(p->cf->store, from_start ? NULL : last.sort_key, from_start ? ID_NONE : last.id, true,
                        PAGE + 1, row, &n, &err) != ST_OK) {
            tell_error(&err);
            return;
        }
        if (n == 0) {
            tell_text(_("There are no people yet: add a referral."));
            return;
        }
        shown = n > PAGE ? PAGE : n;
        for (int k = 0; k < shown; k++) {
            struct buf b = BUF_INIT;

            person_label(&row[k], &b);
            list_add(&l, NULL, &b);
        }
        if (n > PAGE)
            list_add_word(&l, N_(":more"), N_("More people"));
        i = plain_choose(p, _("People, by name"), l.items, l.n);
        list_release(&l);
        if (i == CHOSE_BACK || i == CHOSE_OVER)
            return;
        if (i == PAGE) {
            last = row[PAGE - 1];
            from_start = false;
        } else if (i >= 0) {
            person_menu(p, row[i].id);
        }
    }
}


static void open_hit(struct plain *p, const struct hit *h)
{
    if (h->kind == HIT_ASSET)
        asset_page(p, h->id);
    else if (id_is_set(h->person) || h->kind == HIT_PERSON)
        person_menu(p, h->kind == HIT_PERSON ? h->id : h->person);
    else
        tell_text(_("Nothing opens here."));
}

static void hit_label(struct plain *p, const struct hit *h, struct buf *b)
{
    struct person_row r = { .name = "" };
    bool known = h->kind != HIT_ASSET &&
                 person_row_get(p->cf->store, h->kind == HIT_PERSON ? h->id : h->person, &r, NULL) == ST_OK;

    if (h->kind == HIT_PERSON && known)
        person_label(&r, b);
    else if (known)
        buf_addf(b, "%s, %s: %s", r.name, _("Note"), h->text);
    else
        buf_addf(b, "%s: %s", h->kind == HIT_ASSET ? _("Directory") : _("Note"), h->text);
    if (h->slip)
        buf_addf(b, ", %s", _("spelled like it"));
    if (h->met != MET_SHOWN)
        buf_add(b, ", ");
    hit_met_words(h, b);
}

static void take_on(struct plain *p, const char *name);

/* As on the screen: who was looked for and is not there is most often somebody new. */
static void offer_new(struct plain *p, const char *typed)
{
    struct buf folded = BUF_INIT, name = BUF_INIT;
    char *question;

    text_fold(&folded, typed);
    text_clean(&name, typed);
    tell_text(_("Nothing found. Try the beginning of a name, a postcode, the end of a phone number, or a word from a "
                "note."));
    if (folded.len > 1 && !strpbrk(typed, "0123456789@")) {
        question = xasprintf(_("Add a referral for somebody new: %s?"), buf_text(&name));
        if (plain_yes(p, question) == ANSWER_YES)
            take_on(p, buf_text(&name));
        explicit_bzero(question, strlen(question));
        free(question);
    }
    buf_wipe(&folded);
    buf_wipe(&name);
}

static void found(struct plain *p, const char *typed)
{
    struct hit hit[PAGE];
    struct list l = { .n = 0 };
    int n = 0, i;

    do {
        struct err err = { .st = ST_OK };

        if (store_search(p->cf->store, typed, ~0u, hit, PAGE, &n, &err) != ST_OK) {
            tell_error(&err);
            return;
        }
        if (n == 0) {
            offer_new(p, typed);
            return;
        }
        for (int k = 0; k < n; k++) {
            struct buf b = BUF_INIT;

            hit_label(p, &hit[k], &b);
            list_add(&l, NULL, &b);
        }
        i = plain_choose(p, n < PAGE ? _("Found") : _("The first 20 that were found"), l.items, l.n);
        list_release(&l);
        if (i >= 0) {
            open_hit(p, &hit[i]);
            return;
        }
    } while (i == CHOSE_AGAIN);
}

void plain_people(struct plain *p)
{
    struct buf line = BUF_INIT;
    enum reply r;

    do
        r = plain_ask(p, _("Search for a name, postcode, phone or NHS number. Enter lists everybody: "), &line);
    while (r == REPLY_AGAIN || (r == REPLY_LINE && plain_no_command(buf_text(&line))));
    if (r == REPLY_LINE && str_eq(buf_text(&line), "<"))
        ;
    else if (r == REPLY_LINE && buf_text(&line)[strspn(buf_text(&line), " ")])
        found(p, buf_text(&line));
    else if (r == REPLY_LINE)
        people_all(p);
    buf_wipe(&line);
}

/* --- referrals waiting -------------------------------------------------------------------------------------------- */

/* How long it waits, how urgent it is, and from whom; as the inbox of the screen has it. */
static void referral_label(struct plain *p, const struct record *r, struct buf *b)
{
    static const struct { const char *codes; int column; } said[] = {
        { "urgency", REFERRAL_urgency }, { "referral_source", REFERRAL_source },
    };
    struct date on = record_date(r, REFERRAL_received_on);
    long days = date_is_set(on) ? date_days(p->ui.today) - date_days(on) : 0;

    buf_addf(b, _(", received %s"), date_show(on).s);
    buf_addf(b, tr_n(", waiting for %ld day", ", waiting for %ld days", (unsigned long) days), days);
    for (size_t i = 0; i < ARRAY_LEN(said); i++) {
        const struct codelist *codes = catalog_codes(p->cf->catalog, said[i].codes, NULL);

        if (codes && record_text(r, said[i].column))
            buf_addf(b, ", %s", codelist_label(codes, record_text(r, said[i].column)));
    }
}

void plain_referrals(struct plain *p)
{
    struct records all = { NULL, 0, 0 };
    struct list l = { .n = 0 };
    int i = CHOSE_AGAIN;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        struct err err = { .st = ST_OK };

        if (store_list(p->cf->store, LIST_REFERRALS_WAITING, ID_NONE, LIST_MOST, &all, &err) != ST_OK) {
            tell_error(&err);
            break;
        }
        if (all.count == 0) {
            tell_text(_("No referral waits for a decision."));
            break;
        }
        for (size_t k = 0; k < all.count; k++) {
            struct buf b = BUF_INIT;
            struct person_row r;

            if (person_row_get(p->cf->store, record_id(&all.items[k], REFERRAL_person), &r, NULL) == ST_OK)
                buf_add(&b, r.name);
            referral_label(p, &all.items[k], &b);
            list_add(&l, NULL, &b);
        }
        i = plain_choose(p, _("Referrals waiting for a decision, oldest first"), l.items, l.n);
        list_release(&l);
        if (i >= 0)
            person_menu(p, record_id(&all.items[i], REFERRAL_person));
        records_release(&all);
    }
    records_release(&all);
}

/* --- directory ---------------------------------------------------------------------------------------------------- */

static void asset_label(const struct asset_row *r, struct date now, struct buf *b)
{
    const char *where = r->area[0] ? r->area : r->place;

    buf_add(b, r->name);
    if (where[0] && !strstr(r->name, where))        /* said once */
        buf_addf(b, ", %s", where);
    if (date_is_set(r->full_until) && date_compare(r->full_until, now) >= 0)
        buf_addf(b, _(", full until %s"), date_show(r->full_until).s);
    if (date_is_set(r->verified_on))
        buf_addf(b, _(", checked %s"), date_show(r->verified_on).s);
    else
        buf_addf(b, ", %s", _("never checked"));
}

/* What a search found, or (ids NULL) the whole directory. */
struct choosing {
    struct id *ids;
    size_t     count, from;
};

/* A page of what was found, from c->from on. */
static int rows_found(struct plain *p, const struct choosing *c, struct asset_row *row, struct err *err)
{
    int n = 0;

    for (size_t i = c->from; i < c->count && n < PAGE + 1; i++)
        if (asset_row_get(p->cf->store, c->ids[i], &row[n++], err) != ST_OK)
            return -1;
    return n;
}

/* A page: of all after *last, or of what was found. */
static int asset_rows(struct plain *p, const struct choosing *c, const struct asset_row *last, struct asset_row *row,
                      struct err *err)
{
    int n = 0;

    if (c->ids || c->count)
        return rows_found(p, c, row, err);
    return assets_page(p->cf->store, last ? last->sort_key : NULL, last ? last->id : ID_NONE, true, PAGE + 1, row, &n,
                       err) == ST_OK ? n : -1;
}

static int one_page(struct plain *p, const char *title, const struct asset_row *row, int n, bool more)
{
    struct list l = { .n = 0 };
    int i;

    for (int k = 0; k < n; k++) {
        struct buf b = BUF_INIT;

        asset_label(&row[k], p->ui.today, &b);
        list_add(&l, NULL, &b);
    }
    if (more)
        list_add_word(&l, N_(":more"), N_("More of the directory"));
    i = plain_choose(p, title, l.items, l.n);
    list_release(&l);
    return i;
}

static enum status choose_from(struct plain *p, const char *title, struct choosing *c, struct id *asset)
{
    struct asset_row row[PAGE + 1], last;
    bool paged = false;

    while (p->end == PLAIN_GO_ON) {
        struct err err = { .st = ST_OK };
        int n = asset_rows(p, c, paged ? &last : NULL, row, &err), shown = n > PAGE ? PAGE : n, i;

        if (n < 0) {
            tell_error(&err);
            return err.st;
        }
        if (n == 0) {
            tell_text(_("Nothing was found in the directory."));
            return ST_NOTFOUND;
        }
        i = one_page(p, title, row, shown, n > PAGE);
        if (i == CHOSE_BACK || i == CHOSE_OVER)
            return ST_NOTFOUND;
        if (i == PAGE) {
            last = row[PAGE - 1];
            c->from += PAGE;
            paged = true;
        } else if (i >= 0) {
            *asset = row[i].id;
            return ST_OK;
        }
    }
    return ST_NOTFOUND;
}

/* How what was typed is understood is said before what it found. */
static enum status choose_typed(struct plain *p, const char *title, const char *typed, struct id *asset)
{
    struct choosing c = { NULL, 0, 0 };
    struct wants wants = { .count = 0 };
    struct err err = { .st = ST_OK };
    struct buf words = BUF_INIT;
    struct wish w;
    enum status st = ST_OK;

    wish_read(typed, &w);
    wish_words(p->cf->catalog, &w, &words);
    if (words.len)
        tell_text(words.s);
    asset_wants(p->cf->catalog, &w, &wants);
    if (wants.count) {
        st = assets_find(p->cf->store, &wants, &c.ids, &c.count, &err);
        if (st != ST_OK)
            tell_error(&err);
        else if (c.count == 0) {
            tell_text(_("Nothing was found in the directory."));
            st = ST_NOTFOUND;
        }
    }
    if (st == ST_OK)
        st = choose_from(p, title, &c, asset);
    wants_release(&wants);
    buf_release(&words);
    free(c.ids);
    return st;
}

enum status choose_asset(struct plain *p, const char *title, struct id *asset)
{
    struct buf line = BUF_INIT;
    enum status st = ST_NOTFOUND;
    enum reply r;

    do {
        r = plain_ask(p, _("Search the directory: words, ? for more ways, or Enter for all: "), &line);
        if (r == REPLY_LINE && str_eq(buf_text(&line), "?")) {
            tell_text(_("Words find names and what happens there. To narrow it, type one or more of these: day:mon "
                        "for a day; cost:free; lang:cy for Welsh; need: and a kind; place: and where; access: and "
                        "what is needed."));
            r = REPLY_AGAIN;
        }
    } while (r == REPLY_AGAIN);
    if (r == REPLY_LINE && !str_eq(buf_text(&line), "<"))
        st = choose_typed(p, title, buf_text(&line), asset);
    buf_wipe(&line);
    return st;
}

void plain_directory(struct plain *p)
{
    static const struct choice items[] = {
        { N_(":search"), N_("Search or list the directory"), false }, { N_(":add"), N_("Add to the directory"), false },
    };
    struct target t = { .form = "asset", .new_one = true };
    int i = CHOSE_AGAIN;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        struct id asset;

        i = plain_choose(p, _("Directory"), items, ARRAY_LEN(items));
        if (i == 0 && choose_asset(p, _("Directory"), &asset) == ST_OK)
            asset_page(p, asset);
        else if (i == 1)
            plain_form(p, &t, NULL);
    }
}

/* What was needed, why there was nothing, of what kind and where. */
static void gap_label(struct plain *p, const struct record *g, struct buf *b)
{
    static const struct { const char *codes; int column; } said[] = {
        { "gap_reason", GAP_reason }, { "asset_category", GAP_category }, { "local_authority", GAP_local_authority },
    };

    const char *needed = record_or(g, GAP_needed, "");

    buf_addf(b, "%s: %s", date_show(record_date(g, GAP_noted_on)).s, needed);
    for (size_t i = 0; i < ARRAY_LEN(said); i++) {
        const struct codelist *codes = catalog_codes(p->cf->catalog, said[i].codes, NULL);

        if (codes && record_text(g, said[i].column))
            buf_addf(b, "%s %s", i == 0 && !*plain_ends(needed) ? "" : ",",
                     codelist_label(codes, record_text(g, said[i].column)));
    }
}

void plain_gaps(struct plain *p)
{
    struct records all = { NULL, 0, 0 };
    struct list l = { .n = 0 };
    int i = CHOSE_AGAIN;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        struct err err = { .st = ST_OK };
        char *title;

        if (store_list(p->cf->store, LIST_GAPS, ID_NONE, LIST_MOST, &all, &err) != ST_OK || all.count == 0) {
            tell_text(err.st == ST_OK ? _("No gap is recorded yet.") : err_text(&err));
            break;
        }
        for (size_t k = 0; k < all.count; k++) {
            struct buf b = BUF_INIT;

            gap_label(p, &all.items[k], &b);
            list_add(&l, NULL, &b);
        }
        title = xasprintf(tr_n("Gaps: %zu; its number opens the person.", "Gaps: %zu, newest first; a number opens the "
                               "person.", all.count), all.count);
        i = plain_choose(p, title, l.items, l.n);
        free(title);
        list_release(&l);
        if (i >= 0)
            person_menu(p, record_id(&all.items[i], GAP_person));
        p->heard = i >= 0;
        records_release(&all);
    }
    records_release(&all);
}

/* --- a new referral ----------------------------------------------------------------------------------------------- */

/* Newcomers: the language first, then the referral. */
static void take_on(struct plain *p, const char *name)
{
    struct err err = { .st = ST_OK };
    struct target language = { .form = "language" }, referral = { .form = "referral", .new_one = true };
    struct id person;

    if (person_new(p->cf, name, &person, &err) != ST_OK) {
        tell_error(&err);
        return;
    }
    language.person = referral.person = p->person = person;
    if (plain_form(p, &language, NULL) == FORM_FILED)
        plain_form(p, &referral, NULL);
    if (p->end == PLAIN_GO_ON)
        person_menu(p, person);
}

static void known_person(struct plain *p, struct id person)
{
    struct target referral = { .form = "referral", .person = person, .new_one = true };

    p->person = person;
    plain_form(p, &referral, NULL);
    if (p->end == PLAIN_GO_ON)
        person_menu(p, person);
}

static void who(struct plain *p, const char *name)
{
    struct same_person same[SAME_MAX];
    struct list l = { .n = 0 };
    struct err err = { .st = ST_OK };
    int n = 0, i;

    if (same_people(p->cf->store, name, same, &n, &err) != ST_OK) {
        tell_error(&err);
        return;
    }
    if (n == 0) {
        take_on(p, name);
        return;
    }
    do {
        struct buf b = BUF_INIT;

        for (int k = 0; k < n; k++) {
            struct person_row r;

            if (person_row_get(p->cf->store, same[k].id, &r, NULL) == ST_OK)
                person_label(&r, &b);
            same_mark(&same[k], &b);
            list_add(&l, NULL, &b);
        }
        buf_addf(&b, _("Somebody new: %s"), name);
        list_add(&l, N_(":new"), &b);
        i = plain_choose(p, _("Is it one of these people?"), l.items, l.n);
        list_release(&l);
    } while (i == CHOSE_AGAIN);
    if (i == n)
        take_on(p, name);
    else if (i >= 0)
        known_person(p, same[i].id);
}

void plain_add_referral(struct plain *p)
{
    struct buf line = BUF_INIT;
    enum reply r;

    do
        r = plain_ask(p, _("Name of the person referred, < goes back: "), &line);
    while (r == REPLY_AGAIN || (r == REPLY_LINE && plain_no_command(buf_text(&line))));
    if (r == REPLY_LINE && buf_text(&line)[strspn(buf_text(&line), " ")] && !str_eq(buf_text(&line), "<"))
        who(p, buf_text(&line));
    buf_wipe(&line);
}
