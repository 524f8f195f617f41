/* Hand-over mode: what the person sees, and that no key leads out of it. */
#include "form_stage.h"

#include "dolen/ui/handover.h"
#include "dolen/base/banned.h"

struct away {
    struct rig      *s;
    struct session  *session;
    int              saved, finished, opened, left, locked, released;
    char             typed[64];
    const char      *passphrase;
    bool             refuse_finish;
};

static unsigned away_save(void *ctx)
{
    ((struct away *) ctx)->saved++;
    session_mark_clean(((struct away *) ctx)->session);
    return REACT_DRAW;
}

static unsigned away_finish(void *ctx)
{
    ((struct away *) ctx)->finished++;
    return ((struct away *) ctx)->refuse_finish ? REACT_PASS : REACT_DRAW;
}

static void away_typed(void *ctx, const char *text)
{
    struct away *a = ctx;
    size_t n = strlen(a->typed);

    if (text && !*text)
        a->typed[0] = '\0';
    else if (text && n + strlen(text) < sizeof a->typed)
        memcpy(a->typed + n, text, strlen(text) + 1);
    else if (!text && n)
        a->typed[n - 1] = '\0';
}

static bool away_has_typed(void *ctx)
{
    return ((struct away *) ctx)->typed[0];
}

static bool away_open(void *ctx, struct err *err)
{
    struct away *a = ctx;

    a->opened++;
    if (str_eq(a->typed, a->passphrase))
        return true;
    err_set(err, ST_NOSLOT, "No key slot opens.");
    return false;
}

static unsigned away_leave(void *ctx)
{
    ((struct away *) ctx)->left++;
    return REACT_NONE;
}

static unsigned away_lock(void *ctx)
{
    ((struct away *) ctx)->locked++;
    return REACT_NONE;                  /* the program would end here; the test goes on */
}

static void away_release(void *ctx)
{
    ((struct away *) ctx)->released++;
}

static struct away *away_new(const char *form, int rows, int cols)
{
    struct away *a = xcalloc(1, sizeof *a);
    struct handover_host host = { a, away_save, away_finish, away_typed, away_has_typed, away_open, away_leave, away_lock,
                                  away_release };
    struct err err = { .st = ST_OK };
    const struct form *f;

    a->s = stage_new(rows, cols);
    a->passphrase = "ymarfer";
    f = catalog_form(a->s->catalog, form, &err);
    if (!f)
        fail_msg("%s", err_text(&err));
    a->session = session_new(f, NULL, NULL, 0, a->s->ui.today);
    screen_push(a->s->screen, bottom_new());
    screen_push(a->s->screen, handover_view_new(&a->s->ui, a->session, &host, ID_NONE));
    stage_show(a->s);
    return a;
}

static void away_free(struct away *a)
{
    stage_free(a->s);
    assert_int_equal(a->released, 1);
    session_free(&a->session);
    free(a);
}

static const char *said(const struct away *a, const char *name)
{
    const char *v = answers_value(session_answers(a->session), name, 0);

    return v ? v : "";
}

static void one_question_at_a_time(void **state)
{
    (void) state;
    struct away *a = away_new("ons4", 24, 80);

    assert_shown(a->s, "Next I would like to ask you four questions");
    assert_not_shown(a->s, "the bottom");
    assert_not_shown(a->s, "Help");
    assert_shown(a->s, "1/5");
    keys(a->s, "Enter");
    assert_shown(a->s, "how satisfied are you");
    assert_not_shown(a->s, "worthwhile");
    assert_shown(a->s, "I would rather not say");
    keys(a->s, "7 Enter");
    assert_string_equal(said(a, "satis"), "7");
    assert_int_equal(a->saved, 1);
    keys(a->s, "PageUp");
    assert_shown(a->s, "[7]");
    away_free(a);
}

static void every_size_and_language_has_the_cursor_on_the_question(void **state)
{
    static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
        for (int cy = 0; cy < 2; cy++) {
            struct away *a = away_new("ons-loneliness", sizes[i][0], sizes[i][1]);

            keys(a->s, cy ? "F9 Enter Down" : "Enter Down");
            assert_shown(a->s, "Cymraeg");
            assert_shown(a->s, "English");
            assert_cursor_on(a->s, "Hardly ever or never");
            keys(a->s, "Down Down");
            assert_cursor_on(a->s, "Often");
            keys(a->s, "Enter");
            assert_string_equal(said(a, "companionship"), "OFTEN");
            away_free(a);
        }
}

static void enter_alone_answers_nothing_and_says_that_it_was_asked(void **state)
{
    (void) state;
    struct away *a = away_new("ons-loneliness", 24, 80);

    keys(a->s, "Enter Enter Enter Down Down Down Down Enter");
    assert_string_equal(said(a, "companionship"), "");
    const struct form *f = session_form(a->session);

    assert_int_equal(session_state(a->session, form_question(f, "companionship"), 0), MISSING_NO_ANSWER);
    assert_int_equal(session_state(a->session, form_question(f, "isolated"), 0), MISSING_PREFER_NOT);
    away_free(a);
}

static void at_the_end_it_says_thank_you_in_both_languages(void **state)
{
    (void) state;
    struct away *a = away_new("ons4", 24, 80);

    keys(a->s, "Enter 1 Enter 2 Enter 3 Enter 4");
    assert_int_equal(a->finished, 0);
    a->refuse_finish = true;
    keys(a->s, "Enter");
    assert_shown(a->s, "anxious");
    a->refuse_finish = false;
    keys(a->s, "Enter");
    assert_int_equal(a->finished, 2);
    assert_shown(a->s, "Thank you.");
    keys(a->s, "Esc PageUp Tab F9 F10");
    assert_not_shown(a->s, "anxious");
    handover_view_flush(screen_top(a->s->screen));
    away_free(a);
}

static void only_the_passphrase_leads_back(void **state)
{
    (void) state;
    struct away *a = away_new("ons4", 24, 80);

    keys(a->s, "Enter Ctrl-P");
    assert_not_shown(a->s, "satisfied");
    type(a->s, "wrong");
    assert_not_shown(a->s, "wrong");
    keys(a->s, "Enter");
    assert_shown(a->s, "No key slot opens.");
    assert_string_equal(a->typed, "");
    keys(a->s, "Esc");
    assert_shown(a->s, "satisfied");
    keys(a->s, "Ctrl-P");
    type(a->s, "ymarfer");
    keys(a->s, "Enter");
    assert_int_equal(a->left, 1);
    assert_shown(a->s, "the bottom");
    away_free(a);
}

static void numbers_are_shown_without_a_note(void **state)
{
    (void) state;
    struct away *a = away_new("ons4", 24, 80);

    keys(a->s, "F2");
    assert_shown(a->s, "999");
    assert_not_shown(a->s, "rite");
    keys(a->s, "a n Down PageDown End Esc");
    assert_shown(a->s, "Next I would like");
    keys(a->s, "F2 Ctrl-K Ctrl-Q Ctrl-Z Ctrl-C");
    assert_int_equal(a->locked, 4);
    away_free(a);
}

/* A fixed seed, so that a failure comes again. */
static unsigned next_random(uint32_t *x)
{
    *x ^= *x << 13;
    *x ^= *x >> 17;
    *x ^= *x << 5;
    return *x;
}

static struct key random_key(uint32_t *x)
{
    unsigned r = next_random(x) % 100;
    char text[2] = { (char) (' ' + next_random(x) % 95), '\0' };

    if (r < 25)
        return key_of_code(K_ENTER + (int) (next_random(x) % (K_CTRL_RIGHT - K_ENTER + 1)));
    if (r < 40)
        return key_of_code(K_F(1 + (int) (next_random(x) % 12)));
    if (r < 60)
        return key_of_code(1 + (int) (next_random(x) % 26));
    return r < 65 ? key_of_text("ŵ") : key_of_text(text);
}

static void ten_thousand_random_keys_never_leave_it(void **state)
{
    static const char *const forms[] = { "ons4", "ons-loneliness", "equality", "conversation" };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        struct away *a = away_new(forms[i], i % 2 ? 24 : 12, i % 2 ? 80 : 40);
        uint32_t x = 0x2026 + (uint32_t) i;

        for (int n = 0; n < 10000; n++) {
            struct key k = random_key(&x);

            stage_key(a->s, &k);
            assert_string_equal(screen_top(a->s->screen)->ops->name, "hand-over");
            assert_int_equal(screen_depth(a->s->screen), 2);
            assert_int_equal(a->s->passed, 0);
            assert_null(strstr(buf_text(&a->s->shown), "the bottom"));
        }
        assert_int_equal(a->left, 0);
        assert_true(a->locked > 0);
        assert_true(a->opened > 0);
        away_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_question_at_a_time),
        cmocka_unit_test(every_size_and_language_has_the_cursor_on_the_question),
        cmocka_unit_test(enter_alone_answers_nothing_and_says_that_it_was_asked),
        cmocka_unit_test(at_the_end_it_says_thank_you_in_both_languages),
        cmocka_unit_test(only_the_passphrase_leads_back),
        cmocka_unit_test(numbers_are_shown_without_a_note),
        cmocka_unit_test(ten_thousand_random_keys_never_leave_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
