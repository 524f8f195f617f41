/* recovery_view.c - the recovery drill on the screen: the code from the paper, then what it came to, point by
 * point. */
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/text_view.h"
#include "recovery_drill.h"
#include "tui_recovery.h"
#include "dolen/base/banned.h"

struct recovery_view {
    struct view       view;
    struct app       *app;
    struct secret    *typed;
    bool              working;
    struct text_view *score;            /* NULL until there is one */
    struct text2      sentence;         /* in both languages: F9 works here */
};

static struct recovery_view *of(struct view *v)
{
    return (struct recovery_view *) v;
}

/* Of 35 letters and digits: the length of a recovery code is no secret, and the eye needs to know where it is. */
static int typed_letters(const struct recovery_view *v)
{
    const char *s = secret_text(v->typed);
    int n = 0;

    for (; s && *s; s++)
        n += *s != ' ' && *s != '-';
    return n;
}

static int draw_intro(struct recovery_view *v, struct area a, int y)
{
    int points = 0, from = y;
    int64_t last = recovery_last(v->app->cf->store, &points);

    y += area_wrap(a, y, 2, -1, STYLE_TEXT,
                   _("Fetch the paper with the recovery code. A copy of the case file is opened with it alone, "
                     "checked and removed again; nothing here is changed."));
    y += a.rows > 12;
    if (last) {
        struct buf b = BUF_INIT;

        buf_addf(&b, _("Last time: %s, %d of %d points."), date_show(instant_date(last)).s, points, RECOVERY_POINTS);
        y += area_wrap(a, y, 2, -1, STYLE_HINT, buf_text(&b));
        buf_release(&b);
    }
    return y - from;
}

/* On a small screen the explanation stands below, where what went wrong takes its place: none of it is cut. */
static void explain(struct recovery_view *v, struct area a)
{
    const char *said = text2_in(&v->sentence, lang_now());
    bool small = a.rows <= 12;
    int y = small ? 0 : draw_intro(v, a, 0) + 1;

    y += area_wrap(a, y, 2, -1, STYLE_LABEL,
                   v->working ? _("Opening the copy…") : _("The code, then Enter (it is not shown):"));
    area_textf(a, y, 2, -1, STYLE_TEXT, _("> %d of 35"), typed_letters(v));
    area_cursor(a, y++, 4, true);
    if (*said || !small)
        area_wrap(a, y + !small, 2, -1, STYLE_ERROR, said);
    else
        draw_intro(v, a, y);
}

static void recovery_draw(struct view *view, struct area body)
{
    struct recovery_view *v = of(view);

    if (v->score)
        text_view_draw(v->score, body);
    else
        explain(v, body);
}

static void show_score(struct recovery_view *v, const struct recovery_score *s)
{
    struct buf words = BUF_INIT;
    char *line, *rest;

    v->score = text_view_new();
    text_view_addf(v->score, STYLE_HEADING, _("%d of %d points, in %.1f seconds."), recovery_points(s), RECOVERY_POINTS,
                   (double) s->milliseconds / 1000);
    recovery_words(s, &words);
    for (line = words.s; line; line = rest) {
        rest = strchr(line, '\n');
        if (rest)
            *rest++ = '\0';
        text_view_add(v->score, line[0] == '+' ? STYLE_GOOD : STYLE_WARN, line + 2);
    }
    text_view_add(v->score, STYLE_HINT, _("The copy is removed. Put the paper back where it was. Esc goes back."));
    buf_release(&words);
}

static unsigned test_now(struct recovery_view *v)
{
    struct app *a = v->app;
    struct recovery_score score;
    struct err err = { .st = ST_OK };

    tui_flush(a);
    v->working = true;
    text2_release(&v->sentence);
    screen_draw(a->screen, a->canvas);
    term_flush(a->term, a->canvas);
    if (recovery_drill(a->cf, v->typed, NULL, &score, &err) == ST_OK) {
        show_score(v, &score);
        screen_changed(a->screen, CHANGED(TASK));
    } else {
        text2_replace(&v->sentence, TEXT2("%s", err_text(&err)));
    }
    v->working = false;
    secret_clear(v->typed);
    recovery_score_release(&score);
    return REACT_LAYOUT;
}

static unsigned nothing_typed(struct recovery_view *v)
{
    text2_replace(&v->sentence, TEXT2(_("Nothing is typed yet: type the code from the paper, then Enter.")));
    return REACT_DRAW;
}

static unsigned recovery_key(struct view *view, const struct key *k)
{
    struct recovery_view *v = of(view);

    if (v->score)
        return REACT_PASS;
    if (k->code == K_ENTER)
        return secret_length(v->typed) > 0 ? test_now(v) : nothing_typed(v);
    if (!tui_secret_key(v->typed, k))
        return REACT_PASS;
    text2_release(&v->sentence);
    return REACT_DRAW;
}

static unsigned recovery_act(struct view *view, int action)
{
    return of(view)->score ? text_view_act(of(view)->score, action) : (unsigned) REACT_PASS;
}

static bool recovery_editing(struct view *view)
{
    return !of(view)->score;
}

static void recovery_title(struct view *view, struct buf *out)
{
    (void) view;
    buf_add(out, _("Recovery test"));
}

static void recovery_close(struct view *view)
{
    text_view_free(&of(view)->score);
    secret_free(&of(view)->typed);
    text2_release(&of(view)->sentence);
    free(view);
}

static const int bar[] = { NAV_BACK, 0 };
static const struct view_ops ops = {
    .name = "recovery-test", .context = IN_TEXT, .flags = VIEW_SECRET, .bar = bar, .draw = recovery_draw,
    .key = recovery_key,
    .act = recovery_act, .editing = recovery_editing, .title = recovery_title, .close = recovery_close
};

unsigned tui_recovery(struct app *a)
{
    struct recovery_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->app = a;
    v->typed = secret_new();
    screen_push(a->screen, &v->view);
    return REACT_LAYOUT;
}
