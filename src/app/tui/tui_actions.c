/* tui_actions.c - which function carries out which action: one row each. Here too: going somewhere, opening what
 * the cursor is on, and the program's own actions. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/worklist.h"
#include "call_draft.h"
#include "fill.h"
#include "tui_again.h"
#include "tui_case.h"
#include "tui_caseload.h"
#include "tui_handover.h"
#include "tui_consent.h"
#include "tui_directory.h"
#include "tui_draft.h"
#include "tui_drill.h"
#include "tui_history.h"
#include "tui_notes.h"
#include "tui_outbox.h"
#include "tui_host.h"
#include "tui_kept.h"
#include "tui_paper.h"
#include "tui_paperwork.h"
#include "tui_return.h"
#include "tui_seal.h"
#include "tui_plan.h"
#include "tui_reports.h"
#include "tui_tips.h"
#include "tui_laptops.h"
#include "tui_recovery.h"
#include "tui_ways_in.h"
#include "dolen/base/banned.h"

#define PLACE_SETTING "place"

/* --- going somewhere ---------------------------------------------------------------------------------------------- */

/* What was typed and cannot be kept (a full disk, a damaged case file) holds up once whatever would lose it. */
static bool held_up(struct app *a)
{
    a->unkept = !tui_flush(a) && !a->unkept;
    if (a->unkept)
        screen_message(a->screen, STYLE_ERROR,
                       _("What was typed last could not be kept; the same key again goes on without it. %s"),
                       screen_message_text(a->screen));
    return a->unkept;
}

static unsigned go_today(struct app *a)
{
    if (held_up(a))
        return REACT_DRAW;
    screen_pop_all(a->screen);
    return tui_push(a, today_view_new(&a->ui));
}

static unsigned go_people(struct app *a)    { return tui_push(a, people_view_new(&a->ui, NULL)); }
static unsigned go_referrals(struct app *a) { return tui_push(a, referrals_view_new(&a->ui)); }
static unsigned go_directory(struct app *a) { return tui_push(a, directory_view_new(&a->ui)); }
static unsigned go_gaps(struct app *a)      { return tui_push(a, gaps_view_new(&a->ui)); }
static unsigned go_gap_table(struct app *a) { return tui_push(a, gap_table_view_new(&a->ui)); }
static unsigned go_same_assets(struct app *a) { return tui_push(a, same_assets_view_new(&a->ui)); }
static unsigned go_supervision(struct app *a) { return tui_push(a, supervision_view_new(&a->ui)); }
static unsigned go_settings(struct app *a)  { return tui_push(a, settings_view_new(&a->ui)); }
static unsigned go_menu(struct app *a)      { return tui_push(a, menu_view_new(&a->ui)); }

static unsigned go_help(struct app *a)
{
    struct view *top = screen_top(a->screen);

    return tui_push(a, help_view_new(&a->ui, top->ops->name, screen_context(a->screen)));
}

static unsigned go_search(struct app *a)
{
    return tui_push(a, people_view_new(&a->ui, ""));
}

static unsigned go_person(struct app *a, struct id person, enum person_section section)
{
    return tui_push(a, person_view_new(&a->ui, person, section));
}

/* Always there, locked or not; unlocked, that it was opened stands in the history. */
static unsigned go_serious(struct app *a)
{
    struct err err = { .st = ST_OK };
    struct id person;

    if (str_eq(screen_top(a->screen)->ops->name, "menu"))       /* it is about whom the menu was opened over */
        screen_pop(a->screen);
    person = screen_open_person(a->screen);

    if (a->cf->store && store_note(a->cf->store, "protocol", person, "opened", &err) != ST_OK)
        tui_say_error(a, &err);
    return tui_push(a, serious_view_new(&a->ui, a->cf->store != NULL));
}

/* --- opening what the cursor is on -------------------------------------------------------------------------------- */

/* Records that open as the form they were made with. */
static const struct { int kind; const char *form; } forms_of[] = {
    { FOCUS_EPISODE, "episode" }, { FOCUS_CONNECTION, "connection" }, { FOCUS_GAP, "gap" },
    { FOCUS_CONTACT, "contact" },
    { FOCUS_CONSENT, "consent" }, { FOCUS_CONCERN, "concern" }, { FOCUS_REFERRAL, "referral" },
    { FOCUS_SUPERVISION, "supervision" },
};

/* From a list of what is due: the rule for getting in touch and where the case stands come first, with the cursor on
 * what is due, and Enter there opens that. */
static unsigned go_due(struct app *a, const struct focus *f)
{
    unsigned react = go_person(a, f->person, SECTION_OVERVIEW);

    person_view_seek(screen_top(a->screen), f->question);
    return react;
}

static unsigned open_task(struct app *a, const struct focus *f)
{
    if (id_is_set(f->person))
        return go_due(a, f);
    if (str_eq(f->question, work_kind_code(WORK_SUPERVISION_DUE)))
        return go_supervision(a);
    if (str_eq(f->question, work_kind_code(WORK_RECOVERY_TEST)))
        return tui_recovery(a);
    return str_eq(f->question, work_kind_code(WORK_ASSET_VERIFY)) && id_is_set(f->subject) ? tui_call(a, f->subject) :
                                                                                             REACT_NONE;
}

/* The plan, on the line that the cursor is on. */
static unsigned open_plan_line(struct app *a, const struct focus *f)
{
    struct target t = { .form = "plan", .person = f->person, .episode = f->episode };
    bool goal = f->kind == FOCUS_GOAL;
    struct record line;
    char at[24] = "";
    int number;

    record_init(&line, goal ? T_GOAL : T_ACTION);
    if (store_get(a->cf->store, line.table, f->subject, &line, NULL) == ST_OK) {
        number = (int) record_int(&line, goal ? GOAL_position : ACTION_position, 1);
        snprintf(at, sizeof at, "%s#%d", goal ? "goal" : "action", number);
    }
    record_release(&line);
    return tui_open_form_on(a, &t, *at ? at : NULL);
}

/* A connection that was made is opened to say how it goes on. */
static const char *asked_first(struct app *a, const struct focus *f)
{
    struct record c;
    bool made;

    if (f->kind != FOCUS_CONNECTION)
        return NULL;
    record_init(&c, T_CONNECTION);
    made = store_get(a->cf->store, T_CONNECTION, f->subject, &c, NULL) == ST_OK && record_text(&c, CONNECTION_kind);
    record_release(&c);
    return made ? "status" : NULL;
}

static unsigned open_focus(struct app *a, bool edit)
{
    struct focus f = screen_focus(a->screen);
    struct target t = { .form = f.form, .person = f.person, .episode = f.episode, .record = f.subject,
                        .stage = f.stage };

    if (f.kind == FOCUS_NONE && f.change > 0 && screen_context(a->screen) & IN_LIST)
        return tui_push(a, change_view_new(&a->ui, f.person, f.change));
    switch (f.kind) {
    case FOCUS_PERSON:
        if (!edit)
            return go_person(a, f.person, SECTION_OVERVIEW);
        t = (struct target) { .form = "person", .person = f.person };
        return tui_open_form(a, &t, NULL);
    case FOCUS_REFERRAL:                        /* from a list: the person it is about, and what comes next */
        if (!edit && id_is_set(f.person) && !(screen_context(a->screen) & IN_PERSON))
            return f.question ? go_due(a, &f) : go_person(a, f.person, SECTION_OVERVIEW);
        break;
    case FOCUS_VALUE:
        t = (struct target) { .form = "person", .person = f.person };
        return tui_open_form(a, &t, f.question);
    case FOCUS_GOAL:
    case FOCUS_ACTION:
        return open_plan_line(a, &f);
    case FOCUS_FORM:
        return tui_open_form(a, &t, f.question);
    case FOCUS_DRAFT:
        return tui_resume_draft(a, f.subject, NULL);
    case FOCUS_TASK:
        return open_task(a, &f);
    case FOCUS_ASSET:
        if (!edit)
            return tui_push(a, asset_view_new(&a->ui, f.subject));
        t = (struct target) { .form = "asset", .record = f.subject };
        return tui_open_form(a, &t, NULL);
    case FOCUS_CALL:
        if (!edit)
            return tui_call(a, f.subject);
        t = (struct target) { .form = "asset", .record = f.subject };
        return tui_open_form(a, &t, NULL);
    case FOCUS_SETTING:
        return tui_case_setting(a, f.question);
    case FOCUS_NOTE:
        return tui_notes_record(a, f.person, f.subject, SIZE_MAX, NULL);
    case FOCUS_DESTINATION:
        return edit ? (unsigned) REACT_NONE : act_outbox_open(a);
    case FOCUS_DRILL:
        return edit ? (unsigned) REACT_NONE : act_drill_open(a, f.question);
    case FOCUS_RESPONSE:
        return REACT_NONE;
    default:
        break;
    }
    for (size_t i = 0; i < ARRAY_LEN(forms_of); i++)
        if (forms_of[i].kind == f.kind) {
            t.form = forms_of[i].form;
            return tui_open_form_on(a, &t, asked_first(a, &f));
        }
    return REACT_NONE;
}

/* A key that finds nothing under the cursor says so. */
static unsigned or_said(struct app *a, unsigned did, const char *why)
{
    if (did == REACT_NONE && !*screen_message_text(a->screen))
        screen_message(a->screen, STYLE_HINT, "%s", why);
    return did == REACT_NONE ? (unsigned) REACT_DRAW : did;
}

static unsigned act_edit(struct app *a)
{
    return or_said(a, open_focus(a, true), _("There is nothing to change here. Go to a row first."));
}

static unsigned act_open(struct app *a)
{
    return or_said(a, open_focus(a, false), _("Nothing opens here."));
}

static unsigned act_most_urgent(struct app *a)
{
    unsigned did = open_focus(a, false);

    if (did == REACT_NONE)
        screen_message(a->screen, STYLE_TEXT, "%s", _("Nothing is due."));
    return did ? did : (unsigned) REACT_DRAW;
}

/* An entry that was begun is of another group, as often as not; a supervision is the same one. */
static unsigned add_of_nobody(struct app *a, const char *form)
{
    struct target t = { .form = form, .new_one = str_eq(form, "asset") };

    return tui_open_form(a, &t, NULL);
}

/* What adding means depends on where one is; elsewhere it is a referral. */
static unsigned act_add(struct app *a)
{
    static const struct { uint64_t where; const char *form; } forms[] = {
        { IN_CONTACTS, "contact" }, { IN_PLAN, "plan" }, { IN_CONSENT, "consent" }, { IN_CONCERNS, "concern" },
        { IN_GAPS, "gap" },
    };
    uint64_t context = screen_context(a->screen);

    if (context & (IN_DIRECTORY | IN_ASSET))
        return add_of_nobody(a, "asset");
    if (context & IN_SUPERVISION)
        return add_of_nobody(a, "supervision");
    if (context & IN_MEASURES)
        return act_measure(a);
    for (size_t i = 0; i < ARRAY_LEN(forms); i++)
        if (context & forms[i].where) {
            struct focus f = screen_focus(a->screen);
            struct target t = { .form = forms[i].form, .person = f.person, .episode = f.episode };

            return id_is_set(f.person) ? tui_open_form(a, &t, NULL) : need_person(a);
        }
    if (context & IN_PERSON) {
        struct focus f = screen_focus(a->screen);
        struct target t = { .form = "referral", .person = f.person, .new_one = false };

        return tui_open_form(a, &t, NULL);
    }
    return tui_add_referral(a);
}

/* --- the program itself ------------------------------------------------------------------------------------------- */

static unsigned act_language(struct app *a)
{
    lang_set(lang_now() == LANG_EN ? LANG_CY : LANG_EN);
    screen_changed(a->screen, ~0u);
    return REACT_LAYOUT | REACT_RELOAD;
}

static unsigned end_with(struct app *a, enum ending e)
{
    if (held_up(a))
        return REACT_DRAW;
    a->ending = e;
    return REACT_QUIT;
}

static unsigned act_lock(struct app *a)    { return end_with(a, END_LOCK); }
static unsigned act_suspend(struct app *a) { return end_with(a, END_SUSPEND); }
static unsigned act_quit(struct app *a)    { return end_with(a, END_QUIT); }

static unsigned act_privacy(struct app *a)
{
    tui_flush(a);
    a->privacy_since = clock_now();
    return tui_push(a, privacy_view_new(&a->ui));
}

static unsigned act_back(struct app *a)
{
    if (screen_depth(a->screen) <= 1)
        screen_message(a->screen, STYLE_TEXT, "%s", _("This is the first screen. Q leaves, Ctrl-K locks."));
    return REACT_DRAW;
}

static unsigned act_redraw(struct app *a)
{
    term_redraw(a->term);
    return REACT_LAYOUT;
}

static unsigned command_typed(void *ctx, const char *line)
{
    struct app *a = ctx;
    const struct action *act = line ? keymap_find(a->keymap, line) : NULL;

    if (!line || !line[0])
        return REACT_LAYOUT;
    if (help_asked(a->keymap, line)) {
        unsigned react = go_help(a);

        help_view_look_for(screen_top(a->screen), help_asked(a->keymap, line));
        return REACT_LAYOUT | react;
    }
    if (!act) {
        screen_message(a->screen, STYLE_WARN, _("There is no action called \"%s\". Nothing was done. m shows what "
                                                "there is."), line);
        return REACT_LAYOUT;
    }
    return REACT_LAYOUT | tui_dispatch(a, act->id);
}

static unsigned act_command(struct app *a)
{
    return tui_push(a, command_view_new(&a->ui, command_typed, a));
}

static const struct {
    int       id;
    unsigned (*fn)(struct app *a);
    bool      locked_too;           /* works before the case file is open */
} handlers[] = {
    { ACT_TODAY, go_today, false }, { ACT_PEOPLE, go_people, false }, { ACT_REFERRALS, go_referrals, false },
    { ACT_DIRECTORY, go_directory, false }, { ACT_GAPS, go_gaps, false }, { ACT_GAP_TABLE, go_gap_table, false },
    { ACT_ASSETS_SAME, go_same_assets, false }, { ACT_SUPERVISION, go_supervision, false },
    { ACT_CALL_LIST, go_call_list, false }, { ACT_CALL, act_call, false },
    { ACT_ANOTHER_PLACE, act_another_place, false },
    { ACT_ONE_OFFER, act_one_offer, false }, { ACT_OWN_OFFER, act_own_offer, false },
    { ACT_ONE_ENTRY, act_one_entry, false }, { ACT_SETTINGS, go_settings, false },
    { ACT_MENU, go_menu, false }, { ACT_COMMAND, act_command, false }, { ACT_SEARCH, go_search, false },
    { ACT_SERIOUS, go_serious, true }, { ACT_NOTE_SERIOUS, act_note_serious, false }, { ACT_LOCK, act_lock, false },
    { ACT_PRIVACY, act_privacy, false }, { ACT_REVEAL, act_reveal, false },
    { ACT_MARK_MEANING, act_mark_meaning, false },
    { ACT_ADD, act_add, false }, { ACT_EDIT, act_edit, false }, { ACT_BIN, act_bin, false },
    { ACT_UNDO, act_undo, false },
    { ACT_MISSING, act_missing, false }, { ACT_MOST_URGENT, act_most_urgent, false }, { ACT_DECIDE, act_decide, false },
    { ACT_CONVERSATION, act_conversation, false }, { ACT_PLAN, act_plan, false }, { ACT_CONNECT, act_connect, false },
    { ACT_GAP, act_gap, false }, { ACT_CONTACT, act_contact, false }, { ACT_MEASURE, act_measure, false },
    { ACT_REVIEW, act_review, false }, { ACT_CONSENT, act_consent, false }, { ACT_EQUALITY, act_equality, false },
    { ACT_CLOSE_EPISODE, act_close, false }, { ACT_REOPEN, act_reopen, false }, { ACT_MERGE, act_merge, false },
    { ACT_UNMERGE, act_unmerge, false },
    { ACT_AS_OF, act_as_of, false }, { ACT_HISTORY, act_history, false },
    { ACT_BIN_LIST, act_bin_list, false }, { ACT_RESTORE, act_restore, false },
    { ACT_FEEDBACK_SENT, act_feedback_sent, false }, { ACT_RECOVERY_TEST, tui_recovery, false },
    { ACT_CASELOAD, tui_caseload, false }, { ACT_ONLY_OWN, tui_only_own, false }, { ACT_PAPERWORK, tui_paperwork, false },
    { ACT_CONFLICTS, tui_conflicts, false },
    { ACT_HANDOVER_OPEN, tui_handover_open, false }, { ACT_HANDOVER_MAKE, tui_handover_make, false },
    { ACT_LAPTOPS, tui_trusted, false }, { ACT_WAYS_IN, tui_ways_in, false },
    { ACT_REPORTS, tui_reports, false },
    { ACT_PRINT_PLAN, act_print_plan, false }, { ACT_LETTER, act_letter, false },
    { ACT_RETENTION, act_retention, false }, { ACT_HOLD, act_hold, false },
    { ACT_FORGET_LIST, act_forget_list, false }, { ACT_FORGET, act_forget, false },
    { ACT_DISCARD_DRAFT, act_discard_draft, false }, { ACT_DRAFT_CHANGES, act_draft_changes, false },
    { ACT_OUTBOX, act_outbox, false }, { ACT_OUTBOX_SEAL, act_outbox_seal, false },
    { ACT_OUTBOX_SEND, act_outbox_send, false },
    { ACT_OUTBOX_FETCH, act_outbox_fetch, false }, { ACT_OUTBOX_POLICY, act_outbox_policy, false },
    { ACT_OUTBOX_HOST_KEY, act_outbox_host_key, false },
    { ACT_TIP_AWAY, act_tip_away, false }, { ACT_NOTES, act_notes, false }, { ACT_AGAIN, act_again, false },
    { ACT_HANDOVER, act_handover, false }, { ACT_MARK_PLAN, act_mark_plan, false },
    { ACT_WITHDRAW, act_withdraw, false },
    { ACT_LANGUAGE, act_language, true }, { ACT_SUSPEND, act_suspend, true }, { ACT_QUIT, act_quit, true },
    { ACT_DRILLS, go_drills, false }, { ACT_DRILL_TALK, act_drill_talk, false },
    { ACT_DRILL_DONE, act_drill_done, false },
    { ACT_DRILL_DEBRIEF, act_drill_debrief, false }, { ACT_DRILL_REPLAY, act_drill_replay, false },
    { ACT_DRILL_PAUSE, act_drill_pause, false }, { ACT_DRILL_LEAVE, act_drill_leave, false },
    { ACT_DRILL_SET, act_drill_set, false }, { ACT_DRILL_GROUP, act_drill_group, false },
    { NAV_OPEN, act_open, false }, { NAV_BACK, act_back, true }, { NAV_HELP, go_help, false },
    { NAV_REDRAW, act_redraw, true },
};

/* A row that names an action: Enter carries it out, from the menu on the view below it. */
static unsigned named_action(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    const struct action *act = f.question ? keymap_find(a->keymap, f.question) : NULL;

    if (str_eq(screen_top(a->screen)->ops->name, "menu"))
        screen_pop(a->screen);
    return REACT_LAYOUT | (act ? tui_dispatch(a, act->id) : REACT_NONE);
}

unsigned tui_dispatch(struct app *a, int action)
{
    unsigned react = a->handed ? (unsigned) REACT_NONE : screen_act(a->screen, action);

    if (!(react & REACT_PASS))
        return react;
    react &= ~(unsigned) REACT_PASS;
    if (action == NAV_OPEN && screen_focus(a->screen).kind == FOCUS_COMMAND)
        return named_action(a);
    for (size_t i = 0; i < ARRAY_LEN(handlers); i++)
        if (handlers[i].id == action && (a->cf->store || handlers[i].locked_too)) {
            again_action(a, action);
            return react | handlers[i].fn(a);
        }
    if (action != NAV_MARK || !a->cf->store || screen_top(a->screen)->ops->flags & VIEW_BARE)
        return react;
    screen_message(a->screen, STYLE_HINT, "%s",
                   _("There is nothing to mark here. On Today (t) Space opens the most urgent thing."));
    return react | REACT_DRAW;
}

/* --- coming and going: where one was, kept in the case file ------------------------------------------------------- */

static struct view *under_panels(const struct screen *s)
{
    struct view *v = screen_top(s);

    while (v && v->ops->flags & VIEW_PANEL)
        v = screen_below(s, v);
    return v;
}

/* "PERSON SECTION DRAFT QUESTION SCREEN…", with - for what there is not. The notes of something serious are not shown
 * unasked: from there one comes back to the overview. */
void tui_leave_place(struct app *a)
{
    struct filling *f = tui_filling(a);
    struct focus focus = screen_focus(a->screen);
    enum person_section section = SECTION_OVERVIEW;
    struct id draft = f ? f->draft : ID_NONE, person = place_person(a->screen, &section);
    bool asked = id_is_set(draft) && (focus.kind == FOCUS_FORM || focus.kind == FOCUS_VALUE) && focus.question;
    struct id rung = call_view_asset(under_panels(a->screen));
    struct buf place = BUF_INIT;

    if (f && !id_eq(f->person, person)) {
        person = f->person;
        section = SECTION_OVERVIEW;
    }
    if (id_is_set(rung)) {
        draft = call_draft(a->cf, rung);
        person = ID_NONE;
    }
    buf_addf(&place, "%s %d ", id_is_set(person) ? id_show(person).s : "-",
             section == SECTION_CONCERNS ? (int) SECTION_OVERVIEW : (int) section);
    buf_addf(&place, "%s %s ", id_is_set(draft) ? id_show(draft).s : "-", asked ? focus.question : "-");
    if (id_is_set(draft))
        buf_add_char(&place, '-');
    else if (f && tui_is_notes(f) && id_is_set(f->record))
        buf_addf(&place, "notes %s", id_show(f->record).s);
    else
        place_of(a, &place);
    store_set_setting(a->cf->store, PLACE_SETTING, buf_text(&place), NULL);
    buf_release(&place);
}

void tui_enter(struct app *a)
{
    char *place = a->run->holder_fd >= 0 ? store_setting(a->cf->store, PLACE_SETTING) : NULL;
    char person[40] = "", draft[40] = "", question[64] = "";
    int section = SECTION_OVERVIEW, rest = 0;
    struct id id;

    screen_pop_all(a->screen);
    screen_push(a->screen, today_view_new(&a->ui));
    if (place && sscanf(place, "%39s %d %39s %63s%n", person, &section, draft, question, &rest) == 4) {
        if (id_parse(person, &id))
            go_person(a, id, section > 0 && section < SECTION_COUNT ? (enum person_section) section : SECTION_OVERVIEW);
        place_show(a, place + rest);
        if (id_parse(draft, &id))
            tui_resume_draft(a, id, str_eq(question, "-") ? NULL : question);
    }
    free(place);
    tui_complain(a);        /* the first key of the passphrase took it off the screen */
    buf_clear(&a->complaints);
}
