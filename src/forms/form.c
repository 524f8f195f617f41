/* form.c - the life of a form: parsed, asked, freed. Building it from nodes is form_build.c. */
#include "dolen/forms/form.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "parsing.h"

#include "dolen/base/banned.h"

static const struct {
    const char *word, *label;
    bool        asked;
} types[] = {
#define X(name, word, asked) { word, NULL, asked },
    QTYPE_LIST(X)
#undef X
};

static const char *const type_labels[] = {
    [Q_TEXT] = N_("text"), [Q_NOTE] = N_("a note"), [Q_INTEGER] = N_("a whole number"), [Q_DECIMAL] = N_("a number"),
    [Q_DATE] = N_("a date"), [Q_SELECT_ONE] = N_("one choice"), [Q_SELECT_MULTIPLE] = N_("several choices"),
    [Q_SCALE] = N_("a scale"), [Q_ACKNOWLEDGE] = N_("a confirmation"), [Q_CALCULATE] = N_("a calculation"),
    [Q_GROUP] = N_("a group"), [Q_REPEAT] = N_("a repeated group"),
};

static const char *const wordings[] = { "official", "draft", "en_shown" };

const char *qtype_word(enum qtype t)
{
    return types[t].word;
}

const char *qtype_label(enum qtype t)
{
    return _(type_labels[t]);
}

bool qtype_asked(enum qtype t)
{
    return types[t].asked;
}

const char *wording_word(enum wording w)
{
    return wordings[w];
}

enum status form_parse(struct form **out, const char *file, const char *s, size_t n, struct catalog *cat,
                       struct err *err)
{
    struct parsing p;
    enum status st;

    *out = parsing_begin(&p, file, s, n, cat) ? form_build(&p.b, p.root) : NULL;
    st = parsing_end(&p, err);
    if (st != ST_OK) {
        form_free(out);
        return st;
    }
    (*out)->source = source_kept(s, n, &(*out)->source_len);
    return ST_OK;
}

static void question_release(struct question *q)
{
    struct text2 *texts[] = { &q->label, &q->hint, &q->constraint_message, &q->item_label, &q->from_label, &q->to_label,
                              &q->find_words };
    struct expr **exprs[] = { &q->required, &q->relevant, &q->constraint, &q->initial, &q->known, &q->calculation,
                              &q->choice_filter, &q->when_skipped };

    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        text2_release(texts[i]);
    for (size_t i = 0; i < ARRAY_LEN(exprs); i++)
        expr_free(exprs[i]);
    for (size_t i = 0; i < q->prompt_count; i++)
        text2_release(&q->prompts[i]);
    if (q->choices_owned)
        codelist_free(&q->choices);
    free(q->prompts);
    free(q->choices_id);
    free(q->numbers);
    free(q->core);
    free(q->name);
}

static void measure_release(struct measure *m)
{
    for (size_t i = 0; i < m->score_count; i++) {
        struct score *s = &m->scores[i];
        for (size_t j = 0; j < s->band_count; j++)
            text2_release(&s->bands[j].label);
        text2_release(&s->label);
        free(s->bands);
        free(s->table);
        free(s->items);
        free(s->reliable_source);
        free(s->name);
    }
    free(m->scores);
    free(m->licence);
    free(m->source);
}

void form_free(struct form **fp)
{
    if (!fp || !*fp)
        return;
    struct form *f = *fp;
    for (size_t i = 0; i < f->count; i++)
        question_release(&f->questions[i]);
    measure_release(&f->measure);
    text2_release(&f->title);
    text2_release(&f->about);
    free(f->questions);
    free(f->id);
    free(f->binds);
    free(f->source);
    free(f);
    *fp = NULL;
}

const char *form_source(const struct form *f, size_t *n)
{
    *n = f->source_len;
    return f->source;
}

const struct question *form_question(const struct form *f, const char *name)
{
    for (size_t i = 0; i < f->count; i++)
        if (str_eq(f->questions[i].name, name))
            return &f->questions[i];
    return NULL;
}

int form_index(const struct form *f, const struct question *q)
{
    return (int) (q - f->questions);
}

bool form_is_added(const struct form *f)
{
    static const char *const own[] = { "conversation", "plan", "review" };

    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (str_eq(f->id, own[i]))
            return false;
    return !f->is_measure && !f->binds;
}

enum wording form_wording(const struct form *f, enum lang l)
{
    enum wording weakest = WORDING_OFFICIAL;

    for (size_t i = 0; l == LANG_CY && i < f->count; i++)
        if (f->questions[i].wording > weakest)
            weakest = f->questions[i].wording;
    return weakest;
}
