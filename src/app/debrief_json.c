/* app/debrief_json.c - a score for scripts: stable keys, no words of the person's. */
#include "debrief.h"

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static struct json *line_json(const struct attempt *a, const struct drill_score *s, size_t i)
{
    size_t n;
    const struct drill_log *log = drill_play_log(a->play, &n);
    const struct drill_line *x = &a->d->lines[i];
    const struct drill_verdict *v = &s->lines[i];
    struct json *j = json_new_map();

    json_set_text(j, "line", x->id);
    json_set_text(j, "skill", drill_skill_word(x->skill));
    json_set_int(j, "points", v->yes ? x->points : 0);
    json_set_int(j, "of", x->points);
    json_set_bool(j, "earned", v->yes);
    json_set_bool(j, "safety", x->safety);
    json_set_int(j, "step", v->step);
    json_set_int(j, "minute", v->step >= 0 ? log[v->step].clock : 0);
    json_set_text(j, "text", text2_now(v->yes || x->points < 0 ? &x->earned : &x->lost));
    return j;
}

static struct json *fact_ids(const struct drill *d, uint64_t which)
{
    struct json *list = json_new_list();

    for (size_t i = 0; i < d->fact_count; i++)
        if (which >> i & 1)
            json_append(list, json_new_text(d->facts[i].id));
    return list;
}

static struct json *steps_json(const struct attempt *a, const struct drill_score *s)
{
    struct json *list = json_new_list();

    for (size_t i = 0; i < a->d->step_count; i++) {
        struct json *j = json_new_map();

        json_set_text(j, "step", a->d->steps[i].id);
        json_set_bool(j, "done_in_time", s->steps[i].yes);
        json_set_int(j, "at", s->steps[i].step);
        json_append(list, j);
    }
    return list;
}

struct json *debrief_json(const struct attempt *a, const struct drill_score *s)
{
    struct json *j = json_new_map(), *lines = json_new_list();

    json_set_text(j, "id", id_show(a->row.id).s);
    json_set_text(j, "drill", a->d->id);
    json_set_int(j, "version", a->d->version);
    json_set_int(j, "seed", (int64_t) drill_play_seed(a->play));
    json_set_text(j, "state", record_text(&a->row, DRILL_state));
    json_set_bool(j, "training", true);
    json_set_int(j, "points", s->points);
    json_set_int(j, "best", s->best);
    json_set_int(j, "percent", drill_percent(s));
    json_set_text(j, "safety", drill_safety_code(s->safety));
    json_set_int(j, "minutes", s->minutes);
    json_set_int(j, "paper_minutes", s->paper_minutes);
    json_set_int(j, "to_go", s->to_go);
    for (size_t i = 0; i < a->d->line_count; i++)
        json_append(lines, line_json(a, s, i));
    json_set(j, "lines", lines);
    json_set(j, "steps", steps_json(a, s));
    json_set_bool(j, "steps_in_order", s->steps_in_order);
    json_set(j, "heard_not_recorded", fact_ids(a->d, s->heard & ~s->recorded));
    json_set(j, "recorded_not_heard", fact_ids(a->d, s->recorded & ~s->heard));
    return j;
}
