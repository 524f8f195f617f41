/* plain_answer.c - one question: said, answered, refused and asked again; and the commands inside a form. */
#include "plain_priv.h"
#include "last_values.h"
#include "yes_word.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/safe.h"
#include "dolen/base/banned.h"

#define CHOICES_READ 24

/* --- what is hidden ----------------------------------------------------------------------------------------------- */

bool walk_hides(const struct walk *w, const struct question *q)
{
    if (!w->guarded || !safe_covers(q->name))
        return false;
    for (size_t i = 0; i < w->revealed_count; i++)
        if (str_eq(w->revealed[i], q->name))
            return false;
    return true;
}

/* --- saying a question -------------------------------------------------------------------------------------------- */

static void say_label(const struct walk *w)
{
    const char *label = text2_now(&w->q->label);
    bool required = session_required(w->s, w->q, w->repeat);

    tell("%s", "");
    if (required)
        tell("%s%s %s", label, plain_ends(label), _("Required."));
    else
        tell_text(label);
    if (lang_now() == LANG_CY && w->q->wording == WORDING_EN_SHOWN)
        tell_text(_("Official Welsh wording is not supplied."));
}

/* A very long list is read when it is asked for. */
static void say_choices(const struct walk *w)
{
    size_t n = session_choices(w->s, w->q, w->repeat, NULL, 0);
    const struct code **list;

    if (n > CHOICES_READ && !w->all) {
        tell(_("%zu choices: type how one begins, or its number. ? reads them."), n);
        return;
    }
    list = xcalloc(n + 1, sizeof *list);
    session_choices(w->s, w->q, w->repeat, list, n);
    for (size_t i = 0; i < n; i++)
        tell("%zu. %s", i + 1, text2_now(&list[i]->label));
    free(list);
}

static void say_scale(const struct question *q)
{
    const char *low = text2_now(&q->from_label), *high = text2_now(&q->to_label);

    if (*low && *high)
        tell(_("A number from %d, %s, to %d, %s."), q->from, low, q->to, high);
    else
        tell(_("A number from %d to %d."), q->from, q->to);
}

static void say_how(const struct walk *w)
{
    switch (w->q->type) {
    case Q_DATE:            tell_text(_("A date, day first, such as 3/2/26.")); break;
    case Q_INTEGER:         tell_text(_("A whole number.")); break;
    case Q_DECIMAL:         tell_text(_("A number.")); break;
    case Q_SCALE:           say_scale(w->q); break;
    case Q_ACKNOWLEDGE:     tell_text(_("y when it is so.")); break;
    case Q_SELECT_ONE:      say_choices(w); break;
    case Q_SELECT_MULTIPLE:
        tell_text(w->q->appearance == APPEAR_RANKED ? _("One or several, with commas between, most important first.")
                                                   : _("One or several, with commas between."));
        say_choices(w);
        break;
    case Q_TEXT:
        if (w->q->appearance == APPEAR_MULTILINE)
            tell_text(_("Several lines. A line with one full stop ends it."));
        break;
    default:
        break;
    }
}

static bool say_value(const struct walk *w)
{
    struct buf b = BUF_INIT;
    bool any;

    session_show(w->s, w->q, w->repeat, &b);
    any = b.len > 0;
    if (any && walk_hides(w, w->q) && session_value(w->s, w->q, w->repeat))
        tell(_("Now: %s, hidden. Enter keeps it, :reveal shows it."), SAFE_DOTS);
    else if (any && w->q->type == Q_TEXT && w->q->appearance == APPEAR_MULTILINE)
        tell(_("Now: %s\nEnter keeps it, + adds to it, other text takes its place."), buf_text(&b));
    else if (any)
        tell(_("Now: %s"), buf_text(&b));
    buf_wipe(&b);
    return any;
}

/* After a refused answer the label is enough: the choices are still in the ear, and ? reads them again. */
static void say_question(struct walk *w)
{
    const char *hint = text2_now(&w->q->hint);
    bool brief = w->refused;

    w->refused = false;
    say_label(w);
    if (brief)
        return;
    if (*hint)
        tell_text(hint);
    say_how(w);
    if (say_value(w) && session_known_from(w->s, w->q, w->repeat))
        tell_text(session_known_from(w->s, w->q, w->repeat));
    w->all = false;
}

/* --- commands ----------------------------------------------------------------------------------------------------- */

static enum went cmd_same(struct walk *w)
{
    const char *value = w->kind == ROW_QUESTION && w->q ? last_value(&w->p->cf->last, w->s, w->q->name) : NULL;
    struct err err = { .st = ST_OK };

    if (!value || walk_hides(w, w->q)) {
        tell_text(_("Nothing was filed here yet since the case file was opened."));
        return WENT_SAME;
    }
    if (session_set_canonical(w->s, w->q, w->repeat, value, &err) != ST_OK) {
        tell_error(&err);
        return WENT_SAME;
    }
    say_value(w);
    walk_save(w);
    return WENT_NEXT;
}

static enum went cmd_missing_state(struct walk *w)
{
    static const enum missing states[] = {
        MISSING_NO_ANSWER, MISSING_PREFER_NOT, MISSING_NOT_KNOWN, MISSING_NOT_REACHED
    };
    struct choice items[ARRAY_LEN(states)];
    struct err err = { .st = ST_OK };
    int i;

    if (w->kind != ROW_QUESTION || !w->q) {
        tell_text(_("That is for a question."));
        return WENT_SAME;
    }
    do {
        for (size_t k = 0; k < ARRAY_LEN(states); k++)
            items[k] = (struct choice) { missing_word(states[k]), missing_label(states[k]), true };
        items[ARRAY_LEN(states) - 1] = (struct choice) { N_(":clear"),
                                                         N_("Take the answer away: the question is open again"),
                                                         false };
        i = plain_choose(w->p, _("Why is there no answer?"), items, ARRAY_LEN(items));
    } while (i == CHOSE_AGAIN);
    if (i < 0)
        return i == CHOSE_OVER ? WENT_OVER : WENT_SAME;
    if (session_set_missing(w->s, w->q, w->repeat, states[i], &err) != ST_OK) {
        tell_error(&err);
        return WENT_SAME;
    }
    walk_save(w);
    return states[i] == MISSING_NOT_REACHED ? WENT_SAME : WENT_NEXT;
}

static enum went cmd_more(struct walk *w)
{
    if (!w->q)
        return WENT_SAME;
    w->all = true;
    for (size_t i = 0; i < w->q->prompt_count; i++)
        tell(_("Ask it like this: %s"), text2_now(&w->q->prompts[i]));
    if (!w->q->prompt_count && w->kind == ROW_QUESTION)
        tell_text(_("There are no other ways to ask noted for this question."));
    return WENT_SAME;
}

static enum went cmd_back(struct walk *w)  { (void) w; return WENT_BACK; }
static enum went cmd_later(struct walk *w) { (void) w; return WENT_LEAVE; }

/* With required questions open, the end says so and asks. */
static enum went cmd_file(struct walk *w)
{
    /* A draft is there from the first answer on; until then there is at most what the form put in by itself, and where
     * that is nothing, filing says so. At the end of the form it was asked already. */
    if (w->q && w->f->fresh && !id_is_set(w->f->draft) && session_given(w->s) > 0)
        switch (plain_yes(w->p, _("Nothing was answered here. File it all the same?"))) {
        case ANSWER_OVER: return WENT_OVER;
        case ANSWER_NO:   return WENT_SAME;
        case ANSWER_YES:  break;
        }
    if (!w->q || !session_to_go(w->s))
        return WENT_FILE;
    w->q = NULL;
    w->kind = ROW_HEADING;
    w->repeat = 0;
    return WENT_JUMPED;
}

static enum went cmd_missing(struct walk *w)
{
    struct problems all = { NULL, 0, 0 };
    struct choice *items;
    size_t n, count = 0;
    const struct row *rows = session_rows(w->s, &n);
    int *row, i;

    session_problems(w->s, &all);
    items = xcalloc(all.count + 1, sizeof *items);
    row = xcalloc(all.count + 1, sizeof *row);
    for (size_t k = 0; k < all.count; k++) {
        row[count] = all.items[k].row;
        items[count++] = (struct choice) { NULL, all.items[k].open ? text2_now(&rows[all.items[k].row].q->label)
                                                                   : text2_now(&all.items[k].sentence), true };
    }
    if (!count)
        tell_text(_("No required question is open."));
    i = count ? plain_choose(w->p, _("Required and open. A number goes there."), items, count) : CHOSE_BACK;
    if (i >= 0) {
        const struct row *to = &rows[row[i]];

        w->q = to->q;
        w->kind = to->kind;
        w->repeat = to->repeat;
    }
    problems_release(&all);
    free(items);
    free(row);
    return i == CHOSE_OVER ? WENT_OVER : i >= 0 ? WENT_JUMPED : WENT_SAME;
}

static enum went cmd_discard(struct walk *w)
{
    struct err err = { .st = ST_OK };
    bool had = id_is_set(w->f->draft);

    switch (plain_yes(w->p, _("Put this draft in the bin for 30 days?"))) {
    case ANSWER_OVER: return WENT_OVER;
    case ANSWER_NO:   return WENT_SAME;
    case ANSWER_YES:  break;
    }
    if (filling_discard(w->f, &err) != ST_OK) {
        tell_error(&err);
        return WENT_SAME;
    }
    if (had)
        tell_text(_("The draft is in the bin for 30 days."));
    return WENT_LEAVE;
}

static enum went cmd_remove(struct walk *w)
{
    const struct question *around = w->q && w->q->repeat >= 0 ? &session_form(w->s)->questions[w->q->repeat] : NULL;

    if (!around || !w->repeat) {
        tell_text(_("Nothing repeats here."));
        return WENT_SAME;
    }
    session_take_out(w->s, around, w->repeat);
    walk_save(w);
    tell_text(_("Removed."));
    w->kind = ROW_ADD;
    w->q = around;
    w->repeat = 0;
    return WENT_JUMPED;
}

/* The rule is read out first, and the history says that it was shown. */
static enum went cmd_reveal(struct walk *w)
{
    struct record person;
    struct buf rule = BUF_INIT;
    struct err err = { .st = ST_OK };
    enum plain_answer yes;
    char why[80];

    if (!w->q || w->kind != ROW_QUESTION || !walk_hides(w, w->q) || w->revealed_count == ARRAY_LEN(w->revealed)) {
        tell_text(_("Nothing is hidden here. Go to a value that is dots (•••) first."));
        return WENT_SAME;
    }
    record_init(&person, T_PERSON);
    if (store_get(w->p->cf->store, T_PERSON, w->f->person, &person, NULL) == ST_OK)
        safe_rule_text(&w->p->ui, &person, &rule);
    record_release(&person);
    tell_text(buf_text(&rule));
    buf_wipe(&rule);
    yes = plain_yes(w->p, _("Show it now? It is written to the history."));
    if (yes != ANSWER_YES)
        return yes == ANSWER_OVER ? WENT_OVER : WENT_SAME;
    snprintf(why, sizeof why, "revealed: %s", w->q->name);
    if (store_note(w->p->cf->store, "person", w->f->person, why, &err) == ST_OK)
        w->revealed[w->revealed_count++] = w->q->name;
    else
        tell_error(&err);
    return WENT_SAME;
}

static const struct {
    const char *word;
    enum went (*run)(struct walk *w);
} commands[] = {
    { "-", cmd_missing_state }, { "?", cmd_more }, { ":prompts", cmd_more }, { "<", cmd_back },
    { N_(":back"), cmd_back },
    { N_(":file"), cmd_file }, { ":file-form", cmd_file }, { N_(":later"), cmd_later }, { N_(":missing"), cmd_missing },
    { N_(":discard"), cmd_discard }, { ":discard-draft", cmd_discard }, { N_(":remove"), cmd_remove },
    { ":remove-this", cmd_remove }, { N_(":reveal"), cmd_reveal }, { N_(":same"), cmd_same },
    { ":same-value", cmd_same },
};

static bool find_command(const char *typed, size_t *which)
{
    for (size_t i = 0; i < ARRAY_LEN(commands); i++)
        if (plain_is(typed, commands[i].word, false)) {
            *which = i;
            return true;
        }
    return false;
}

enum went walk_command(struct walk *w, const char *typed, bool *known)
{
    size_t i;

    *known = find_command(typed, &i);
    if (*known)
        return commands[i].run(w);
    if (typed[0] == ':' && typed[1] != ':') {
        *known = true;
        tell(_("There is no command \"%s\". Two colons at the start of a text stand for one. :help reads the "
               "commands."),
             typed);
    }
    return WENT_SAME;
}

/* --- answering ---------------------------------------------------------------------------------------------------- */

/* Lines up to a full stop on its own; a command ends it as well: one of the form's is left in line, others are carried
 * out and line is empty. What came is kept in any case. */
static enum reply read_lines(struct walk *w, struct buf *line, struct buf *text)
{
    enum reply r = REPLY_LINE;
    size_t which;
    int empty = 0;

    while (!str_eq(buf_text(line), ".")) {
        empty = line->len ? 0 : empty + 1;
        if (empty == 2)                     /* Enter, Enter, and nothing is heard */
            tell_text(_("Several lines. A line with one full stop ends it."));
        buf_addf(text, "%s%s", text->len ? "\n" : "", buf_text(line) + (str_starts(buf_text(line), "::") ? 1 : 0));
        do
            r = plain_read(w->p, line);
        while (r == REPLY_AGAIN);
        if (r == REPLY_OVER)
            return r;
        if (buf_text(line)[0] == ':' && find_command(buf_text(line), &which))
            return REPLY_AGAIN;
        if (plain_global(w->p, buf_text(line), false)) {
            buf_wipe(line);
            return w->p->end == PLAIN_GO_ON ? REPLY_AGAIN : REPLY_OVER;
        }
    }
    return r;
}

static void say_understood(const struct walk *w)
{
    struct buf b = BUF_INIT;

    if (w->q->type == Q_DATE || w->q->type == Q_SELECT_ONE || w->q->type == Q_SELECT_MULTIPLE)
        session_show(w->s, w->q, w->repeat, &b);
    if (b.len)
        tell(_("Answered: %s"), buf_text(&b));
    buf_wipe(&b);
}

static enum went set(struct walk *w, const char *typed)
{
    struct err err = { .st = ST_OK };

    if (w->q->type == Q_ACKNOWLEDGE && yes_word(typed) < 0) {
        session_clear(w->s, w->q, w->repeat);
    } else if (session_set(w->s, w->q, w->repeat, typed, &err) != ST_OK) {
        tell_error(&err);
        w->refused = true;
        return WENT_SAME;
    }
    say_understood(w);
    walk_save(w);
    return WENT_NEXT;
}

static enum went set_lines(struct walk *w, struct buf *line, bool adding)
{
    struct buf text = BUF_INIT;
    const char *was = adding ? session_value(w->s, w->q, w->repeat) : NULL;
    enum went went;
    enum reply r;
    bool known;

    if (was)
        buf_add(&text, was);
    if (adding) {
        do
            r = plain_read(w->p, line);
        while (r == REPLY_AGAIN);
        r = r == REPLY_OVER ? r : read_lines(w, line, &text);
    } else {
        r = read_lines(w, line, &text);
    }
    went = set(w, buf_text(&text));
    buf_wipe(&text);
    if (r == REPLY_OVER)
        return WENT_OVER;
    if (r == REPLY_AGAIN && went == WENT_NEXT)
        return line->len ? walk_command(w, buf_text(line), &known) : WENT_SAME;
    return went;
}

static enum went answer(struct walk *w, struct buf *line)
{
    bool known, lines = w->q->type == Q_TEXT && w->q->appearance == APPEAR_MULTILINE;
    const char *typed = buf_text(line);
    enum went went;

    if (!typed[strspn(typed, " ")] || (lines && str_eq(typed, ".")))
        return WENT_NEXT;
    went = walk_command(w, typed, &known);
    if (known)
        return went;
    if (lines)
        return set_lines(w, line, plain_is(typed, "+", false));
    return set(w, typed + (str_starts(typed, "::") ? 1 : 0));
}

enum went walk_question(struct walk *w)
{
    struct buf line = BUF_INIT;
    enum went went = WENT_SAME;
    enum reply r;

    say_question(w);
    r = plain_ask(w->p, _("Answer: "), &line);
    if (r == REPLY_OVER)
        went = WENT_OVER;
    else if (r == REPLY_LINE)
        went = answer(w, &line);
    buf_wipe(&line);
    return went;
}
