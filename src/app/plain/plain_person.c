/* plain_person.c - one person: how it stands in a few lines, then what can be done. */
#include "plain_priv.h"

#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/episode.h"
#include "dolen/core/phone.h"
#include "dolen/core/safe.h"
#include "dolen/core/worklist.h"
#include "dolen/ui/worklist_load.h"
#include "dolen/base/banned.h"

#define DUE_MOST  20

static void say_language(struct plain *p, const char *code)
{
    const struct form *person = catalog_form(p->cf->catalog, "language", NULL);
    const struct question *q = person ? form_question(person, "speak_language") : NULL;

    if (!code[0])
        tell_text(_("Language: not yet asked."));
    else
        tell(_("Language: %s"), q && q->choices ? codelist_label(q->choices, code) : code);
}

static void add_stage(struct plain *p, struct buf *out)
{
    struct episode_facts facts;
    struct record episode;
    enum step next[STEP_COUNT];
    struct id referral;
    struct buf stage = BUF_INIT;
    size_t before;
    struct err err = { .st = ST_OK };

    record_init(&episode, T_EPISODE);
    if (person_episode_record(&p->ui, p->person, &episode, &err) != ST_OK ||
        person_facts(&p->ui, p->person, &episode, &facts, &referral, &err) != ST_OK) {
        tell_error(&err);
    } else {
        stage_words(&p->ui, &facts, referral, &stage);
        buf_addf(out, _("Stage: %s"), buf_text(&stage));
        if (date_is_set(facts.closed_on)) {
            buf_add(out, ", ");
            closed_words(&p->ui, &episode, out);
        }
        buf_add(out, "\n");
        before = out->len;
        death_words(&p->ui, p->person, &episode, out);
        if (out->len > before)
            buf_add(out, "\n");
        if (episode_next(&facts, next, STEP_COUNT)) {
            buf_addf(out, _("Next: %s"), step_label(next[0]));
            buf_add(out, "\n");
        }
    }
    buf_release(&stage);
    record_release(&episode);
    if (id_is_set(p->episode)) {
        size_t to_go = episode_to_go(&p->ui, p->episode, NULL, 0);

        buf_addf(out, tr_n("%zu to go for the core data set.", "%zu to go for the core data set.", to_go), to_go);
        buf_add(out, "\n");
    }
}

/* What is due and what was begun, as the overview of the screen has it. */
static void add_due(struct plain *p, struct buf *out)
{
    struct records tasks = { NULL, 0, 0 }, drafts = { NULL, 0, 0 };

    if (store_list(p->cf->store, LIST_DRAFTS_OF_PERSON, p->person, DUE_MOST, &drafts, NULL) == ST_OK)
        for (size_t i = 0; i < drafts.count; i++) {
            buf_addf(out, _("Unfinished: %s"),
                     form_in_lists(p->cf->catalog, record_or(&drafts.items[i], DRAFT_form, "")));
            buf_add(out, "\n");
        }
    if (store_list(p->cf->store, LIST_TASKS_OF_PERSON, p->person, DUE_MOST, &tasks, NULL) == ST_OK)
        for (size_t i = 0; i < tasks.count; i++) {
            const struct record *t = &tasks.items[i];
            struct work_item w = { .due = record_date(t, TASK_due_on), .since = record_date(t, TASK_since) };
            struct buf why = BUF_INIT;

            if (!work_kind_parse(record_or(t, TASK_kind, ""), &w.kind))
                continue;
            worklist_why(&why, &w, p->ui.today);
            if (record_text(t, TASK_what))
                buf_addf(&why, ": %s", record_text(t, TASK_what));
            buf_addf(out, _("Due: %s"), buf_text(&why));
            buf_add(out, "\n");
            buf_wipe(&why);
        }
    records_release(&tasks);
    records_release(&drafts);
}

/* Labels of the person form; a covered value is dots. */
static void say_contact_values(struct plain *p)
{
    static const int columns[] = { PERSON_phone, PERSON_phone2, PERSON_email, PERSON_address, PERSON_postcode };
    const struct form *form = catalog_form(p->cf->catalog, "person", NULL);
    struct record r;

    record_init(&r, T_PERSON);
    if (store_get(p->cf->store, T_PERSON, p->person, &r, NULL) == ST_OK) {
        bool guarded = person_is_protected(p->cf->store, &r);

        if (guarded)
            tell_text(_("There is something to read first: mark reads it."));
        for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
            const char *name = table_column_name(T_PERSON, columns[i]), *value = record_or(&r, columns[i], "");
            const struct question *q = form ? form_question(form, name) : NULL;

            struct buf words = BUF_INIT;

            if (q && q->appearance == APPEAR_PHONE)
                phone_show(&words, safe_show(value, guarded, false));
            else
                buf_add(&words, safe_show(value, guarded, false));
            if (value[0])
                tell("%s: %s%s", q ? text2_now(&q->label) : name, buf_text(&words),
                    guarded ? _(", hidden; reveal shows it") : "");
            buf_wipe(&words);
        }
    }
    record_release(&r);
}

/* told: how it stood when it was said last; said again when that has changed, or when it is asked for. */
static void say_overview(struct plain *p, bool brief, struct buf *told)
{
    struct person_row r;
    struct buf stands = BUF_INIT;
    struct err err = { .st = ST_OK };

    tell("%s", "");
    if (person_row_get(p->cf->store, p->person, &r, &err) != ST_OK) {
        tell_error(&err);
        return;
    }
    tell_text(r.name);
    if (!brief)
        say_language(p, r.language);
    add_stage(p, &stands);
    add_due(p, &stands);
    if (stands.len && (!brief || !str_eq(buf_text(&stands), buf_text(told))))
        tell_text(buf_text(&stands));
    buf_wipe(told);
    *told = stands;
    if (!brief)
        say_contact_values(p);
    explicit_bzero(&r, sizeof r);
}

/* What the screen shows of them, section by section; history and letters have words of their own. */
static void step_read(struct plain *p)
{
    struct choice items[SECTION_HISTORY];
    int i = CHOSE_AGAIN;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        struct buf words = BUF_INIT;
        struct err err = { .st = ST_OK };

        for (int k = 0; k < SECTION_HISTORY; k++)
            items[k] = (struct choice) { NULL, person_section_label((enum person_section) k), true };
        i = plain_choose(p, _("Read what is written about them; which part?"), items, SECTION_HISTORY);
        if (i < 0)
            continue;
        tell("%s", "");
        tell("%s.", person_section_label((enum person_section) i));
        if (person_section_words(&p->ui, p->person, (enum person_section) i, &words, &err) != ST_OK)
            tell_error(&err);
        else
            tell_text(words.len ? buf_text(&words) : _("Nothing is written there yet."));
        buf_wipe(&words);
        p->heard = true;
    }
}

#define EVERY_DAY 14                    /* so many are read at once */

/* One row a step: a form of its own, or a function. new_one: never the one that is there. */
static const struct {
    const char *word, *label, *form;
    void      (*run)(struct plain *p);
} steps[] = {
    { N_(":read"),         N_("Read what is written: plan, contacts, measures and how they moved"), NULL, step_read },
    { N_(":contact"),      N_("Log a contact and the next follow-up"), "contact", NULL },
    { N_(":decide"),       N_("Decide on the referral: accept, decline, return"), NULL, step_decide },
    { N_(":details"),      N_("Person: name, address, safe contact"), "person", NULL },
    { N_(":conversation"), N_("The what matters conversation"), "conversation", NULL },
    { N_(":notes"),        N_("Notes while they talk; sentences of them filed to questions"), NULL, step_notes },
    { N_(":plan"),         N_("The action plan, written with the person"), "plan", NULL },
    { N_(":connect"),      N_("Connect the person to a community asset"), NULL, step_connect },
    { N_(":gap"),          N_("Record unmet need: what was needed and is not there"), "gap", NULL },
    { N_(":measure"),      N_("Fill in a measure: before, at review, at closing"), NULL, step_measure },
    { N_(":review"),       N_("Review the plan: what has moved"), "review", NULL },
    { N_(":consent"),      N_("Privacy notice, consent and permission to share"), "consent", NULL },
    { N_(":letter"),       N_("Letters to who referred: made and owed, to write, read and print"), NULL, step_letter },
    { N_(":undo"),         N_("Take back the last change"), NULL, step_undo },
    /* up to here every day */
    { N_(":speaks"),       N_("Language, asked in both"), "language", NULL },
    { N_(":equality"),     N_("Equality questions"), "equality", NULL },
    { N_(":form"),         N_("A form that your service added itself"), NULL, step_added_form },
    { N_(":close-episode"), N_("Close the episode"), "closure", NULL },
    { N_(":feedback-sent"), N_("The referrer has been told: feedback sent today"), NULL, step_feedback },
    { N_(":print-plan"),   N_("The person's copy of the plan, to read and to print"), NULL, step_print_plan },
    { N_(":referral"),     N_("Add a referral for this person"), "referral", NULL },
    { N_(":records"),      N_("Records: read, change or bin what is written"), NULL, step_records },
    { N_(":missing"),      N_("What is still missing for the core data set"), NULL, step_to_go },
    { N_(":mark"),         N_("What there is to read first"), NULL, step_mark },
    { N_(":reveal"),       N_("Show one hidden phone, address or e-mail; written to the history"), NULL, step_reveal },
    { N_(":history"),      N_("History: the last changes"), NULL, step_history },
    { N_(":as-it-was"),    N_("As it was on a day: the person, the episode and the plan"), NULL, step_as_of },
    { N_(":reopen-episode"), N_("Open a closed episode again, with a reason"), NULL, step_reopen },
    { N_(":make-handover"), N_("Seal this person's records for another laptop"), NULL, step_make_handover },
    { N_(":hold-records"), N_("Keep this person's records past their time, with a reason; or no longer"), NULL,
      step_hold },
    { N_(":forget-list"),  N_("What forgetting this person would delete, and which copies it would not reach"), NULL,
      step_forget_list },
    { N_(":forget"),       N_("Forget this person for good, once their name is typed"), NULL, step_forget },
    { N_(":merge"),        N_("Join this record with another one of the same person"), NULL, step_merge },
    { N_(":unmerge"),      N_("Part two records that were joined, however much later"), NULL, step_unmerge },
};

bool person_menu_has(const char *word)
{
    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        if (str_eq(steps[i].word, word))
            return true;
    return false;
}

const char *person_menu_word(size_t i)
{
    return i < ARRAY_LEN(steps) ? steps[i].word : NULL;
}

static void take_step(struct plain *p, size_t i)
{
    struct target t = { .form = steps[i].form, .person = p->person, .episode = p->episode };

    if (steps[i].run)
        steps[i].run(p);
    else
        plain_form(p, &t, NULL);
}

void person_menu(struct plain *p, struct id person)
{
    struct choice items[ARRAY_LEN(steps)];
    struct id before = p->person, before_episode = p->episode;
    struct buf told = BUF_INIT;
    bool heard = false, again = false;  /* about them; what can be done was asked for once more */
    int i = 0;

    for (size_t k = 0; k < ARRAY_LEN(steps); k++)
        items[k] = (struct choice) { steps[k].word, steps[k].label, false };
    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        enum lang spoken = lang_now();

        p->person = person;
        p->episode = person_episode(p->cf, person);
        say_overview(p, heard, &told);
        p->heard = heard || (p->knows_steps && !again);
        p->first = EVERY_DAY;
        i = plain_choose(p, _("What next?"), items, ARRAY_LEN(items));
        if (i >= 0)
            take_step(p, (size_t) i);
        if (!id_is_set(p->person))
            break;                      /* they were forgotten */
        p->knows_steps = lang_now() == spoken;
        again = i == CHOSE_AGAIN && !p->heard;
        heard = !again && lang_now() == spoken;
    }
    buf_wipe(&told);
    p->person = before;
    p->episode = before_episode;
}
