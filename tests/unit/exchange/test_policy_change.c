/* what another policy would change: every term that decides what leaves is told, in the right direction, both ways. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/exchange/policy_change.h"
#include "dolen/forms/catalog.h"
#include "dolen/base/banned.h"

static struct catalog *catalog_;

static struct policy_file *a_policy(void)
{
    struct policy_file *p = policy_file_new("w-hub", catalog_data_set(catalog_, "provisional-wales", NULL));

    policy_file_add_recipient(p, "age1one");
    p->from = (struct date) { 2026, 4, 1 };
    return p;
}

static void assert_turn(const struct policy_file *was, const struct policy_file *now, enum policy_turn turn, const char *what)
{
    struct policy_changes c;

    policy_compare(&c, was, now);
    assert_int_equal(c.count, 1);
    assert_int_equal(c.items[0].turn, turn);
    assert_string_equal(c.items[0].what, what);
    assert_true(strlen(c.items[0].said) > 3);
    assert_int_equal(policy_changes_of(&c, turn), 1);
    policy_changes_release(&c);
}

static void by_days(struct policy_file *p)      { p->dates = DATES_DAY; }
static void small_areas(struct policy_file *p)  { p->geography = GEOGRAPHY_LSOA; }
static void notice(struct policy_file *p)       { p->consent = CONSENT_NOTICE; }
static void earlier(struct policy_file *p)      { p->from.year = 2024; }
static void sensitive(struct policy_file *p)    { policy_file_allow_sensitive(p, "religion"); }
static void reader(struct policy_file *p)       { policy_file_add_recipient(p, "age1two"); }
static void reports(struct policy_file *p)
{
    policy_file_allow_table(p, catalog_data_set(catalog_, "provisional-wales", NULL), "safeguarding");
}
static void unrounded(struct policy_file *p)    { p->round_to = 0; }
static void finer(struct policy_file *p)        { p->age_bands[p->age_band_count - 1]++; }

/* All of these let more leave; taken back, less does. Ages cut elsewhere may tell more either way. */
static const struct { void (*change)(struct policy_file *p); const char *more, *less; } wider[] = {
    { by_days, "dates day", "dates month" }, { small_areas, "geography lsoa", "geography la_decile" },
    { notice, "consent notice", "consent permission" }, { earlier, "from 2024-04-01", "from 2026-04-01" },
    { sensitive, "sensitive religion", "sensitive religion" }, { reader, "recipient age1two", "recipient age1two" },
    { reports, "safeguarding count", "safeguarding no" },
    { unrounded, NULL, NULL }, { finer, NULL, NULL },
};

static void every_term_is_told_in_its_direction(void **state)
{
    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(wider); i++) {
        struct policy_file *was = a_policy(), *now = a_policy();
        struct policy_changes c;

        wider[i].change(now);
        if (wider[i].more) {
            assert_turn(was, now, TURN_MORE, wider[i].more);
            assert_turn(now, was, TURN_LESS, wider[i].less);
        } else {
            policy_compare(&c, was, now);
            assert_int_equal(policy_changes_of(&c, TURN_MORE), 1);
            policy_changes_release(&c);
        }
        policy_file_free(&was);
        policy_file_free(&now);
    }
}

static void columns_and_tables_are_told_one_by_one(void **state)
{
    struct policy_file *was = a_policy(), *now = a_policy();
    struct policy_changes c;
    size_t columns = now->tables[1].count;

    (void) state;
    assert_true(policy_file_drop(now, "episode.religion"));
    assert_turn(was, now, TURN_LESS, "column episode.religion");
    assert_turn(now, was, TURN_MORE, "column episode.religion");
    now->tables[1].table[0] = 'X';              /* the second table is another one */
    policy_compare(&c, was, now);
    assert_int_equal(policy_changes_of(&c, TURN_MORE), columns);
    assert_int_equal(policy_changes_of(&c, TURN_LESS), columns + 1);
    policy_changes_release(&c);
    policy_file_free(&was);
    policy_file_free(&now);
}

static void a_new_number_alone_changes_nothing(void **state)
{
    struct policy_file *was = a_policy(), *now = a_policy();
    struct policy_changes c;

    (void) state;
    now->number = 7;
    now->issued_on = (struct date) { 2027, 1, 1 };
    policy_compare(&c, was, now);
    assert_int_equal(c.count, 0);
    policy_changes_release(&c);
    free(now->title.t[LANG_EN]);
    now->title.t[LANG_EN] = xstrdup("Another board");
    policy_compare(&c, was, now);
    assert_int_equal(c.count, 1);
    assert_int_equal(c.items[0].turn, TURN_OTHER);
    policy_changes_release(&c);
    policy_file_free(&was);
    policy_file_free(&now);
}

static int begin(void **state)
{
    (void) state;
    catalog_ = catalog_new("forms", NULL);
    return 0;
}

static int end(void **state)
{
    (void) state;
    catalog_free(&catalog_);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_term_is_told_in_its_direction), cmocka_unit_test(columns_and_tables_are_told_one_by_one),
        cmocka_unit_test(a_new_number_alone_changes_nothing),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
