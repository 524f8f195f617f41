/* test_keys_do.c - no key that a screen names is dead on it: each key of the key bar does something there, Enter on every
 * row of every list opens it or says why not, and the keys that sentences name are bound where the sentence stands. */
#include "every_view.h"

#include "app/tui.h"
#include "dolen/vault/vault.h"

#include "dolen/base/banned.h"

static int dead;                         /* all of them are told before a test ends */

/* What a bar may name that is not tried here: it leaves the program, blanks the screen, or sends. */
static bool is_left_alone(int action)
{
    static const int alone[] = { ACT_QUIT, ACT_LOCK, ACT_SUSPEND, ACT_PRIVACY, ACT_OUTBOX_SEND, ACT_OUTBOX_FETCH };

    for (size_t i = 0; i < ARRAY_LEN(alone); i++)
        if (alone[i] == action)
            return true;
    return action > 0 && action < ACTION_OWN && action != NAV_OPEN;
}

/* The app as it is with the case file open: which kind of file it is stands in its slots. */
static struct app *whole_app(struct world *w)
{
    static struct keyslots *slots;
    static struct vault *of;
    struct app *a = app_of(w);

    if (of != w->vault) {
        char *path = path_join(w->folder, "keyslots");
        struct secret *code = NULL;
        int slot;

        of = w->vault;
        keyslots_free(&slots);
        assert_ok(vault_add_recovery(w->vault, &code, &slot, &err_));
        assert_ok(vault_write(w->vault, w->folder, &err_));
        assert_ok(keyslots_read(&slots, w->folder, &err_));
        secret_free(&code);
        unlink(path);
        free(path);
    }
    a->cf->slots = slots;
    a->cf->vault = w->vault;
    a->cf->folder = w->folder;
    return a;
}

/* The program's own answer to a key on the open view; false: nothing came of it, on the screen or behind it. */
static bool does_something(struct world *w, const struct key *k, int *action)
{
    struct app *a = whole_app(w);
    struct buf before = BUF_INIT;
    unsigned react;
    int depth = screen_depth(w->ui.screen);
    bool did;

    show(w);
    buf_add(&before, buf_text(&w->dump));
    host_was_asked = false;
    *action = screen_key(w->ui.screen, k, &react);
    if (*action && !is_left_alone(*action))
        tui_dispatch(a, *action);
    show(w);
    did = host_was_asked || is_left_alone(*action) || screen_depth(w->ui.screen) != depth ||
          !str_eq(buf_text(&before), buf_text(&w->dump));
    if (strstr(buf_text(&w->dump), "That key does nothing here"))
        did = false;
    if (strstr(buf_text(&w->dump), "This was the last"))        /* a replay says so before a key is pressed */
        did = true;
    buf_release(&before);
    return did;
}

static void tell(const struct world *w, const struct every_view *e, const char *key, int row)
{
    fprintf(stderr, "%s, row %d: %s does nothing\n%s\n", e->name, row, key, buf_text(&w->dump));
    dead++;
}

/* --- the key bar ------------------------------------------------------------------------------------------------ */

/* The nth key that the bar names, as it is pressed ("Ctrl-O p" in a field); false: there are not so many. */
static bool bar_key(const struct world *w, size_t n, struct buf *out)
{
    const struct cell *row = canvas_row(w->canvas, canvas_rows(w->canvas) - 1);
    bool in = false;

    buf_clear(out);
    for (int x = 0; x < canvas_cols(w->canvas); x++) {
        bool is = STYLE_BASE(row[x].style) == STYLE_KEY && row[x].text[0];

        if (in && !is && n-- == 0)
            return true;
        if (in && !is)
            buf_clear(out);
        if (is)
            buf_add(out, row[x].text);
        in = is;
    }
    return false;
}

static void press_bar_key(struct world *w, const struct every_view *e, const char *names)
{
    int action = 0;
    bool did = false;

    for (const char *p = names; *p; p += strcspn(p, " "), p += strspn(p, " ")) {
        struct key k;

        if (!key_parse(p, strcspn(p, " "), &k)) {
            fprintf(stderr, "%s: the bar says \"%s\"\n", e->name, names);
            dead++;
            return;
        }
        did = does_something(w, &k, &action);
    }
    if (!did)
        tell(w, e, names, -1);
}

static void every_key_of_a_key_bar_does_something(void **state)
{
    struct world *w = *state;
    struct buf names = BUF_INIT;
    size_t pressed = 0;

    dead = 0;
    for (size_t i = 0; i < ARRAY_LEN(every_view); i++) {
        const struct every_view *e = &every_view[i];

        for (size_t n = 0; n < 12; n++) {
            bool more;

            e->open(w);
            more = bar_key(w, n, &names);
            if (more) {
                press_bar_key(w, e, buf_text(&names));
                pressed++;
            }
            screen_pop_all(w->ui.screen);
            if (!more)
                break;
        }
    }
    buf_release(&names);
    assert_true(pressed > 200);
    assert_int_equal(dead, 0);
}

/* --- Enter ------------------------------------------------------------------------------------------------------ */

#define ROWS_MAX 12

static void enter_on_every_row_opens_it_or_says_why_not(void **state)
{
    struct world *w = *state;
    struct key down, enter;
    size_t rows = 0;

    dead = 0;
    assert_true(key_parse("Down", 4, &down) && key_parse("Enter", 5, &enter));
    for (size_t i = 0; i < ARRAY_LEN(every_view); i++) {
        const struct every_view *e = &every_view[i];

        for (int row = 0; row < ROWS_MAX && e->at == ON_MARK; row++) {
            struct spot before, after;
            int action;

            e->open(w);
            before = canvas_cursor(w->canvas);
            for (int k = 0; k < row; k++) {
                before = canvas_cursor(w->canvas);
                keys(w, "Down");
            }
            after = canvas_cursor(w->canvas);
            if (row && before.y == after.y) {
                row = ROWS_MAX;
            } else {
                rows++;
                if (!does_something(w, &enter, &action))
                    tell(w, e, "Enter", row);
            }
            screen_pop_all(w->ui.screen);
        }
    }
    assert_true(rows > 100);
    assert_int_equal(dead, 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, everything_open, world_close)
    const struct CMUnitTest tests[] = {
        T(every_key_of_a_key_bar_does_something), T(enter_on_every_row_opens_it_or_says_why_not),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
