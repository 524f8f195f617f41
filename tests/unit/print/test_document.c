/* A document as text, HTML and through the pipe. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/print/document.h"

static struct document *sample(void)
{
    struct document *d = document_new(LANG_EN, "My plan");

    document_set_name(d, "Siân Prŵs");
    document_labelled(d, 0, "Date:", "today");
    document_heading(d, "What I want");
    document_numbered(d, "To sing with others again, by the river, on a Thursday");
    document_labelled(d, 1, "Why:", "it is who I am");
    document_bullet(d, 1, "Ring the choir together and ask about the lift home");
    document_numbered(d, "To walk");
    document_heading(d, "Next");
    document_numbered(d, "First of the next part");
    return d;
}

static void text_is_wrapped_to_its_columns(void **state)
{
    struct document *d = sample();
    struct buf b = BUF_INIT;

    (void) state;
    document_text(d, 30, &b);
    assert_string_equal(buf_text(&b), "My plan: Siân Prŵs\n"
                                      "Date: today\n"
                                      "\n"
                                      "What I want\n"
                                      "\n"
                                      "1. To sing with others again,\n"
                                      "   by the river, on a Thursday\n"
                                      "   Why: it is who I am\n"
                                      "   - Ring the choir together\n"
                                      "     and ask about the lift\n"
                                      "     home\n"
                                      "\n"
                                      "2. To walk\n"
                                      "\n"
                                      "Next\n"
                                      "\n"
                                      "1. First of the next part\n");
    buf_release(&b);
    document_free(&d);
}

/* Facts of one item are one line, and belong to it: they begin no paragraph of their own. */
static void facts_share_a_line(void **state)
{
    struct document *d = document_new(LANG_EN, "My plan");
    struct buf b = BUF_INIT;

    (void) state;
    document_step(d, 0, "Ring the choir", false);
    document_fact(d, 1, "Who:", "Lys");
    document_fact_date(d, 1, "By:", (struct date) { 2026, 3, 10 }, (struct date) { 2026, 3, 3 });
    document_step(d, 0, "Ask for a lift", true);
    document_fact(d, 1, "Who:", NULL);
    document_fact(d, 1, NULL, "This is done.");
    document_text(d, 60, &b);
    assert_string_equal(buf_text(&b), "My plan\n"
                                      "- Ring the choir\n"
                                      "   Who: Lys; By: Tuesday 10 March\n"
                                      "- Ask for a lift\n"
                                      "   This is done.\n");
    buf_clear(&b);
    document_html(d, &b);
    assert_non_null(strstr(buf_text(&b), "<b>Who:</b> <bdi>Lys</bdi></span> <span"));
    assert_non_null(strstr(buf_text(&b), "class=\"step in0\" dir=\"auto\">Ring the choir</p>"));
    assert_non_null(strstr(buf_text(&b), "class=\"step done in0\" dir=\"auto\">Ask for a lift</p>"));
    buf_release(&b);
    document_free(&d);
}

static void a_day_has_its_year_unless_the_paper_makes_it_clear(void **state)
{
    static const struct { struct date on, since; const char *shown; } cases[] = {
        { { 2026, 3, 10 }, { 2026, 3, 3 }, "Tuesday 10 March" },
        { { 2026, 3, 3 }, { 2026, 3, 3 }, "Tuesday 3 March" },
        { { 2026, 3, 10 }, { 0, 0, 0 }, "Tuesday 10 March 2026" },
        { { 2026, 3, 2 }, { 2026, 3, 3 }, "Monday 2 March 2026" },
        { { 2027, 3, 2 }, { 2026, 3, 3 }, "Tuesday 2 March 2027" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct document *d = document_new(LANG_EN, "T");

        document_fact_date(d, 0, "By:", cases[i].on, cases[i].since);
        assert_string_equal(d->items[0].text, cases[i].shown);
        document_free(&d);
    }
}

static void check_width(void *ctx, const char *start, size_t bytes)
{
    char *line = xstrndup(start, bytes);

    assert_in_range(text_width(line), 0, *(int *) ctx);
    free(line);
}

static void no_line_is_wider_than_asked(void **state)
{
    struct document *d = document_new(LANG_CY, "Cynllun");
    struct buf b = BUF_INIT;

    (void) state;
    document_para(d, 2, "王小明 a 王小明王小明王小明王小明王小明王小明王小明王小明王小明 Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch");
    document_labelled(d, 1, "Pwy:", "محمد علي محمد علي محمد علي محمد علي محمد علي محمد علي");
    for (int cols = 20; cols < 60; cols += 7) {
        buf_clear(&b);
        document_text(d, cols, &b);
        for (const char *s = buf_text(&b); *s; s += strcspn(s, "\n") + 1)
            check_width(&cols, s, strcspn(s, "\n"));
    }
    buf_release(&b);
    document_free(&d);
}

static void empty_text_adds_nothing(void **state)
{
    struct document *d = document_new(LANG_EN, "T");

    (void) state;
    document_para(d, 0, NULL);
    document_para(d, 0, "");
    document_bullet(d, 0, NULL);
    document_labelled(d, 0, "Who:", NULL);
    document_labelled(d, 0, "Who:", "");
    document_labelled_date(d, 0, "By:", (struct date) { 0, 0, 0 });
    assert_int_equal(d->count, 0);
    document_free(&d);
}

static void control_characters_do_not_get_through(void **state)
{
    struct document *d = document_new(LANG_EN, "T");
    struct buf b = BUF_INIT;

    (void) state;
    document_set_name(d, "Ann\x1b[2J\nB");
    document_para(d, 0, "red \x1b[31m \xe2\x80\xae reversed");
    document_text(d, 60, &b);
    document_html(d, &b);
    assert_null(strchr(buf_text(&b), '\x1b'));
    assert_null(strstr(buf_text(&b), "\xe2\x80\xae"));
    buf_release(&b);
    document_free(&d);
}

static void html_escapes_everything_from_outside(void **state)
{
    static const char nasty[] = "<script src=//x>&amp;\"'</p></title>";
    struct document *d = document_new(LANG_CY, nasty);
    struct buf b = BUF_INIT;

    (void) state;
    document_set_name(d, nasty);
    document_heading(d, nasty);
    document_para(d, 0, nasty);
    document_numbered(d, nasty);
    document_bullet(d, 1, nasty);
    document_labelled(d, 1, nasty, nasty);
    document_html(d, &b);
    assert_null(strstr(buf_text(&b), "<script"));
    assert_null(strstr(buf_text(&b), "'</"));
    assert_non_null(strstr(buf_text(&b), "&lt;script src=//x&gt;&amp;amp;&quot;&#39;&lt;/p&gt;"));
    assert_non_null(strstr(buf_text(&b), "<html lang=\"cy\">"));
    buf_release(&b);
    document_free(&d);
}

static void html_needs_nothing_beside_it(void **state)
{
    static const char *const never[] = { "<script", "<link", "<img", "<iframe", "href", "src=", "url(", "@import", "http:" };
    struct document *d = sample();
    struct buf b = BUF_INIT;

    (void) state;
    d->large = d->training = true;
    document_html(d, &b);
    for (size_t i = 0; i < ARRAY_LEN(never); i++)
        assert_null(strstr(buf_text(&b), never[i]));
    assert_non_null(strstr(buf_text(&b), "size: A4"));
    assert_non_null(strstr(buf_text(&b), "font-size: 18pt"));
    assert_non_null(strstr(buf_text(&b), TRAINING_MARK));
    /* a browser prints the title above every page */
    assert_non_null(strstr(buf_text(&b), "<title>My plan</title>"));
    buf_release(&b);
    document_free(&d);
}

static void training_stands_first(void **state)
{
    struct document *d = sample();
    struct buf b = BUF_INIT;

    (void) state;
    d->training = true;
    document_text(d, 60, &b);
    assert_int_equal(strncmp(buf_text(&b), TRAINING_MARK "\n", strlen(TRAINING_MARK) + 1), 0);
    buf_release(&b);
    document_free(&d);
}

static void comes_back_from_json_as_it_was(void **state)
{
    struct document *d = sample(), *back = NULL;
    struct json *j, *again;

    (void) state;
    d->large = true;
    document_step(d, 1, "Ring", true);
    document_fact(d, 2, "Who:", "Ann");
    document_fact(d, 2, NULL, "This is done.");
    j = document_to_json(d);
    assert_int_equal(document_from_json(&back, j, NULL), ST_OK);
    again = document_to_json(back);
    assert_true(json_equal(j, again));
    json_free(&j);
    json_free(&again);
    document_free(&d);
    document_free(&back);
}

static void json_of_another_kind_is_refused(void **state)
{
    static const char *const bad[] = {
        "{}", "[]", "null", "{\"schema\":\"dolen/document/2\",\"lang\":\"en\",\"title\":\"\",\"blocks\":[]}",
        "{\"schema\":\"dolen/document/1\",\"lang\":\"fr\",\"title\":\"\",\"blocks\":[]}",
        "{\"schema\":\"dolen/document/1\",\"lang\":\"en\",\"title\":\"\",\"blocks\":{}}",
        "{\"schema\":\"dolen/document/1\",\"lang\":\"en\",\"title\":\"\",\"blocks\":[{\"kind\":\"image\",\"text\":\"a\"}]}",
        "{\"schema\":\"dolen/document/1\",\"lang\":\"en\",\"title\":\"\",\"blocks\":[{\"kind\":\"para\"}]}",
        "{\"schema\":\"dolen/document/1\",\"lang\":\"en\",\"title\":\"\",\"blocks\":[{\"kind\":\"labelled\",\"text\":\"a\"}]}",
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct document *d = NULL;
        struct json *j = NULL;

        assert_int_equal(json_parse(&j, bad[i], strlen(bad[i]), NULL), ST_OK);
        assert_int_equal(document_from_json(&d, j, NULL), ST_INVALID);
        assert_null(d);
        json_free(&j);
    }
}

static void pdf_without_its_helper_says_so(void **state)
{
    struct document *d = sample();
    struct buf b = BUF_INIT;
    struct err err = { .st = ST_OK };
    bool no_shape = false;

    (void) state;
    assert_int_equal(document_pdf(d, &b, &no_shape, &err), ST_NOTFOUND);
    assert_non_null(strstr(err_text(&err), "dolen-print"));
    assert_int_equal(b.len, 0);
    document_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_wrapped_to_its_columns),
        cmocka_unit_test(facts_share_a_line),
        cmocka_unit_test(a_day_has_its_year_unless_the_paper_makes_it_clear),
        cmocka_unit_test(no_line_is_wider_than_asked),
        cmocka_unit_test(empty_text_adds_nothing),
        cmocka_unit_test(control_characters_do_not_get_through),
        cmocka_unit_test(html_escapes_everything_from_outside),
        cmocka_unit_test(html_needs_nothing_beside_it),
        cmocka_unit_test(training_stands_first),
        cmocka_unit_test(comes_back_from_json_as_it_was),
        cmocka_unit_test(json_of_another_kind_is_refused),
        cmocka_unit_test(pdf_without_its_helper_says_so),
    };

    lang_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
