/* What comes first, and why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/core/worklist.h"

static const struct date today = { 2026, 3, 9 };

static const struct work_rules rules = { .of = {
    [WORK_RESUME_DRAFT] = { 1000, 0, 0 },   [WORK_REFERRAL_WAITING] = { 500, 15, 300 },
    [WORK_FOLLOW_UP] = { 450, 20, 350 },    [WORK_REVIEW] = { 400, 10, 250 },
    [WORK_FEEDBACK_OWED] = { 350, 10, 250 },[WORK_ASSET_VERIFY] = { 200, 1, 100 },
    [WORK_GAP] = { 150, 1, 50 },
} };

static struct work_item item(enum work_kind kind, const char *name, int days_ago)
{
    struct work_item w = { .kind = kind, .due = date_add_days(today, -days_ago), .since = date_add_days(today, -days_ago) };

    str_copy(w.name, sizeof w.name, name);
    return w;
}

static void expect_why(struct work_item w, const char *want)
{
    struct buf b = BUF_INIT;

    worklist_why(&b, &w, today);
    assert_string_equal(buf_text(&b), want);
    buf_release(&b);
}

static void says_why_in_one_line(void **state)
{
    struct work_item w = item(WORK_FEEDBACK_OWED, "", 12);

    (void)state;
    expect_why(w, "feedback owed to the referrer for 12 days");
    w.due = date_add_days(today, 5);                     /* owed since then, whenever it is due */
    expect_why(w, "feedback owed to the referrer for 12 days");
    w = item(WORK_REFERRAL_WAITING, "", 4);
    w.since = today;                                     /* came four days ago, written down today */
    expect_why(w, "referral waiting for a decision for 4 days");
    w = item(WORK_GAP, "", -56);        /* the day to look again, from the day when nothing was there */
    w.since = today;
    expect_why(w, "look again in 56 days for what was not there");
    w.due = w.since = date_add_days(today, -60);
    expect_why(w, "nothing was there 60 days ago: look again");
    expect_why(item(WORK_FOLLOW_UP, "", 3), "follow-up due 3 days ago");
    expect_why(item(WORK_FOLLOW_UP, "", 1), "follow-up due 1 day ago");
    expect_why(item(WORK_FOLLOW_UP, "", 0), "follow-up due today");
    expect_why(item(WORK_FOLLOW_UP, "", -1), "follow-up due tomorrow");
    expect_why(item(WORK_FOLLOW_UP, "", -2), "follow-up due in 2 days");
    expect_why(item(WORK_DRAFT, "", -2), "draft from today");
    w = item(WORK_REVIEW, "", 0);
    w.due = w.since = (struct date){ 0, 0, 0 };
    expect_why(w, "review due today");
}

static void every_kind_has_its_lines(void **state)
{
    static const char *const never[] = { "concern", "safeguarding", "abuse", "risk" };

    (void)state;
    for (int k = 0; k < WORK_COUNT; k++)
        for (int days = -2; days <= 2; days++) {
            struct work_item w = item((enum work_kind)k, "", days);
            struct buf       b = BUF_INIT;
            enum work_kind   back = WORK_COUNT;

            worklist_why(&b, &w, today);
            assert_true(b.len > 5);
            for (size_t i = 0; i < ARRAY_LEN(never); i++)
                assert_null(strstr(buf_text(&b), never[i]));
            buf_release(&b);
            assert_true(work_kind_parse(work_kind_code((enum work_kind)k), &back) && (int)back == k);
        }
}

static void the_heaviest_comes_first_whatever_the_order_given(void **state)
{
    struct work_item a[] = {
        item(WORK_GAP, "h", 400), item(WORK_FOLLOW_UP, "d", 0), item(WORK_FOLLOW_UP, "c", 4), item(WORK_RESUME_DRAFT, "a", 0),
        item(WORK_REVIEW, "g", -1), item(WORK_REFERRAL_WAITING, "b", 3), item(WORK_ASSET_VERIFY, "f", 1000),
        item(WORK_FOLLOW_UP, "e", 0),
    };
    const size_t n = ARRAY_LEN(a);

    (void)state;
    for (size_t turn = 0; turn < n; turn++) {
        struct work_item first = a[0];
        char             order[9] = "";

        memmove(a, a + 1, (n - 1) * sizeof *a);
        a[n - 1] = first;
        worklist_sort(a, n, &rules, today);
        for (size_t i = 0; i < n; i++)
            order[i] = a[i].name[0];
        assert_string_equal(order, "abcdefhg");
    }
}

static void waiting_adds_weight_up_to_a_cap(void **state)
{
    struct work_item near = item(WORK_FOLLOW_UP, "", 1), far = item(WORK_FOLLOW_UP, "", 100000), soon = item(WORK_FOLLOW_UP, "", -1);

    (void)state;
    assert_int_equal(work_weight(&near, &rules, today), 470);
    assert_int_equal(work_weight(&far, &rules, today), 800);
    assert_true(work_weight(&soon, &rules, today) < 450 / 2);
    assert_true(work_is_overdue(&near, today));
    assert_false(work_is_overdue(&soon, today));
}

/* A referral that asks to be seen within two days stands before what has waited long and can wait. */
static void urgency_weighs_beside_the_kind(void **state)
{
    struct work_item a[] = { item(WORK_FEEDBACK_OWED, "owed", 200), item(WORK_REFERRAL_WAITING, "in turn", 10),
                             item(WORK_REFERRAL_WAITING, "urgent", 0) };

    (void)state;
    a[2].more = 250;
    worklist_sort(a, ARRAY_LEN(a), &rules, today);
    assert_string_equal(a[0].name, "urgent");
    assert_string_equal(a[1].name, "in turn");
    a[1].more = 0, a[0].more = 0;
    worklist_sort(a, ARRAY_LEN(a), &rules, today);
    assert_string_equal(a[2].name, "urgent");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_why_in_one_line),
        cmocka_unit_test(every_kind_has_its_lines),
        cmocka_unit_test(the_heaviest_comes_first_whatever_the_order_given),
        cmocka_unit_test(waiting_adds_weight_up_to_a_cap),
        cmocka_unit_test(urgency_weighs_beside_the_kind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
