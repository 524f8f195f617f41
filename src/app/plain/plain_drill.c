/* plain_drill.c - a drill in line mode: what the person says, what can be said, then the forms as for anybody. */
#include "plain.h"

#include <stdlib.h>
#include <string.h>

#include "debrief.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "drill_progress.h"
#include "drilling.h"
#include "plain_priv.h"
#include "dolen/base/banned.h"

#define DEBRIEF_COLS 78

static void hear(void *ctx, enum drill_voice voice, const char *text)
{
    struct plain *p = ctx;

    (void) p;
    if (voice == VOICE_SCENE)
        tell("[%s]", text);
    else if (voice == VOICE_YOU)
        tell(_("You: %s"), text);
    else
        tell_text(text);
}

/* --- the conversation ------------------------------------------------------------------------------------------- */

static void items_release(struct choice *items, char *words[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char *label;

        memcpy(&label, &items[i].label, sizeof label);
        free(label);
        free(words[i]);
    }
}

void plain_drill_filed(struct plain *p, struct id person)
{
    struct attempt *a = NULL;
    struct id id = ID_NONE;
    const struct drill_log *log;
    size_t n;

    if (!p->ui.training || attempt_of_person(p->cf->store, person, &id, NULL) != ST_OK || !id_is_set(id) ||
        attempt_open(&a, p->cf->store, p->cf->catalog, id, NULL) != ST_OK)
        return;
    log = drill_play_log(a->play, &n);
    if (n > 0 && log[n - 1].kind == LOG_FILED && log[n - 1].out.event >= 0) {
        tell("%s", "");
        drill_play_hear(a->play, (int) n - 1, hear, p);
        if (!drill_play_ended(a->play))
            tell_text(_("There is more to say: talk goes on with it."));
    }
    attempt_free(&a);
}

enum said { SAID, TO_PAPERS, NOTHING_SAID };

static enum said say_one(struct plain *p, struct attempt *a)
{
    const struct drill_turn *t = &a->d->turns[drill_play_state(a->play)->turn];
    struct choice items[DRILL_OFFERS_MAX + 1];
    char *words[DRILL_OFFERS_MAX];
    int order[DRILL_OFFERS_MAX], i;
    size_t n = drill_play_offers(a->play, order), steps;
    char *title = xasprintf(_("What do you say? Minute %d."), drill_play_clock(a->play));
    struct err err = { .st = ST_OK };

    for (size_t k = 0; k < n; k++) {
        const struct drill_offer *o = &t->offers[order[k]];

        words[k] = xasprintf(":%s", o->id);
        items[k] = (struct choice) { words[k], xasprintf("%s: %s", drill_kind_label(o->kind), text2_now(&o->text)),
                                     true };
    }
    items[n] = (struct choice) { N_(":papers"), N_("The person's record, and every form"), false };
    i = plain_choose(p, title, items, n + 1);
    free(title);
    items_release(items, words, n);
    if (i < 0 || i == (int) n)
        return i == CHOSE_AGAIN ? SAID : i < 0 ? NOTHING_SAID : TO_PAPERS;
    if (attempt_say(a, t->offers[order[i]].id, &err) != ST_OK) {
        tell_error(&err);
        return NOTHING_SAID;
    }
    store_undo_begins(p->cf->store);
    drill_play_log(a->play, &steps);
    drill_play_hear(a->play, (int) steps - 1, hear, p);
    return SAID;
}

static enum said talk_on(struct plain *p, struct attempt *a)
{
    enum said said = SAID;

    while (p->end == PLAIN_GO_ON && said == SAID && !drill_play_ended(a->play))
        said = say_one(p, a);
    if (drill_play_ended(a->play))
        tell_text(_("The conversation is over. What you heard is for the forms now."));
    return said;
}

/* What was heard last is said again: since then there may have been forms, or a night. Filing a form writes a step of
 * its own, so the attempt is opened anew after the papers. */
static void talk(struct plain *p, struct id id)
{
    enum said said = TO_PAPERS;

    while (p->end == PLAIN_GO_ON && said == TO_PAPERS) {
        struct attempt *a = NULL;
        struct err err = { .st = ST_OK };

        if (attempt_open(&a, p->cf->store, p->cf->catalog, id, &err) != ST_OK) {
            tell_error(&err);
            return;
        }
        drill_play_hear(a->play, drill_play_last_heard(a->play), hear, p);
        said = talk_on(p, a);
        attempt_free(&a);
        if (said == TO_PAPERS)
            person_menu(p, p->person);
    }
}

/* --- round about it --------------------------------------------------------------------------------------------- */

static bool debrief(struct plain *p, struct attempt *a)
{
    struct drill_score s;
    struct document *d;
    struct buf b = BUF_INIT;
    struct err err = { .st = ST_OK };

    if (drilling_finish(a, p->cf, &s, &err) != ST_OK) {
        tell_error(&err);
        return false;
    }
    d = debrief_document(a, &s, lang_now());
    document_text(d, DEBRIEF_COLS, &b);
    tell_text(buf_text(&b));
    buf_release(&b);
    document_free(&d);
    tell_text(_("When the program is closed, dolen drill score reads this again, and dolen drill replay goes through "
                "the drill step by step."));
    return true;
}

enum drill_choice { DRILL_TALK, DRILL_PAPERS, DRILL_DEBRIEF, DRILL_PAUSE, DRILL_GIVE_UP, DRILL_CHOICES };

static const struct choice choices[DRILL_CHOICES] = {
    [DRILL_TALK]    = { N_(":talk"), N_("Talk with the person"), false },
    [DRILL_PAPERS]  = { N_(":papers"), N_("The person's record, and every form"), false },
    [DRILL_DEBRIEF] = { N_(":debrief"), N_("It is done: the debrief"), false },
    [DRILL_PAUSE]   = { N_(":pause"), N_("Pause: go on another time"), false },
    [DRILL_GIVE_UP] = { N_(":leave"), N_("Leave it unfinished; it is not scored"), false },
};

/* A number beside the one that was meant must not end a drill. */
static bool is_done(struct plain *p, const struct attempt *a)
{
    return drill_play_ended(a->play) ||
        plain_yes(p, _("The conversation is not over yet. Is the drill done all the same?")) == ANSWER_YES;
}

static bool is_given_up(struct plain *p)
{
    return plain_yes(p, _("Leave the drill unfinished? It is not scored.")) == ANSWER_YES;
}

static bool pause_or_leave(struct attempt *a, bool pause)
{
    struct err err = { .st = ST_OK };

    if ((pause ? attempt_pause(a, true, &err) : attempt_leave(a, &err)) != ST_OK)
        tell_error(&err);
    else
        tell_text(pause ? _("Paused. The drills in the main menu go on with it.") : _("Left. It was not scored."));
    return false;
}

static bool take(struct plain *p, struct attempt *a, int i)
{
    switch (i) {
    case DRILL_TALK:    talk(p, a->row.id); return true;
    case DRILL_PAPERS:  person_menu(p, p->person); return true;
    case DRILL_DEBRIEF: return !is_done(p, a) || !debrief(p, a);
    case DRILL_PAUSE:   return pause_or_leave(a, true);
    case DRILL_GIVE_UP: return !is_given_up(p) || pause_or_leave(a, false);
    default:            return i == CHOSE_AGAIN;
    }
}

/* Opened anew each time round: what was filed wrote steps of its own. Whoever types ! means this person. True: to its
 * debrief. */
static bool play(struct plain *p, struct id id)
{
    struct id before = p->person;
    bool more = true, first = true;
    int i = CHOSE_AGAIN;

    while (more && p->end == PLAIN_GO_ON) {
        struct attempt *a = NULL;
        struct err err = { .st = ST_OK };
        struct buf b = BUF_INIT;

        if (attempt_open(&a, p->cf->store, p->cf->catalog, id, &err) != ST_OK ||
            attempt_pause(a, false, &err) != ST_OK) {
            tell_error(&err);
            attempt_free(&a);
            i = CHOSE_OVER;
            break;
        }
        p->person = record_id(&a->row, DRILL_person);
        if (first) {
            debrief_approval(a->d, &b);
            tell("%s. %s %s", text2_now(&a->d->title), text2_now(&a->d->about), buf_text(&b));
            tell_text(id_is_set(person_episode(p->cf, p->person)) ?
                          _("It is under way already: the record says where it stands. Everybody in it is invented.") :
                          _("The referral is in the inbox; everybody in it is invented."));
        }
        first = false;
        i = plain_choose(p, text2_now(&a->d->name), choices, DRILL_CHOICES);
        more = take(p, a, i);
        buf_release(&b);
        attempt_free(&a);
    }
    p->person = before;
    if (i == CHOSE_BACK)
        tell_text(_("The drill goes on. The drills in the main menu lead back to it."));
    return i == DRILL_DEBRIEF && !more;
}

enum status plain_drill(struct run *r, struct id attempt, struct err *err)
{
    struct plain p = { .run = r, .cf = r->cf, .end = PLAIN_GO_ON, .timer = -1 };

    (void) err;
    p.ui = (struct ui) { .store = r->cf->store, .catalog = r->cf->catalog, .today = clock_today(), .training = true };
    io_start(&p);
    tell_text(_("TRAINING. Everybody in this case file is invented."));
    play(&p, attempt);
    io_stop(&p);
    return ST_OK;
}

/* --- from the main menu ----------------------------------------------------------------------------------------- */

static bool going_on(struct plain *p, struct id *id)
{
    struct err err = { .st = ST_OK };

    if (attempt_running(p->cf->store, p->cf->slot.practitioner, id, &err) != ST_OK)
        tell_error(&err);
    return id_is_set(*id);
}

static bool start(struct plain *p, const char *drill)
{
    struct attempt *a = NULL;
    struct err err = { .st = ST_OK };
    struct id id;

    if (drilling_start(&a, p->cf, drill, (uint64_t) clock_now(), ID_NONE, &err) != ST_OK) {
        tell_error(&err);
        return false;
    }
    id = a->row.id;
    attempt_free(&a);
    return play(p, id);
}

/* True: one was played to its debrief, and which comes next is another question now. */
static bool choose_drill(struct plain *p)
{
    struct progress all;
    struct choice items[64];
    struct buf row = BUF_INIT;
    struct id id = ID_NONE;
    struct err err = { .st = ST_OK };
    bool debriefed = false;
    size_t n;
    int i;

    if (going_on(p, &id) && plain_yes(p, _("A drill is running. Go on with it?")) == ANSWER_YES)
        return play(p, id);
    if (p->end != PLAIN_GO_ON)
        return false;
    if (progress_load(&all, p->cf, p->cf->slot.practitioner, &err) != ST_OK) {
        tell_error(&err);
        return false;
    }
    progress_proposal(&all, &row);
    tell_text(buf_text(&row));
    n = all.count < ARRAY_LEN(items) ? all.count : ARRAY_LEN(items);
    for (size_t k = 0; k < n; k++) {
        buf_clear(&row);
        progress_row(&all, k, &row);
        items[k] = (struct choice) { NULL, xstrdup(buf_text(&row)), true };
    }
    i = plain_choose(p, _("Drills"), items, n);
    for (size_t k = 0; k < n; k++) {
        char *label;

        memcpy(&label, &items[k].label, sizeof label);
        free(label);
    }
    buf_release(&row);
    if (i >= 0)
        debriefed = start(p, all.drills[i]->id);
    progress_release(&all);
    return debriefed;
}

void plain_drills(struct plain *p)
{
    while (choose_drill(p) && p->end == PLAIN_GO_ON)
        continue;
}
