/* app/fill.c - answer files in, records out. */
#include "fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "news.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/forms/answers_json.h"
#include "dolen/base/banned.h"

#define ANSWERS_MAX (4u << 20)

static enum status read_all(struct buf *b, int fd, struct err *err)
{
    char chunk[8192];
    ssize_t n;

    while ((n = read(fd, chunk, sizeof chunk)) > 0) {
        if (b->len + (size_t) n > ANSWERS_MAX)
            return err_set(err, ST_USAGE, _("The answers are larger than 4 MiB. Nothing was changed."
                                            " Give them in smaller files."));
        buf_add_mem(b, chunk, (size_t) n);
    }
    return n < 0 ? err_sys(err, _("The answers cannot be read from standard input")) : ST_OK;
}

enum status fill_answers_read(struct run *r, struct json **out, struct err *err)
{
    const char *path = run_value(r, "--answers");
    struct buf b = BUF_INIT;
    enum status st;

    if (!path)
        return err_set(err, ST_USAGE,
                       _("Say where the answers are: --answers FILE, or - for standard input. Nothing was changed."));
    if (!str_eq(path, "-"))
        return json_read_file(out, path, ANSWERS_MAX, err);
    st = read_all(&b, STDIN_FILENO, err);
    if (st == ST_OK)
        st = json_parse(out, buf_text(&b), b.len, err);
    buf_wipe(&b);
    return st;
}

static void note_open(const struct session *s, struct filled *out)
{
    struct problems p = { NULL, 0, 0 };
    struct buf words = BUF_INIT, names = BUF_INIT;
    const struct row *rows;
    size_t n;

    session_problems(s, &p);
    rows = session_rows(s, &n);
    out->open = session_to_go(s);
    for (size_t i = 0; i < p.count && (size_t) p.items[i].row < n; i++)
        if (p.items[i].open) {
            buf_addf(&words, "%s%s", words.len ? "; " : "", text2_now(&rows[p.items[i].row].q->label));
            buf_addf(&names, "%s%s", names.len ? " " : "", rows[p.items[i].row].q->name);
        }
    str_copy(out->open_words, sizeof out->open_words, buf_text(&words));
    str_copy(out->open_names, sizeof out->open_names, buf_text(&names));
    problems_release(&p);
    buf_release(&words);
    buf_release(&names);
}

static enum status fill(struct run *r, const struct target *t, const struct json *answers, struct filled *out,
                        struct err *err)
{
    struct filling *f = NULL;
    enum status st = filling_start(&f, r->cf, t, err);

    if (st == ST_OK)
        st = answers_json_in(f->session, answers, err);
    if (st == ST_OK && !json_get(answers, "lsoa"))
        news_propose(f);
    if (st == ST_OK) {
        note_open(f->session, out);
        st = filling_file(f, true, NULL, err);
    }
    if (st == ST_OK) {
        out->id = f->record;
        out->person = f->person;
        out->episode = f->episode;
    }
    filling_free(&f);
    return st;
}

enum status fill_from_options(struct run *r, const struct target *t, struct filled *out, struct err *err)
{
    struct json *answers = NULL;
    enum status st = fill_answers_read(r, &answers, err);

    if (st == ST_OK)
        st = fill(r, t, answers, out, err);
    json_free(&answers);
    return st;
}

enum status person_new(struct casefile *cf, const char *name, struct id *out, struct err *err)
{
    struct record p;
    struct buf clean = BUF_INIT;
    char *last;
    enum status st;

    text_clean(&clean, name);
    if (!clean.len) {
        buf_release(&clean);
        return err_set(err, ST_INVALID, _("A person needs a name, if only one. Nothing was changed."
                                          " Type one."));
    }
    record_init(&p, T_PERSON);
    last = strrchr(clean.s, ' ');
    if (last) {
        *last = '\0';
        record_set(&p, PERSON_family_name, last + 1);
    }
    record_set(&p, PERSON_given_name, clean.s);
    st = store_put(cf->store, &p, NULL, err);
    *out = p.id;
    record_release(&p);
    buf_wipe(&clean);
    return st;
}

/* The form is filled before there is a person, so the record is made by filing itself. */
enum status fill_new_person(struct run *r, struct filled *out, struct err *err)
{
    struct json *answers = NULL;
    struct filling f = { .cf = r->cf, .binds = T_PERSON, .fresh = true };
    enum status st = fill_answers_read(r, &answers, err);

    if (st == ST_OK && !(f.form = catalog_form(r->cf->catalog, "person", err)))
        st = ST_NOTFOUND;
    if (st == ST_OK) {
        f.session = session_new(f.form, NULL, NULL, 0, clock_today());
        st = answers_json_in(f.session, answers, err);
    }
    if (st == ST_OK) {
        note_open(f.session, out);
        st = filling_file(&f, false, NULL, err);
    }
    if (st == ST_OK) {
        out->id = out->person = f.record;
        out->episode = ID_NONE;
    }
    session_free(&f.session);
    json_free(&answers);
    return st;
}

void fill_answer(const struct run *r, const char *schema, const struct filled *f)
{
    if (r->json || !isatty(STDOUT_FILENO)) {
        struct json *j = json_new_map();

        json_set_text(j, "id", id_show(f->id).s);
        if (id_is_set(f->person))
            json_set_text(j, "person", id_show(f->person).s);
        if (id_is_set(f->episode))
            json_set_text(j, "episode", id_show(f->episode).s);
        json_set_int(j, "still_open", (int64_t) f->open);
        if (f->open)
            json_set_text(j, "open_questions", f->open_names);
        run_print_json(schema, j);
        return;
    }
    printf(_("Filed: %s"), id_show(f->id).s);
    putchar('\n');
    if (f->open) {
        printf(tr_n("%zu required question is still open: %s", "%zu required questions are still open: %s", f->open),
               f->open, f->open_words);
        putchar('\n');
        puts(_("Give the answers in another file, with: dolen form fill FORM --record ID --answers FILE"));
    }
}
