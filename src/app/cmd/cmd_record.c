/* cmd_record.c - person|referral|episode|asset|gap|consent|contact list|show|add|edit: one row a kind of record,
 * the same four functions for all of them, through the same forms as the screens. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/consent.h"
#include "dolen/core/person.h"
#include "dolen/core/safe.h"
#include "dolen/forms/answers_json.h"
#include "asset_ask.h"
#include "asset_same.h"
#include "filing.h"
#include "dolen/store/past.h"
#include "dolen/ui/views.h"
#include "fill.h"
#include "record_as_of.h"
#include "record_text.h"
#include "dolen/base/banned.h"

#define ALL_PEOPLE 1000000000
#define TO_GO_MAX  60

struct noun {
    const char   *name;
    enum table_id table;
    const char   *form;             /* NULL: cannot be added by itself */
    bool          of_person;        /* list and add name the person */
    bool          of_episode;       /* list goes over the person's episodes */
    enum list_id  list;
    const char   *none, *none_found;    /* what is said of an empty list: of all there are, and of one person's */
};

static const struct noun nouns[] = {
    { "person", T_PERSON, "person", false, false, LIST_COUNT, N_("Nobody is in this case file yet."),
      N_("Nobody was found.") },
    { "referral", T_REFERRAL, "referral", true, false, LIST_REFERRALS_OF_PERSON,
      N_("No referral waits for a decision."), N_("No referral is written down for them.") },
    { "episode", T_EPISODE, "episode", true, false, LIST_EPISODES_OF_PERSON, NULL,
      N_("No period of support is written down for them.") },
    { "asset", T_ASSET, "asset", false, false, LIST_COUNT, N_("The directory is empty."),
      N_("Nothing was found in the directory.") },
    { "gap", T_GAP, "gap", true, true, LIST_GAPS_OF_EPISODE, N_("No gap is recorded yet."),
      N_("No gap is recorded for them.") },
    { "consent", T_CONSENT, "consent", true, false, LIST_CONSENTS_OF_PERSON, NULL,
      N_("No permission is written down for them.") },
    { "contact", T_CONTACT, "contact", true, true, LIST_CONTACTS_OF_EPISODE, NULL,
      N_("No contact is written down for them.") },
    { "supervision", T_SUPERVISION, "supervision", false, false, LIST_SUPERVISIONS,
      N_("No supervision is written down yet."), NULL },
};

static const struct noun *noun_of(const struct run *r)
{
    for (size_t i = 0; i < ARRAY_LEN(nouns); i++)
        if (str_eq(nouns[i].name, r->cmd->noun))
            return &nouns[i];
    abort();
}

static void print_tame(const char *text)
{
    struct buf b = BUF_INIT;

    text_tame(&b, text, false);
    fputs(buf_text(&b), stdout);
    buf_wipe(&b);
}

/* --- list --------------------------------------------------------------------------------------------------------- */

struct listing {
    struct run  *r;
    struct json *list;
    long         left;
    bool         sought;            /* not all there are: what was looked for, or one person's */
};

static void list_person(struct listing *l, const struct person_row *p)
{
    if (l->r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "id", id_show(p->id).s);
        json_set_text(j, "name", p->name);
        if (date_is_set(p->birth))
            json_set_text(j, "birth_date", date_iso(p->birth).s);
        if (date_is_set(p->birth) && p->birth_precision[0])
            json_set_text(j, "birth_precision", p->birth_precision);
        if (p->postcode[0])
            json_set_text(j, "postcode", p->safe_contact ? SAFE_DOTS : p->postcode);
        json_set_bool(j, "open", p->open);
        json_append(l->list, j);
    } else {
        printf("%s  ", id_show(p->id).s);
        print_tame(p->name);
        putchar('\n');
    }
    l->left--;
}

static enum status list_matching(struct listing *l, const char *match, struct err *err)
{
    struct hit hit[200];
    int n = 0;
    long want = l->left < (long) ARRAY_LEN(hit) ? l->left : (long) ARRAY_LEN(hit);
    enum status st = store_search(l->r->cf->store, match, 1u << HIT_PERSON, hit, (int) want, &n, err);

    for (int i = 0; i < n && st == ST_OK; i++) {
        struct person_row row;

        st = person_row_get(l->r->cf->store, hit[i].id, &row, err);
        if (st == ST_OK)
            list_person(l, &row);
    }
    return st;
}

static enum status list_people(struct listing *l, struct err *err)
{
    const char *match = run_value(l->r, "--match");
    struct person_row row[100];
    char key[sizeof row[0].sort_key] = "";
    struct id last = ID_NONE;
    enum status st = ST_OK;
    int n = 0;

    l->sought = match;
    if (match)
        return list_matching(l, match, err);
    do {
        st = people_page(l->r->cf->store, id_is_set(last) ? key : NULL, last, true, ARRAY_LEN(row), row, &n, err);
        for (int i = 0; i < n && st == ST_OK && l->left > 0; i++)
            list_person(l, &row[i]);
        if (n > 0) {
            str_copy(key, sizeof key, row[n - 1].sort_key);
            last = row[n - 1].id;
        }
    } while (st == ST_OK && n == (int) ARRAY_LEN(row) && l->left > 0);
    return st;
}

static void list_asset(struct listing *l, const struct asset_row *row)
{
    if (l->r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "id", id_show(row->id).s);
        json_set_text(j, "name", row->name);
        json_set_text(j, "category", row->category);
        json_append(l->list, j);
    } else {
        struct buf line = BUF_INIT;

        asset_line_put(l->r->cf, row, &line);
        puts(buf_text(&line));
        buf_release(&line);
    }
    l->left--;
}

static enum status list_assets_found(struct listing *l, const struct wants *wants, struct err *err)
{
    struct id *ids = NULL;
    size_t n = 0;
    enum status st = assets_find(l->r->cf->store, wants, &ids, &n, err);

    for (size_t i = 0; st == ST_OK && i < n && l->left > 0; i++) {
        struct asset_row row;

        st = asset_row_get(l->r->cf->store, ids[i], &row, err);
        if (st == ST_OK)
            list_asset(l, &row);
    }
    free(ids);
    return st;
}

static enum status list_assets(struct listing *l, struct err *err)
{
    struct asset_row row[100];
    struct wants wants = { .count = 0 };
    char key[sizeof row[0].sort_key] = "";
    struct id last = ID_NONE;
    enum status st = asset_wants_asked(l->r, &wants, err);
    int n = 0;

    l->sought = wants.count > 0;
    if (st != ST_OK || wants.count) {
        st = st == ST_OK ? list_assets_found(l, &wants, err) : st;
        wants_release(&wants);
        return st;
    }
    do {
        st = assets_page(l->r->cf->store, id_is_set(last) ? key : NULL, last, true, ARRAY_LEN(row), row, &n, err);
        for (int i = 0; i < n && st == ST_OK && l->left > 0; i++)
            list_asset(l, &row[i]);
        if (n > 0) {
            str_copy(key, sizeof key, row[n - 1].sort_key);
            last = row[n - 1].id;
        }
    } while (st == ST_OK && n == (int) ARRAY_LEN(row) && l->left > 0);
    return st;
}

static void list_records(struct listing *l, const struct records *found)
{
    for (size_t i = 0; i < found->count && l->left > 0; i++, l->left--) {
        const struct record *rec = &found->items[i];
        struct buf line = BUF_INIT;

        if (l->r->json) {
            json_append(l->list, record_json(l->r->cf, rec, false));
            continue;
        }
        record_line_put(l->r->cf, rec, !l->r->operands, &line);
        if (consent_is_in_doubt(l->r->cf->store, rec))
            buf_addf(&line, "  %s", _("in doubt"));
        puts(buf_text(&line));
        buf_wipe(&line);
    }
}

static enum status list_owned(struct listing *l, const struct noun *n, struct err *err)
{
    struct records found = { NULL, 0, 0 }, episodes = { NULL, 0, 0 };
    struct id person;
    enum status st;

    if (!l->r->operands && n->table == T_REFERRAL)
        st = store_list(l->r->cf->store, LIST_REFERRALS_WAITING, ID_NONE, (int) l->left, &found, err);
    else if (n->table == T_SUPERVISION)
        st = store_list(l->r->cf->store, n->list, ID_NONE, (int) l->left, &found, err);
    else if (!l->r->operands && n->table == T_GAP)
        st = store_list(l->r->cf->store, LIST_GAPS, ID_NONE, (int) l->left, &found, err);
    else if (!l->r->operands)
        st = err_set(err, ST_USAGE, _("Say whose: dolen %s list PERSON. Nothing was changed."), n->name);
    else
        st = operand_id(l->r, T_PERSON, l->r->operand[0], &person, err);
    if (st == ST_OK && l->r->operands && !n->of_episode)
        st = store_list(l->r->cf->store, n->list, person, (int) l->left, &found, err);
    if (st == ST_OK)
        list_records(l, &found);
    records_release(&found);
    if (st == ST_OK && l->r->operands && n->of_episode)
        st = store_list(l->r->cf->store, LIST_EPISODES_OF_PERSON, person, 1000, &episodes, err);
    for (size_t i = 0; i < episodes.count && st == ST_OK; i++) {
        st = store_list(l->r->cf->store, n->list, episodes.items[i].id, (int) l->left, &found, err);
        if (st == ST_OK)
            list_records(l, &found);
        records_release(&found);
    }
    records_release(&episodes);
    return st;
}

static enum status list_run(struct run *r, struct err *err)
{
    const struct noun *n = noun_of(r);
    struct listing l = { r, json_new_list(), ALL_PEOPLE, r->operands > 0 };
    char *schema;
    enum status st = run_int(r, "--limit", 1, ALL_PEOPLE, &l.left, err);
    long asked = l.left;

    if (st == ST_OK)
        st = n->table == T_PERSON ? list_people(&l, err) :
             n->table == T_ASSET  ? list_assets(&l, err) :
                                    list_owned(&l, n, err);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set(j, "items", l.list);
        schema = xasprintf("%s-list", n->name);
        run_print_json(schema, j);
        free(schema);
        return ST_OK;
    }
    if (st == ST_OK)
        run_say_none(r, l.left < asked, _(l.sought ? n->none_found : n->none));
    json_free(&l.list);
    return st;
}

/* --- show --------------------------------------------------------------------------------------------------------- */

/* What the core data set still wants of an episode: the same count as on the screen and in items_missing. */
static void add_to_go(struct run *r, struct json *j, struct id episode)
{
    struct ui u = { .store = r->cf->store, .catalog = r->cf->catalog, .today = clock_today() };
    const struct data_set_item *item[TO_GO_MAX];
    size_t n = episode_to_go(&u, episode, item, ARRAY_LEN(item));
    struct json *list = json_new_list();
    struct buf words = BUF_INIT;

    for (size_t i = 0; i < n && i < ARRAY_LEN(item); i++) {
        json_append(list, json_new_text(item[i]->item));
        buf_addf(&words, "%s%s", i ? ", " : "", text2_now(&item[i]->label));
    }
    json_set_int(j, "to_go", (int64_t) n);
    json_set(j, "to_go_items", list);
    if (!r->json) {
        if (n == 0)
            fputs(_("Nothing is missing for the core data set."), stdout);
        else
            printf(tr_n("%zu to go for the core data set: %s", "%zu to go for the core data set: %s", n), n,
                   buf_text(&words));
        putchar('\n');
    }
    buf_release(&words);
}

static enum status show_run(struct run *r, struct err *err)
{
    const struct noun *n = noun_of(r);
    struct date on;
    struct record rec;
    struct id id;
    bool reveal = run_flag(r, "--reveal");
    enum status st = operand_id(r, n->table, r->operand[0], &id, err);

    if (st == ST_OK)
        st = run_date(r, "--as-of", &on, err);
    if (st != ST_OK)
        return st;
    if (date_is_set(on))
        return record_as_of(r, &(struct shown_as) { n->table, n->name, n->form }, id, on, err);
    record_init(&rec, n->table);
    st = store_get(r->cf->store, n->table, id, &rec, err);
    if (st == ST_OK && reveal && n->table == T_PERSON && person_is_guarded(r->cf, id))
        st = store_note(r->cf->store, "person", id, "revealed: phone, address, email", err);
    if (st == ST_OK) {
        struct json *j = record_json(r->cf, &rec, reveal);

        if (n->table == T_EPISODE)
            add_to_go(r, j, id);
        if (r->json) {
            run_print_json(n->name, j);
        } else {
            print_record_text(r->cf, j, n->form);
            json_free(&j);
        }
    }
    record_release(&rec);
    return st;
}

/* --- add and edit ------------------------------------------------------------------------------------------------- */

/* A permission that no longer stands leaves something to be done, which no record does by itself. */
static void tell_then(struct run *r, struct id consent)
{
    struct record c = { .text = NULL };
    const char *then = NULL;

    if (store_get(r->cf->store, T_CONSENT, consent, &c, NULL) == ST_OK)
        then = consent_then(record_text(&c, CONSENT_state), record_text(&c, CONSENT_purpose));
    if (then)
        fprintf(stderr, "dolen: %s\n", tr(then));
    record_release(&c);
}

static enum status fill_and_answer(struct run *r, const struct target *t, const char *schema, struct err *err)
{
    struct filled done;
    enum status st = fill_from_options(r, t, &done, err);

    char twin[200];

    if (st == ST_OK && id_is_set(done.id) && str_eq(t->form, "asset") && !id_is_set(t->record) &&
        asset_has_twin(r->cf, done.id, twin, sizeof twin))
        fprintf(stderr,
                _("dolen: It looks like one that is there already: %s. Both are kept; see: dolen asset duplicates\n"),
                twin);
    if (st == ST_OK && id_is_set(done.id) && str_eq(t->form, "consent"))
        tell_then(r, done.id);
    if (st == ST_OK)
        fill_answer(r, schema, &done);
    return st;
}

static enum status add_run(struct run *r, struct err *err)
{
    const struct noun *n = noun_of(r);
    struct target t = { .form = n->form, .no_draft = true, .new_one = true };

    if (n->of_person && !r->operands)
        return err_set(err, ST_USAGE, _("Say for whom: dolen %s add PERSON --answers FILE. Nothing was changed."),
                       n->name);
    if (n->of_person) {
        enum status st = operand_id(r, T_PERSON, r->operand[0], &t.person, err);

        if (st != ST_OK)
            return st;
    }
    if (n->table == T_PERSON) {
        struct filled done;
        enum status st = fill_new_person(r, &done, err);

        if (st == ST_OK)
            fill_answer(r, "person", &done);
        return st;
    }
    return fill_and_answer(r, &t, n->name, err);
}

static enum status edit_run(struct run *r, struct err *err)
{
    const struct noun *n = noun_of(r);
    struct target t = { .form = n->form, .no_draft = true };
    struct record rec;
    int person = table_column_by_name(n->table, "person"), episode = table_column_by_name(n->table, "episode");
    enum status st = operand_id(r, n->table, r->operand[0], &t.record, err);

    if (st != ST_OK)
        return st;
    record_init(&rec, n->table);
    st = store_get(r->cf->store, n->table, t.record, &rec, err);
    t.person = n->table == T_PERSON ? t.record : person >= 0 ? record_id(&rec, person) : ID_NONE;
    t.episode = n->table == T_EPISODE ? t.record : episode >= 0 ? record_id(&rec, episode) : ID_NONE;
    record_release(&rec);
    return st == ST_OK ? fill_and_answer(r, &t, n->name, err) : st;
}

/* A referral's decision is a form of its own. */
static enum status decide_run(struct run *r, struct err *err)
{
    struct target t = { .form = "decision", .no_draft = true };
    struct record rec;
    enum status st = operand_id(r, T_REFERRAL, r->operand[0], &t.record, err);

    if (st != ST_OK)
        return st;
    record_init(&rec, T_REFERRAL);
    st = store_get(r->cf->store, T_REFERRAL, t.record, &rec, err);
    t.person = record_id(&rec, REFERRAL_person);
    record_release(&rec);
    return st == ST_OK ? fill_and_answer(r, &t, "referral", err) : st;
}

static const struct option list_options[] = {
    { "--match", "TEXT", N_("Only people who fit: name, postcode, end of a phone number, NHS number") },
    { "--limit", "N", N_("At most so many") },
    { NULL, NULL, NULL }
};
static const struct option asset_list_options[] = {
    { "--match", "TEXT", N_("Only entries with these words, or tokens: \"tea cost:free day:mon lang:cy\"") },
    ASSET_FIND_OPTIONS,
    { "--limit", "N", N_("At most so many") },
    { NULL, NULL, NULL }
};
static const struct option limit_options[] = {
    { "--limit", "N", N_("At most so many") },
    { NULL, NULL, NULL }
};
#define AS_OF_OPTION { "--as-of", "DATE", N_("As it stood at the end of this day, from the history") }
static const struct option as_of_options[] = {
    AS_OF_OPTION,
    { NULL, NULL, NULL }
};
static const struct option show_options[] = {
    AS_OF_OPTION,
    { "--reveal", NULL, N_("Show a protected person's phone, address and e-mail; written to the history") },
    { NULL, NULL, NULL }
};
static const struct option add_options[] = {
    { "--answers", "FILE", N_("Answers as a JSON object of question and value; - is standard input") },
    { NULL, NULL, NULL }
};

#define PERSON_ROWS(noun_name)                                                                        \
    { noun_name, "list", "[PERSON]", 0, 1, N_("List them"), limit_options, NEEDS_CASE, list_run },                 \
    { noun_name, "show", "ID", 1, 1, N_("Show one"), NULL, NEEDS_CASE, show_run },                                 \
    { noun_name, "add", "PERSON", 1, 1, N_("Add one, from a file of answers"), add_options, NEEDS_CASE, add_run }, \
    { noun_name, "edit", "ID", 1, 1, N_("Change answers of one"), add_options, NEEDS_CASE, edit_run }

const struct command record_commands[] = {
    { "person", "list", "", 0, 0, N_("List people, by name"), list_options, NEEDS_CASE, list_run },
    { "person", "show", "PERSON", 1, 1, N_("Show one person"), show_options, NEEDS_CASE, show_run },
    { "person", "add", "", 0, 0, N_("Add a person, from a file of answers"), add_options, NEEDS_CASE, add_run },
    { "person", "edit", "PERSON", 1, 1, N_("Change answers about a person"), add_options, NEEDS_CASE, edit_run },
    PERSON_ROWS("referral"),
    { "referral", "decide", "ID", 1, 1, N_("Decide on a referral: accept, decline, return"), add_options, NEEDS_CASE,
      decide_run },
    { "episode", "list", "PERSON", 1, 1, N_("List a person's episodes"), limit_options, NEEDS_CASE, list_run },
    { "episode", "show", "ID", 1, 1, N_("Show one, with what is still to go for the core data set"), as_of_options,
      NEEDS_CASE, show_run },
    { "episode", "edit", "ID", 1, 1, N_("Change when it was opened and its model"), add_options, NEEDS_CASE, edit_run },
    { "asset", "list", "", 0, 0, N_("List community assets, by name"), asset_list_options, NEEDS_CASE, list_run },
    { "asset", "show", "ID", 1, 1, N_("Show one"), NULL, NEEDS_CASE, show_run },
    { "asset", "add", "", 0, 0, N_("Add one, from a file of answers"), add_options, NEEDS_CASE, add_run },
    { "asset", "edit", "ID", 1, 1, N_("Change answers of one"), add_options, NEEDS_CASE, edit_run },
    PERSON_ROWS("contact"),
    PERSON_ROWS("consent"),
    PERSON_ROWS("gap"),
    { "supervision", "list", "", 0, 0, N_("Your own supervision, newest first"), limit_options, NEEDS_CASE, list_run },
    { "supervision", "show", "ID", 1, 1, N_("Show one"), NULL, NEEDS_CASE, show_run },
    { "supervision", "add", "", 0, 0, N_("Add one, from a file of answers"), add_options, NEEDS_CASE, add_run },
    { "supervision", "edit", "ID", 1, 1, N_("Change answers of one"), add_options, NEEDS_CASE, edit_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
