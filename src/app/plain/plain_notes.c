/* plain_notes.c - line mode: the notes of a talk, read sentence by sentence, and sentences filed to questions. */
#include "plain_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/excerpt.h"
#include "dolen/ui/notes.h"
#include "notes.h"
#include "dolen/base/banned.h"

#define PAGES_MAX     50
#define SENTENCES_MAX 400
#define PLACES_MAX    60

struct sentence {
    size_t at, bytes;
};

static size_t sentences_of(const char *text, struct sentence *out)
{
    size_t n = 0, at = 0, bytes;

    while (n < SENTENCES_MAX && (bytes = excerpt_sentence_next(text, &at)) > 0) {
        out[n++] = (struct sentence) { at, bytes };
        at += bytes;
    }
    return n;
}

/* --- to which question ------------------------------------------------------------------------------------------ */

static int fit_of(const struct note_place *place, const char *label, const char *typed)
{
    struct buf text = BUF_INIT;

    note_place_text(place, &text);
    int fit = pick_fit(label, buf_text(&text), typed);

    buf_release(&text);
    return fit;
}

/* Those with the words typed in them; -1: none was taken. */
static int choose_place(struct plain *p, const struct note_place *places, size_t count, const char *typed)
{
    struct choice items[PLACES_MAX];
    struct buf label[PLACES_MAX];
    size_t which[PLACES_MAX], n = 0;
    int i;

    for (int fit = 0; fit < PICK_NOT; fit++)
        for (size_t k = 0; k < count && n < PLACES_MAX; k++) {
            label[n] = (struct buf) BUF_INIT;
            note_place_label(&places[k], &label[n]);
            if (fit_of(&places[k], buf_text(&label[n]), typed) != fit) {
                buf_release(&label[n]);
                continue;
            }
            items[n] = (struct choice) { NULL, buf_text(&label[n]), true };
            which[n++] = k;
        }
    if (n == 0)
        tell_text(_("No question has that in it."));
    do
        i = n ? plain_choose(p, _("To which question?"), items, n) : CHOSE_BACK;
    while (i == CHOSE_AGAIN);
    for (size_t k = 0; k < n; k++)
        buf_release(&label[k]);
    return i >= 0 ? (int) which[i] : -1;
}

static void file_sentence(struct plain *p, const struct record *note, const char *words, size_t start)
{
    struct note_words w = { note->id, p->person, p->episode, record_date(note, NOTE_held_on), start, words };
    struct note_place *places = NULL;
    size_t count = note_places(p->cf->catalog, &places);
    struct buf line = BUF_INIT;
    struct err err = { .st = ST_OK };
    struct id excerpt;
    enum reply r;
    int i = -1;

    do
        r = plain_ask(p, _("Part of the question's name, or Enter for all: "), &line);
    while (r == REPLY_AGAIN);
    if (r == REPLY_LINE && !str_eq(buf_text(&line), "<"))
        i = choose_place(p, places, count, buf_text(&line));
    if (i >= 0 && note_file_words(p->cf, NULL, &w, &places[i], &excerpt, &err) == ST_OK)
        tell(note_is_in_draft(p->cf, excerpt)
                 ? _("Filed to \"%s\". It stands in the draft; take-back takes it back.")
                 : _("Filed to \"%s\", which was the answer already; take-back takes the link back."),
             places[i].code ? text2_now(&places[i].code->label) : text2_now(&places[i].q->label));
    else if (i >= 0)
        tell_error(&err);
    buf_wipe(&line);
    free(places);
}

/* --- one page --------------------------------------------------------------------------------------------------- */

/* Where a sentence was filed already, behind it. */
static void add_places(struct plain *p, const struct records *filed, const char *text, const struct sentence *s,
                       struct buf *out)
{
    for (size_t i = 0; i < filed->count; i++) {
        const struct record *x = &filed->items[i];
        size_t at;

        if (!excerpt_find(text, record_or(x, EXCERPT_words, ""), (size_t) record_int(x, EXCERPT_start, 0), &at) ||
            at < s->at || at >= s->at + s->bytes || !excerpt_lives(p->cf->store, x))
            continue;
        buf_addf(out, ", %s: ", _("filed to"));
        excerpt_place_words(&p->ui, x, out);
    }
}

static void take_back(struct plain *p, const struct records *filed)
{
    struct err err = { .st = ST_OK };
    size_t newest = 0;
    bool stays = false;

    for (size_t i = 1; i < filed->count; i++)
        if (filed->items[i].created_at >= filed->items[newest].created_at)
            newest = i;
    if (filed->count == 0)
        tell_text(_("No words of this page are filed."));
    else if (note_take_back(p->cf, NULL, filed->items[newest].id, &stays, &err) != ST_OK)
        tell_error(&err);
    else
        tell_text(stays ? _("Only the link is taken back: the answer stood there before, or was written on since, and "
                            "stays.")
                        : _("The words are taken out of the answer again."));
}

enum { PAGE_WRITE, PAGE_TAKE_BACK, PAGE_FIXED };

static int choose_sentence(struct plain *p, const char *text, const struct sentence *s, size_t n,
                           const struct records *filed)
{
    struct choice *items = xcalloc(n + PAGE_FIXED, sizeof *items);
    struct buf *label = xcalloc(n + 1, sizeof *label);
    int i;

    items[PAGE_WRITE] = (struct choice) { N_(":edit"), N_("Write on this page"), false };
    items[PAGE_TAKE_BACK] = (struct choice) { N_(":take-back"), N_("Take back what was filed last"), false };
    for (size_t k = 0; k < n; k++) {
        buf_add_mem(&label[k], text + s[k].at, s[k].bytes);
        add_places(p, filed, text, &s[k], &label[k]);
        items[k + PAGE_FIXED] = (struct choice) { NULL, buf_text(&label[k]), true };
    }
    i = plain_choose(p, _("Talk notes: the number of a sentence files it to a question"), items, n + PAGE_FIXED);
    for (size_t k = 0; k < n; k++)
        buf_wipe(&label[k]);
    free(label);
    free(items);
    return i;
}

/* False: back to the pages. */
static bool page_once(struct plain *p, struct id id)
{
    struct target t = { .form = "note", .person = p->person, .record = id };
    struct sentence *s = xcalloc(SENTENCES_MAX, sizeof *s);
    struct records filed = { NULL, 0, 0 };
    struct record note = { .text = NULL };
    struct err err = { .st = ST_OK };
    int i = CHOSE_BACK;

    if (store_get(p->cf->store, T_NOTE, id, &note, &err) != ST_OK ||
        store_list(p->cf->store, LIST_EXCERPTS_OF_NOTE, id, 0, &filed, &err) != ST_OK) {
        tell_error(&err);
    } else {
        const char *text = record_or(&note, NOTE_words, "");
        size_t n = sentences_of(text, s);

        i = choose_sentence(p, text, s, n, &filed);
        if (i == PAGE_WRITE) {
            plain_form(p, &t, NULL);
        } else if (i == PAGE_TAKE_BACK) {
            take_back(p, &filed);
        } else if (i >= PAGE_FIXED) {
            char *words = xstrndup(text + s[i - PAGE_FIXED].at, s[i - PAGE_FIXED].bytes);

            file_sentence(p, &note, words, excerpt_chars(text, s[i - PAGE_FIXED].at));
            explicit_bzero(words, strlen(words));
            free(words);
        }
    }
    record_release(&note);
    records_release(&filed);
    free(s);
    return i != CHOSE_BACK && i != CHOSE_OVER;
}

/* --- the pages -------------------------------------------------------------------------------------------------- */

static int choose_page(struct plain *p, const struct records *all)
{
    struct choice items[PAGES_MAX + 1];
    struct buf label[PAGES_MAX];
    int i;

    items[0] = (struct choice) { N_(":new"), N_("A new page"), false };
    for (size_t k = 0; k < all->count; k++) {
        const char *words = record_or(&all->items[k], NOTE_words, "");
        size_t at = 0, n = excerpt_sentence_next(words, &at);

        label[k] = (struct buf) BUF_INIT;
        buf_addf(&label[k], "%s: ", date_show(record_date(&all->items[k], NOTE_held_on)).s);
        buf_add_mem(&label[k], words + at, n);
        items[k + 1] = (struct choice) { NULL, buf_text(&label[k]), true };
    }
    i = plain_choose(p, _("Talk notes, newest first"), items, all->count + 1);
    for (size_t k = 0; k < all->count; k++)
        buf_wipe(&label[k]);
    return i;
}

void step_notes(struct plain *p)
{
    struct target t = { .form = "note", .person = p->person };
    int i = CHOSE_AGAIN;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        struct records all = { NULL, 0, 0 };
        struct err err = { .st = ST_OK };
        struct id page = ID_NONE;

        if (store_list(p->cf->store, LIST_NOTES_OF_PERSON, p->person, PAGES_MAX, &all, &err) != ST_OK) {
            tell_error(&err);
            return;
        }
        i = choose_page(p, &all);
        if (i > 0)
            page = all.items[i - 1].id;
        records_release(&all);
        if (i == 0)
            plain_form(p, &t, NULL);
        while (i > 0 && p->end == PLAIN_GO_ON && page_once(p, page))
            ;
    }
}
