/* notes_words.c - excerpts of notes in words: where they went, and where an answer came from. */
#include "dolen/ui/notes.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

bool excerpt_lives(struct store *s, const struct record *x)
{
    static const enum table_id targets[] = { T_DRAFT, T_RESPONSE, T_REFERRAL, T_PERSON, T_EPISODE, T_CONTACT, T_GAP };
    struct id target = record_id(x, EXCERPT_target);
    struct record r = { .text = NULL };
    bool lives = false;

    for (size_t i = 0; id_is_set(target) && i < ARRAY_LEN(targets) && !lives; i++)
        lives = store_get(s, targets[i], target, &r, NULL) == ST_OK && !r.binned;
    record_release(&r);
    return lives;
}

void excerpt_place_words(struct ui *u, const struct record *x, struct buf *out)
{
    const struct form *form = catalog_form(u->catalog, record_or(x, EXCERPT_form, ""), NULL);
    const struct question *q = form ? form_question(form, record_or(x, EXCERPT_question, "")) : NULL;
    const char *code = record_text(x, EXCERPT_code);

    if (q && code && q->choices)
        buf_addf(out, "%s: ", codelist_label(q->choices, code));
    buf_add(out, q ? text2_now(&q->label) : record_or(x, EXCERPT_question, ""));
}

static void add_source(struct ui *u, const struct record *x, struct buf *out)
{
    struct record note;
    struct date on = { 0, 0, 0 };

    record_init(&note, T_NOTE);
    if (store_get(u->store, T_NOTE, record_id(x, EXCERPT_note), &note, NULL) == ST_OK && !note.binned)
        on = record_date(&note, NOTE_held_on);
    record_release(&note);
    if (out->len)
        buf_add_char(out, '\n');
    if (date_is_set(on))
        buf_addf(out, _("From your notes of %s: \"%s\""), date_show(on).s, record_or(x, EXCERPT_words, ""));
    else
        buf_addf(out, _("From notes that are in the bin: \"%s\""), record_or(x, EXCERPT_words, ""));
}

void excerpt_sources(struct ui *u, struct id target, const char *question, int repeat, struct buf *out)
{
    struct records all = { NULL, 0, 0 };

    if (id_is_set(target) && store_list(u->store, LIST_EXCERPTS_OF_TARGET, target, 0, &all, NULL) == ST_OK)
        for (size_t i = 0; i < all.count; i++)
            if (str_eq(record_text(&all.items[i], EXCERPT_question), question) &&
                record_int(&all.items[i], EXCERPT_repeat, 0) == repeat)
                add_source(u, &all.items[i], out);
    records_release(&all);
}
