/* tui_paper.c - the person's plan and the referrer's letter as they will be printed; s makes a file of what is
 * read. */
#include "tui_paper.h"

#include <stdlib.h>
#include <string.h>

#include "casework.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/print/plan_sheet.h"
#include "dolen/ui/choice.h"
#include "dolen/ui/reports.h"
#include "filing.h"
#include "letters.h"
#include "paper.h"
#include "tui_case.h"
#include "dolen/base/banned.h"

#define LETTERS_SHOWN 20

struct sheet {
    struct app       *app;
    struct id         person, referral;         /* referral: a letter about it; not set: the plan */
    const struct letter_def *words;             /* of the letter */
    struct person_row whose;
    struct document  *made;
    struct paper      paper;                    /* as chosen for the file that is being named */
};

/* --- making ------------------------------------------------------------------------------------------------------- */

static bool is_letter(const struct sheet *s)
{
    return id_is_set(s->referral);
}

static struct letter_ask letter_of(const struct sheet *s, bool large)
{
    return (struct letter_ask) { .words = s->words, .referral = s->referral, .lang = lang_now(), .large = large,
                                 .training = keyslots_is_training(s->app->cf->slots), .today = clock_today() };
}

/* cautions may be NULL. */
static enum status make_letter(const struct sheet *s, bool large, struct document **out, struct buf *cautions,
                               struct err *err)
{
    struct letter l;
    enum status st = letter_signed(&l, s->app->cf, letter_of(s, large), err);

    if (st == ST_OK) {
        if (cautions)
            letter_cautions(&l, cautions);
        *out = l.document;
        l.document = NULL;
    }
    letter_release(&l);
    return st;
}

static struct plan_sheet plan_of(const struct sheet *s, bool large)
{
    struct casefile *cf = s->app->cf;

    return (struct plan_sheet) { .person = s->person, .episode = person_episode(cf, s->person), .large = large,
                                 .today = clock_today(),
                                 .lang = person_reads(cf->store, s->person, lang_now()),
                                 .training = keyslots_is_training(cf->slots) };
}

static enum status make_plan(const struct sheet *s, bool large, struct document **out, struct err *err)
{
    struct plan_sheet ask = plan_of(s, large);

    return plan_sheet_make(out, s->app->cf->store, &ask, err);
}

static enum status make(const struct sheet *s, bool large, struct document **out, struct err *err)
{
    return is_letter(s) ? make_letter(s, large, out, NULL, err) : make_plan(s, large, out, err);
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static enum status sheet_load(void *ctx, struct err *err)
{
    struct sheet *s = ctx;
    struct document *fresh = NULL;
    enum status st = make(s, false, &fresh, err);

    if (st == ST_OK)
        st = person_row_get(s->app->cf->store, s->person, &s->whose, err);
    if (st != ST_OK) {
        document_free(&fresh);
        return st;
    }
    document_free(&s->made);
    s->made = fresh;
    return ST_OK;
}

static void sheet_text(void *ctx, int cols, bool ascii, struct buf *out)
{
    struct sheet *s = ctx;

    (void) ascii;
    if (s->made)
        document_text(s->made, cols, out);
}

static void sheet_title(void *ctx, struct buf *out)
{
    buf_add(out, is_letter(ctx) ? _("Letter to the referrer") : _("The person's copy of the plan"));
}

static void sheet_banner(void *ctx, struct buf *out)
{
    struct sheet *s = ctx;

    person_banner_put(&s->app->ui, &s->whose, out);
}

static void sheet_close(void *ctx)
{
    struct sheet *s = ctx;

    document_free(&s->made);
    explicit_bzero(s, sizeof *s);
    free(s);
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

static enum status give(struct sheet *s, const char *path, bool *no_shape, struct err *err)
{
    struct document *d = NULL;
    struct letter_ask ask = letter_of(s, s->paper.large);
    enum status st;

    s->paper.to = path;
    st = paper_fits(&s->paper, path, err);
    if (st == ST_OK)
        st = make(s, s->paper.large, &d, err);
    if (st == ST_OK)
        st = paper_save(&s->paper, d, no_shape, err);
    if (st == ST_OK)
        st = is_letter(s) ? letter_noted(s->app->cf, &ask, err) : plan_noted(s->app->cf, s->person, err);
    s->paper.to = NULL;
    document_free(&d);
    return st;
}

static unsigned named(void *ctx, const char *path)
{
    struct sheet *s = ctx;
    struct err err = { .st = ST_OK };
    bool no_shape = false;

    if (!path || !*path)
        return REACT_LAYOUT;
    if (give(s, path, &no_shape, &err) != ST_OK)
        return REACT_LAYOUT | tui_say_error(s->app, &err);
    if (no_shape)
        screen_message(s->app->screen, STYLE_WARN,
                       _("Boxes stand for letters that this computer lacks: install fonts-noto-core or fonts-noto-cjk, and "
                         "print again. Saved: %s"), path);
    else if (is_letter(s))
        screen_message(s->app->screen, STYLE_GOOD,
                       _("Saved, not encrypted: %s. Delete it once it is sent; f then says that the referrer was told."),
                       path);
    else
        screen_message(s->app->screen, STYLE_GOOD,
                       _("Saved, not encrypted: %s. Delete it once it is printed or given."), path);
    return REACT_LAYOUT;
}

/* The name says nothing about anybody. */
static char *name_on_offer(const struct sheet *s, const char *ending)
{
    const char *home = getenv("HOME"), *word = is_letter(s) ? _("letter") : _("plan");
    char *path = NULL;

    for (int i = 1; i < 100; i++) {
        free(path);
        path = i > 1 ? xasprintf("%s/%s-%d.%s", home ? home : ".", word, i, ending)
                     : xasprintf("%s/%s.%s", home ? home : ".", word, ending);
        if (!file_exists(path))
            break;
    }
    return path;
}

static const struct {
    enum paper_format format;
    bool              large;
    const char       *ending, *label;
} ways[] = {
    { PAPER_PDF, false, "pdf", N_("PDF, to print on A4") }, { PAPER_PDF, true, "pdf", N_("PDF in large print") },
    { PAPER_HTML, false, "html", N_("Web page") }, { PAPER_TEXT, false, "txt", N_("Plain text") },
};

static unsigned way_chosen(void *ctx, int index)
{
    struct sheet *s = ctx;
    char *path;

    if (index < 0)
        return REACT_LAYOUT;
    s->paper = (struct paper) { .format = ways[index].format, .large = ways[index].large };
    path = name_on_offer(s, ways[index].ending);
    screen_ask(s->app->screen,
               &(struct ask) { .prompt = TEXT2(_("Into which new file?")), .initial = path, .done = named, .ctx = s });
    free(path);
    return REACT_LAYOUT;
}

static unsigned choose_way(struct sheet *s)
{
    struct choice *offered = screen_choose(s->app->screen, TEXT2(_("Save as")), way_chosen, s);

    for (size_t i = 0; i < ARRAY_LEN(ways); i++)
        choice_add(offered, TEXT2("%s", tr(ways[i].label)));
    return REACT_LAYOUT;
}

static unsigned save_agreed(void *ctx, bool yes)
{
    return yes ? choose_way(ctx) : REACT_LAYOUT;
}

/* The first that fails is what is told. */
static void put_cautions(struct sheet *s, struct buf *b, enum status *st, struct err *err)
{
    struct plan_sheet plan = plan_of(s, false);

    if (*st == ST_OK)
        *st = plan_sheet_cautions(s->app->cf->store, &plan, b, err);
}

/* A plan about which there is something to think of is saved only when asked. */
static unsigned sheet_act(void *ctx, int action)
{
    struct sheet *s = ctx;
    struct text2 question;
    struct buf b = BUF_INIT;
    struct err err = { .st = ST_OK };
    enum status st = ST_OK;

    if (action == ACT_FEEDBACK_SENT && !is_letter(s)) {
        screen_message(s->app->screen, STYLE_HINT, "%s",
                       _("This is the person's copy, not the letter to the referrer. Nothing was changed."));
        return REACT_DRAW;
    }
    if (action != ACT_PAPER_SAVE)
        return REACT_PASS;
    if (is_letter(s))
        return choose_way(s);
    question = TEXT2_FROM(b, put_cautions(s, &b, &st, &err));
    if (st == ST_OK && *text2_now(&question)) {
        text2_append(&question, TEXT2("%s", _("Make a file of it all the same?")));
        screen_confirm(s->app->screen, question, save_agreed, s);
        return REACT_LAYOUT;
    }
    text2_release(&question);
    return st == ST_OK ? choose_way(s) : tui_say_error(s->app, &err) | REACT_LAYOUT;
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static unsigned open_sheet(struct app *a, struct id person, struct id referral, const struct letter_def *words)
{
    struct sheet *s = xcalloc(1, sizeof *s);
    struct page_source src = { .ctx = s, .title = sheet_title, .load = sheet_load, .text = sheet_text, .act = sheet_act,
                               .close = sheet_close, .banner = sheet_banner, .person = person, .paper = true };

    s->app = a;
    s->person = person;
    s->referral = referral;
    s->words = words;
    return tui_push(a, page_view_new(&a->ui, &src));
}

unsigned act_print_plan(struct app *a)
{
    struct focus f = screen_focus(a->screen);

    return id_is_set(f.person) ? open_sheet(a, f.person, ID_NONE, NULL) : need_person(a);
}

/* Refused before a page opens: no referrer, no decision, the person said no. */
static unsigned open_letter(struct app *a, struct id person, struct id referral, const struct letter_def *words)
{
    struct sheet probe = { .app = a, .person = person, .referral = referral, .words = words };
    struct document *d = NULL;
    struct buf cautions = BUF_INIT;
    struct err err = { .st = ST_OK };
    unsigned react;

    if (make_letter(&probe, false, &d, &cautions, &err) != ST_OK)
        return tui_say_error(a, &err);
    document_free(&d);
    react = open_sheet(a, person, referral, words);
    if (cautions.len) {
        cautions.s[strcspn(cautions.s, "\n")] = '\0';
        screen_message(a->screen, STYLE_WARN, "%s", cautions.s);
    }
    buf_wipe(&cautions);
    return react;
}

struct which {
    struct app              *app;
    struct id                person, referral;
    const struct letter_def *words[LETTERS_SHOWN];
};

static unsigned letter_chosen(void *ctx, int index)
{
    struct which *w = ctx;
    unsigned react = index < 0 ? REACT_LAYOUT : open_letter(w->app, w->person, w->referral, w->words[index]);

    free(w);
    return react;
}

unsigned act_letter(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct which *w;
    struct choice *letters;
    struct buf left = BUF_INIT;
    struct err err = { .st = ST_OK };
    struct id referral;
    size_t n, all;

    if (!id_is_set(f.person))
        return need_person(a);
    w = xcalloc(1, sizeof *w);
    *w = (struct which) { .app = a, .person = f.person };
    if (casework_referral_to_answer(a->cf, f.person, &referral, &err) != ST_OK ||
        letters_known(a->cf->catalog, w->words, LETTERS_SHOWN, &n, &all, &err) != ST_OK) {
        free(w);
        return tui_say_error(a, &err);
    }
    w->referral = referral;
    if (all == 1)
        return letter_chosen(w, 0);
    letters = screen_choose(a->screen, TEXT2(_("Which letter?")), letter_chosen, w);
    for (size_t i = 0; i < n; i++)
        choice_add(letters, TEXT2("%s", text2_now(&w->words[i]->title)));
    letters_left_out(n, LETTERS_SHOWN, all, &left);
    if (left.len)
        screen_message(a->screen, STYLE_WARN, "%s", left.s);
    buf_release(&left);
    return REACT_LAYOUT;
}
