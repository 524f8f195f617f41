/* The screen: what stands where, who gets a key, and questions that answer. */
#include "ui_test.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/ui/choice.h"
#include "dolen/ui/line.h"
#include "dolen/ui/screen.h"
#include "dolen/base/banned.h"

enum { ACT_ADD = ACTION_OWN, ACT_EDIT, ACT_BIN, ACT_TODAY, ACT_SERIOUS, ACT_SEARCH, ACT_MENU, ACT_LOCK, ACT_OPEN_MAP };

static const struct action rows[] = {
    { ACT_SERIOUS, "serious", "Serious", "Something serious", "F2 !", IN_EVERYWHERE | IN_LOCK, 0 },
    { ACT_SEARCH, "search", "Search", "Search", "/", IN_EVERYWHERE, 0 },
    { ACT_TODAY, "today", "Today", "Today", "t", IN_EVERYWHERE, 0 },
    { ACT_LOCK, "lock", NULL, "Lock", "Ctrl-K", IN_EVERYWHERE, 0 },
    { ACT_MENU, "menu", "Menu", "Menu", "F10 m", IN_EVERYWHERE, 0 },
    { ACT_ADD, "add", "Add", "Add a person", "a", IN_PEOPLE, 0 },
    { ACT_EDIT, "edit", "Edit", "Edit this person", "e", IN_PEOPLE, 0 },
    { ACT_BIN, "bin", "Bin", "Put in the bin", "d", IN_PEOPLE, 0 },
};

/* A view with one text field that is edited or not. */
struct probe {
    struct view  view;
    bool         typing;
    struct line *line;
    int          loads;
    enum status  load_answer;
};

static int closed;

static enum status probe_load(struct view *v, struct err *err)
{
    struct probe *p = (struct probe *) v;

    p->loads++;
    return p->load_answer == ST_OK ? ST_OK : err_set(err, p->load_answer, "The list could not be read.");
}

static void probe_draw(struct view *v, struct area body)
{
    struct probe *p = (struct probe *) v;

    area_textf(body, 0, 0, -1, STYLE_TEXT, "body %dx%d", body.rows, body.cols);
    line_draw(p->line, body, 1, 0, 10, true);
}

static unsigned probe_key(struct view *v, const struct key *k)
{
    struct probe *p = (struct probe *) v;

    return p->typing && line_key(p->line, k) != EDIT_PASS ? REACT_DRAW : REACT_PASS;
}

static unsigned probe_act(struct view *v, int action)
{
    (void) v;
    return action == NAV_DOWN ? REACT_DRAW : REACT_PASS;
}

static bool probe_editing(struct view *v)
{
    return ((struct probe *) v)->typing;
}

static void probe_title(struct view *v, struct buf *out)
{
    (void) v;
    buf_add(out, "People (214)");
}

static void probe_banner(struct view *v, struct buf *out)
{
    (void) v;
    buf_add(out, "Siân · Cymraeg *");
}

static void probe_close(struct view *v)
{
    line_free(&((struct probe *) v)->line);
    free(v);
    closed++;
}

static const struct view_ops probe_ops = {
    .name = "probe", .context = IN_PEOPLE | IN_LIST, .stale_on = 4, .load = probe_load, .draw = probe_draw,
    .key = probe_key, .act = probe_act, .title = probe_title, .banner = probe_banner, .editing = probe_editing,
    .close = probe_close,
};
static const struct view_ops bare_ops = {
    .name = "bare", .context = IN_LOCK, .flags = VIEW_BARE, .draw = probe_draw, .close = probe_close,
};

struct desk {
    struct keymap *km;
    struct screen *s;
    struct canvas *c;
    struct probe  *p;
};

static struct probe *probe_new(const struct view_ops *ops)
{
    struct probe *p = xcalloc(1, sizeof *p);

    p->view.ops = ops;
    p->line = line_new(100, 0);
    return p;
}

static int set_up(void **state)
{
    struct desk *d = xcalloc(1, sizeof *d);

    d->km = keymap_new();
    keymap_add(d->km, rows, ARRAY_LEN(rows));
    d->s = screen_new(d->km);
    d->c = canvas_new(24, 80);
    d->p = probe_new(&probe_ops);
    screen_push(d->s, &d->p->view);
    closed = 0;
    *state = d;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *d = *state;

    screen_free(&d->s);
    keymap_free(&d->km);
    canvas_free(&d->c);
    free(d);
    return 0;
}

static int key(struct desk *d, const char *name)
{
    struct key k = press(name);
    unsigned react;

    return screen_key(d->s, &k, &react);
}

static void at_80_columns_everything_has_its_row(void **state)
{
    struct desk *d = *state;

    screen_set_training(d->s, true);
    screen_message(d->s, STYLE_GOOD, "Saved %d:%02d", 14, 2);
    screen_set_note(d->s, TEXT2("locks in 5 min"));
    screen_draw(d->s, d->c);
    assert_row(d->c, 0, "People (214)                                        Siân · Cymraeg * # TRAINING");
    assert_row(d->c, 1, "body 21x80");
    assert_row(d->c, 22, "= Saved 14:02                                                     locks in 5 min");
    assert_row(d->c, 23, "a Add  e Edit  d Bin  F2 Serious  / Search  t Today  F10 Menu             ? Help");
    assert_int_equal(canvas_row(d->c, 0)[79].style, STYLE_TRAINING);
    assert_cursor(d->c, 2, 0);
}

static void at_40_columns_three_keys_and_help(void **state)
{
    struct desk *d = *state;

    canvas_resize(d->c, 12, 40);
    screen_set_training(d->s, true);
    screen_draw(d->s, d->c);
    assert_row(d->c, 0, "People (214)            Siân # TRAINING");
    assert_row(d->c, 1, "body 9x40");
    assert_row(d->c, 11, "a Add  e Edit  d Bin              ? Help");
}

static void too_small_says_so_down_to_nothing(void **state)
{
    struct desk *d = *state;

    canvas_resize(d->c, 11, 80);
    screen_draw(d->s, d->c);
    assert_row(d->c, 0, "This window is too small. It needs 40 columns and 12 rows; nothing is lost.");
    for (int r = 1; r < 14; r++)
        for (int w = 1; w < 45; w++) {
            canvas_resize(d->c, r, w);
            screen_draw(d->s, d->c);
        }
    canvas_resize(d->c, 5, 20);
    screen_draw(d->s, d->c);
    assert_row(d->c, 0, "This window is too");
}

static void a_bare_view_shows_nothing_round_it(void **state)
{
    struct desk *d = *state;

    screen_push(d->s, &probe_new(&bare_ops)->view);
    screen_draw(d->s, d->c);
    assert_row(d->c, 0, "body 23x80");
    assert_row(d->c, 23, "");
    assert_int_equal(key(d, "t"), 0);
    assert_int_equal(key(d, "F2"), ACT_SERIOUS);
}

static void letters_are_text_where_a_caret_stands(void **state)
{
    struct desk *d = *state;

    assert_int_equal(key(d, "t"), ACT_TODAY);
    d->p->typing = true;
    assert_int_equal(key(d, "t"), 0);
    assert_int_equal(key(d, "!"), 0);
    assert_int_equal(key(d, "?"), 0);
    assert_string_equal(line_text(d->p->line), "t!?");
    assert_int_equal(key(d, "F2"), ACT_SERIOUS);
    assert_int_equal(key(d, "Ctrl-K"), ACT_LOCK);
    assert_int_equal(key(d, "Left"), 0);
    assert_int_equal(key(d, "Down"), NAV_DOWN);
    assert_int_equal(key(d, "Esc"), NAV_BACK);
    assert_int_equal(key(d, "Ctrl-O"), 0);
    assert_int_equal(key(d, "!"), ACT_SERIOUS);
    assert_int_equal(key(d, "Ctrl-O"), 0);
    assert_int_equal(key(d, "Z"), 0);
    assert_string_equal(screen_message_text(d->s), "That key does nothing here.");
    assert_string_equal(line_text(d->p->line), "t!?");
    screen_draw(d->s, d->c);
    assert_row(d->c, 23, "F2 Serious  F10 Menu  Enter Open  Esc Back  Ctrl-O then a key            F1 Help");
}

static void a_message_stays_until_the_next_key(void **state)
{
    struct desk *d = *state;

    screen_message(d->s, STYLE_ERROR, "%s", "Not saved: the disk is full.");
    screen_draw(d->s, d->c);
    assert_row(d->c, 22, "x Not saved: the disk is full.");
    key(d, "Down");
    assert_string_equal(screen_message_text(d->s), "");
}

/* What to do stands at the end of a sentence: it must not be what is cut. */
static void a_long_message_takes_rows_of_the_body(void **state)
{
    struct desk *d = *state;
    struct buf all = BUF_INIT;

    canvas_resize(d->c, 12, 40);
    screen_message(d->s, STYLE_ERROR, "%s", "The disk is full. What was typed is kept in this window; everything saved before is "
                                            "safe. Free some room, then press Ctrl-S.");
    screen_draw(d->s, d->c);
    canvas_dump(d->c, &all);
    assert_non_null(strstr(buf_text(&all), "press Ctrl-S."));
    assert_non_null(strstr(buf_text(&all), "body 6x40"));
    key(d, "Down");
    screen_draw(d->s, d->c);
    assert_row(d->c, 1, "body 9x40");
    buf_release(&all);
}

static void stale_views_are_loaded_once(void **state)
{
    struct desk *d = *state;

    assert_int_equal(screen_load(d->s, NULL), ST_OK);
    screen_load(d->s, NULL);
    assert_int_equal(d->p->loads, 1);
    screen_changed(d->s, 3);
    screen_load(d->s, NULL);
    assert_int_equal(d->p->loads, 1);
    screen_changed(d->s, 4 | 8);
    d->p->load_answer = ST_IO;
    assert_int_equal(screen_load(d->s, NULL), ST_IO);
    assert_int_equal(d->p->loads, 2);
    assert_string_equal(screen_message_text(d->s), "The list could not be read.");
}

static void back_pops_and_the_last_view_stays(void **state)
{
    struct desk *d = *state;

    screen_push(d->s, &probe_new(&probe_ops)->view);
    assert_int_equal(screen_act(d->s, NAV_BACK), REACT_DRAW);
    assert_int_equal(screen_depth(d->s), 1);
    assert_ptr_equal(screen_top(d->s), &d->p->view);
    assert_int_equal(screen_act(d->s, NAV_BACK), REACT_PASS);
    assert_int_equal(screen_act(d->s, ACT_BIN), REACT_PASS);
    assert_int_equal(screen_act(d->s, NAV_DOWN), REACT_DRAW);
    assert_int_equal(closed, 1);
}

static int answered;
static char answer_text[64];

static unsigned take_yes(void *ctx, bool yes)
{
    answered = yes ? 1 : 0;
    return ctx ? REACT_BACK : REACT_NONE;
}

static unsigned take_text(void *ctx, const char *text)
{
    (void) ctx;
    str_copy(answer_text, sizeof answer_text, text ? text : "(none)");
    return REACT_NONE;
}

static unsigned take_index(void *ctx, int index)
{
    (void) ctx;
    answered = index;
    return REACT_NONE;
}

static void yes_and_no_stand_below_the_view(void **state)
{
    struct desk *d = *state;

    answered = -1;
    screen_confirm(d->s, TEXT2("Put 3 people in the bin?"), take_yes, NULL);
    screen_draw(d->s, d->c);
    assert_row(d->c, 0, "People (214)                                                    Siân · Cymraeg *");
    assert_row(d->c, 1, "body 18x80");
    assert_row(d->c, 20, "Put 3 people in the bin?");
    assert_row(d->c, 21, "  Yes   > No");
    assert_cursor(d->c, 21, 10);
    assert_int_equal(key(d, "Enter"), 0);
    assert_int_equal(answered, 0);
    assert_int_equal(screen_depth(d->s), 1);
    screen_confirm(d->s, TEXT2("Sure?"), take_yes, NULL);
    key(d, "t");
    assert_int_equal(screen_depth(d->s), 2);
    key(d, "y");
    assert_int_equal(answered, 1);
    screen_confirm(d->s, TEXT2("Sure?"), take_yes, NULL);
    key(d, "Esc");
    assert_int_equal(answered, 0);
}

static void an_answer_can_leave_the_view_that_asked(void **state)
{
    struct desk *d = *state;

    screen_push(d->s, &probe_new(&probe_ops)->view);
    screen_confirm(d->s, TEXT2("Leave?"), take_yes, d);
    key(d, "y");
    assert_int_equal(screen_depth(d->s), 1);
    assert_ptr_equal(screen_top(d->s), &d->p->view);
}

static void a_line_is_asked_and_filtered_live(void **state)
{
    struct desk *d = *state;
    struct ask a = { .prompt = TEXT2("Search:"), .initial = "ŵ", .changed = take_text, .done = take_text };

    screen_ask(d->s, &a);
    key(d, "y");
    assert_string_equal(answer_text, "ŵy");
    screen_draw(d->s, d->c);
    assert_row(d->c, 21, "Search: ŵy");
    assert_cursor(d->c, 21, 10);
    key(d, "Enter");
    assert_string_equal(answer_text, "ŵy");
    assert_int_equal(screen_depth(d->s), 1);
    a.prompt = TEXT2("Search:");
    screen_ask(d->s, &a);
    key(d, "Esc");
    assert_string_equal(answer_text, "(none)");
}

static void ask_why(struct desk *d)
{
    struct choice *reasons = screen_choose(d->s, TEXT2("Why?"), take_index, NULL);

    choice_add(reasons, TEXT2("Duplicate"));
    choice_add(reasons, TEXT2("Entered by mistake"));
    choice_add(reasons, TEXT2("Asked for by the person"));
}

static void one_of_several_and_a_typed_word(void **state)
{
    struct desk *d = *state;

    ask_why(d);
    screen_draw(d->s, d->c);
    assert_row(d->c, 19, "> 1 ( ) Duplicate");
    key(d, "m");
    key(d, "Enter");
    assert_int_equal(answered, 1);
    ask_why(d);
    key(d, "Esc");
    assert_int_equal(answered, -1);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(at_80_columns_everything_has_its_row),
        T(at_40_columns_three_keys_and_help),
        T(too_small_says_so_down_to_nothing),
        T(a_bare_view_shows_nothing_round_it),
        T(letters_are_text_where_a_caret_stands),
        T(a_message_stays_until_the_next_key), T(a_long_message_takes_rows_of_the_body),
        T(stale_views_are_loaded_once),
        T(back_pops_and_the_last_view_stays),
        T(yes_and_no_stand_below_the_view),
        T(an_answer_can_leave_the_view_that_asked),
        T(a_line_is_asked_and_filtered_live),
        T(one_of_several_and_a_typed_word),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
