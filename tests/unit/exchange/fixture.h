/* fixture.h - a small case file made by hand, with ids, clock and key that never change. Every text column that a person
 * fills in holds the word CANARY. */
#ifndef DOLEN_TESTS_EXCHANGE_FIXTURE_H
#define DOLEN_TESTS_EXCHANGE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/export.h"
#include "dolen/store/write.h"
#include "dolen/vault/secret.h"

#define DATA "tests/unit/exchange/"

struct fixture {
    char                 folder[64];
    struct vault        *vault;
    struct store        *store;
    struct catalog      *catalog;
    struct export_job    job;
    struct export_result done;
    char                *to;             /* DIR of the export */
    struct id            practitioner, asset;
};

static struct err err_;
#define assert_ok(call) assert_ok_(call, #call)

static inline void assert_ok_(enum status st, const char *what)
{
    if (st != ST_OK)
        fail_msg("%s: %s: %s", what, status_word(st), err_text(&err_));
}

/* Every column that is free text or names somebody. */
static const struct { enum table_id t; const char *column, *type; } text_columns[] = {
#define X(c, t) { T_PERSON, #c, #t },
    PERSON_COLUMNS(X)
#undef X
#define X(c, t) { T_EQUALITY, #c, #t },
    EQUALITY_COLUMNS(X)
#undef X
#define X(c, t) { T_REFERRAL, #c, #t },
    REFERRAL_COLUMNS(X)
#undef X
#define X(c, t) { T_EPISODE, #c, #t },
    EPISODE_COLUMNS(X)
#undef X
#define X(c, t) { T_GOAL, #c, #t },
    GOAL_COLUMNS(X)
#undef X
#define X(c, t) { T_ASSET, #c, #t },
    ASSET_COLUMNS(X)
#undef X
#define X(c, t) { T_CONNECTION, #c, #t },
    CONNECTION_COLUMNS(X)
#undef X
#define X(c, t) { T_GAP, #c, #t },
    GAP_COLUMNS(X)
#undef X
#define X(c, t) { T_CONTACT, #c, #t },
    CONTACT_COLUMNS(X)
#undef X
#define X(c, t) { T_CONSENT, #c, #t },
    CONSENT_COLUMNS(X)
#undef X
#define X(c, t) { T_CONCERN, #c, #t },
    CONCERN_COLUMNS(X)
#undef X
#define X(c, t) { T_PRACTITIONER, #c, #t },
    PRACTITIONER_COLUMNS(X)
#undef X
};

static inline void set_canaries(struct record *r)
{
    for (size_t i = 0; i < ARRAY_LEN(text_columns); i++) {
        const char *name = text_columns[i].column;
        int c;

        if (text_columns[i].t != r->table || !str_eq(text_columns[i].type, "TEXT"))
            continue;
        if (str_eq(name, "sort_key") || str_eq(name, "missing") || str_eq(name, "form_def") || str_eq(name, "recipient"))
            continue;
        c = table_column_by_name(r->table, name);
        if (!record_text(r, c) && record_missing(r, name) == MISSING_NOT_REACHED)
            record_set(r, c, "CANARY");
    }
}

/* "column", "value", … NULL. Ids are given as 36 characters. */
static inline struct id add(struct store *s, enum table_id t, ...)
{
    struct record r;
    struct id id;
    const char *column;
    va_list ap;

    record_init(&r, t);
    va_start(ap, t);
    while ((column = va_arg(ap, const char *))) {
        const char *value = va_arg(ap, const char *);
        int c = table_column_by_name(t, column);

        if (c < 0)
            fail_msg("%s has no column %s", table_name(t), column);
        record_set(&r, c, value);
    }
    va_end(ap);
    set_canaries(&r);
    assert_ok(store_put(s, &r, NULL, &err_));
    id = r.id;
    record_release(&r);
    return id;
}

#define ID(x) id_show(x).s

static inline struct id person_with_notice(struct store *s, const char *given, const char *birth, const char *notice)
{
    struct id p = add(s, T_PERSON, "given_name", given, "birth_date", birth, "birth_precision", "DAY", "nhs_number", "9990000018",
                      "postcode", "LL99 9ZZ", "lsoa", "W01000099", "local_authority", "W06000002", "speak_language", "CY",
                      "active_offer", "CHOSE_WELSH", NULL);

    if (notice)
        add(s, T_CONSENT, "person", ID(p), "notice_given", notice, "notice_on", "2026-04-02", NULL);
    return p;
}

static inline struct id episode(struct fixture *f, struct id p, const char *referral, const char *opened, const char *closed)
{
    return add(f->store, T_EPISODE, "person", ID(p), "referral", referral, "model", "HOLISTIC", "practitioner",
               ID(f->practitioner), "opened_on", opened, "closed_on", closed, "reason", closed ? "MET" : NULL, NULL);
}

static inline int remove_folder(const char *path)
{
    DIR *d = opendir(path);
    struct dirent *e;

    if (!d)
        return -1;
    while ((e = readdir(d))) {
        char *inner = path_join(path, e->d_name);

        if (!str_eq(e->d_name, ".") && !str_eq(e->d_name, "..") && unlink(inner) != 0)
            remove_folder(inner);
        free(inner);
    }
    closedir(d);
    return rmdir(path);
}

static inline int fixture_open(void **state)
{
    struct fixture *f = xcalloc(1, sizeof *f);
    char inner[80];

    str_copy(f->folder, sizeof f->folder, "/tmp/dolen-export-XXXXXX");
    clock_freeze((struct date) { 2026, 6, 15 });
    id_seed(7);
    if (!mkdtemp(f->folder) || secret_start(NULL) != ST_OK || vault_create(&f->vault, true, NULL) != ST_OK)
        return -1;
    snprintf(inner, sizeof inner, "%s/case", f->folder);
    mkdir(inner, 0700);
    if (store_create(&f->store, inner, f->vault, &err_) != ST_OK) {
        fprintf(stderr, "%s\n", err_text(&err_));
        return -1;
    }
    id_seed(7);
    store_author(f->store, id_new());
    f->catalog = catalog_new("forms", NULL);
    f->to = path_join(f->folder, "out");
    f->job = (struct export_job) { .catalog = f->catalog, .from = { 2026, 4, 1 }, .until = { 2026, 6, 30 },
                                   .today = { 2026, 6, 15 }, .folder = f->to, .app = "dolen test", .recipient = "local" };
    f->job.data_set = catalog_data_set(f->catalog, "provisional-wales", &err_);
    f->job.policy = catalog_policy(f->catalog, "local", &err_);
    memset(f->job.key, 0x42, sizeof f->job.key);
    memset(f->job.source.b, 0x17, sizeof f->job.source.b);
    f->practitioner = add(f->store, T_PRACTITIONER, "org_type", "THIRD_SECTOR", NULL);
    f->asset = add(f->store, T_ASSET, "category", "FOOD", "local_authority", "W06000002", "takes_a_month", "4", NULL);
    *state = f;
    return f->job.data_set && f->job.policy ? 0 : -1;
}

static inline int fixture_close(void **state)
{
    struct fixture *f = *state;

    store_close(&f->store, NULL);
    vault_free(&f->vault);
    catalog_free(&f->catalog);
    remove_folder(f->folder);
    free(f->to);
    free(f);
    return 0;
}

static inline char *file_text(const char *folder, const char *name, size_t *n)
{
    struct buf b = BUF_INIT;
    char *path = path_join(folder, name);

    assert_ok(file_read(&b, path, 16u * 1024 * 1024, &err_));
    free(path);
    if (n)
        *n = b.len;
    return buf_steal(&b);
}

/* The cell of a row (from 1; 0 is the header) in a column, as "" or text. Caller frees. */
static inline char *cell_of(struct fixture *f, const char *file, int row, const char *column)
{
    char *text = file_text(f->to, file, NULL), *line = text, *out = NULL;
    int at = -1, i = 0;

    for (char *p = text, *end; at < 0 && *p != '\r'; p = end + (*end == ','), i++) {
        end = p + strcspn(p, ",\r");
        if ((size_t) (end - p) == strlen(column) && strncmp(p, column, strlen(column)) == 0)
            at = i;
    }
    if (at < 0)
        fail_msg("%s has no column %s", file, column);
    for (; row > 0; row--) {
        line = strstr(line, "\r\n");
        if (!line || !line[2])
            fail_msg("%s has no such row", file);
        line += 2;
    }
    for (; at > 0; at--)
        line += strcspn(line, ",\r") + 1;
    out = xstrndup(line, strcspn(line, ",\r"));
    free(text);
    return out;
}

static inline void assert_cell(struct fixture *f, const char *file, int row, const char *column, const char *wanted)
{
    char *got = cell_of(f, file, row, column);

    if (!str_eq(got, wanted))
        fail_msg("%s row %d %s is \"%s\", not \"%s\"", file, row, column, got, wanted);
    free(got);
}

static inline int64_t rows_of(const struct fixture *f, const char *table)
{
    for (size_t i = 0; i < f->done.tables; i++)
        if (str_eq(f->done.table[i].table, table))
            return f->done.table[i].rows;
    return -1;
}

static inline void export_again(struct fixture *f)
{
    remove_folder(f->to);
    assert_ok(export_write(f->store, &f->job, &f->done, &err_));
}

#endif
