/* catalog.c - definitions on disk, found by id: the service's own folder first, then the shipped one. */
#include "dolen/forms/catalog.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/forms/wimd.h"
#include "build.h"

#include "dolen/base/banned.h"

#define PLACES_MAX 3

struct entry {
    char      *id;
    void      *def;             /* NULL: could not be used, err says why */
    struct err err;
};

struct shelf {
    char        *places[PLACES_MAX];    /* folders, own first */
    size_t       place_count;
    struct entry *entries;
    size_t       count, cap;
    char       **ids;                   /* of catalog_list */
    size_t       id_count, id_cap;
    bool         listed;
};

struct catalog {
    struct shelf            shelves[DEF_COUNT];
    const struct protocol **protocols;
    size_t                  protocol_count;
    bool                    protocols_loaded, protocols_broken;
    struct wimd            *wimd;
    bool                    wimd_looked_for;
};

typedef enum status load_fn(struct catalog *c, void **out, const char *file, const char *s, size_t n, struct err *err);

/* One adapter for each kind: the parsers have types of their own. */
#define LOADER(kind, type, call)                                                                              \
    static enum status load_##kind(struct catalog *c, void **out, const char *file, const char *s, size_t n,  \
                                   struct err *err)                                                           \
    {                                                                                                         \
        type *def = NULL;                                                                                     \
        enum status st = call;                                                                                \
        (void) c;                                                                                             \
        *out = def;                                                                                           \
        return st;                                                                                            \
    }
LOADER(form, struct form, form_parse(&def, file, s, n, c, err))
LOADER(codes, struct codelist, codelist_parse(&def, file, s, n, err))
LOADER(data_set, struct data_set, data_set_parse(&def, file, s, n, c, err))
LOADER(policy, struct policy, policy_parse(&def, file, s, n, err))
LOADER(protocol, struct protocol, protocol_parse(&def, file, s, n, err))
LOADER(drill, struct drill, drill_parse(&def, file, s, n, err))
LOADER(letter, struct letter_def, letter_parse(&def, file, s, n, err))

static void free_form(void *p)     { struct form *x = p;     form_free(&x); }
static void free_codes(void *p)    { struct codelist *x = p; codelist_free(&x); }
static void free_data_set(void *p) { struct data_set *x = p; data_set_free(&x); }
static void free_policy(void *p)   { struct policy *x = p;   policy_free(&x); }
static void free_protocol(void *p) { struct protocol *x = p; protocol_free(&x); }
static void free_drill(void *p)    { struct drill *x = p;    drill_free(&x); }
static void free_letter(void *p)   { struct letter_def *x = p; letter_def_free(&x); }

static const struct {
    const char *word, *folder;
    const char *none;               /* sentence, %s = id */
    load_fn    *load;
    void      (*free)(void *);
} kinds[DEF_COUNT] = {
    [DEF_FORM]     = { "form", "", N_("There is no form called %s. Nothing was changed. dolen form list shows them."),
                       load_form, free_form },
    [DEF_CODES]    = { "codes", "codes", N_("There is no code list called %s. Nothing was changed. Look for its "
                                            "name in the folder forms/codes."), load_codes, free_codes },
    [DEF_DATA_SET] = { "data_set", "datasets", N_("There is no data set called %s. Nothing was changed. Look for "
                                                  "its name in the folder forms/datasets."), load_data_set,
                                                  free_data_set },
    [DEF_POLICY]   = { "policy", "policies", N_("There is no policy called %s. Nothing was changed. Look for its "
                                                "name in the folder forms/policies."), load_policy, free_policy },
    [DEF_PROTOCOL] = { "protocol", "protocols", N_("There is no protocol called %s. Nothing was changed. All of "
                                                   "them: dolen serious"), load_protocol, free_protocol },
    [DEF_DRILL]    = { "drill", "drills", N_("There is no drill called %s. dolen drill list shows them."), load_drill,
                       free_drill },
    [DEF_LETTER]   = { "letter", "letters", N_("There is no letter called %s. No letter was made. Look for its name in "
                                               "the folder forms/letters."), load_letter, free_letter },
};

const char *def_kind_word(enum def_kind kind)
{
    return kinds[kind].word;
}

static void add_place(struct shelf *s, char *take)
{
    if (take && s->place_count < PLACES_MAX)
        s->places[s->place_count++] = take;
    else
        free(take);
}

static char *subfolder(const char *folder, const char *sub)
{
    return *sub ? path_join(folder, sub) : xstrdup(folder);
}

static struct catalog *new_with(const char *shipped, const char *own, const char *own_protocols)
{
    struct catalog *c = xcalloc(1, sizeof *c);

    for (int k = 0; k < DEF_COUNT; k++) {
        struct shelf *s = &c->shelves[k];
        if (k == DEF_PROTOCOL && own_protocols)
            add_place(s, xstrdup(own_protocols));
        if (own)
            add_place(s, subfolder(own, kinds[k].folder));
        if (shipped)
            add_place(s, subfolder(shipped, kinds[k].folder));
    }
    return c;
}

struct catalog *catalog_new(const char *shipped, const char *own)
{
    return new_with(shipped, own, NULL);
}

struct catalog *catalog_open(void)
{
    char *shipped = place_share("forms"), *config = place_config();
    char *own = config ? path_join(config, "forms") : NULL;
    char *protocols = config ? path_join(config, "protocols") : NULL;
    struct catalog *c = new_with(shipped, own, protocols);

    free(shipped);
    free(config);
    free(own);
    free(protocols);
    return c;
}

void catalog_free(struct catalog **cp)
{
    if (!cp || !*cp)
        return;
    for (int k = 0; k < DEF_COUNT; k++) {
        struct shelf *s = &(*cp)->shelves[k];
        for (size_t i = 0; i < s->place_count; i++)
            free(s->places[i]);
        for (size_t i = 0; i < s->id_count; i++)
            free(s->ids[i]);
        for (size_t i = 0; i < s->count; i++) {
            free(s->entries[i].id);
            if (s->entries[i].def)
                kinds[k].free(s->entries[i].def);
        }
        free(s->ids);
        free(s->entries);
    }
    free((*cp)->protocols);
    wimd_free(&(*cp)->wimd);
    free(*cp);
    *cp = NULL;
}

const struct wimd *catalog_wimd(struct catalog *c)
{
    char *folder, *path;

    if (c->wimd_looked_for)
        return c->wimd;
    c->wimd_looked_for = true;
    folder = place_config();
    path = path_join(folder, WIMD_FILE);
    if (file_exists(path) && wimd_read(&c->wimd, path, NULL) != ST_OK)
        c->wimd = NULL;
    free(path);
    free(folder);
    return c->wimd;
}

/* The file of that name in the place, or NULL. */
static char *path_in(const struct shelf *s, size_t place, const char *id)
{
    char *name = xasprintf("%s.yaml", id), *path = path_join(s->places[place], name);

    free(name);
    if (!file_exists(path)) {
        free(path);
        path = NULL;
    }
    return path;
}

char *catalog_path(struct catalog *c, enum def_kind kind, const char *id)
{
    const struct shelf *s = &c->shelves[kind];
    char *path = NULL;

    for (size_t i = 0; id_shape_ok(id) && i < s->place_count && !path; i++)
        path = path_in(s, i, id);
    return path;
}

/* What to do about something serious is there even where the service's own file of it cannot be used: then what was
 * shipped stands, and says so. Any other kind fails, so that nothing is asked or sent by rules that were replaced. */
static void load(struct catalog *c, enum def_kind kind, const char *id, void **def, struct err *err)
{
    const struct shelf *s = &c->shelves[kind];
    size_t tried = 0;

    for (size_t i = 0; id_shape_ok(id) && i < s->place_count && !*def && (tried == 0 || kind == DEF_PROTOCOL); i++) {
        struct err *why = tried == 0 ? err : NULL;
        struct buf text = BUF_INIT;
        char *path = path_in(s, i, id);

        if (path && file_read(&text, path, YAML_MAX_BYTES, why) == ST_OK)
            kinds[kind].load(c, def, path, buf_text(&text), text.len, why);
        if (*def && tried > 0)
            ((struct protocol *) *def)->stands_in = true;
        tried += path != NULL;
        buf_release(&text);
        free(path);
    }
    if (tried == 0)
        err_set(err, ST_NOTFOUND, _(kinds[kind].none), id);
}

/* A definition that could not be used is remembered too: it is not read again at every key press. */
static void *get(struct catalog *c, enum def_kind kind, const char *id, struct err *err)
{
    struct shelf *s = &c->shelves[kind];
    struct entry *e = NULL;

    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->entries[i].id, id) == 0)
            e = &s->entries[i];
    if (!e) {
        struct err why = { .st = ST_OK };
        void *def = NULL;
        load(c, kind, id, &def, &why);          /* may add entries to other shelves, never to this one */
        e = ARRAY_ADD(s->entries, s->count, s->cap);
        e->id = xstrdup(id);
        e->def = def;
        e->err = why;
    }
    if (!e->def && err)
        *err = e->err;
    return e->def;
}

const struct form *catalog_form(struct catalog *c, const char *id, struct err *err)
{
    return get(c, DEF_FORM, id, err);
}

const struct form *catalog_measure(struct catalog *c, const char *id, struct err *err)
{
    const struct form *f = get(c, DEF_FORM, id, err);

    if (f && !f->is_measure) {
        err_set(err, ST_NOTFOUND, _("%s is a form, not a measure. Nothing was changed. See: dolen form list"), id);
        return NULL;
    }
    return f;
}

struct codelist *catalog_codes(struct catalog *c, const char *id, struct err *err)
{
    return get(c, DEF_CODES, id, err);
}

const struct data_set *catalog_data_set(struct catalog *c, const char *id, struct err *err)
{
    return get(c, DEF_DATA_SET, id, err);
}

const struct policy *catalog_policy(struct catalog *c, const char *id, struct err *err)
{
    return get(c, DEF_POLICY, id, err);
}

const struct drill *catalog_drill(struct catalog *c, const char *id, struct err *err)
{
    return get(c, DEF_DRILL, id, err);
}

const struct letter_def *catalog_letter(struct catalog *c, const char *id, struct err *err)
{
    return get(c, DEF_LETTER, id, err);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *) a, *(char *const *) b);
}

static void list_folder(struct shelf *s, const char *folder)
{
    DIR *d = opendir(folder);
    struct dirent *e;

    while (d && (e = readdir(d))) {
        size_t len = strlen(e->d_name);
        if (len <= 5 || strcmp(e->d_name + len - 5, ".yaml") != 0)
            continue;
        char *id = xstrndup(e->d_name, len - 5);
        bool known = !id_shape_ok(id);
        for (size_t i = 0; i < s->id_count; i++)
            known |= strcmp(s->ids[i], id) == 0;
        if (known)
            free(id);
        else
            *ARRAY_ADD(s->ids, s->id_count, s->id_cap) = id;
    }
    if (d)
        closedir(d);
}

const char *const *catalog_list(struct catalog *c, enum def_kind kind, size_t *n)
{
    struct shelf *s = &c->shelves[kind];

    if (!s->listed) {
        for (size_t i = 0; i < s->place_count; i++)
            list_folder(s, s->places[i]);
        if (s->id_count)
            qsort(s->ids, s->id_count, sizeof *s->ids, by_text);
        s->listed = true;
    }
    *n = s->id_count;
    return (const char *const *) s->ids;
}

static int by_order(const void *pa, const void *pb)
{
    const struct protocol *a = *(const struct protocol *const *) pa, *b = *(const struct protocol *const *) pb;

    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return strcmp(a->id, b->id);
}

const struct protocol *const *catalog_protocols(struct catalog *c, size_t *n)
{
    if (!c->protocols_loaded) {
        size_t count;
        const char *const *ids = catalog_list(c, DEF_PROTOCOL, &count);
        c->protocols = xcalloc(count + 1, sizeof *c->protocols);
        for (size_t i = 0; i < count; i++) {
            const struct protocol *p = get(c, DEF_PROTOCOL, ids[i], NULL);
            if (p)
                c->protocols[c->protocol_count++] = p;
            c->protocols_broken |= !p || p->stands_in;
        }
        if (c->protocol_count)
            qsort(c->protocols, c->protocol_count, sizeof *c->protocols, by_order);
        c->protocols_loaded = true;
    }
    *n = c->protocol_count;
    return c->protocols;
}

bool catalog_protocols_broken(struct catalog *c)
{
    size_t n;

    catalog_protocols(c, &n);
    return c->protocols_broken;
}
