/* Where a row leads: every next step on the overview and everything that is due opens just what it names. */
#include "person_world.h"

#include "ui/person_due.h"

#include "dolen/base/banned.h"

struct leads_to {
    const char *form, *action, *question;
    bool        record;                 /* of what it is about, not a new one */
};

static struct id subject;

static void assert_leads(struct world *w, const char *row, const struct focus *f, const struct leads_to *to)
{
    if (!to->form && !to->action)
        fail_msg("%s: the test does not know where it leads", row);
    if (to->action) {
        const struct action *a = keymap_find(w->keymap, to->action);

        if (f->kind != FOCUS_COMMAND || !str_eq(f->question, to->action) || !a)
            fail_msg("%s does not lead to :%s", row, to->action);
        return;
    }
    if (f->kind != FOCUS_FORM || !str_eq(f->form, to->form) || !catalog_form(w->catalog, to->form, &err_))
        fail_msg("%s leads to %s, not to %s", row, f->form ? f->form : "nothing", to->form);
    if (to->question && (!str_eq(f->question, to->question) ||
                         !form_question(catalog_form(w->catalog, to->form, &err_), to->question)))
        fail_msg("%s does not start at %s", row, to->question);
    if (id_is_set(f->subject) != to->record || (to->record && !id_eq(f->subject, subject)))
        fail_msg("%s: the wrong record", row);
}

static void every_next_step_opens_what_it_names(void **state)
{
    static const struct leads_to table[STEP_COUNT] = {
        [STEP_DECIDE] = { .form = "decision", .record = true }, [STEP_CONVERSATION] = { .form = "conversation" },
        [STEP_PLAN] = { .form = "plan" }, [STEP_AGREE] = { .form = "plan" },
        [STEP_SUGGESTED] = { .form = "connection", .question = "status" },
        [STEP_CONNECT] = { .action = "connect" }, [STEP_CONTACT] = { .form = "contact" },
        [STEP_REVIEW] = { .form = "review" }, [STEP_CLOSE] = { .form = "closure", .record = true },
        [STEP_REOPEN] = { .action = "reopen-episode" }, [STEP_FEEDBACK] = { .action = "letter" },
    };
    struct world *w = *state;
    struct person_view v = { .u = &w->ui, .id = id_new() };

    subject = v.episode.id = id_new();
    for (int s = 0; s < STEP_COUNT; s++) {
        struct focus f = person_step_focus(&v, (enum step) s, subject);

        assert_leads(w, step_label((enum step) s), &f, &table[s]);
        assert_true(id_eq(f.person, v.id));
    }
}

static void everything_due_opens_what_it_names(void **state)
{
    static const struct leads_to table[WORK_COUNT] = {
        [WORK_REFERRAL_PUT_OFF] = { .form = "decision", .record = true }, [WORK_WAITING_LIST] = { .form = "decision", .record = true },
        [WORK_REFERRAL_WAITING] = { .form = "decision", .record = true }, [WORK_FOLLOW_UP] = { .form = "contact" },
        [WORK_FIRST_CONTACT] = { .form = "contact" },
        [WORK_REVIEW] = { .form = "review" }, [WORK_FEEDBACK_OWED] = { .action = "letter" },
        [WORK_SUPERVISION] = { .form = "concern", .question = "supervisor_told_on", .record = true },
        [WORK_GAP] = { .form = "gap", .record = true },
        [WORK_NEWS_DUE] = { .form = "connection", .question = "status", .record = true },
    };
    /* Of nobody, or a draft: Today opens these by their own kind. */
    static const bool elsewhere[WORK_COUNT] = {
        [WORK_RESUME_DRAFT] = true, [WORK_DRAFT] = true, [WORK_SUPERVISION_DUE] = true, [WORK_RECOVERY_TEST] = true,
        [WORK_ASSET_VERIFY] = true,
    };
    struct world *w = *state;
    struct person_view v = { .u = &w->ui, .id = id_new() };

    subject = id_new();
    for (int k = 0; k < WORK_COUNT; k++) {
        struct focus f = person_due_focus(&v, (enum work_kind) k, subject);

        if (elsewhere[k])
            assert_int_equal(f.kind, FOCUS_NONE);
        else
            assert_leads(w, work_kind_code((enum work_kind) k), &f, &table[k]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_next_step_opens_what_it_names), cmocka_unit_test(everything_due_opens_what_it_names),
    };

    return cmocka_run_group_tests_name("rows that lead somewhere", tests, world_open, world_close);
}
