/* The way through a case: in order, out of order, ended early. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "dolen/core/episode.h"

#define DAY(n) ((struct date){ 2026, 3, (n) })

static enum step first_step(const struct episode_facts *f)
{
    enum step s = STEP_COUNT;

    episode_next(f, &s, 1);
    return s;
}

static void goes_from_referral_to_feedback(void **state)
{
    struct episode_facts f = { .has_referral = true, .has_referrer = true, .feedback_wanted = true, .received_on = DAY(1) };

    (void)state;
    assert_int_equal(episode_stage(&f), STAGE_REFERRED);
    assert_int_equal(first_step(&f), STEP_DECIDE);
    assert_false(episode_allows(&f, STEP_CLOSE));
    f.decision = DECISION_ACCEPTED;
    f.opened_on = f.decided_on = DAY(2);
    assert_int_equal(episode_stage(&f), STAGE_ACCEPTED);
    assert_int_equal(first_step(&f), STEP_CONVERSATION);
    f.conversation_on = DAY(3);
    assert_int_equal(episode_stage(&f), STAGE_CONVERSATION);
    assert_int_equal(first_step(&f), STEP_PLAN);
    f.plan_begun = true;
    assert_int_equal(first_step(&f), STEP_AGREE);
    f.plan_on = DAY(4);
    assert_int_equal(first_step(&f), STEP_CONNECT);
    f.suggested = true;
    assert_int_equal(first_step(&f), STEP_SUGGESTED);
    f.connected_on = f.last_contact_on = DAY(5);
    assert_int_equal(episode_stage(&f), STAGE_CONNECTED);
    assert_int_equal(first_step(&f), STEP_CONTACT);
    f.last_contact_on = DAY(6);
    assert_int_equal(episode_stage(&f), STAGE_FOLLOW_UP);
    assert_int_equal(first_step(&f), STEP_REVIEW);
    f.review_on = DAY(7);
    assert_int_equal(first_step(&f), STEP_CLOSE);
    f.closed_on = DAY(8);
    assert_int_equal(episode_stage(&f), STAGE_CLOSED);
    assert_int_equal(first_step(&f), STEP_FEEDBACK);
    f.feedback_sent_on = DAY(9);
    assert_int_equal(episode_stage(&f), STAGE_FEEDBACK_SENT);
    assert_int_equal(first_step(&f), STEP_COUNT);
    assert_true(episode_allows(&f, STEP_REOPEN));
    assert_false(episode_allows(&f, STEP_FEEDBACK));
}

static void steps_left_out_block_nothing(void **state)
{
    struct episode_facts f = { .opened_on = DAY(1), .connected_on = DAY(2) };
    enum step            next[STEP_COUNT];

    (void)state;
    assert_int_equal(episode_stage(&f), STAGE_CONNECTED);
    assert_true(episode_allows(&f, STEP_CLOSE));
    assert_true(episode_allows(&f, STEP_REVIEW));
    assert_int_equal(episode_next(&f, next, STEP_COUNT), 4);
    assert_int_equal(next[0], STEP_CONVERSATION);
    assert_int_equal(next[1], STEP_PLAN);
    assert_int_equal(next[2], STEP_CONTACT);
    assert_int_equal(next[3], STEP_REVIEW);
    assert_int_equal(episode_next(&f, next, 1), 4);
}

static void a_referral_that_ends_is_answered(void **state)
{
    struct episode_facts f = { .has_referral = true, .has_referrer = true, .feedback_wanted = true,
                               .decision = decision_of_code("CLINICAL") };

    (void)state;
    assert_int_equal(episode_stage(&f), STAGE_RETURNED);
    assert_int_equal(first_step(&f), STEP_FEEDBACK);
    assert_true(episode_allows(&f, STEP_DECIDE));
    f.decision = decision_of_code("DECLINED");
    assert_int_equal(episode_stage(&f), STAGE_DECLINED);
    f.has_referrer = false;
    assert_false(episode_allows(&f, STEP_FEEDBACK));
    assert_int_equal(first_step(&f), STEP_COUNT);
}

/* Neither is an end: what waits, and what had to wait for something serious, is decided on in the end. */
static void what_waits_is_still_to_be_decided_on(void **state)
{
    struct episode_facts f = { .has_referral = true, .has_referrer = true, .feedback_wanted = true,
                               .decision = decision_of_code("SERIOUS_FIRST") };

    (void)state;
    assert_int_equal(episode_stage(&f), STAGE_REFERRED);
    assert_int_equal(first_step(&f), STEP_DECIDE);
    f.decision = decision_of_code("WAITING");
    assert_int_equal(episode_stage(&f), STAGE_ACCEPTED);
    assert_int_equal(first_step(&f), STEP_DECIDE);
    f.opened_on = DAY(2);
    assert_int_equal(first_step(&f), STEP_CONVERSATION);
}

static void feedback_sent_early_does_not_end_the_case(void **state)
{
    struct episode_facts f = { .has_referral = true, .decision = DECISION_ACCEPTED, .opened_on = DAY(1), .plan_on = DAY(2),
                               .feedback_sent_on = DAY(2) };

    (void)state;
    assert_int_equal(episode_stage(&f), STAGE_PLAN);
}

static void a_closed_case_takes_late_notes_only(void **state)
{
    struct episode_facts f = { .opened_on = DAY(1), .closed_on = DAY(2) };

    (void)state;
    assert_true(episode_allows(&f, STEP_CONTACT));
    assert_false(episode_allows(&f, STEP_PLAN));
    assert_false(episode_allows(&f, STEP_CLOSE));
    assert_false(episode_allows(&f, STEP_COUNT));
}

static void names_and_decisions(void **state)
{
    struct episode_facts nothing = { 0 };

    (void)state;
    assert_int_equal(episode_stage(&nothing), STAGE_NEW);
    assert_string_equal(stage_label(STAGE_PLAN), "Plan agreed");
    assert_string_equal(step_form(STEP_CLOSE), "closure");
    assert_int_equal(decision_of_code(NULL), DECISION_NONE);
    assert_int_equal(decision_of_code("WAITING"), DECISION_ACCEPTED);
    assert_int_equal(decision_of_code("LOCAL.OTHER"), DECISION_RETURNED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_from_referral_to_feedback),
        cmocka_unit_test(steps_left_out_block_nothing),
        cmocka_unit_test(a_referral_that_ends_is_answered),
        cmocka_unit_test(what_waits_is_still_to_be_decided_on),
        cmocka_unit_test(feedback_sent_early_does_not_end_the_case),
        cmocka_unit_test(a_closed_case_takes_late_notes_only),
        cmocka_unit_test(names_and_decisions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
