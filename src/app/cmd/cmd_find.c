/* cmd_find.c - search and worklist. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "caseload.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/layout.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/worklist_load.h"
#include "dolen/base/banned.h"

#define HITS_MAX 200
#define WORK_MAX 200
#define NAME_COLS 30
#define KIND_COLS 12

static const char *hit_word(enum hit_kind k)
{
    return k == HIT_PERSON ? "person" : k == HIT_ASSET ? "asset" : "note";
}

static const char *hit_label(enum hit_kind k)
{
    return k == HIT_PERSON ? _("Person") : k == HIT_ASSET ? _("Directory") : _("Note");
}

static const char *met_word(enum hit_met m)
{
    static const char *const word[] = {
        [MET_SHOWN] = "name", [MET_GIVEN_NAME] = "given_name", [MET_OTHER_NAME] = "also_known_as",
        [MET_NHS_NUMBER] = "nhs_number", [MET_POSTCODE] = "postcode", [MET_PHONE] = "phone",
    };

    return word[m];
}

static void print_hit(const struct hit *h)
{
    struct buf b = BUF_INIT, why = BUF_INIT;

    text_tame(&b, h->text, false);
    if (h->slip)
        buf_addf(&b, ", %s", _("spelled like it"));
    hit_met_words(h, &why);
    if (why.len)
        buf_add(&b, ", ");
    text_tame(&b, buf_text(&why), false);
    printf("%s  ", id_show(h->id).s);
    layout_put(hit_label(h->kind), KIND_COLS);
    printf("  %s\n", buf_text(&b));
    buf_wipe(&b);
    buf_wipe(&why);
}

static enum status search_run(struct run *r, struct err *err)
{
    struct hit hit[HITS_MAX];
    struct json *list = json_new_list(), *j;
    long limit = 50;
    int n = 0;
    enum status st = run_int(r, "--limit", 1, HITS_MAX, &limit, err);

    if (st == ST_OK)
        st = store_search(r->cf->store, r->operand[0], ~0u, hit, (int) limit, &n, err);
    for (int i = 0; i < n && st == ST_OK; i++) {
        struct json *h = json_new_map();

        json_set_text(h, "kind", hit_word(hit[i].kind));
        json_set_text(h, "id", id_show(hit[i].id).s);
        if (id_is_set(hit[i].person))
            json_set_text(h, "person", id_show(hit[i].person).s);
        json_set_text(h, "text", hit[i].text);
        json_set_bool(h, "slip_forgiven", hit[i].slip);
        if (hit[i].met != MET_SHOWN) {
            json_set_text(h, "met", met_word(hit[i].met));
            json_set_text(h, "met_text", hit[i].met_text);
        }
        json_append(list, h);
        if (!r->json)
            print_hit(&hit[i]);
    }
    if (st == ST_OK)
        run_say_none(r, n > 0, _("Nothing was found."));
    if (st != ST_OK || !r->json) {
        json_free(&list);
        return st;
    }
    j = json_new_map();
    json_set(j, "items", list);
    run_print_json("search", j);
    return ST_OK;
}

static enum status worklist_run(struct run *r, struct err *err)
{
    struct work_item *item = xcalloc(WORK_MAX, sizeof *item);
    struct json *list = json_new_list(), *j;
    struct date until;
    struct id whose = ID_NONE;
    int n = 0;
    enum status st = run_date(r, "--until", &until, err);

    if (!date_is_set(until))
        until = clock_today();
    if (st == ST_OK && run_value(r, "--of"))
        st = practitioner_find(r->cf, run_value(r, "--of"), &whose, err);
    if (st == ST_OK)
        st = worklist_load(r->cf->store, r->cf->catalog, whose, clock_today(), until, item, WORK_MAX, &n, err);
    if (st == ST_OK)
        st = worklist_names(r->cf->store, item, n, err);
    for (int i = 0; i < n && st == ST_OK; i++) {
        struct json *w = json_new_map();
        struct buf why = BUF_INIT, name = BUF_INIT;

        work_words(&why, &item[i], clock_today());
        text_tame(&name, item[i].name, false);
        json_set_text(w, "kind", work_kind_code(item[i].kind));
        json_set_text(w, "due", date_is_set(item[i].due) ? date_iso(item[i].due).s : NULL);
        json_set_text(w, "person", id_is_set(item[i].person) ? id_show(item[i].person).s : NULL);
        json_set_text(w, "episode", id_is_set(item[i].episode) ? id_show(item[i].episode).s : NULL);
        json_set_text(w, "subject", id_is_set(item[i].subject) ? id_show(item[i].subject).s : NULL);
        json_set_text(w, "name", item[i].name);
        json_set_text(w, "why", buf_text(&why));
        json_append(list, w);
        if (!r->json) {
            layout_put(buf_text(&name), NAME_COLS);
            printf("  %s\n", buf_text(&why));
        }
        buf_wipe(&name);
        buf_release(&why);
    }
    free(item);
    if (st != ST_OK || !r->json) {
        if (st == ST_OK && n == 0)
            puts(_("Nothing is due."));
        json_free(&list);
        return st;
    }
    j = json_new_map();
    json_set(j, "items", list);
    run_print_json("worklist", j);
    return ST_OK;
}

static const struct option search_options[] = {
    { "--limit", "N", N_("At most so many") },
    { NULL, NULL, NULL }
};
static const struct option worklist_options[] = {
    { "--until", "DATE", N_("Due on or before this day; today when not given") },
    { "--of", "NAME", N_("Only what is this practitioner's, by name, id or slot number, and what is nobody's yet") },
    { NULL, NULL, NULL }
};

const struct command find_commands[] = {
    { "worklist", NULL, "", 0, 0, N_("What is due, most urgent first, and why"), worklist_options, NEEDS_CASE,
      worklist_run },
    { "search", NULL, "TEXT", 1, 1, N_("Search people, assets and notes"), search_options, NEEDS_CASE, search_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
