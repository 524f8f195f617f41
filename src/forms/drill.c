/* drill.c - the life of a drill: parsed, asked, freed. */
#include "dolen/forms/drill.h"

#include <stdlib.h>

#include "dolen/base/mem.h"
#include "drill_build.h"
#include "parsing.h"

#include "dolen/base/banned.h"

enum status drill_parse(struct drill **out, const char *file, const char *s, size_t n, struct err *err)
{
    struct parsing p;
    enum status st;

    *out = parsing_begin(&p, file, s, n, NULL) ? drill_build(&p.b, p.root) : NULL;
    st = parsing_end(&p, err);
    if (st != ST_OK) {
        drill_free(out);
        return st;
    }
    (*out)->bytes = source_kept(s, n, &(*out)->byte_count);
    return ST_OK;
}

static void words_free(char **words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(words[i]);
    free(words);
}

static void paper_release(struct drill_paper *p)
{
    for (int l = 0; l < LANG_COUNT; l++)
        json_free(&p->answers[l]);
    free(p->form);
    free(p->stage);
}

static void turn_release(struct drill_turn *t)
{
    for (size_t i = 0; i < t->count; i++) {
        struct drill_offer *o = &t->offers[i];

        text2_release(&o->text);
        text2_release(&o->reply);
        text2_release(&o->otherwise);
        expr_free(&o->when);
        free(o->tells);
        free(o->id);
    }
    text2_release(&t->scene);
    text2_release(&t->says);
    free(t->offers);
    free(t->id);
}

static void fact_release(struct drill_fact *f)
{
    for (size_t i = 0; i < f->filed_count; i++) {
        free(f->filed[i].form);
        free(f->filed[i].question);
        free(f->filed[i].code);
    }
    for (int l = 0; l < LANG_COUNT; l++)
        words_free(f->evidence[l], f->evidence_count[l]);
    text2_release(&f->label);
    text2_release(&f->said);
    free(f->filed);
    free(f->id);
}

static void event_release(struct drill_event *e)
{
    text2_release(&e->scene);
    text2_release(&e->says);
    expr_free(&e->when);
    free(e->tells);
    free(e->at_form);
    free(e->id);
}

static void line_release(struct drill_line *x)
{
    text2_release(&x->earned);
    text2_release(&x->lost);
    text2_release(&x->strength);
    text2_release(&x->next_step);
    expr_free(&x->when);
    free(x->id);
}

static void parts_release(struct drill *d)
{
    for (size_t i = 0; i < d->turn_count; i++)
        turn_release(&d->turns[i]);
    for (size_t i = 0; i < d->fact_count; i++)
        fact_release(&d->facts[i]);
    for (size_t i = 0; i < d->event_count; i++)
        event_release(&d->events[i]);
    for (size_t i = 0; i < d->line_count; i++)
        line_release(&d->lines[i]);
    for (size_t i = 0; i < d->paper_count; i++)
        paper_release(&d->papers[i]);
    for (size_t i = 0; i < d->asset_count; i++) {
        paper_release(&d->assets[i].paper);
        free(d->assets[i].id);
    }
    for (size_t i = 0; i < d->step_count; i++) {
        text2_release(&d->steps[i].label);
        expr_free(&d->steps[i].when);
        free(d->steps[i].id);
    }
    for (int l = 0; l < LANG_COUNT; l++)
        words_free(d->plan.words[l], d->plan.word_count[l]);
}

void drill_free(struct drill **dp)
{
    struct drill *d = dp ? *dp : NULL;

    if (!d)
        return;
    parts_release(d);
    text2_release(&d->title);
    text2_release(&d->about);
    text2_release(&d->name);
    free(d->turns);
    free(d->facts);
    free(d->events);
    free(d->lines);
    free(d->papers);
    free(d->assets);
    free(d->steps);
    free(d->plan.assets);
    free(d->approved_by);
    free(d->source);
    free(d->bytes);
    free(d->id);
    free(d);
    *dp = NULL;
}
