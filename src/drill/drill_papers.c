/* drill_papers.c - the forms that a drill's log names, read from the case file, and the score put into it. */
#include "dolen/drill/drill_file.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/forms/answers_json.h"

#include "dolen/base/banned.h"

/* As the drill brought it, put through the form as when it arrived: what the player wrote later is none of it. */
static void take_before(const struct attempt *a, size_t nth, struct drill_paper_there *p)
{
    const struct drill_paper *paper = nth < a->d->paper_count ? &a->d->papers[nth] : NULL;
    struct date day = record_date(&a->row, DRILL_started_on);
    enum lang l = LANG_EN;
    struct session *s;
    struct json *j;

    if (!paper)
        return;
    lang_parse(record_or(&a->row, DRILL_language, "en"), &l);
    s = session_new(p->form, NULL, NULL, 0, day);
    j = drill_answers(paper, l, day);
    if (answers_json_in(s, j, NULL) == ST_OK)
        session_finish(s, &p->before);
    if (p->asset >= 0)
        str_copy(p->status, sizeof p->status,
                 answers_value(&p->before, "status", 0) ? answers_value(&p->before, "status", 0) : "");
    json_free(&j);
    session_free(&s);
}

/* The drill's name of an asset, by the record that stands for it in this case file. */
static int asset_of(const struct attempt *a, struct id record)
{
    size_t n;
    const struct drill_log *log = drill_play_log(a->play, &n);

    for (size_t i = 0; i < n; i++)
        if (log[i].kind == LOG_ASSET && id_eq(log[i].record, record))
            for (size_t k = 0; k < a->d->asset_count; k++)
                if (str_eq(a->d->assets[k].id, log[i].part))
                    return (int) k;
    return -1;
}

static enum status connection_of(struct attempt *a, struct id id, struct drill_paper_there *p, struct err *err)
{
    struct record c = { .text = NULL };
    enum status st = store_get(a->s, T_CONNECTION, id, &c, err);

    if (st == ST_OK) {
        p->asset = asset_of(a, record_id(&c, CONNECTION_asset));
        str_copy(p->status, sizeof p->status, record_or(&c, CONNECTION_status, ""));
    }
    record_release(&c);
    return st;
}

static enum status read_paper(struct attempt *a, const struct form *form, enum table_id t, struct id id,
                              struct drill_paper_there *p, struct err *err)
{
    enum status st = store_answers(a->s, t, id, &p->answers, err);

    p->form = form;
    if (st == ST_OK && t == T_CONNECTION)
        st = connection_of(a, id, p, err);
    return st;
}

/* What was binned since, or belongs to a form that is gone, is not on paper. */
static bool is_kept(struct attempt *a, enum table_id t, struct id id)
{
    struct record r = { .text = NULL };
    bool kept = store_get(a->s, t, id, &r, NULL) == ST_OK && !r.binned;

    record_release(&r);
    return kept;
}

static enum status folder_read(struct attempt *a, struct drill_folder *f, struct err *err)
{
    size_t n, arrived = 0;
    const struct drill_log *log = drill_play_log(a->play, &n);
    enum status st = ST_OK;

    for (size_t i = 0; i < n && st == ST_OK; i++) {
        const struct form *form = log[i].form[0] ? catalog_form(a->cat, log[i].form, NULL) : NULL;
        enum table_id t = T_RESPONSE;
        struct drill_paper_there *p;
        bool came = log[i].kind == LOG_ARRIVED;
        size_t nth = arrived;

        arrived += came;
        if (!form || (form->binds && !table_by_name(form->binds, &t)) || !is_kept(a, t, log[i].record))
            continue;
        p = drill_folder_add(f);
        p->step = (int) i;
        p->arrived = came;
        p->on = log[i].at ? instant_date(log[i].at) : record_date(&a->row, DRILL_started_on);
        st = read_paper(a, form, t, log[i].record, p, err);
        if (came)
            take_before(a, nth, p);
    }
    return st;
}

enum status attempt_judge(struct attempt *a, int to_go, struct drill_score *out, struct err *err)
{
    struct drill_folder f = { NULL, 0, 0, to_go };
    enum status st = folder_read(a, &f, err);

    if (st == ST_OK)
        drill_judge(a->play, &f, out);
    drill_folder_release(&f);
    return st;
}

enum status attempt_finish(struct attempt *a, const struct drill_score *s, struct date today, struct err *err)
{
    struct json *detail = json_new_map();
    struct buf b = BUF_INIT;
    enum status st;

    for (int k = 0; k < DRILL_SKILLS; k++) {
        struct json *pair;

        if (!s->skill_best[k])
            continue;
        pair = json_new_list();
        json_append(pair, json_new_int(s->skill_points[k]));
        json_append(pair, json_new_int(s->skill_best[k]));
        json_set(detail, drill_skill_word((enum drill_skill) k), pair);
    }
    json_write(&b, detail);
    record_set(&a->row, DRILL_state, "DONE");
    record_set_date(&a->row, DRILL_ended_on, today);
    record_set_int(&a->row, DRILL_points, s->points);
    record_set_int(&a->row, DRILL_best, s->best);
    record_set(&a->row, DRILL_safety, drill_safety_code(s->safety));
    record_set_int(&a->row, DRILL_minutes, s->minutes);
    record_set_int(&a->row, DRILL_paper_minutes, s->paper_minutes);
    record_set(&a->row, DRILL_detail, buf_text(&b));
    st = store_put(a->s, &a->row, NULL, err);
    buf_release(&b);
    json_free(&detail);
    return st;
}
