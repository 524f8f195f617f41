/* notes_view.c - the notes of a talk on the screen: written as on paper; then words are taken and filed
 * to questions. */
#include "dolen/ui/notes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/excerpt.h"
#include "dolen/ui/multi.h"
#include "dolen/base/banned.h"

#define NOTE_BYTES 60000

struct notes_view {
    struct view        view;            /* first */
    struct ui         *u;
    struct session    *session;
    struct notes_host  host;
    struct id          person;
    struct person_row  row;
    struct multi      *multi;
    struct records     filed;
    bool               touched;         /* typed text that the session does not have yet */
    bool               taking;
    size_t             from, until;     /* taking: the words it began with, in bytes */
};

static struct notes_view *of(struct view *v)
{
    return (struct notes_view *) v;
}

static const struct question *words_of_form(const struct notes_view *v)
{
    return form_question(session_form(v->session), "words");
}

/* --- what is written goes into the session, and stands here as it stands there ---------------------------------- */

static bool commit(struct notes_view *v)
{
    struct err err = { .st = ST_OK };

    if (!v->touched)
        return true;
    if (session_set(v->session, words_of_form(v), 0, multi_text(v->multi), &err) != ST_OK) {
        screen_message(v->view.screen, STYLE_ERROR, "%s", err_text(&err));
        return false;
    }
    v->touched = false;
    return true;
}

unsigned notes_view_flush(struct view *view)
{
    struct notes_view *v = of(view);

    if (!commit(v) || !session_dirty(v->session))
        return REACT_DRAW;
    return v->host.save(v->host.ctx) | REACT_DRAW;
}

static size_t letters_before(const char *text, size_t at)
{
    size_t n = 0;

    for (size_t i = 0; i < at; i++)
        n += text[i] != ' ' && text[i] != '\n';
    return n;
}

/* Blanks at the ends of lines are not kept: the caret stays behind the same letter. */
static void as_kept(struct notes_view *v)
{
    const char *kept = session_value(v->session, words_of_form(v), 0);
    size_t letters = letters_before(multi_text(v->multi), multi_caret(v->multi)), at = 0;

    kept = kept ? kept : "";
    if (str_eq(kept, multi_text(v->multi)))
        return;
    while (kept[at] && letters_before(kept, at) < letters)
        at++;
    multi_set(v->multi, kept);
    multi_go(v->multi, at);
}

/* --- taking words ----------------------------------------------------------------------------------------------- */

static void taken(const struct notes_view *v, size_t *from, size_t *until)
{
    const char *text = multi_text(v->multi);
    size_t caret = multi_caret(v->multi), a = excerpt_word_start(text, caret), b = excerpt_word_end(text, caret);

    *from = a < v->from ? a : v->from;
    *until = b > v->until ? b : v->until;
}

static const struct view_ops *ops_of(const struct notes_view *v);

static unsigned begin_taking(struct notes_view *v)
{
    const char *text;

    if (!commit(v))
        return REACT_DRAW;
    as_kept(v);
    text = multi_text(v->multi);
    if (!*text) {
        screen_message(v->view.screen, STYLE_HINT, "%s", _("There are no words here yet."));
        return REACT_DRAW;
    }
    v->from = excerpt_word_start(text, multi_caret(v->multi));
    v->until = excerpt_word_end(text, multi_caret(v->multi));
    multi_go(v->multi, v->from);
    v->taking = true;
    v->view.ops = ops_of(v);
    return REACT_DRAW;
}

static unsigned end_taking(struct notes_view *v)
{
    v->taking = false;
    v->view.ops = ops_of(v);
    return REACT_DRAW;
}

/* The caret goes from word to word; before the first words it takes backwards. */
static void step_word(struct notes_view *v, bool forward)
{
    const char *text = multi_text(v->multi);
    size_t at = multi_caret(v->multi), n = strlen(text);

    if (forward) {
        at = excerpt_word_end(text, at);
        while (at < n && (text[at] == ' ' || text[at] == '\n'))
            at++;
        if (at < n)
            multi_go(v->multi, at);
    } else {
        at = excerpt_word_start(text, at);
        multi_go(v->multi, at > 0 ? excerpt_word_start(text, at - 1) : 0);
    }
}

static unsigned take_line(struct notes_view *v, int code)
{
    struct key k = key_of_code(code);

    multi_key(v->multi, &k);
    return REACT_DRAW;
}

/* The sentence of the words taken; once that is taken, the next one as well. */
static unsigned take_sentence(struct notes_view *v)
{
    const char *text = multi_text(v->multi);
    size_t from, until, next, n;

    if (!v->taking)
        begin_taking(v);
    if (!v->taking)
        return REACT_DRAW;
    taken(v, &from, &until);
    n = excerpt_sentence_end(text, from);
    if (excerpt_sentence_start(text, from) == from && until >= n) {
        next = until;
        n = excerpt_sentence_next(text, &next);
        n = n > 0 ? next + n : until;
    } else {
        from = excerpt_sentence_start(text, from);
    }
    if (from == v->from && n == until)
        screen_message(v->view.screen, STYLE_HINT, "%s", _("There is no further sentence to take."));
    v->from = from;
    v->until = n;
    multi_go(v->multi, from);
    return REACT_DRAW;
}

/* The caret goes on to what comes behind the words, so that Ctrl-T and s take the next sentence. */
static unsigned file_taken(struct notes_view *v)
{
    size_t from, until, behind;
    char *words;
    unsigned react;

    if (!v->taking)
        return begin_taking(v);
    taken(v, &from, &until);
    words = xstrndup(multi_text(v->multi) + from, until - from);
    behind = until + strspn(multi_text(v->multi) + until, " \n");
    end_taking(v);
    multi_go(v->multi, behind);
    react = v->host.file(v->host.ctx, excerpt_chars(multi_text(v->multi), from), words);
    explicit_bzero(words, strlen(words));
    free(words);
    return react | REACT_DRAW;
}

/* --- keys ------------------------------------------------------------------------------------------------------- */

static unsigned taking_act(struct notes_view *v, int action)
{
    switch (action) {
    case NAV_RIGHT:
    case NAV_NEXT_FIELD: step_word(v, true); return REACT_DRAW;
    case NAV_LEFT:
    case NAV_PREV_FIELD: step_word(v, false); return REACT_DRAW;
    case NAV_UP:         return take_line(v, K_UP);
    case NAV_DOWN:       return take_line(v, K_DOWN);
    case NAV_PAGE_UP:    return take_line(v, K_PAGE_UP);
    case NAV_PAGE_DOWN:  return take_line(v, K_PAGE_DOWN);
    case NAV_FIRST:      multi_go(v->multi, 0); return REACT_DRAW;
    case NAV_LAST:       multi_go(v->multi, SIZE_MAX); return REACT_DRAW;
    case NAV_MARK:       step_word(v, true); return REACT_DRAW;
    case NAV_BACK:
    case ACT_TAKE_WORDS: return end_taking(v);
    default:             return REACT_PASS;
    }
}

static unsigned not_here(struct notes_view *v)
{
    screen_message(v->view.screen, STYLE_HINT, "%s", _("Not in the notes. Leave them first: everything is kept."));
    return REACT_DRAW;
}

static unsigned leave(struct notes_view *v)
{
    return commit(v) ? v->host.leave(v->host.ctx) : (unsigned) REACT_DRAW;
}

static unsigned notes_act(struct view *view, int action)
{
    struct notes_view *v = of(view);
    unsigned r = v->taking ? taking_act(v, action) : (unsigned) REACT_PASS;

    if (!(r & REACT_PASS))
        return r;
    switch (action) {
    case ACT_TAKE_WORDS:    return begin_taking(v);
    case ACT_TAKE_SENTENCE: return take_sentence(v);
    case ACT_FILE_WORDS:    return file_taken(v);
    case ACT_UNDO:          return commit(v) ? v->host.take_back(v->host.ctx) : (unsigned) REACT_DRAW;
    case ACT_AGAIN:
    case ACT_ADD:
    case ACT_EDIT:
    case ACT_BIN:           return not_here(v);
    case NAV_BACK:          return leave(v);
    case ACT_TODAY:
    case ACT_QUIT:          return leave(v) == REACT_BACK ? REACT_PASS : REACT_DRAW;
    default:
        notes_view_flush(view);
        return REACT_PASS;
    }
}

static unsigned notes_key(struct view *view, const struct key *k)
{
    struct notes_view *v = of(view);

    if (v->taking)
        return REACT_PASS;
    switch (multi_key(v->multi, k)) {
    case EDIT_PASS:    return k->code == K_UP || k->code == K_DOWN ? (unsigned) REACT_NONE : (unsigned) REACT_PASS;
    case EDIT_NOTHING: return REACT_NONE;
    case EDIT_FULL:
        screen_message(view->screen, STYLE_WARN, "%s", _("There is no room for more here. Shorten what is there, "
                                                         "or go on in another field."));
        return REACT_DRAW;
    case EDIT_CHANGED: v->touched = true; return REACT_DRAW;
    case EDIT_MOVED:
    case EDIT_DONE:
    default:           return REACT_DRAW;
    }
}

static bool editing(struct view *view)
{
    return !of(view)->taking;
}

/* --- what is filed, and drawing --------------------------------------------------------------------------------- */

static enum status notes_load(struct view *view, struct err *err)
{
    struct notes_view *v = of(view);
    struct id note = v->host.note(v->host.ctx);
    size_t kept = 0;
    enum status st = person_row_get(v->u->store, v->person, &v->row, err);

    records_release(&v->filed);
    if (st == ST_OK && id_is_set(note))
        st = store_list(v->u->store, LIST_EXCERPTS_OF_NOTE, note, 0, &v->filed, err);
    for (size_t i = 0; i < v->filed.count; i++) {
        struct record r = v->filed.items[i];

        if (excerpt_lives(v->u->store, &r)) {
            v->filed.items[i] = v->filed.items[kept];
            v->filed.items[kept++] = r;
        }
    }
    for (size_t i = kept; i < v->filed.count; i++)
        record_release(&v->filed.items[i]);
    v->filed.count = kept;
    return st;
}

/* Where the words of one filing stand now; false when they were written over. */
static bool span_of(const struct notes_view *v, const struct record *x, struct multi_span *out)
{
    const char *words = record_or(x, EXCERPT_words, "");
    size_t at;

    if (!excerpt_find(multi_text(v->multi), words, (size_t) record_int(x, EXCERPT_start, 0), &at))
        return false;
    *out = (struct multi_span) { at, at + strlen(words), STYLE_HEADING };
    return true;
}

static void set_spans(struct notes_view *v)
{
    struct multi_span *spans = xcalloc(v->filed.count + 1, sizeof *spans);
    size_t n = 0;

    for (size_t i = 0; i < v->filed.count; i++)
        n += span_of(v, &v->filed.items[i], &spans[n]);
    if (v->taking) {
        taken(v, &spans[n].from, &spans[n].until);
        spans[n++].style = STYLE_TEXT | STYLE_ON_FOCUS;
    }
    multi_spans(v->multi, spans, n);
    free(spans);
}

/* The last line: what the keys do now, or where the words under the caret were filed. */
static void foot_words(struct notes_view *v, struct buf *out)
{
    size_t caret = multi_caret(v->multi);

    for (size_t i = 0; i < v->filed.count; i++) {
        struct multi_span s;

        if (!span_of(v, &v->filed.items[i], &s) || caret < s.from || caret > s.until)
            continue;
        buf_add(out, out->len ? "; " : "");
        excerpt_place_words(v->u, &v->filed.items[i], out);
    }
    if (out->len && !v->taking) {
        struct buf places = BUF_INIT;

        buf_add(&places, buf_text(out));
        buf_clear(out);
        buf_addf(out, _("Filed to: %s"), buf_text(&places));
        buf_release(&places);
        return;
    }
    buf_clear(out);
    buf_add(out, v->taking ? _("Arrows take more words, s the sentence. Enter files them to a question, Esc stops.")
                           : _("Write as they talk; all is kept. Ctrl-T takes words to file to a question."));
}

static void notes_draw(struct view *view, struct area body)
{
    struct notes_view *v = of(view);
    struct buf foot = BUF_INIT;
    int rows;

    foot_words(v, &foot);
    rows = text_wrapped_rows(buf_text(&foot), body.cols);
    rows = rows < body.rows ? rows : body.rows - 1;
    set_spans(v);
    area_wrap(area_sub(body, body.rows - rows, 0, rows, -1), 0, 0, -1, STYLE_HINT, buf_text(&foot));
    multi_draw(v->multi, area_sub(body, 0, 0, body.rows - rows, -1), true);
    if (v->taking) {
        struct spot at = canvas_cursor(body.canvas);

        area_cursor(area_all(body.canvas), at.y, at.x, false);
    }
    buf_wipe(&foot);
}

static struct focus notes_focus(struct view *view)
{
    struct notes_view *v = of(view);

    return (struct focus) { .person = v->person, .episode = v->row.episode, .subject = v->host.note(v->host.ctx),
                            .kind = FOCUS_NOTE };
}

static void notes_title(struct view *view, struct buf *out)
{
    struct notes_view *v = of(view);
    const struct question *on = form_question(session_form(v->session), "held_on");
    struct buf day = BUF_INIT;

    if (on)
        session_show(v->session, on, 0, &day);
    buf_addf(out, _("Talk notes of %s"), buf_text(&day));
    if (v->filed.count > 0)
        buf_addf(out, tr_n(" (%zu filed)", " (%zu filed)", v->filed.count), v->filed.count);
    buf_release(&day);
}

static void notes_banner(struct view *view, struct buf *out)
{
    person_banner_put(of(view)->u, &of(view)->row, out);
}

static void notes_close(struct view *view)
{
    struct notes_view *v = of(view);

    multi_free(&v->multi);
    records_release(&v->filed);
    v->host.release(v->host.ctx);
    explicit_bzero(&v->row, sizeof v->row);
    free(v);
}

/* --- the tables ------------------------------------------------------------------------------------------------- */

static const int writing_bar[] = { ACT_TAKE_WORDS, NAV_BACK, ACT_SERIOUS, ACT_LANGUAGE, ACT_MENU, 0 };
static const int taking_bar[] = { ACT_FILE_WORDS, ACT_TAKE_SENTENCE, NAV_BACK, ACT_UNDO, ACT_SERIOUS, 0 };

#define NOTES_OPS(keys) {                                                                                              \
    .name = "notes", .context = IN_NOTES,                                                                              \
    .stale_on = CHANGED(NOTE) | CHANGED(EXCERPT) | CHANGED(PERSON) | CHANGED(DRAFT),                                   \
    .bar = (keys), .load = notes_load, .draw = notes_draw, .key = notes_key, .act = notes_act, .focus = notes_focus,   \
    .title = notes_title, .banner = notes_banner, .editing = editing, .close = notes_close }
static const struct view_ops writing_ops = NOTES_OPS(writing_bar), taking_ops = NOTES_OPS(taking_bar);

static const struct view_ops *ops_of(const struct notes_view *v)
{
    return v->taking ? &taking_ops : &writing_ops;
}

void notes_view_go(struct view *view, size_t at)
{
    struct notes_view *v = of(view);

    multi_go(v->multi, at == SIZE_MAX ? at : excerpt_bytes(multi_text(v->multi), at));
}

struct view *notes_view_new(struct ui *u, struct session *session, const struct notes_host *host, struct id person,
                            size_t at)
{
    struct notes_view *v = xcalloc(1, sizeof *v);

    v->u = u;
    v->session = session;
    v->host = *host;
    v->person = person;
    v->multi = multi_new(NOTE_BYTES);
    multi_set(v->multi, session_value(session, words_of_form(v), 0));
    notes_view_go(&v->view, at);
    v->view.ops = ops_of(v);
    return &v->view;
}
