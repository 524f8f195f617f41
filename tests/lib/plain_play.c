/* plain_play.c - types a recorded play of a drill into line mode, prompt by prompt, as somebody who only hears it would.
 *
 *   plain-play PLAY.json dolen --plain … drill start ID     what was said and heard goes to standard output
 *
 * The program is started on two pipes and answered from what it asks: a question of a form is known by its label, a menu
 * by one of its lines. Ends with 1 and a sentence when it asks for something that the play has no answer to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dolen/base/date.h"
#include "dolen/base/json.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/forms/catalog.h"

#include "dolen/base/banned.h"

#define SECONDS_MOST 60                 /* a play that hangs ends all the same */

struct player {
    struct catalog     *cat;
    const struct drill *d;
    const struct json  *steps;
    size_t              next;           /* step that has not been begun */
    const struct json  *now;            /* the form that is being filled in */
    const struct form  *form;
    int                 taken[64];      /* items of a repeat that were begun, by the index of the repeat */
    const struct question *repeat;      /* and the one that is open */
    const struct question *before;      /* asked last: again at once means that it was refused */
    struct buf          heard;          /* since the last answer */
    int                 to, from;
};

static void give_up(const struct player *p, const char *why)
{
    fprintf(stderr, "plain-play: step %zu: %s\nIt had said:\n%s\n", p->next, why, buf_text(&p->heard));
    exit(1);
}

/* --- what is asked ---------------------------------------------------------------------------------------------- */

static const struct json *step(const struct player *p)
{
    return p->next < json_count(p->steps) ? json_at(p->steps, p->next) : NULL;
}

static const char *step_form(const struct json *s)
{
    return json_get(s, "connect") ? "connection" : json_get_text(s, "fill");
}

static bool ends_in(const struct player *p, const char *prompt)
{
    size_t n = strlen(prompt);

    return p->heard.len >= n && str_eq(p->heard.s + p->heard.len - n, prompt);
}

static bool has_line(const struct player *p, const char *begin)
{
    for (const char *at = buf_text(&p->heard); (at = strstr(at, begin)); at++)
        if (at == p->heard.s || at[-1] == '\n')
            return true;
    return false;
}

/* Is one of the numbered lines this label? */
static bool offers(const struct player *p, const char *label)
{
    char *end = xasprintf(". %s\n", label);
    bool found = strstr(buf_text(&p->heard), end) != NULL;

    free(end);
    return found;
}

static bool waits(const struct player *p)
{
    char *list = xasprintf("%s", tr("Number or word, < goes back: ")), *yes = xasprintf("%s ", tr("y or n:"));
    bool found = ends_in(p, list) || ends_in(p, yes) || ends_in(p, tr("Answer: ")) ||
        ends_in(p, tr("Search the directory: words, ? for more ways, or Enter for all: "));

    free(list);
    free(yes);
    return found;
}

/* Reads until it waits; false at the end. */
static bool listen(struct player *p)
{
    char chunk[4096];
    ssize_t n;

    buf_clear(&p->heard);
    while ((n = read(p->from, chunk, sizeof chunk)) > 0) {
        fwrite(chunk, 1, (size_t) n, stdout);
        buf_add_mem(&p->heard, chunk, (size_t) n);
        if (waits(p))
            return true;
    }
    return false;
}

static void type(const struct player *p, const char *line)
{
    printf("%s\n", line);
    if (dprintf(p->to, "%s\n", line) < 0)
        give_up(p, "it does not listen any more");
}

/* --- an answer as it is typed ----------------------------------------------------------------------------------- */

/* "today+3" and 2026-03-09 as people type a day. */
static bool typed_day(const char *text, struct buf *out)
{
    struct date d = clock_today();

    if (str_starts(text, "today"))
        d = date_add_days(d, atoi(text + strlen("today")));
    else if (strlen(text) != 10 || !date_parse_iso(text, &d))
        return false;
    buf_addf(out, "%d/%d/%d", d.day, d.month, d.year);
    return true;
}

static void typed(const struct question *q, const struct json *v, struct buf *out)
{
    switch (json_kind(v)) {
    case JSON_TEXT_:
        if (q->type != Q_DATE || !typed_day(json_text(v), out))
            buf_add(out, json_text(v));
        break;
    case JSON_INT_:  buf_addf(out, "%lld", (long long) json_int(v)); break;
    case JSON_BOOL_: buf_add(out, json_bool(v) ? "y" : "n"); break;
    case JSON_LIST_:
        for (size_t i = 0; i < json_count(v); i++)
            buf_addf(out, "%s%s", i ? ", " : "", json_text(json_at(v, i)));
        break;
    case JSON_MAP_:  buf_add(out, "-"); break;
    case JSON_NULL_: case JSON_REAL_: break;
    }
}

/* The instance that is open, or the answers of the form itself. */
static const struct json *answers_here(const struct player *p, const struct question *q)
{
    const struct json *all = json_get(p->now, "answers");

    if (q->repeat < 0)
        return all;
    return json_at(json_get(all, p->form->questions[q->repeat].name), (size_t) (p->taken[q->repeat] - 1));
}

/* The last line that is a question's label. */
static const struct question *asked(const struct player *p)
{
    const struct question *found = NULL;
    const char *last = NULL;

    for (size_t i = 0; i < p->form->count; i++) {
        const struct question *q = &p->form->questions[i];
        const char *label = text2_now(&q->label);

        if (!qtype_asked(q->type) || (q->repeat >= 0 && &p->form->questions[q->repeat] != p->repeat))
            continue;
        for (const char *at = buf_text(&p->heard); (at = strstr(at, label)); at++) {
            const char *end = at + strlen(label);

            end += *end == '.';
            end += *end == ' ' && str_starts(end + 1, tr("Required.")) ? 1 + strlen(tr("Required.")) : 0;
            if ((at == p->heard.s || at[-1] == '\n') && at > last && *end == '\n') {
                found = q;
                last = at;
            }
        }
    }
    return found;
}

static void answer(struct player *p)
{
    const struct question *q = asked(p);
    const struct json *v = q ? json_get(answers_here(p, q), q->name) : NULL;
    struct buf line = BUF_INIT;

    if (!q)
        give_up(p, "it asks what the form does not have");
    if (q == p->before)
        give_up(p, "an answer was refused");
    p->before = q;
    if (v)
        typed(q, v, &line);
    type(p, buf_text(&line));
    if (v && json_kind(v) == JSON_MAP_) {
        if (!listen(p))
            give_up(p, "it ended");
        type(p, json_get_text(v, "missing"));
    } else if (v && q->type == Q_TEXT && q->appearance == APPEAR_MULTILINE) {
        type(p, ".");
    }
    buf_wipe(&line);
}

/* Begins the next item of a repeat, when the play has one more. */
static bool take_item(struct player *p, const struct question *q)
{
    int i = form_index(p->form, q);

    if ((size_t) p->taken[i] >= json_count(json_get(json_get(p->now, "answers"), q->name)))
        return false;
    p->repeat = q;
    p->before = NULL;
    p->taken[i]++;
    return true;
}

static bool has_made_line(const struct player *p, char *made)
{
    bool has = has_line(p, made);

    free(made);
    return has;
}

/* The repeat that is asked about: as "Goal: another?" or, for one that is there already, "Goal." above what to do. */
static const struct question *repeat_asked(const struct player *p, bool there)
{
    for (size_t i = 0; i < p->form->count; i++) {
        const struct question *q = &p->form->questions[i];
        const char *item = *text2_now(&q->item_label) ? text2_now(&q->item_label) : text2_now(&q->label);

        if (q->type != Q_REPEAT)
            continue;
        if (there ? has_made_line(p, xasprintf("%s\n1. ", item))
                  : has_made_line(p, xasprintf(tr("%s: add one?"), item)) || has_made_line(p, xasprintf(tr("%s: another?"), item)))
            return q;
    }
    give_up(p, "it asks about a repeat that the form does not have");
    return NULL;
}

/* --- menus ------------------------------------------------------------------------------------------------------ */

static const struct { const char *form, *word; } words[] = {
    { "decision", "decide" }, { "language", "speaks" }, { "person", "details" }, { "conversation", "conversation" },
    { "plan", "plan" }, { "connection", "connect" }, { "gap", "gap" }, { "contact", "contact" }, { "consent", "consent" },
    { "equality", "equality" }, { "closure", "close-episode" }, { "concern", "!" }, { "ons4", "measure" },
};

static void begin_form(struct player *p)
{
    const struct json *s = step(p);
    const char *word = NULL;
    struct err err = { .st = ST_OK };

    p->form = catalog_form(p->cat, step_form(s), &err);
    p->now = s;
    p->next++;
    p->repeat = p->before = NULL;
    memset(p->taken, 0, sizeof p->taken);
    for (size_t i = 0; p->form && i < ARRAY_LEN(words); i++)
        if (str_eq(words[i].form, p->form->id))
            word = words[i].word;
    if (!word)
        give_up(p, "no way to that form is known");
    type(p, word);
}

/* The directory's line of the asset that the step connects to. */
static const char *asset_name(const struct player *p)
{
    for (size_t i = 0; i < p->d->asset_count; i++)
        if (str_eq(p->d->assets[i].id, json_get_text(p->now, "connect")))
            return json_get_text(p->d->assets[i].paper.answers[lang_now()], lang_now() == LANG_CY ? "name_cy" : "name_en");
    give_up(p, "the drill has no such asset");
    return "";
}

/* The number of that line: others may have its words in what happens there. */
static const char *asset_line(const struct player *p)
{
    static char number[12];
    const char *name = asset_name(p);

    for (int i = 1; i < 40; i++) {
        char *line = xasprintf("%d. %s", i, name);
        bool there = has_line(p, line);

        free(line);
        snprintf(number, sizeof number, "%d", i);
        if (there)
            return number;
    }
    give_up(p, "the asset is not in the list");
    return "";
}

/* In the talk: the words of the play, or away from it. */
static void say_it(struct player *p, const char *what)
{
    p->next += step(p) && str_eq(json_get_text(step(p), "say"), what);
    type(p, what);
}

static void choose(struct player *p)
{
    const char *say = step(p) ? json_get_text(step(p), "say") : NULL;
    bool fill = step(p) && !say;

    if (offers(p, tr("It is done: the debrief")))
        type(p, say ? "talk" : fill ? "papers" : "debrief");
    else if (offers(p, tr("The person's record, and every form")))
        say_it(p, say ? say : fill ? "papers" : "<");
    else if (has_line(p, tr("What next?")) && fill)
        begin_form(p);
    else if (has_line(p, tr("What next?")))
        type(p, "<");
    else if (offers(p, tr("Choose from the directory")))
        type(p, "search");
    else if (has_line(p, tr("Connect to which?")))
        type(p, asset_line(p));
    else if (has_line(p, tr("Which measure?")))
        type(p, p->form->id);
    else if (has_line(p, tr("At which point?")))
        type(p, json_get_text(p->now, "stage"));
    else if (has_line(p, tr("Something serious. In danger now: 999.")))
        type(p, "<");
    else if (offers(p, tr("Keep it as it is: Enter too")))
        type(p, take_item(p, repeat_asked(p, true)) ? "edit" : "keep");
    else
        give_up(p, "it offers a list that the play does not know");
}

static void yes_or_no(struct player *p)
{
    bool yes = has_line(p, tr("File it?")) || has_line(p, tr("Choose it all the same?")) ||
        has_line(p, tr("Write a note about it now?")) || take_item(p, repeat_asked(p, false));

    type(p, yes ? "y" : "n");
}

static void play(struct player *p)
{
    char *yes = xasprintf("%s ", tr("y or n:"));

    while (listen(p))
        if (ends_in(p, tr("Answer: ")))
            answer(p);
        else if (ends_in(p, yes))
            yes_or_no(p);
        else if (ends_in(p, tr("Number or word, < goes back: ")))
            choose(p);
        else
            type(p, asset_name(p));
    free(yes);
    if (step(p))
        give_up(p, "it ended before the play did");
}

/* --- the program ------------------------------------------------------------------------------------------------ */

static pid_t start(struct player *p, char *argv[])
{
    int in[2], out[2];
    pid_t pid;

    if (pipe(in) != 0 || pipe(out) != 0)
        give_up(p, "no pipe could be had");
    pid = fork();
    if (pid == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        for (int i = 0; i < 2; i++) {
            close(in[i]);
            close(out[i]);
        }
        execv(argv[0], argv);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    p->to = in[1];
    p->from = out[0];
    return pid;
}

int main(int argc, char *argv[])
{
    struct player p = { .steps = NULL };
    struct json *file = NULL;
    struct err err = { .st = ST_OK };
    enum lang l = LANG_EN;
    int status = 0;
    pid_t pid;

    lang_start();
    clock_freeze_from_env();
    alarm(SECONDS_MOST);
    if (argc < 3 || json_read_file(&file, argv[1], 1u << 20, &err) != ST_OK) {
        fprintf(stderr, "plain-play: PLAY.json PROGRAM …; %s\n", err_text(&err));
        return 2;
    }
    lang_parse(json_get_text(file, "lang"), &l);
    lang_set(l);
    p.cat = catalog_open();
    p.d = catalog_drill(p.cat, json_get_text(file, "drill"), &err);
    p.steps = json_get(file, "steps");
    if (!p.d)
        give_up(&p, err_text(&err));
    pid = start(&p, argv + 2);
    play(&p);
    close(p.to);
    waitpid(pid, &status, 0);
    catalog_free(&p.cat);
    json_free(&file);
    buf_wipe(&p.heard);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
