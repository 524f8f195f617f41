/* person_view.c - one person: the strip of sections, moving between them, and loading the one that is shown. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/person.h"
#include "dolen/core/safe.h"
#include "dolen/base/banned.h"

#define HISTORY_FIRST 60

/* Neutral labels: the person, or somebody else, may be looking at the strip. */
static const struct {
    const char  *label;
    enum status (*load)(struct person_view *v, struct sheet *s, struct err *err);
} sections[SECTION_COUNT] = {
    [SECTION_OVERVIEW] = { N_("Overview"), person_overview },
    [SECTION_INTAKE] = { N_("Intake"), person_intake },
    [SECTION_CONVERSATION] = { N_("Conversation"), person_conversation },
    [SECTION_PLAN] = { N_("Plan"), person_plan },
    [SECTION_CONNECTIONS] = { N_("Connections"), person_connections },
    [SECTION_CONTACTS] = { N_("Contacts"), person_contacts },
    [SECTION_MEASURES] = { N_("Measures"), person_measures },
    [SECTION_CONSENT] = { N_("Consent"), person_consents },
    [SECTION_CONCERNS] = { N_("Notes"), person_concerns },
    [SECTION_LETTERS] = { N_("Letters"), person_letters },
    [SECTION_HISTORY] = { N_("History"), person_history },
};

static struct person_view *of(struct view *v)
{
    return (struct person_view *) v;
}

struct focus person_focus_of(const struct person_view *v, int kind, struct id subject)
{
    return (struct focus) { .person = v->id, .episode = v->episode.id, .subject = subject, .kind = kind };
}

struct focus person_focus_form(const struct person_view *v, const char *form, struct id subject, const char *question)
{
    struct focus f = person_focus_of(v, FOCUS_FORM, subject);

    f.form = form;
    f.question = question;
    return f;
}

static bool is_revealed(const struct person_view *v, const char *column)
{
    for (size_t i = 0; i < v->revealed_count; i++)
        if (str_eq(v->revealed[i], column))
            return true;
    return false;
}

const char *person_shown(const struct person_view *v, const char *column, const char *value)
{
    return safe_show(value, v->guarded && safe_covers(column), is_revealed(v, column));
}

/* --- loading: the person, and the one section in sight ---------------------------------------------------------- */

static enum status load_frame(struct person_view *v, struct err *err)
{
    struct records concerns = { NULL, 0, 0 };
    enum status st = store_get(v->u->store, T_PERSON, v->id, &v->person, err);

    if (st == ST_OK)
        st = person_episode_record(v->u, v->id, &v->episode, err);
    if (st == ST_OK)
        st = store_list(v->u->store, LIST_CONCERNS_OF_PERSON, v->id, 1, &concerns, err);
    v->waits = st == ST_OK && id_is_set(person_waiting_referral(v->u, v->id));
    v->guarded = person_is_protected(v->u->store, &v->person);
    v->marked = v->guarded || concerns.count > 0;
    records_release(&concerns);
    return st;
}

static enum status person_load(struct view *view, struct err *err)
{
    struct person_view *v = of(view);
    struct sheet *s = &v->sheet[v->section];
    enum status st = load_frame(v, err);

    sheet_begin(s);
    if (st == ST_OK)
        st = sections[v->section].load(v, s, err);
    sheet_end(s);
    if (v->seek)
        sheet_seek(s, v->seek);
    v->seek = NULL;
    if (id_is_set(v->show) && v->section != SECTION_OVERVIEW)      /* that one goes to the next step */
        sheet_show(s, v->show);
    v->show = ID_NONE;
    return st;
}

/* --- drawing ---------------------------------------------------------------------------------------------------- */

/* The key that goes to a section: 1 to 9, and 0 for the last one; the one before that has none. */
static void strip_label(int section, struct buf *out)
{
    buf_clear(out);
    if (section < 9 || section == SECTION_COUNT - 1)
        buf_addf(out, "%d ", section < 9 ? section + 1 : 0);
    buf_add(out, _(sections[section].label));
}

#define STRIP_GAP  2
#define STRIP_MARK 2                     /* a sign that there are more, and a blank */

static int strip_width(int first, int last, int current)
{
    struct buf label = BUF_INIT;
    int total = (first > 0 ? STRIP_MARK : 0) + (last < SECTION_COUNT - 1 ? STRIP_MARK : 0) + STRIP_GAP * (last - first);

    for (int i = first; i <= last; i++) {
        strip_label(i, &label);
        total += text_width(buf_text(&label)) + (i == current ? 2 : 0);
    }
    buf_release(&label);
    return total;
}

/* As many sections round the current one as fit with their whole names. */
static void strip_window(int current, int cols, int *first, int *last)
{
    bool grew = true;

    *first = *last = current;
    while (grew) {
        grew = false;
        if (*last + 1 < SECTION_COUNT && strip_width(*first, *last + 1, current) <= cols)
            ++*last, grew = true;
        if (*first > 0 && strip_width(*first - 1, *last, current) <= cols)
            --*first, grew = true;
    }
}

static void draw_strip(const struct person_view *v, struct area row)
{
    struct buf label = BUF_INIT;
    int first, last, x = 0, current = (int) v->section;

    strip_window(current, row.cols, &first, &last);
    if (first > 0)
        x += area_textf(row, 0, x, -1, STYLE_DIM, "%s ", area_glyph(row, GLYPH_LEFT));
    for (int i = first; i <= last; i++) {
        strip_label(i, &label);
        x += i == current ? area_textf(row, 0, x, -1, STYLE_HEADING, "[%s]", buf_text(&label))
                          : area_text(row, 0, x, -1, STYLE_LABEL, buf_text(&label));
        x += i < last ? STRIP_GAP : 1;
    }
    if (last < SECTION_COUNT - 1)
        area_text(row, 0, x, -1, STYLE_DIM, area_glyph(row, GLYPH_RIGHT));
    buf_release(&label);
}

static void person_draw(struct view *view, struct area body)
{
    struct person_view *v = of(view);

    draw_strip(v, area_sub(body, 0, 0, 1, -1));
    if (body.rows > 12)
        area_hline(body, 1, 0, -1, STYLE_LINE);
    sheet_draw(&v->sheet[v->section], area_sub(body, body.rows > 12 ? 2 : 1, 0, -1, -1));
}

static void person_title(struct view *view, struct buf *out)
{
    buf_addf(out, "%s", _(sections[of(view)->section].label));
}

/* The mark comes first, so that a long name cannot push it out. */
static void person_banner(struct view *view, struct buf *out)
{
    struct person_view *v = of(view);
    const char *language = record_text(&v->person, PERSON_speak_language);

    if (!id_is_set(v->person.id))
        return;
    if (v->marked)
        buf_addf(out, "%s ", style_mark(STYLE_MARK));
    person_display_name(out, record_text(&v->person, PERSON_preferred_name), record_text(&v->person, PERSON_given_name),
                        record_text(&v->person, PERSON_family_name));
    if (language)
        words_add(out, word_of(v->u, "language_preference", language));
}

static struct focus person_focus(struct view *view)
{
    struct person_view *v = of(view);
    struct focus f = sheet_focus(&v->sheet[v->section]);

    if (!f.kind) {
        int64_t change = f.change;

        f = person_focus_of(v, FOCUS_NONE, ID_NONE);
        f.change = change;
    }
    return f;
}

/* --- keys ------------------------------------------------------------------------------------------------------- */

static const struct view_ops ops[SECTION_COUNT];

static unsigned go_section(struct person_view *v, int section)
{
    v->section = (enum person_section) ((section + SECTION_COUNT) % SECTION_COUNT);
    v->view.ops = &ops[v->section];
    v->view.stale = true;
    return REACT_RELOAD;
}

/* More of the history is read when its end is reached. */
static unsigned more_history(struct person_view *v)
{
    v->history_limit *= 2;
    v->view.stale = true;
    return REACT_RELOAD;
}

static unsigned person_act(struct view *view, int action)
{
    struct person_view *v = of(view);
    unsigned did;

    switch (action) {
    case NAV_NEXT_FIELD:
    case NAV_RIGHT:
        return go_section(v, (int) v->section + 1);
    case NAV_PREV_FIELD:
    case NAV_LEFT:
        return go_section(v, (int) v->section - 1);
    case NAV_OPEN:
        return REACT_PASS;
    default:
        break;
    }
    did = sheet_act(&v->sheet[v->section], action);
    if (did != REACT_PASS && v->section == SECTION_HISTORY && v->history_more &&
        sheet_at_end(&v->sheet[SECTION_HISTORY]))
        return more_history(v);
    return did;
}

/* 1 to 9: a section by its number; 0: the last one, the history. */
static unsigned person_key(struct view *view, const struct key *k)
{
    if (k->code != K_TEXT || k->text[0] < '0' || k->text[0] > '9' || k->text[1])
        return REACT_PASS;
    return go_section(of(view), k->text[0] == '0' ? SECTION_COUNT - 1 : k->text[0] - '1');
}

static bool wants_other_state(const struct person_view *v, int action)
{
    struct episode_facts f = { .has_referral = v->waits };

    if (id_is_set(v->episode.id))
        f = (struct episode_facts) { .opened_on = record_date(&v->episode, EPISODE_opened_on),
                                     .closed_on = record_date(&v->episode, EPISODE_closed_on) };
    return person_way_idle(&f, v->waits, action);
}

static bool person_idle(struct view *view, int action)
{
    struct person_view *v = of(view);
    int kind = sheet_focus(&v->sheet[v->section]).kind;

    if (wants_other_state(v, action))
        return true;
    if (action == ACT_MARK_PLAN)
        return kind != FOCUS_GOAL && kind != FOCUS_ACTION;
    return action == ACT_REVEAL && (!v->guarded || kind != FOCUS_VALUE);
}

static void person_close(struct view *view)
{
    struct person_view *v = of(view);

    for (int i = 0; i < SECTION_COUNT; i++)
        sheet_release(&v->sheet[i]);
    older_release(&v->older);
    record_release(&v->person);
    record_release(&v->episode);
    explicit_bzero(v, sizeof *v);
    free(v);
}

/* --- the table -------------------------------------------------------------------------------------------------- */

static const int overview_bar[] = { NAV_OPEN, ACT_DECIDE, ACT_REOPEN, ACT_CONTACT, ACT_CONVERSATION, ACT_PLAN, ACT_CONNECT,
                                    NAV_BACK, ACT_MISSING, 0 };
static const int add_bar[] = { NAV_OPEN, ACT_ADD, ACT_CONTACT, NAV_BACK, ACT_UNDO, 0 };
static const int connect_bar[] = { NAV_OPEN, ACT_REOPEN, ACT_CONNECT, ACT_GAP, NAV_BACK, 0 };
static const int plan_bar[] = { NAV_OPEN, ACT_MARK_PLAN, NAV_BACK, ACT_REOPEN, ACT_PLAN, ACT_REVIEW, ACT_UNDO, 0 };
static const int letters_bar[] = { NAV_OPEN, ACT_CONTACT, ACT_PLAN, NAV_BACK, 0 };
static const int consent_bar[] = { NAV_OPEN, ACT_ADD, ACT_WITHDRAW, NAV_BACK, ACT_CONTACT, ACT_UNDO, 0 };
static const int history_bar[] = { NAV_OPEN, ACT_AS_OF, ACT_UNDO, NAV_BACK, 0 };
static const int measure_bar[] = { NAV_OPEN, ACT_MEASURE, ACT_REVIEW, NAV_BACK, 0 };

#define ALL_OF_PERSON \
    CHANGED(PERSON) | CHANGED(EQUALITY) | CHANGED(REFERRAL) | CHANGED(EPISODE) | CHANGED(RESPONSE) | CHANGED(GOAL) | \
    CHANGED(RATING) | CHANGED(ACTION) | CHANGED(CONNECTION) | CHANGED(GAP) | CHANGED(CONTACT) | CHANGED(TASK) | \
    CHANGED(MEASURE) | CHANGED(CONSENT) | CHANGED(CONCERN) | CHANGED(DRAFT) | CHANGED(ASSET) | CHANGED(NOTE) | \
    CHANGED(EXCERPT)

#define PERSON_OPS(where, keys) { \
    .name = "person", .context = IN_PERSON | IN_LIST | (where), .stale_on = ALL_OF_PERSON, .bar = (keys), \
    .load = person_load, .draw = person_draw, .key = person_key, .act = person_act, .focus = person_focus, \
    .title = person_title, .banner = person_banner, .idle = person_idle, .close = person_close }

static const struct view_ops ops[SECTION_COUNT] = {
    [SECTION_OVERVIEW] = PERSON_OPS(0, overview_bar),
    [SECTION_INTAKE] = PERSON_OPS(0, overview_bar),
    [SECTION_CONVERSATION] = PERSON_OPS(0, overview_bar),
    [SECTION_PLAN] = PERSON_OPS(IN_PLAN, plan_bar),
    [SECTION_CONNECTIONS] = PERSON_OPS(0, connect_bar),
    [SECTION_CONTACTS] = PERSON_OPS(IN_CONTACTS, add_bar),
    [SECTION_MEASURES] = PERSON_OPS(IN_MEASURES, measure_bar),
    [SECTION_CONSENT] = PERSON_OPS(IN_CONSENT, consent_bar),
    [SECTION_CONCERNS] = PERSON_OPS(IN_CONCERNS, add_bar),
    [SECTION_LETTERS] = PERSON_OPS(0, letters_bar),
    [SECTION_HISTORY] = PERSON_OPS(0, history_bar),
};

struct id person_view_person(struct view *v, enum person_section *section)
{
    if (v->ops < ops || v->ops >= ops + SECTION_COUNT)
        return ID_NONE;
    *section = of(v)->section;
    return of(v)->id;
}

struct view *person_view_new(struct ui *u, struct id person, enum person_section section)
{
    struct person_view *v = xcalloc(1, sizeof *v);

    v->u = u;
    v->id = person;
    v->history_limit = HISTORY_FIRST;
    record_init(&v->person, T_PERSON);
    record_init(&v->episode, T_EPISODE);
    go_section(v, (int) section);
    return &v->view;
}

void person_view_seek(struct view *view, const char *due)
{
    of(view)->seek = due;
    view->stale = true;
}

void person_view_show(struct view *view, struct id record)
{
    of(view)->show = record;
    view->stale = true;
}

void person_view_reveal(struct view *view, const char *question)
{
    struct person_view *v = of(view);

    if (!question || is_revealed(v, question) || v->revealed_count == REVEALED_MAX)
        return;
    str_copy(v->revealed[v->revealed_count++], sizeof v->revealed[0], question);
    v->view.stale = true;
}

const char *person_section_label(enum person_section section)
{
    return _(sections[section].label);
}

enum status person_section_words(struct ui *u, struct id person, enum person_section section, struct buf *out,
                                 struct err *err)
{
    struct person_view *v = of(person_view_new(u, person, section));
    enum status st = person_load(&v->view, err);

    if (st == ST_OK)
        sheet_words(&v->sheet[section], out);
    person_close(&v->view);
    return st;
}
