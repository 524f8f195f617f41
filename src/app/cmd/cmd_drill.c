/* cmd_drill.c - drill: playing one by commands, what it came to, and the replay. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "debrief.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/drill/drill_keys.h"
#include "drill_progress.h"
#include "drilling.h"
#include "paper.h"
#include "plain/plain.h"
#include "dolen/base/banned.h"

#define PLAY_MAX (1u << 20)

/* --- which attempt ---------------------------------------------------------------------------------------------- */

/* The newest that has begun: what a trainer set since then is nothing to look at yet. */
static enum status newest(struct store *s, struct id *out, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(s, LIST_DRILLS, ID_NONE, 0, &all, err);

    for (size_t i = 0; i < all.count && !id_is_set(*out); i++)
        if (attempt_state(&all.items[i]) != ATTEMPT_SET)
            *out = all.items[i].id;
    records_release(&all);
    return st;
}

/* As typed, or the newest that is not done; with any, else the newest of all. */
static enum status attempt_asked(struct run *r, const char *typed, bool any, struct attempt **out, struct err *err)
{
    struct id id = ID_NONE;
    enum status st = drilling_allowed(r->cf, err);

    if (st != ST_OK)
        return st;
    if (typed && !id_parse(typed, &id))
        return err_set(err, ST_USAGE,
                       _("\"%s\" is not an id: 36 characters like the ones that lists show. Nothing was changed."
                         " Copy it from a list."),
                       typed);
    if (!typed)
        st = attempt_running(r->cf->store, r->cf->slot.practitioner, &id, err);
    if (st == ST_OK && !id_is_set(id) && any)
        st = newest(r->cf->store, &id, err);
    if (st == ST_OK && !id_is_set(id))
        st = err_set(err, ST_NOTFOUND,
                     _("No drill is running. Nothing was changed. Start one: dolen drill start ID"));
    return st == ST_OK ? attempt_open(out, r->cf->store, r->cf->catalog, id, err) : st;
}

/* --- what is said, in text and JSON ----------------------------------------------------------------------------- */

static void print_line(void *ctx, enum drill_voice voice, const char *text)
{
    (void) ctx;
    printf(voice == VOICE_SCENE ? "[%s]\n" : voice == VOICE_YOU ? "> %s\n" : "%s\n", text);
}

static void json_line(void *ctx, enum drill_voice voice, const char *text)
{
    static const char *const words[] = { "scene", "person", "you" };
    struct json *j = json_new_map();

    json_set_text(j, "voice", words[voice]);
    json_set_text(j, "text", text);
    json_append(ctx, j);
}

static struct json *offers_json(const struct attempt *a)
{
    const struct drill_turn *t = &a->d->turns[drill_play_state(a->play)->turn];
    int order[DRILL_OFFERS_MAX];
    size_t n = drill_play_offers(a->play, order);
    struct json *list = json_new_list();

    for (size_t i = 0; i < n; i++) {
        const struct drill_offer *o = &t->offers[order[i]];
        struct json *j = json_new_map();

        json_set_text(j, "offer", o->id);
        json_set_text(j, "kind", drill_kind_word(o->kind));
        json_set_text(j, "text", text2_now(&o->text));
        json_append(list, j);
    }
    return list;
}

/* Where the conversation stands; step: what was just done, -2: only where it stands. */
static void tell_where(struct run *r, const struct attempt *a, int step)
{
    const struct drill_turn *t = &a->d->turns[drill_play_state(a->play)->turn];
    int order[DRILL_OFFERS_MAX];
    size_t n = drill_play_offers(a->play, order);

    if (r->json) {
        struct json *j = json_new_map(), *lines = json_new_list();

        json_set_text(j, "id", id_show(a->row.id).s);
        json_set_text(j, "drill", a->d->id);
        json_set_text(j, "person", id_show(record_id(&a->row, DRILL_person)).s);
        json_set_text(j, "turn", t->id);
        json_set_int(j, "minute", drill_play_clock(a->play));
        json_set_bool(j, "ended", drill_play_ended(a->play));
        if (step >= -1)
            drill_play_hear(a->play, step, json_line, lines);
        json_set(j, "lines", lines);
        json_set(j, "offers", offers_json(a));
        run_print_json("drill", j);
        return;
    }
    if (step >= -1)
        drill_play_hear(a->play, step, print_line, NULL);
    for (size_t i = 0; i < n; i++)
        printf("  %-16s %s: %s\n", t->offers[order[i]].id, drill_kind_label(t->offers[order[i]].kind),
               text2_now(&t->offers[order[i]].text));
    if (drill_play_ended(a->play))
        puts(_("The conversation is over. The forms are yours: fill them in, then: dolen drill score --finish"));
}

/* --- list and show ---------------------------------------------------------------------------------------------- */

static enum status list_run(struct run *r, struct err *err)
{
    struct progress p;
    enum status st = drilling_allowed(r->cf, err);

    if (st == ST_OK)
        st = progress_load(&p, r->cf, r->cf->slot.practitioner, err);
    if (st != ST_OK)
        return st;
    if (r->json)
        run_print_json("drills", progress_json(&p));
    else {
        struct buf b = BUF_INIT;

        progress_proposal(&p, &b);
        if (b.len)
            printf("%s\n\n", buf_text(&b));
        for (size_t i = 0; i < p.count; i++) {
            buf_clear(&b);
            progress_row(&p, i, &b);
            printf("%-24s %s\n", p.drills[i]->id, buf_text(&b));
        }
        buf_release(&b);
    }
    progress_release(&p);
    return ST_OK;
}

static enum status show_run(struct run *r, struct err *err)
{
    struct catalog *cat = catalog_open();
    const struct drill *d = catalog_drill(cat, r->operand[0], err);
    struct buf b = BUF_INIT;

    if (d && r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "drill", d->id);
        json_set_int(j, "version", d->version);
        json_set_int(j, "level", d->level);
        json_set_bool(j, "safety", d->safety);
        json_set_text(j, "title", text2_now(&d->title));
        json_set_text(j, "about", text2_now(&d->about));
        json_set_text(j, "approved_by", d->approved_by);
        run_print_json("drill-show", j);
    } else if (d) {
        debrief_approval(d, &b);
        printf("%s\n%s\n", text2_now(&d->title), text2_now(&d->about));
        if (b.len)
            puts(buf_text(&b));
        for (size_t i = 0; run_flag(r, "--offers") && i < d->turn_count; i++) {
            printf("\n%s: %s\n", d->turns[i].id,
                   text2_now(*text2_now(&d->turns[i].says) ? &d->turns[i].says : &d->turns[i].scene));
            for (size_t k = 0; k < d->turns[i].count; k++)
                printf("  %-16s %s: %s\n", d->turns[i].offers[k].id, drill_kind_label(d->turns[i].offers[k].kind),
                       text2_now(&d->turns[i].offers[k].text));
        }
    }
    buf_release(&b);
    catalog_free(&cat);
    return d ? ST_OK : err->st;
}

/* --- playing ---------------------------------------------------------------------------------------------------- */

static enum status play_file(struct run *r, const char *path, struct json **out, struct err *err)
{
    enum lang l;
    enum status st = json_read_file(out, path, PLAY_MAX, err);

    if (st == ST_OK && !run_value(r, "--lang") && json_get_text(*out, "lang") &&
        lang_parse(json_get_text(*out, "lang"), &l))
        lang_set(l);
    return st;
}

static void answer_score(struct run *r, const struct attempt *a, const struct drill_score *s)
{
    struct document *d;
    struct buf b = BUF_INIT;

    if (r->json) {
        run_print_json("drill-score", debrief_json(a, s));
        return;
    }
    d = debrief_document(a, s, lang_now());
    document_text(d, 78, &b);
    fputs(buf_text(&b), stdout);
    buf_release(&b);
    document_free(&d);
}

/* The row that a trainer set for this practitioner, so that starting it answers that. */
static struct id set_row(struct run *r, const char *drill)
{
    struct records all = { NULL, 0, 0 };
    struct id found = ID_NONE;

    if (store_list(r->cf->store, LIST_DRILLS, ID_NONE, 0, &all, NULL) == ST_OK)
        for (size_t i = 0; i < all.count && !id_is_set(found); i++)
            if (attempt_state(&all.items[i]) == ATTEMPT_SET &&
                str_eq(record_text(&all.items[i], DRILL_drill), drill) &&
                id_eq(record_id(&all.items[i], DRILL_practitioner), r->cf->slot.practitioner))
                found = all.items[i].id;
    records_release(&all);
    return found;
}

static enum status start_run(struct run *r, struct err *err)
{
    const char *path = run_value(r, "--plays");
    struct attempt *a = NULL;
    struct json *play = NULL;
    struct drill_score score;
    long seed = 1;
    enum status st = path ? play_file(r, path, &play, err) : ST_OK;

    if (play)
        seed = (long) json_int(json_get(play, "seed"));
    if (st == ST_OK)
        st = run_int(r, "--seed", 0, 2147483647, &seed, err);
    if (st == ST_OK)
        st = drilling_start(&a, r->cf, r->operand[0], (uint64_t) seed, set_row(r, r->operand[0]), err);
    if (st == ST_OK && play) {
        st = drilling_play(&a, r->cf, play, &score, err);
        if (st == ST_OK)
            answer_score(r, a, &score);
    } else if (st == ST_OK && r->plain) {
        st = plain_drill(r, a->row.id, err);
    } else if (st == ST_OK) {
        tell_where(r, a, -1);
    }
    attempt_free(&a);
    json_free(&play);
    return st;
}

static enum status answer_run(struct run *r, struct err *err)
{
    struct attempt *a = NULL;
    size_t n;
    enum status st = attempt_asked(r, run_value(r, "--attempt"), false, &a, err);

    if (st == ST_OK)
        st = attempt_say(a, r->operand[0], err);
    if (st == ST_OK) {
        drill_play_log(a->play, &n);
        tell_where(r, a, (int) n - 1);
    }
    attempt_free(&a);
    return st;
}

/* Going on, what can be said is wanted; otherwise, that it is over for now. */
static enum status change_run(struct run *r, struct err *err)
{
    struct attempt *a = NULL;
    bool leave = str_eq(r->cmd->verb, "leave"), pause = str_eq(r->cmd->verb, "pause");
    enum status st = attempt_asked(r, r->operands ? r->operand[0] : NULL, false, &a, err);

    if (st == ST_OK)
        st = leave ? attempt_leave(a, err) : attempt_pause(a, pause, err);
    if (st == ST_OK && !r->json && leave)
        puts(_("Left. It was not scored."));
    else if (st == ST_OK && !r->json && pause)
        puts(_("Paused. Go on with: dolen drill resume"));
    else if (st == ST_OK)
        tell_where(r, a, -2);
    attempt_free(&a);
    return st;
}

static enum status score_run(struct run *r, struct err *err)
{
    struct attempt *a = NULL;
    struct drill_score score;
    struct paper paper;
    enum status st = paper_asked(r, &paper, err);

    if (st == ST_OK)
        st = attempt_asked(r, r->operands ? r->operand[0] : NULL, true, &a, err);
    if (st == ST_OK)
        st = run_flag(r, "--finish") ? drilling_finish(a, r->cf, &score, err) : drilling_judge(a, r->cf, &score, err);
    if (st == ST_OK && r->json) {
        answer_score(r, a, &score);
    } else if (st == ST_OK) {
        struct document *d = debrief_document(a, &score, lang_now());

        d->large = paper.large;
        st = paper_give(&paper, d, err);
        document_free(&d);
    }
    attempt_free(&a);
    return st;
}

static struct json *key_json(const struct drill_key *k)
{
    static const char *const words[] = { "key", "begins", "passphrase" };
    struct json *j = json_new_map();

    json_set_text(j, "kind", words[k->kind]);
    json_set_text(j, "key", k->kind == KEY_PRESSED ? k->name : NULL);
    json_set_int(j, "ms", k->ms);
    json_set_int(j, "minute", k->minute);
    json_set_int(j, "step", k->step);
    return j;
}

static void print_key(const struct drill_key *k)
{
    printf(_("minute %d"), k->minute);
    printf("  %7.1f s  %s\n", (double) k->ms / 1000,
           k->kind == KEY_PRESSED ? k->name
           : k->kind == KEY_BEGINS ? _("It begins, or goes on after a lock.")
                                   : _("A passphrase was asked for: nothing of that is kept."));
}

static void tell_keys(struct run *r, const struct drill_keys *keys)
{
    struct json *list = json_new_list(), *j;

    for (size_t i = 0; i < drill_keys_count(keys); i++)
        if (r->json)
            json_append(list, key_json(drill_keys_at(keys, i)));
        else
            print_key(drill_keys_at(keys, i));
    if (r->json) {
        j = json_new_map();
        json_set(j, "items", list);
        run_print_json("drill-keys", j);
        return;
    }
    json_free(&list);
    if (!drill_keys_count(keys))
        puts(_("No keys were kept of this one; it goes step by step."));
}

static enum status keys_run(struct run *r, const struct attempt *a, struct err *err)
{
    struct drill_keys *keys = NULL;
    enum status st = drill_keys_read(&keys, r->cf->store, a->row.id, err);

    if (st == ST_OK)
        tell_keys(r, keys);
    drill_keys_free(&keys);
    return st;
}

static enum status replay_run(struct run *r, struct err *err)
{
    struct attempt *a = NULL;
    struct paper paper;
    enum status st = paper_asked(r, &paper, err);

    if (st == ST_OK)
        st = attempt_asked(r, r->operands ? r->operand[0] : NULL, true, &a, err);
    if (st == ST_OK && run_flag(r, "--keys")) {
        st = keys_run(r, a, err);
    } else if (st == ST_OK) {
        struct document *d = debrief_replay(a, lang_now());

        d->large = paper.large;
        st = paper_give(&paper, d, err);
        document_free(&d);
    }
    attempt_free(&a);
    return st;
}

/* --- trying plays: for whoever writes a drill ------------------------------------------------------------------- */

static const char *safety_word(enum drill_safety_state s)
{
    static const char *const words[] = { "none", "kept", "failed" };

    return words[s];
}

static enum status try_one(struct run *r, const char *path, struct json *list, bool *as_expected, struct err *err)
{
    struct json *play = NULL, *j;
    const struct json *expect;
    struct attempt *a = NULL;
    struct drill_score s;
    const char *drill, *safety;
    enum status st = play_file(r, path, &play, err);

    drill = play ? json_get_text(play, "drill") : NULL;
    if (st == ST_OK && !drill)
        st = err_set(err, ST_INVALID,
                     _("%s does not say which drill it plays. Nothing was changed. See docs/drills.md"), path);
    if (st == ST_OK)
        st = drilling_start(&a, r->cf, drill, (uint64_t) json_int(json_get(play, "seed")), ID_NONE, err);
    if (st == ST_OK)
        st = drilling_play(&a, r->cf, play, &s, err);
    if (st == ST_OK) {
        expect = json_get(play, "expect");
        safety = expect ? json_get_text(expect, "safety") : NULL;
        if (expect && (json_int(json_get(expect, "points")) != s.points || !str_eq(safety, safety_word(s.safety))))
            *as_expected = false;
        j = debrief_json(a, &s);
        json_set_text(j, "file", path);
        json_append(list, j);
        if (!r->json)
            printf(_("%s: %d of %d points, safety %s"), path, s.points, s.best, safety_word(s.safety));
        if (!r->json)
            putchar('\n');
    }
    attempt_free(&a);
    json_free(&play);
    return st;
}

static enum status try_run(struct run *r, struct err *err)
{
    struct json *list = json_new_list();
    bool as_expected = true;
    enum lang before = lang_now();
    enum status st = ST_OK;

    for (int i = 0; i < r->operands && st == ST_OK; i++) {
        st = try_one(r, r->operand[i], list, &as_expected, err);
        lang_set(before);
    }
    if (r->json && st == ST_OK) {
        struct json *j = json_new_map();

        json_set(j, "items", list);
        run_print_json("drill-try", j);
    } else {
        json_free(&list);
    }
    if (st == ST_OK && !as_expected)
        st = err_set(err, ST_CONFLICT,
                     _("A play did not come to what its file expects. What was played stands in the case file."));
    return st;
}

/* --- the table -------------------------------------------------------------------------------------------------- */

static const struct option start_options[] = {
    { "--seed", "S", N_("The same seed and the same answers make the same score") },
    { "--plays", "FILE", N_("Play the steps of this file, and tell what it came to") },
    { NULL, NULL, NULL }
};
static const struct option answer_options[] = {
    { "--attempt", "ID", N_("Which attempt; the running one when not given") },
    { NULL, NULL, NULL }
};
static const struct option show_options[] = {
    { "--offers", NULL, N_("Everything that can be said, turn by turn: for trainers") },
    { NULL, NULL, NULL }
};
static const struct option score_options[] = {
    { "--finish", NULL, N_("The drill is over: keep the score") },
    PAPER_OPTIONS,
    { NULL, NULL, NULL }
};
static const struct option replay_options[] = {
    { "--keys", NULL, N_("The keys that were pressed on the screen, with their times") },
    PAPER_OPTIONS,
    { NULL, NULL, NULL }
};

const struct command drill_commands[] = {
    { "drill", "list", "", 0, 0, N_("The drills, how they went, and which one next"), NULL, NEEDS_CASE, list_run },
    { "drill", "show", "DRILL", 1, 1, N_("What a drill is about"), show_options, NEEDS_NOTHING, show_run },
    { "drill", "start", "DRILL", 1, 1, N_("Start a drill: its referral arrives in the inbox"), start_options,
      NEEDS_CASE, start_run },
    { "drill", "answer", "OFFER", 1, 1, N_("Say this in the conversation of the drill"), answer_options, NEEDS_CASE,
      answer_run },
    { "drill", "pause", "[ATTEMPT]", 0, 1, N_("Pause the running drill"), NULL, NEEDS_CASE, change_run },
    { "drill", "resume", "[ATTEMPT]", 0, 1, N_("Go on with a paused drill"), NULL, NEEDS_CASE, change_run },
    { "drill", "leave", "[ATTEMPT]", 0, 1, N_("Leave a drill unfinished; it is not scored"), NULL, NEEDS_CASE,
      change_run },
    { "drill", "score", "[ATTEMPT]", 0, 1, N_("What a drill comes to: strengths, next steps, every point"),
      score_options, NEEDS_CASE, score_run },
    { "drill", "replay", "[ATTEMPT]", 0, 1, N_("What was said and done, step by step"), replay_options, NEEDS_CASE,
      replay_run },
    { "drill", "lint", "FILE…", 1, CLI_OPERANDS_MAX, N_("Check drills: file:line:column: what: why: fix"), NULL,
      NEEDS_NOTHING,
      form_lint_run },
    { "drill", "try", "FILE…", 1, CLI_OPERANDS_MAX,
      N_("Play files of steps and compare with what they expect: for trainers"), NULL,
      NEEDS_CASE, try_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
