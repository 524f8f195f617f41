/* test_people.c - the list of everyone and the search box; and the window that keeps long lists flat. */
#include "person_world.h"

#include "dolen/ui/list.h"
#include "dolen/core/safe.h"
#include "ui/people_pager.h"

#include "dolen/base/banned.h"

/* --- the window, over a list that is not there ------------------------------------------------------------------ */

#define MANY 100000

struct fake_row {
    struct id id;
    char      sort_key[24];
    size_t    number;
};

static size_t fake_total = MANY, fake_calls, fake_most;

static enum status fake_page(struct store *s, struct id of, const char *key, struct id id, bool forward, int limit,
                             void *rows, int *n, struct err *err)
{
    struct fake_row *out = rows;
    size_t at = key ? (size_t) strtoul(key, NULL, 10) : forward ? 0 : fake_total, from = at;

    (void) s;
    (void) of;
    (void) err;
    fake_calls++;
    fake_most = (size_t) limit > fake_most ? (size_t) limit : fake_most;
    if (key && forward && id.b[15] == 1)        /* rows have id …01: "after" is the next one */
        from = at + 1;
    if (!forward)
        from = at > (size_t) limit ? at - (size_t) limit : 0;
    *n = 0;
    for (size_t i = from; i < fake_total && *n < limit && (forward || i < at); i++) {
        struct fake_row *r = &out[(*n)++];

        memset(r, 0, sizeof *r);
        r->id.b[15] = 1;
        r->number = i;
        snprintf(r->sort_key, sizeof r->sort_key, "%08zu", i);
    }
    return ST_OK;
}

static const struct pager_kind fake = { fake_page, sizeof(struct fake_row), offsetof(struct fake_row, id),
                                        offsetof(struct fake_row, sort_key) };

static void assert_window(struct pager *p, size_t first, size_t n)
{
    size_t calls = fake_calls;

    assert_int_equal(pager_window(p, first, n, NULL), ST_OK);
    assert_true(fake_calls - calls <= 2);
    assert_true(fake_most <= n + 60);
    for (size_t i = first; i < first + n && i < p->total; i++) {
        const struct fake_row *r = pager_row(p, i);

        assert_non_null(r);
        assert_int_equal(r->number, i);
    }
}

static void window_is_flat(void **state)
{
    struct pager p;
    size_t at = MANY - 20;

    (void) state;
    fake_total = MANY;
    fake_most = fake_calls = 0;
    pager_start(&p, &fake, NULL);
    pager_reset(&p, MANY, 0);
    assert_window(&p, 0, 20);
    assert_window(&p, MANY - 20, 20);
    for (int i = 0; i < 300; i++, at -= 19)
        assert_window(&p, at, 20);
    for (int i = 0; i < 100; i++, at++)
        assert_window(&p, at, 20);
    pager_reset(&p, MANY, at);                  /* a change: the same rows again, in two queries */
    assert_window(&p, at, 20);
    assert_window(&p, at - 10, 40);             /* a taller window */
    assert_window(&p, 0, 20);
    pager_release(&p);
}

static void window_finds_its_place_again(void **state)
{
    struct pager p;

    (void) state;
    fake_total = 500;
    fake_most = fake_calls = 0;
    pager_start(&p, &fake, NULL);
    pager_reset(&p, 500, 0);
    assert_window(&p, 0, 20);
    assert_int_equal(pager_window(&p, 250, 20, NULL), ST_OK);      /* no key is near: walked to */
    assert_int_equal(((const struct fake_row *) pager_row(&p, 250))->number, 250);
    fake_total = 300;                           /* gone beside us */
    pager_reset(&p, 300, 250);
    assert_int_equal(pager_window(&p, 280, 20, NULL), ST_OK);
    assert_int_equal(((const struct fake_row *) pager_row(&p, 299))->number, 299);
    pager_release(&p);
    fake_total = MANY;
}

/* --- the view --------------------------------------------------------------------------------------------------- */

static void add_many(struct world *w, int n)
{
    char family[32];

    assert_ok(store_begin(w->store, &err_));
    for (int i = 0; i < n; i++) {
        snprintf(family, sizeof family, "Family%04d", i);
        add_person(w, i % 2 ? "Alun" : "Beti", family);
    }
    assert_ok(store_commit(w->store, &err_));
}

static void open_list(struct world *w, const char *typed)
{
    screen_pop_all(w->ui.screen);
    screen_push(w->ui.screen, people_view_new(&w->ui, typed));
    show(w);
}

static void lists_everyone(void **state)
{
    struct world *w = *state;

    open_list(w, NULL);
    assert_shows(w, "No people yet. a adds a referral");
    add_many(w, 400);
    open_list(w, NULL);
    assert_shows(w, "People (400)");
    assert_shows(w, "Family0000");
    assert_on_mark(w);
    keys(w, "End");
    assert_shows(w, "> ");
    assert_shows(w, "Family0399");
    assert_on_mark(w);
    keys(w, "PageUp PageUp PageUp");
    assert_on_mark(w);
    screen_changed(w->ui.screen, CHANGED(PERSON));
    show(w);
    assert_on_mark(w);
    keys(w, "Home PageDown");
    assert_shows(w, "Family0018");
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_PERSON);
    assert_int_equal(keys(w, "Enter"), NAV_OPEN);
}

static void columns_go_by_width(void **state)
{
    struct world *w = *state;
    struct buf row = BUF_INIT;

    add_case(w);
    add_task(w, "FOLLOW_UP", (struct date) { 2026, 3, 6 }, w->person, w->episode, NULL);
    screen_push(w->ui.screen, people_view_new(&w->ui, NULL));
    show_at(w, 24, 80);
    assert_shows(w, "Nia Pritchard");
    assert_shows(w, "3 Feb 1950 (76)");
    assert_shows(w, " Welsh ");                /* words, not codes */
    assert_hides(w, " CY ");
    assert_shows(w, "!6 Mar 2026");
    assert_hides(w, "CF10");
    assert_hides(w, "02920");
    show_at(w, 12, 40);
    assert_shows(w, "Nia Pritchard");
    assert_shows(w, "!6 Mar 2026");
    assert_hides(w, "1950");
    show_at(w, 60, 200);
    assert_hides(w, "CF10");
    canvas_row_text(w->canvas, canvas_cursor(w->canvas).y, &row);
    assert_non_null(strstr(buf_text(&row), "!6 Mar 2026"));
    assert_true(row.len <= LIST_TABLE_COLS + 3);        /* a row is seen as one, however wide the screen */
    buf_release(&row);
    lang_set(LANG_CY);
    show_at(w, 24, 80);
    assert_on_mark(w);
}

/* A year that stands in for a birthday is not shown as one. */
static void a_birth_is_no_closer_than_it_is_known(void **state)
{
    struct world *w = *state;

    add_case(w);
    change(w, T_PERSON, w->person, PERSON_birth_date, "1950-07-01");
    change(w, T_PERSON, w->person, PERSON_birth_precision, "YEAR");
    open_list(w, NULL);
    assert_shows(w, " 1950 (75)");
    assert_hides(w, "1 Jul");
    screen_push(w->ui.screen, person_view_new(&w->ui, w->person, SECTION_OVERVIEW));
    show(w);
    assert_shows(w, " 1950 (75 years)");
    assert_hides(w, "1 Jul");
    screen_push(w->ui.screen, merge_view_new(&w->ui, w->person, put(w, T_PERSON, "given_name", "Nia", "birth_date",
                                             "1950-03-01", "birth_precision", "MONTH", NULL)));
    show(w);
    assert_shows(w, " 1950 ");
    assert_shows(w, "Mar 1950");
    assert_hides(w, "1 Jul");
    assert_hides(w, "1 Mar");
}

/* Back from one person to look for the next: what is typed is not written behind the last name. */
static void the_next_search_replaces_the_last(void **state)
{
    struct world *w = *state;

    add_many(w, 4);
    add_case(w);
    open_list(w, "");
    keys(w, "n i a Down /");
    keys(w, "a l u n");
    assert_shows(w, "Search: alun");
    assert_hides(w, "niaalun");
    assert_shows(w, "Family0001");
    keys(w, "Down / End Space f");              /* the caret was moved: it is added to */
    assert_shows(w, "Search: alun f");
    keys(w, "Down / Backspace");
    assert_hides(w, "Search: alun f");
    assert_shows(w, "Search: alun");
}

static void searches_as_one_types(void **state)
{
    struct world *w = *state;
    struct focus f;

    add_many(w, 40);
    add_case(w);
    put(w, T_CONTACT, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "held_on", "2026-02-20", "note",
        "She asked about the allotment.", NULL);
    open_list(w, "");
    assert_true(canvas_cursor(w->canvas).editing);
    keys(w, "n i a");
    assert_shows(w, "Nia Pritchard");
    assert_hides(w, "Family0001");
    assert_true(canvas_cursor(w->canvas).editing);
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_NONE);
    keys(w, "Down");
    assert_false(canvas_cursor(w->canvas).editing);
    assert_on_mark(w);
    f = screen_focus(w->ui.screen);
    assert_int_equal(f.kind, FOCUS_PERSON);
    assert_true(id_eq(f.person, w->person));
    assert_int_equal(keys(w, "Enter"), NAV_OPEN);
    keys(w, "Esc");                             /* the search is cleared, everyone is back */
    assert_shows(w, "Family0001");
    keys(w, "/ a l l o t");
    assert_shows(w, "Found in notes");
    keys(w, "Enter");
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_CONTACT);
    keys(w, "Esc / s i n g i n g Enter");
    assert_shows(w, "In the directory");
    f = screen_focus(w->ui.screen);
    assert_int_equal(f.kind, FOCUS_ASSET);
    assert_true(id_eq(f.subject, w->asset));
    keys(w, "Esc / q q q q q");
    assert_shows(w, "Nothing found.");
    keys(w, "Enter");                           /* nowhere to go: the caret stays */
    assert_true(canvas_cursor(w->canvas).editing);
}

static void covered_values_find_but_do_not_show(void **state)
{
    struct world *w = *state;

    add_case(w);
    open_list(w, "9888");
    assert_shows(w, "Nia Pritchard");
    assert_hides(w, "99888");
    assert_shows(w, "phone: " SAFE_DOTS);
    open_list(w, "cf10");
    assert_shows(w, "Nia Pritchard");
    assert_hides(w, "CF10 1AA");
}

static bool row_says(const struct world *w, int y, const char *words)
{
    struct buf row = BUF_INIT;
    bool says;

    for (int x = 0; x < canvas_cols(w->canvas); x++)
        buf_add(&row, canvas_row(w->canvas, y)[x].text);
    says = strstr(buf_text(&row), words) != NULL;
    buf_release(&row);
    return says;
}

/* Who is called otherwise than they were looked for: the row below says why they stand there, and is stepped over. */
static void says_why_somebody_is_found_by_another_name(void **state)
{
    static const int sizes[][2] = { { 24, 80 }, { 12, 40 } };
    struct world *w = *state;

    for (int i = 0; i < 7; i++)
        put(w, T_PERSON, "given_name", "Margaret", "preferred_name", i % 2 ? "Peggy" : "Mags", "family_name", "Rees",
            "phone", "02920 555 123", NULL);
    add_person(w, "Margaret", "Wynne");
    for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
        screen_push(w->ui.screen, people_view_new(&w->ui, "margaret"));
        show_at(w, sizes[k][0], sizes[k][1]);
        assert_shows(w, "Mags Rees");
        assert_shows(w, "given name: Margaret");
        keys(w, "Enter");
        for (int i = 0; i < 6; i++) {
            assert_on_mark(w);
            assert_true(row_says(w, canvas_cursor(w->canvas).y + 1, "given name: Margaret"));
            keys(w, "Down");
        }
        keys(w, "Down Down");
        assert_true(row_says(w, canvas_cursor(w->canvas).y, "Margaret Wynne"));
        screen_pop_all(w->ui.screen);
    }
    screen_push(w->ui.screen, people_view_new(&w->ui, "5123"));
    show_at(w, 24, 80);
    assert_shows(w, "phone: 02920 555 123");
}

static void long_and_wide_names(void **state)
{
    static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };
    struct world *w = *state;
    struct buf name = BUF_INIT;

    for (int i = 0; i < 20; i++)
        buf_add(&name, "漢字 e\xcc\x81\xcc\x82 \x1b[2J");
    add_person(w, buf_text(&name), "Ŵyn");
    screen_push(w->ui.screen, people_view_new(&w->ui, NULL));
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        show_at(w, sizes[i][0], sizes[i][1]);
        assert_clean(w);
        assert_on_mark(w);
    }
    buf_release(&name);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(window_is_flat), cmocka_unit_test(window_finds_its_place_again), T(lists_everyone),
        T(columns_go_by_width), T(a_birth_is_no_closer_than_it_is_known),
        T(the_next_search_replaces_the_last), T(searches_as_one_types),
        T(covered_values_find_but_do_not_show), T(says_why_somebody_is_found_by_another_name), T(long_and_wide_names),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
