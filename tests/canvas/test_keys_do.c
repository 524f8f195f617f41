/* test_keys_do.c - no key that a screen names is dead on it: each key of the key bar does something there, Enter on every
 * row of every list opens it or says why not, and the keys that sentences name are bound where the sentence stands. */
#include "every_view.h"

#include <glob.h>
#include <regex.h>

#include "app/tui/tui.h"
#include "dolen/base/file.h"
#include "dolen/ui/tips.h"
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
    if (strstr(buf_text(&w->dump), "That key does nothing here") || strstr(buf_text(&w->dump), "Nothing opens here."))
        did = false;                    /* no answer to why not */
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

/* --- sentences that name a key ---------------------------------------------------------------------------------- */

/* "a adds one", "Ctrl-S files it": a key, and what it does. A number of things ("3 goes") is no key. */
#define KEY_AND_VERB                                                                                                   \
    "(^|[^A-Za-z0-9'-])([A-Za-z=&@#*]|Enter|Space|Esc|Tab|Backspace|Ctrl-[A-Z]|F[0-9]{1,2}) "                            \
    "(adds|opens|shows|says|takes|goes|files|keeps|leaves|puts|records|chooses|saves|sends|settles|marks|trusts|gives|" \
    "locks|leads|answers|changes|refuses|begins|reveals|finds|hides)([^a-z]|$)"

struct sentence {
    const char *where;
    uint64_t    context;                 /* of every view it may stand on */
    const struct every_view *on;         /* one of them that takes keys by itself, or NULL */
    int         named;
};

/* Not bound to an action: the view may take it all the same, "b" where two answers are compared. */
static bool view_takes(struct world *w, const struct every_view *e, const struct key *k)
{
    unsigned react;
    bool takes;

    if (!e)
        return false;
    e->open(w);
    screen_key(w->ui.screen, k, &react);
    show(w);
    takes = !strstr(buf_text(&w->dump), "That key does nothing here");
    screen_pop(w->ui.screen);
    return takes;
}

static void check_key(struct world *w, struct sentence *s, const char *key, const char *text)
{
    struct key k;

    s->named++;
    if (key_parse(key, strlen(key), &k) && (keymap_lookup(w->keymap, &k, s->context) || k.code == K_BACKSPACE ||
                                            view_takes(w, s->on, &k)))
        return;
    fprintf(stderr, "%s names %s, which is not bound there: %s\n", s->where, key, text);
    dead++;
}

static void check_sentence(struct world *w, struct sentence *s, const char *text)
{
    regex_t named;
    regmatch_t m[5];

    assert_int_equal(regcomp(&named, KEY_AND_VERB, REG_EXTENDED), 0);
    for (const char *at = text; regexec(&named, at, ARRAY_LEN(m), m, at > text ? REG_NOTBOL : 0) == 0; at += m[3].rm_eo) {
        char *key = xstrndup(at + m[2].rm_so, (size_t) (m[2].rm_eo - m[2].rm_so));

        check_key(w, s, key, text);
        free(key);
    }
    regfree(&named);
}

/* What is on the screen, as one text: sentences wrap. */
static void check_screen(struct world *w, const char *name, const struct every_view *on, int *named)
{
    struct sentence s = { .where = name, .context = screen_context(w->ui.screen), .on = on };
    const char *tip = tip_of(screen_top(w->ui.screen)->ops->name);
    struct buf all = BUF_INIT;
    bool blank = true;

    for (const char *p = buf_text(&w->dump); *p; p++) {
        bool space = *p == ' ' || *p == '\n';

        if (!space || !blank)
            buf_add_char(&all, space ? ' ' : *p);
        blank = space;
    }
    check_sentence(w, &s, buf_text(&all));
    check_sentence(w, &s, tip ? tip : "");
    *named += s.named;
    buf_release(&all);
}

static void keys_that_a_screen_and_its_tip_name_are_bound_there(void **state)
{
    struct world *w = *state;
    int named = 0;

    dead = 0;
    for (size_t i = 0; i < ARRAY_LEN(every_view); i++) {
        if (strncmp(every_view[i].name, "help", 4) == 0)         /* tells of all screens */
            continue;
        every_view[i].open(w);
        show(w);
        check_screen(w, every_view[i].name, &every_view[i], &named);
        screen_pop_all(w->ui.screen);
    }
    assert_true(named > 10);
    assert_int_equal(dead, 0);
}

static void keys_that_an_empty_screen_names_are_bound_there(void **state)
{
    static struct view *(*const empty[])(struct ui *) = {
        today_view_new, referrals_view_new, directory_view_new, call_list_view_new, gaps_view_new, gap_table_view_new,
        supervision_view_new, bin_view_new, outbox_view_new,
    };
    struct world *w = *state;
    int named = 0;

    dead = 0;
    for (size_t i = 0; i < ARRAY_LEN(empty); i++) {
        push(w, empty[i](&w->ui));
        check_screen(w, screen_top(w->ui.screen)->ops->name, NULL, &named);
        screen_pop_all(w->ui.screen);
    }
    push(w, people_view_new(&w->ui, NULL));
    check_screen(w, "people", NULL, &named);
    assert_true(named > 8);
    assert_int_equal(dead, 0);
}

/* The contexts of the views that a source file has, from the views themselves. */
static uint64_t contexts_in(struct world *w, const char *source, const struct every_view **on)
{
    uint64_t all = 0;

    for (size_t i = 0; i < ARRAY_LEN(every_view); i++) {
        size_t n = strcspn(every_view[i].name, " ");
        char *name = xasprintf(".name = \"%.*s\"", (int) n, every_view[i].name);

        if (strstr(source, name)) {
            every_view[i].open(w);
            all |= screen_context(w->ui.screen);
            *on = &every_view[i];
            screen_pop_all(w->ui.screen);
        }
        free(name);
    }
    return all;
}

/* Every message of a view, shown or not: the texts of its source, each joined from its pieces. */
static void check_source(struct world *w, const char *path, int *named)
{
    struct sentence s = { .where = path };
    struct buf text = BUF_INIT, one = BUF_INIT;

    assert_ok(file_read(&text, path, 1 << 20, &err_));
    s.context = contexts_in(w, buf_text(&text), &s.on);
    for (const char *p = buf_text(&text); s.context && (p = strstr(p, "_(\"")); ) {
        buf_clear(&one);
        for (p += 2; *p == '"'; p += strspn(p, " \n")) {
            for (p++; *p && *p != '"'; p++)
                buf_add_char(&one, *p == '\\' && p[1] ? *++p : *p);
            p += *p == '"';
            p += strspn(p, " \n");
            if (*p != '"')
                break;
        }
        check_sentence(w, &s, buf_text(&one));
    }
    *named += s.named;
    buf_release(&text);
    buf_release(&one);
}

static void keys_that_the_messages_of_a_view_name_are_bound_there(void **state)
{
    struct world *w = *state;
    glob_t sources = { .gl_pathc = 0 };
    int named = 0;

    dead = 0;
    assert_int_equal(glob("src/*/*_view.c", 0, NULL, &sources), 0);
    for (size_t i = 0; i < sources.gl_pathc; i++)
        if (!strstr(sources.gl_pathv[i], "help_view"))
            check_source(w, sources.gl_pathv[i], &named);
    globfree(&sources);
    assert_true(named > 15);
    assert_int_equal(dead, 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, everything_open, world_close)
    const struct CMUnitTest tests[] = {
        T(every_key_of_a_key_bar_does_something), T(enter_on_every_row_opens_it_or_says_why_not),
        T(keys_that_a_screen_and_its_tip_name_are_bound_there), T(keys_that_the_messages_of_a_view_name_are_bound_there),
        cmocka_unit_test_setup_teardown(keys_that_an_empty_screen_names_are_bound_there, world_open, world_close),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
