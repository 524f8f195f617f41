/* store/schema_compare.c - is the structure ours, and all of it? A foreign file may bring triggers, views or altered
 * tables that our statements would run. */
#include "schema.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

struct expected {
    const char *text;
    size_t      len;
    char        name[64];
};

struct expectations {
    struct expected *items;
    size_t           count, cap;
};

static void blanks_skip(const char **p, const char *end)
{
    while (*p < end && (**p == ' ' || **p == '\n' || **p == '\t'))
        (*p)++;
}

/* Both texts are the same but for runs of blanks. */
static bool same_words(const char *a, size_t n, const char *b, size_t m)
{
    const char *a_end = a + n, *b_end = b + m;

    for (;;) {
        blanks_skip(&a, a_end);
        blanks_skip(&b, b_end);
        if (a == a_end || b == b_end)
            return a == a_end && b == b_end;
        while (a < a_end && b < b_end && *a == *b && *a != ' ' && *a != '\n' && *a != '\t')
            a++, b++;
        if (a < a_end && b < b_end && *a == *b)
            continue;
        if ((a == a_end || *a == ' ' || *a == '\n' || *a == '\t') &&
            (b == b_end || *b == ' ' || *b == '\n' || *b == '\t'))
            continue;
        return false;
    }
}

/* The name stands after CREATE [UNIQUE] [VIRTUAL] TABLE|INDEX|TRIGGER, and after DROP INDEX. */
static void name_find(const char *s, size_t n, char *out, size_t size)
{
    static const char *const after[] = { "TABLE ", "INDEX ", "TRIGGER " };
    size_t used = 0;

    out[0] = '\0';
    for (size_t k = 0; k < ARRAY_LEN(after); k++) {
        const char *at = memmem(s, n, after[k], strlen(after[k]));

        if (!at || at - s > 16)
            continue;
        for (at += strlen(after[k]); at < s + n && !strchr(" (\n", *at) && used + 1 < size; at++)
            out[used++] = *at;
        out[used] = '\0';
        return;
    }
}

static void expect(struct expectations *e, const char *s, size_t n)
{
    struct expected *x;

    x = ARRAY_ADD(e->items, e->count, e->cap);
    x->text = s;
    x->len = n;
    name_find(s, n, x->name, sizeof x->name);
}

static void expect_altered(struct expectations *e, const char *s)
{
    char name[64];

    name_find(s, strlen(s), name, sizeof name);
    for (size_t i = 0; i < e->count; i++)
        if (str_eq(e->items[i].name, name)) {
            e->items[i].text = s;
            e->items[i].len = strlen(s);
        }
}

/* DROP INDEX name */
static void expect_no_more(struct expectations *e, const char *s)
{
    char name[64];
    size_t kept = 0;

    name_find(s, strlen(s), name, sizeof name);
    for (size_t i = 0; i < e->count; i++)
        if (!str_eq(e->items[i].name, name))
            e->items[kept++] = e->items[i];
    e->count = kept;
}

static void expect_text(struct expectations *e, const char *s)
{
    while (s && *s) {
        const char *end = strstr(s, ";\n");
        size_t n = end ? (size_t) (end - s) : strlen(s);

        while (n > 0 && s[n - 1] == ';')
            n--;
        if (str_starts(s, "CREATE "))
            expect(e, s, n);
        s = end ? end + 2 : NULL;
    }
}

static void expect_all(struct expectations *e)
{
    for (size_t i = 0; i < schema_migration_count; i++) {
        for (size_t k = 0; k < ARRAY_LEN(schema_migrations[i].lists); k++)
            for (const char *const *p = schema_migrations[i].lists[k]; p && *p; p++)
                if (str_starts(*p, "CREATE "))
                    expect(e, *p, strlen(*p));
                else if (str_starts(*p, "DROP INDEX "))
                    expect_no_more(e, *p);
        for (size_t k = 0; k < ARRAY_LEN(schema_migrations[i].texts); k++)
            expect_text(e, schema_migrations[i].texts[k]);
        for (const char *const *p = schema_migrations[i].altered; p && *p; p++)
            expect_altered(e, *p);
    }
}

/* FTS5 keeps its own tables beside a virtual one: name_data, name_idx, … */
static bool is_shadow(const struct expectations *e, const char *name)
{
    static const char *const ends[] = { "_data", "_idx", "_content", "_docsize", "_config" };

    for (size_t i = 0; i < e->count; i++) {
        size_t n = strlen(e->items[i].name);

        if (!memmem(e->items[i].text, e->items[i].len, "VIRTUAL TABLE", 13) || strncmp(name, e->items[i].name, n) != 0)
            continue;
        for (size_t k = 0; k < ARRAY_LEN(ends); k++)
            if (str_eq(name + n, ends[k]))
                return true;
    }
    return false;
}

static bool is_ours(const struct expectations *e, const char *name, const char *sql)
{
    for (size_t i = 0; i < e->count; i++)
        if (str_eq(e->items[i].name, name))
            return same_words(e->items[i].text, e->items[i].len, sql, strlen(sql));
    return is_shadow(e, name) && str_starts(sql, "CREATE TABLE ");
}

enum status schema_compare(struct store *s, struct err *err)
{
    struct expectations e = { NULL, 0, 0 };
    struct stmt *q = NULL;
    size_t found = 0;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL", err);

    expect_all(&e);
    while (st == ST_OK && (st = stmt_step(q, &row, err)) == ST_OK && row) {
        const char *name = stmt_text(q, 0);

        if (!is_ours(&e, name, stmt_text(q, 1)))
            st = err_set(err, ST_DB_DAMAGED,
                         _("The case file holds something that this program did not put there (%s). Nothing was "
                           "changed. Restore a backup."),
                         name);
        else if (!is_shadow(&e, name))
            found++;
    }
    if (q)
        stmt_done(q);
    if (st == ST_OK && found != e.count)
        st = err_set(err, ST_DB_DAMAGED, _("Parts of the case file's structure are missing. Nothing was changed. "
                                           "Restore a backup."));
    free(e.items);
    return st;
}
