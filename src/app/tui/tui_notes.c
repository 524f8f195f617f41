/* tui_notes.c - the notes of a talk on the screen: opened, kept, and words of them filed to questions. */
#include "tui_notes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/excerpt.h"
#include "dolen/ui/notes.h"
#include "notes.h"
#include "tui_case.h"
#include "tui_hosted.h"
#include "dolen/base/banned.h"

bool tui_is_notes(const struct filling *f)
{
    return f->binds == T_NOTE;
}

/* --- what the page asks for ------------------------------------------------------------------------------------- */

static unsigned page_save(void *ctx)
{
    struct hosted *h = ctx;
    struct err err = { .st = ST_OK };

    return filling_save(h->f, &err) == ST_OK ? (unsigned) REACT_DRAW : tui_say_error(h->app, &err);
}

static bool has_words(const struct filling *f)
{
    const struct question *q = form_question(f->form, "words");

    return q && session_value(f->session, q, 0);
}

/* Kept as a record when there is anything new on it; a page that was never written on leaves nothing. */
static enum status keep_page(struct hosted *h, struct err *err)
{
    struct filling *f = h->f;
    enum status st = ST_OK;

    if (!session_dirty(f->session) && !id_is_set(f->draft))
        return ST_OK;
    if (!has_words(f) && !id_is_set(f->record))
        return filling_discard(f, err);
    st = filling_file(f, true, NULL, err);
    if (st == ST_OK) {
        f->fresh = false;
        screen_changed(h->app->screen, CHANGED(NOTE) | CHANGED(DRAFT));
    }
    return st;
}

static unsigned page_leave(void *ctx)
{
    struct hosted *h = ctx;
    struct err err = { .st = ST_OK };

    if (keep_page(h, &err) != ST_OK)
        return tui_say_error(h->app, &err);
    hosted_leave(h);
    if (has_words(h->f))
        screen_message(h->app->screen, STYLE_GOOD, "%s", _("The notes are kept."));
    return REACT_BACK;
}

static struct id page_note(void *ctx)
{
    return ((struct hosted *) ctx)->f->record;
}

static void page_release(void *ctx)
{
    struct screen *screen = ((struct hosted *) ctx)->app->screen;

    hosted_free(ctx);
    screen_changed(screen, CHANGED(DRAFT) | CHANGED(NOTE));
}

/* --- words to a question ---------------------------------------------------------------------------------------- */

struct filing_words {
    struct app        *app;
    struct note_words  w;
    char              *words;
    struct note_place *places;
    size_t             count;
};

static void filing_words_free(struct filing_words *fw)
{
    explicit_bzero(fw->words, strlen(fw->words));
    free(fw->words);
    free(fw->places);
    free(fw);
}

/* The open form that these words go to, or NULL. */
static struct hosted *open_form(struct app *a, const char *form, struct id person)
{
    for (struct hosted *h = a->hosted; h; h = h->below)
        if (!h->notes && str_eq(h->f->form->id, form) && id_eq(h->f->person, person))
            return h;
    return NULL;
}

static unsigned place_chosen(void *ctx, int index)
{
    struct filing_words *fw = ctx;
    struct app *a = fw->app;
    struct err err = { .st = ST_OK };
    unsigned react = REACT_DRAW;

    if (index >= 0) {
        const struct note_place *to = &fw->places[index];
        struct hosted *open = open_form(a, to->form->id, fw->w.person);
        struct id excerpt;

        if (note_file_words(a->cf, open ? open->f : NULL, &fw->w, to, &excerpt, &err) != ST_OK) {
            react = tui_say_error(a, &err);
        } else {
            if (open)
                form_view_again(open->view);
            screen_message(a->screen, STYLE_GOOD,
                           note_is_in_draft(a->cf, excerpt)
                               ? _("Filed to \"%s\". It stands in the draft; Ctrl-O u takes it back.")
                               : _("Filed to \"%s\", which was the answer already; Ctrl-O u takes the link back."),
                           to->code ? text2_now(&to->code->label) : text2_now(&to->q->label));
            screen_changed(a->screen, CHANGED(EXCERPT) | CHANGED(DRAFT));
            react = REACT_RELOAD;
        }
    }
    filing_words_free(fw);
    return react | REACT_LAYOUT;
}

static struct date day_of(const struct filling *f)
{
    const struct question *q = form_question(f->form, "held_on");
    const char *value = q ? session_value(f->session, q, 0) : NULL;
    struct date d = { 0, 0, 0 };

    return value && date_parse_iso(value, &d) ? d : clock_today();
}

static void ask_place(struct filing_words *fw)
{
    struct view *pick = pick_view_new(TEXT2(_("To which question? Type part of its name; Enter takes the line "
                                              "marked.")),
                                      place_chosen, fw);
    struct buf b = BUF_INIT, finds = BUF_INIT;

    for (size_t i = 0; i < fw->count; i++) {
        buf_clear(&finds);
        note_place_text(&fw->places[i], &finds);
        pick_view_add(pick, TEXT2_FROM(b, note_place_label(&fw->places[i], &b)), buf_text(&finds));
    }
    screen_push(fw->app->screen, pick);
    buf_release(&finds);
}

static unsigned page_file(void *ctx, size_t start, const char *words)
{
    struct hosted *h = ctx;
    struct app *a = h->app;
    struct err err = { .st = ST_OK };
    struct filing_words *fw;

    if (keep_page(h, &err) != ST_OK)            /* the link needs a record to point at */
        return tui_say_error(a, &err);
    fw = xcalloc(1, sizeof *fw);
    fw->app = a;
    fw->words = xstrdup(words);
    fw->w = (struct note_words) { h->f->record, h->f->person, person_episode(a->cf, h->f->person), day_of(h->f), start,
                                  fw->words };
    fw->count = note_places(a->cf->catalog, &fw->places);
    ask_place(fw);
    return REACT_LAYOUT;
}

/* --- taking back ------------------------------------------------------------------------------------------------ */

/* The form is filed, and nothing of it is unfinished: what is taken out of it stands there until a new draft is
 * filed. */
static bool is_only_filed(struct app *a, const struct record *x)
{
    struct records drafts = { NULL, 0, 0 };
    struct record d = { .text = NULL };
    struct id target = record_id(x, EXCERPT_target);
    bool unfinished = store_get(a->cf->store, T_DRAFT, target, &d, NULL) == ST_OK;

    if (store_list(a->cf->store, LIST_DRAFTS_OF_PERSON, record_id(x, EXCERPT_person), 0, &drafts, NULL) == ST_OK)
        for (size_t i = 0; i < drafts.count; i++)
            unfinished = unfinished || id_eq(record_id(&drafts.items[i], DRAFT_record), target);
    records_release(&drafts);
    record_release(&d);
    return !unfinished;
}

/* undone: the step that filed the words is taken back already, and the draft it made with it. */
static unsigned take_back(struct app *a, struct id excerpt, bool undone)
{
    struct record x = { .text = NULL };
    struct err err = { .st = ST_OK };
    struct hosted *open = NULL;
    bool stays = false, filed = false;

    if (store_get(a->cf->store, T_EXCERPT, excerpt, &x, NULL) == ST_OK) {
        open = open_form(a, record_or(&x, EXCERPT_form, ""), record_id(&x, EXCERPT_person));
        filed = !undone && is_only_filed(a, &x);
    }
    record_release(&x);
    if (note_take_back(a->cf, open ? open->f : NULL, excerpt, &stays, &err) != ST_OK)
        return tui_say_error(a, &err);
    if (open)
        form_view_again(open->view);
    screen_message(a->screen, stays ? STYLE_WARN : STYLE_GOOD, "%s",
                   stays ? _("Only the link is taken back: the answer stood there before, or was written on since, and "
                             "stays.")
                   : filed ? _("The words are taken out in a draft of the form. File it, or what is filed stays as it "
                               "is.")
                           : _("The words are taken out of the answer again."));
    screen_changed(a->screen, CHANGED(EXCERPT) | CHANGED(DRAFT));
    return REACT_RELOAD;
}

static unsigned page_take_back(void *ctx)
{
    struct hosted *h = ctx;
    struct records all = { NULL, 0, 0 };
    struct id newest = ID_NONE;
    int64_t at = 0;

    if (id_is_set(h->f->record) &&
        store_list(h->app->cf->store, LIST_EXCERPTS_OF_NOTE, h->f->record, 0, &all, NULL) == ST_OK)
        for (size_t i = 0; i < all.count; i++)
            if (all.items[i].created_at >= at) {
                at = all.items[i].created_at;
                newest = all.items[i].id;
            }
    records_release(&all);
    if (id_is_set(newest))
        return take_back(h->app, newest, false);
    screen_message(h->app->screen, STYLE_HINT, "%s", _("No words of this page are filed."));
    return REACT_DRAW;
}

void tui_excerpt_undone(struct app *a, struct id excerpt)
{
    take_back(a, excerpt, true);
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

unsigned tui_open_notes(struct app *a, struct filling *f, size_t at)
{
    struct notes_host host = { .save = page_save, .leave = page_leave, .file = page_file, .take_back = page_take_back,
                               .note = page_note, .release = page_release };
    struct hosted *h;

    if (hosted_is_open(a, f)) {
        if (at != SIZE_MAX)
            notes_view_go(screen_top(a->screen), at);
        filling_free(&f);
        return REACT_LAYOUT | REACT_RELOAD;
    }
    h = hosted_new(a, f);
    h->notes = true;
    host.ctx = h;
    h->view = notes_view_new(&a->ui, f->session, &host, f->person, at);
    screen_push(a->screen, h->view);
    return REACT_LAYOUT | REACT_RELOAD;
}

/* Where the words stand by now: the page may have been written on since. In characters, like start. */
static size_t place_now(const struct filling *f, const char *words, size_t start)
{
    const struct question *q = form_question(f->form, "words");
    const char *text = q ? session_value(f->session, q, 0) : NULL;
    size_t at;

    return text && excerpt_find(text, words, start, &at) ? excerpt_chars(text, at) : start;
}

unsigned tui_notes_record(struct app *a, struct id person, struct id note, size_t at, const char *words)
{
    struct target t = { .form = "note", .person = person, .record = note };
    struct filling *f = NULL;
    struct err err = { .st = ST_OK };

    if (!tui_flush(a))
        return REACT_DRAW;
    if (filling_start(&f, a->cf, &t, &err) != ST_OK)
        return tui_say_error(a, &err);
    return tui_open_notes(a, f, words ? place_now(f, words, at) : SIZE_MAX);
}

/* The page of today, or ID_NONE for a new one. */
static struct id page_of_today(struct app *a, struct id person)
{
    struct records all = { NULL, 0, 0 };
    struct id found = ID_NONE;

    if (store_list(a->cf->store, LIST_NOTES_OF_PERSON, person, 1, &all, NULL) == ST_OK && all.count &&
        date_compare(record_date(&all.items[0], NOTE_held_on), clock_today()) == 0)
        found = all.items[0].id;
    records_release(&all);
    return found;
}

/* The words of a note that the answer in focus came from. */
static bool find_source(struct app *a, struct id target, const char *question, struct id *note, size_t *at,
                        char **words)
{
    struct records all = { NULL, 0, 0 };
    bool found = false;

    if (id_is_set(target) && question &&
        store_list(a->cf->store, LIST_EXCERPTS_OF_TARGET, target, 0, &all, NULL) == ST_OK)
        for (size_t i = 0; i < all.count && !found; i++)
            if (str_eq(record_text(&all.items[i], EXCERPT_question), question)) {
                *note = record_id(&all.items[i], EXCERPT_note);
                *at = (size_t) record_int(&all.items[i], EXCERPT_start, 0);
                *words = xstrdup(record_or(&all.items[i], EXCERPT_words, ""));
                found = true;
            }
    records_release(&all);
    return found;
}

unsigned act_notes(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct filling *form = a->hosted && screen_top(a->screen) == a->hosted->view ? a->hosted->f : NULL;
    struct id note = ID_NONE;
    size_t at = SIZE_MAX;
    char *words = NULL;
    unsigned react;

    if (!id_is_set(f.person))
        return need_person(a);
    if (f.kind == FOCUS_NOTE)
        return tui_notes_record(a, f.person, f.subject, at, NULL);
    if (!(form && (find_source(a, form->draft, f.question, &note, &at, &words) ||
                   find_source(a, form->record, f.question, &note, &at, &words))) &&
        !find_source(a, f.subject, f.question, &note, &at, &words))
        note = page_of_today(a, f.person);
    react = tui_notes_record(a, f.person, note, at, words);
    if (words)
        explicit_bzero(words, strlen(words));
    free(words);
    return react;
}
