/* person_world.h - a small case file, made through the store, with a screen on it: what the tests of the views share. */
#ifndef PERSON_WORLD_H
#define PERSON_WORLD_H

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/store/write.h"
#include "dolen/ui/views.h"
#include "dolen/vault/secret.h"

struct world {
    char            folder[64];
    struct vault   *vault;
    struct store   *store;
    struct catalog *catalog;
    struct keymap  *keymap;
    struct canvas  *canvas;
    struct ui       ui;
    struct id       person, episode, referral, asset;
    struct buf      dump;
};

static struct err err_;
#define assert_ok(call) do { if ((call) != ST_OK) fail_msg("%s: %s", #call, err_text(&err_)); } while (0)

static inline int world_open(void **state)
{
    struct world *w = xcalloc(1, sizeof *w);
    char *forms = place_share("forms");

    setlocale(LC_ALL, "C.UTF-8");
    lang_set(LANG_EN);
    str_copy(w->folder, sizeof w->folder, "/tmp/dolen-views-XXXXXX");
    if (!mkdtemp(w->folder) || secret_start(NULL) != ST_OK || vault_create(&w->vault, true, NULL) != ST_OK ||
        store_create(&w->store, w->folder, w->vault, &err_) != ST_OK) {
        fprintf(stderr, "%s\n", err_text(&err_));
        return -1;
    }
    w->catalog = catalog_new(forms, NULL);
    w->keymap = keymap_new();
    keymap_add(w->keymap, actions, actions_count);
    w->canvas = canvas_new(24, 80);
    w->ui = (struct ui) { .store = w->store, .catalog = w->catalog, .screen = screen_new(w->keymap),
                          .today = { 2026, 3, 9 } };
    free(forms);
    *state = w;
    return 0;
}

static inline int world_close(void **state)
{
    static const char *const left[] = { "case.db", "case.db-journal" };
    struct world *w = *state;

    screen_free(&w->ui.screen);
    canvas_free(&w->canvas);
    keymap_free(&w->keymap);
    catalog_free(&w->catalog);
    store_close(&w->store, NULL);
    vault_free(&w->vault);
    for (size_t i = 0; i < ARRAY_LEN(left); i++) {
        char *path = path_join(w->folder, left[i]);

        unlink(path);
        free(path);
    }
    rmdir(w->folder);
    buf_release(&w->dump);
    free(w);
    lang_set(LANG_EN);
    return 0;
}

/* Column names and values in turn, NULL at the end; "@" and a name before an id as 36 letters. */
static inline struct id put(struct world *w, enum table_id t, ...)
{
    struct record r;
    const char *column;
    struct id made;
    va_list ap;

    record_init(&r, t);
    va_start(ap, t);
    while ((column = va_arg(ap, const char *)) != NULL) {
        int c = table_column_by_name(t, column);

        if (c < 0)
            fail_msg("%s has no column %s", table_name(t), column);
        record_set(&r, c, va_arg(ap, const char *));
    }
    va_end(ap);
    assert_ok(store_put(w->store, &r, NULL, &err_));
    made = r.id;
    record_release(&r);
    return made;
}

static inline void change(struct world *w, enum table_id t, struct id id, int column, const char *value)
{
    struct record r;

    record_init(&r, t);
    assert_ok(store_get(w->store, t, id, &r, &err_));
    record_set(&r, column, value);
    assert_ok(store_put(w->store, &r, NULL, &err_));
    record_release(&r);
}

/* A filled-in form without a table of its own; answers "question", "value" …; a name may end in #2. */
static inline struct id file_form(struct world *w, const char *form_id, const char *stage, const char *on, ...)
{
    const struct form *form = catalog_form(w->catalog, form_id, &err_);
    struct answers a = ANSWERS_INIT;
    char hash[65], name[64];
    struct filing f = { .form = form_id, .binds = T_COUNT, .hash = hash, .stage = stage, .language = "en",
                        .wording = "official",
                        .answers = &a, .person = w->person, .episode = w->episode };
    const char *question;
    va_list ap;

    assert_non_null(form);
    memset(hash, 'a', 64);
    hash[63] = form_id[0];
    hash[62] = form_id[1];
    for (int i = 62; i < 64; i++)
        hash[i] = (char) ("0123456789abcdef"[hash[i] & 15]);
    hash[64] = '\0';
    f.version = form->version;
    f.yaml = form_source(form, &f.yaml_bytes);
    date_parse_iso(on, &f.held_on);
    va_start(ap, on);
    while ((question = va_arg(ap, const char *)) != NULL) {
        const char *at = strchr(question, '#');

        str_copy(name, sizeof name, question);
        name[strcspn(name, "#")] = '\0';
        answers_set(&a, name, at ? atoi(at + 1) : 0, va_arg(ap, const char *));
    }
    va_end(ap);
    assert_ok(store_file(w->store, &f, &err_));
    answers_release(&a);
    return f.id;
}

static inline struct id add_person(struct world *w, const char *given, const char *family)
{
    return put(w, T_PERSON, "given_name", given, "family_name", family, NULL);
}

static inline void add_task(struct world *w, const char *kind, struct date due, struct id person, struct id subject,
                            const char *what)
{
    assert_ok(store_task_add(w->store, kind, due, person, person.b[0] || person.b[1] ? w->episode : ID_NONE,
                             subject, what, &err_));
}

static inline struct id_text text_of(struct id id)
{
    return id_show(id);
}

/* One person with a case that is well under way; protected. */
static inline void add_case(struct world *w)
{
    w->person = put(w, T_PERSON, "given_name", "Nia", "family_name", "Pritchard", "birth_date", "1950-02-03",
                    "phone", "02920999888",
                    "email", "nia@example.org", "address", "4 Ffordd y Môr", "postcode", "CF10 1AA",
                        "speak_language", "CY",
                    "safe_contact", "YES", "safe_how", "TEXT", "safe_when", "mornings", "safe_message", "NO", NULL);
    w->referral = put(w, T_REFERRAL, "person", text_of(w->person).s, "route", "PROFESSIONAL", "source", "GPPR",
                      "received_on",
                      "2026-01-05", "decision", "ACCEPTED", "decided_on", "2026-01-08", "reasons", "LONELY", NULL);
    w->episode = put(w, T_EPISODE, "person", text_of(w->person).s, "referral", text_of(w->referral).s, "opened_on",
                     "2026-01-08",
                     NULL);
    w->asset = put(w, T_ASSET, "name_en", "Tuesday singing group", "name_cy", "Côr dydd Mawrth", "verified_on",
                   "2026-02-01", NULL);
}

/* --- the screen ------------------------------------------------------------------------------------------------- */

static inline const char *show(struct world *w)
{
    assert_ok(screen_load(w->ui.screen, &err_));
    screen_draw(w->ui.screen, w->canvas);
    buf_clear(&w->dump);
    canvas_dump(w->canvas, &w->dump);
    return buf_text(&w->dump);
}

static inline const char *show_at(struct world *w, int rows, int cols)
{
    canvas_resize(w->canvas, rows, cols);
    return show(w);
}

/* for (int at = 0; next_look(w, &at);) …: the screen at three sizes in English, then in Welsh; at the end English at 24x80. */
static inline bool next_look(struct world *w, int *at)
{
    static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 }, { 24, 80 }, { 12, 40 }, { 60, 200 }, { 24, 80 } };
    bool more = *at < 6;

    lang_set(*at / 3 == 1 ? LANG_CY : LANG_EN);
    screen_changed(w->ui.screen, ~0u);
    show_at(w, sizes[*at][0], sizes[*at][1]);
    *at = more ? *at + 1 : 0;
    return more;
}

/* Keys by name, blanks between; what the view leaves is handed back as an action (0 otherwise). */
static inline int keys(struct world *w, const char *names)
{
    int left = 0;

    while (*names) {
        size_t n = strcspn(names, " ");
        struct key k;
        unsigned react;
        int action;

        assert_true(key_parse(names, n, &k));
        action = screen_key(w->ui.screen, &k, &react);
        left = 0;
        if (action && (screen_act(w->ui.screen, action) & REACT_PASS))
            left = action;
        show(w);
        names += n;
        names += strspn(names, " ");
    }
    return left;
}

static inline void assert_shows(struct world *w, const char *text)
{
    if (!strstr(buf_text(&w->dump), text))
        fail_msg("\"%s\" is not on the screen:\n%s", text, buf_text(&w->dump));
}

static inline void assert_hides(struct world *w, const char *text)
{
    if (strcasestr(buf_text(&w->dump), text))
        fail_msg("\"%s\" is on the screen:\n%s", text, buf_text(&w->dump));
}

/* The cursor stands two columns right of a focus mark. */
static inline void assert_on_mark(struct world *w)
{
    struct spot at = canvas_cursor(w->canvas);

    if (at.x < 2 || canvas_row(w->canvas, at.y)[at.x - 2].text[0] != '>')
        fail_msg("no focus mark at the cursor (%d, %d):\n%s", at.y, at.x, buf_text(&w->dump));
}

/* No row is longer than the screen, and nothing raw stands in a cell. */
static inline void assert_clean(struct world *w)
{
    assert_true(text_is_tame(buf_text(&w->dump), true));
}

#endif
