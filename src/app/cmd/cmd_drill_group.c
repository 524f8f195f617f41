/* cmd_drill_group.c - drill: the past of one practitioner, a group side by side, setting a drill, progress as
 * CSV. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/csv_read.h"
#include "dolen/base/lang.h"
#include "dolen/base/layout.h"
#include "dolen/base/mem.h"
#include "dolen/base/out.h"
#include "dolen/base/text.h"
#include "dolen/forms/drill.h"
#include "drill_progress.h"
#include "drilling.h"
#include "dolen/base/banned.h"

#define BAR_COLS 25
#define NAME_COLS 32

/* --- practitioners ---------------------------------------------------------------------------------------------- */

static const char *name_of(const struct records *people, struct id id)
{
    for (size_t i = 0; i < people->count; i++)
        if (id_eq(people->items[i].id, id))
            return record_or(&people->items[i], PRACTITIONER_name, "");
    return "";
}

/* By id or by the whole name. Not given: whoever opened the case file. */
static enum status practitioner_asked(struct run *r, const char *option, struct id *out, struct err *err)
{
    const char *typed = run_value(r, option);
    struct records people = { NULL, 0, 0 };
    enum status st;

    *out = r->cf->slot.practitioner;
    if (!typed || id_parse(typed, out))
        return ST_OK;
    st = store_list(r->cf->store, LIST_PRACTITIONERS, ID_NONE, 0, &people, err);
    *out = ID_NONE;
    for (size_t i = 0; i < people.count; i++)
        if (str_eq(record_text(&people.items[i], PRACTITIONER_name), typed))
            *out = people.items[i].id;
    if (st == ST_OK && !id_is_set(*out))
        st = err_set(err, ST_NOTFOUND, _("No practitioner of this case file is called %s. Nothing was changed."
                                         " dolen keys list shows the names."),
                     typed);
    records_release(&people);
    return st;
}

/* --- history ---------------------------------------------------------------------------------------------------- */

static void bar(int percent)
{
    int full = (percent * BAR_COLS + 50) / 100;

    for (int i = 0; i < BAR_COLS; i++)
        putchar(i < full ? '#' : '.');
}

/* As people know it; one that is in the catalog no more by its id. */
static const char *drill_name(struct catalog *c, const char *id)
{
    const struct drill *d = catalog_drill(c, id, NULL);

    return d ? text2_now(&d->title) : id;
}

static void history_text(struct catalog *c, const struct drill_pasts *past)
{
    for (size_t i = 0; i < past->count; i++) {
        const struct drill_past *p = &past->items[i];

        layout_put(date_show(p->on).s, 13);
        layout_put(drill_name(c, p->drill), NAME_COLS);
        bar(p->percent);
        printf(" %3d%s\n", p->percent, p->safety == SAFETY_FAILED ? _("  safety not kept") : "");
    }
    if (!past->count)
        puts(_("No drill is done yet."));
}

static struct json *history_json(const struct records *rows, struct id who)
{
    struct json *j = json_new_map(), *list = json_new_list();

    for (size_t i = rows->count; i-- > 0;) {
        const struct record *r = &rows->items[i];
        struct json *x;

        if (id_is_set(who) && !id_eq(record_id(r, DRILL_practitioner), who))
            continue;
        x = json_new_map();
        json_set_text(x, "id", id_show(r->id).s);
        json_set_text(x, "drill", record_text(r, DRILL_drill));
        json_set_text(x, "state", record_text(r, DRILL_state));
        json_set_text(x, "started_on", record_text(r, DRILL_started_on));
        json_set_text(x, "ended_on", record_text(r, DRILL_ended_on));
        json_set_int(x, "points", record_int(r, DRILL_points, 0));
        json_set_int(x, "best", record_int(r, DRILL_best, 0));
        json_set_text(x, "safety", record_text(r, DRILL_safety));
        json_append(list, x);
    }
    json_set(j, "items", list);
    return j;
}

static enum status history_run(struct run *r, struct err *err)
{
    struct progress p;
    struct id who;
    enum status st = drilling_allowed(r->cf, err);

    if (st == ST_OK)
        st = practitioner_asked(r, "--for", &who, err);
    if (st == ST_OK)
        st = progress_load(&p, r->cf, who, err);
    if (st != ST_OK)
        return st;
    if (r->json)
        run_print_json("drill-history", history_json(&p.rows, who));
    else
        history_text(r->cf->catalog, &p.past);
    progress_release(&p);
    return ST_OK;
}

/* --- setting a drill -------------------------------------------------------------------------------------------- */

static enum status set_run(struct run *r, struct err *err)
{
    const struct drill *d;
    struct id who;
    struct date due;
    enum status st = drilling_allowed(r->cf, err);

    if (st == ST_OK && !(d = catalog_drill(r->cf->catalog, r->operand[0], err)))
        st = err->st;
    if (st == ST_OK)
        st = practitioner_asked(r, "--for", &who, err);
    if (st == ST_OK)
        st = run_date(r, "--by", &due, err);
    if (st == ST_OK)
        st = attempt_set(r->cf->store, d, who, r->cf->slot.practitioner, due, err);
    if (st == ST_OK && !r->json)
        printf("%s\n", _("Set. It comes first in that practitioner's drills."));
    return st;
}

/* --- a group ---------------------------------------------------------------------------------------------------- */

struct group {
    struct records  people;
    struct progress all;                /* drills, and everybody's rows */
};

static enum status group_load(struct group *g, struct casefile *cf, struct err *err)
{
    enum status st = store_list(cf->store, LIST_PRACTITIONERS, ID_NONE, 0, &g->people, err);

    return st == ST_OK ? progress_load(&g->all, cf, cf->slot.practitioner, err) : st;
}

static void group_release(struct group *g)
{
    records_release(&g->people);
    progress_release(&g->all);
}

static void compare_one(const struct group *g, struct catalog *c, const struct record *person, bool json,
                        struct json *list)
{
    struct drill_pasts past = { NULL, 0, 0 };
    struct progress mine = { .past = { NULL, 0, 0 } };
    struct json *j = json ? json_new_map() : NULL, *drills = json ? json_new_list() : NULL;

    drill_pasts_of(&g->all.rows, person->id, &past);
    mine.past = past;
    if (json)
        json_set_text(j, "practitioner", record_text(person, PRACTITIONER_name));
    else
        printf("%s\n", record_or(person, PRACTITIONER_name, ""));
    for (size_t i = 0; i < g->all.count; i++) {
        int times;
        const struct drill_past *last = progress_last(&mine, g->all.drills[i]->id, &times);

        if (!last)
            continue;
        if (json) {
            struct json *d = json_new_map();

            json_set_text(d, "drill", last->drill);
            json_set_int(d, "percent", last->percent);
            json_set_int(d, "times", times);
            json_set_text(d, "safety", drill_safety_code(last->safety));
            json_append(drills, d);
        } else {
            fputs("  ", stdout);
            layout_put(drill_name(c, last->drill), NAME_COLS);
            bar(last->percent);
            printf(" %3d%s\n", last->percent, last->safety == SAFETY_FAILED ? _("  safety not kept") : "");
        }
    }
    if (json) {
        json_set(j, "drills", drills);
        json_append(list, j);
    }
    free(past.items);
}

static enum status compare_run(struct run *r, struct err *err)
{
    struct group g = { .people = { NULL, 0, 0 } };
    struct json *list = json_new_list();
    enum status st = drilling_allowed(r->cf, err);

    if (st == ST_OK)
        st = group_load(&g, r->cf, err);
    for (size_t i = 0; st == ST_OK && i < g.people.count; i++)
        compare_one(&g, r->cf->catalog, &g.people.items[i], r->json, list);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set(j, "items", list);
        run_print_json("drill-compare", j);
    } else {
        json_free(&list);
    }
    group_release(&g);
    return st;
}

/* --- progress as CSV: of the practice, and nothing of any case -------------------------------------------------- */

static void number_cell(struct csv_row *row, long n)
{
    char text[24];

    snprintf(text, sizeof text, "%ld", n);
    csv_row_add(row, text);
}

static void csv_line(struct buf *out, struct csv_row *row)
{
    csv_row_write(out, row);
    for (size_t i = 0; i < row->count; i++)
        free(row->cells[i]);
    free(row->cells);
    *row = (struct csv_row) { .cells = NULL };
}

static void csv_head(struct buf *out)
{
    static const char *const names[] = { "training", "practitioner", "drill", "version", "ended_on", "points",
                                         "best", "percent",
                                         "safety", "minutes", "paper_minutes" };
    struct csv_row row = { .cells = NULL };

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        csv_row_add(&row, names[i]);
    for (int k = 0; k < DRILL_SKILLS; k++)
        csv_row_add(&row, drill_skill_word((enum drill_skill) k));
    csv_line(out, &row);
}

static void csv_skills(struct csv_row *row, const struct record *r)
{
    struct json *j = NULL;
    const char *detail = record_or(r, DRILL_detail, "{}");

    json_parse(&j, detail, strlen(detail), NULL);
    for (int k = 0; k < DRILL_SKILLS; k++) {
        const struct json *pair = j ? json_get(j, drill_skill_word((enum drill_skill) k)) : NULL;
        char text[24] = "";

        if (pair)
            snprintf(text, sizeof text, "%d/%d", (int) json_int(json_at(pair, 0)), (int) json_int(json_at(pair, 1)));
        csv_row_add(row, text);
    }
    json_free(&j);
}

static void csv_attempt(struct buf *out, const struct group *g, const struct record *r)
{
    struct csv_row row = { .cells = NULL };
    long points = record_int(r, DRILL_points, 0), best = record_int(r, DRILL_best, 0);

    csv_row_add(&row, "TRAINING");
    csv_row_add(&row, name_of(&g->people, record_id(r, DRILL_practitioner)));
    csv_row_add(&row, record_or(r, DRILL_drill, ""));
    number_cell(&row, record_int(r, DRILL_version, 0));
    csv_row_add(&row, record_or(r, DRILL_ended_on, ""));
    number_cell(&row, points);
    number_cell(&row, best);
    number_cell(&row, best > 0 ? (points * 100 + best / 2) / best : 0);
    csv_row_add(&row, record_or(r, DRILL_safety, ""));
    number_cell(&row, record_int(r, DRILL_minutes, 0));
    number_cell(&row, record_int(r, DRILL_paper_minutes, 0));
    csv_skills(&row, r);
    csv_line(out, &row);
}

static enum status export_run(struct run *r, struct err *err)
{
    const char *to = run_value(r, "--to");
    struct group g = { .people = { NULL, 0, 0 } };
    struct buf b = BUF_INIT;
    enum status st = drilling_allowed(r->cf, err);

    if (st == ST_OK)
        st = group_load(&g, r->cf, err);
    if (st == ST_OK) {
        csv_head(&b);
        for (size_t i = g.all.rows.count; i-- > 0;)
            if (str_eq(record_text(&g.all.rows.items[i], DRILL_state), "DONE"))
                csv_attempt(&b, &g, &g.all.rows.items[i]);
        if (to)
            st = out_file(to, b.s, b.len, err);
        else
            fwrite(b.s, 1, b.len, stdout);
    }
    buf_release(&b);
    group_release(&g);
    return st;
}

static const struct option for_options[] = {
    { "--for", "PRACTITIONER", N_("Whose, by name or id; yours when not given") },
    { NULL, NULL, NULL }
};
static const struct option set_options[] = {
    { "--for", "PRACTITIONER", N_("For whom, by name or id; yourself when not given") },
    { "--by", "DATE", N_("By when") },
    { NULL, NULL, NULL }
};
static const struct option export_options[] = {
    { "--to", "FILE", N_("Into this new file, in place of standard output") },
    { NULL, NULL, NULL }
};

const struct command drill_group_commands[] = {
    { "drill", "history", "", 0, 0, N_("The drills a practitioner has done, with a bar for each score"), for_options,
      NEEDS_CASE, history_run },
    { "drill", "set", "DRILL", 1, 1, N_("Set a drill for a practitioner of this case file: for trainers"),
      set_options, NEEDS_CASE, set_run },
    { "drill", "compare", "", 0, 0, N_("The practitioners of this case file side by side, last score of each drill"),
      NULL, NEEDS_CASE,
      compare_run },
    { "drill", "export", "", 0, 0,
      N_("Progress as CSV: scores by practitioner, drill and skill; nothing of any case"), export_options,
      NEEDS_CASE, export_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
