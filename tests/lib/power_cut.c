/* power_cut.c - rebuilds a folder as a power cut could have left it, from the record that power_shim.c made.
 *
 *   power_cut LOG OUT --seed S [--at N]     makes folder OUT; prints what the program had said before the cut
 *   power_cut LOG --count                   how many moments there are to cut at
 *   power_cut LOG --note TEXT               adds a promise that was known when TEXT was noted (a command has ended)
 *
 * What was synced is kept. Of each later write, by chance: nothing, all, its beginning, some of its 512-byte sectors, or
 * garbage in some of them. Names (made, removed, renamed) are durable after a sync of their folder; of the later ones an
 * early part is kept, since file systems write names in order. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "power_log.h"

#include "dolen/base/banned.h"

#define SECTOR 512

struct op {                              /* a write or truncation not yet synced, or a change of names */
    const struct power_record *r;
    size_t node;                         /* for names: the file made or linked */
};

struct ops {
    struct op *items;
    size_t count, cap;
};

struct node {                            /* one file's content; an inode used again is another node */
    char *data;
    size_t size;
    uint64_t inode;
    struct ops pending;
};

struct entry {
    char *name;
    size_t node;                         /* SIZE_MAX: a folder */
};

static struct node  *nodes;
static size_t        node_count;
static struct entry *entries;            /* durable names */
static size_t        entry_count;
static struct ops    names;              /* name changes not yet synced */
static uint64_t      chance;

static uint64_t draw(void)
{
    uint64_t z = chance += 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static size_t below(size_t n)
{
    return n ? (size_t) (draw() % n) : 0;
}

static void *grown(void *p, size_t count, size_t each)
{
    p = reallocarray(p, count, each);
    if (!p)
        abort();
    return p;
}

static void ops_add(struct ops *o, const struct power_record *r, size_t node)
{
    if (o->count == o->cap)
        o->items = grown(o->items, o->cap = o->cap ? o->cap * 2 : 16, sizeof *o->items);
    o->items[o->count++] = (struct op) { r, node };
}

/* --- records ------------------------------------------------------------------------------------------------------- */

static char *name_of(const struct power_record *r)
{
    char *s = strndup((const char *) (r + 1), r->name_len);

    return s ? s : (abort(), s);
}

static const char *data_of(const struct power_record *r)
{
    return (const char *) (r + 1) + r->name_len;
}

static bool in_folder(const char *name, const char *folder)
{
    const char *slash = strrchr(name, '/');
    size_t n = slash ? (size_t) (slash - name) : 0;

    return strlen(folder) == n && strncmp(name, folder, n) == 0;
}

/* --- content --------------------------------------------------------------------------------------------------------- */

static void set_size(struct node *f, size_t size)
{
    if (size > f->size) {
        f->data = grown(f->data, size, 1);
        memset(f->data + f->size, 0, size - f->size);
    }
    f->size = size;
}

static void put(struct node *f, size_t at, const char *bytes, size_t n)
{
    if (n == 0)
        return;
    if (at + n > f->size)
        set_size(f, at + n);
    memcpy(f->data + at, bytes, n);
}

static void apply(struct node *f, const struct power_record *r)
{
    if (r->op == PW_TRUNCATE)
        set_size(f, (size_t) r->at);
    else
        put(f, (size_t) r->at, data_of(r), (size_t) r->data_len);
}

static void sync_node(struct node *f)
{
    for (size_t i = 0; i < f->pending.count; i++)
        apply(f, f->pending.items[i].r);
    f->pending.count = 0;
}

static size_t node_new(uint64_t inode)
{
    nodes = grown(nodes, node_count + 1, sizeof *nodes);
    nodes[node_count] = (struct node) { .inode = inode };
    return node_count++;
}

static size_t node_of(uint64_t inode)
{
    for (size_t i = node_count; i-- > 0;)
        if (nodes[i].inode == inode)
            return i;
    return node_new(inode);
}

/* --- names --------------------------------------------------------------------------------------------------------------- */

static void entry_remove(const char *name)
{
    for (size_t i = 0; i < entry_count; i++)
        if (strcmp(entries[i].name, name) == 0) {
            free(entries[i].name);
            entries[i] = entries[--entry_count];
            return;
        }
}

static void entry_set(const char *name, size_t node)
{
    entry_remove(name);
    entries = grown(entries, entry_count + 1, sizeof *entries);
    entries[entry_count++] = (struct entry) { strdup(name), node };
}

static void entry_rename(const char *from, const char *to)
{
    for (size_t i = 0; i < entry_count; i++)
        if (strcmp(entries[i].name, from) == 0) {
            size_t node = entries[i].node;

            entry_remove(from);
            entry_set(to, node);
            return;
        }
}

static void apply_name(const struct op *o)
{
    char *name = name_of(o->r), *to;

    switch (o->r->op) {
    case PW_UNLINK:
        entry_remove(name);
        break;
    case PW_RENAME:
        to = strndup(data_of(o->r), (size_t) o->r->data_len);
        entry_rename(name, to);
        free(to);
        break;
    default:
        entry_set(name, o->node);
    }
    free(name);
}

/* Makes the first n waiting changes in that folder durable. */
static void sync_names(const char *folder, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < names.count; i++) {
        char *name = name_of(names.items[i].r);

        if (n > 0 && in_folder(name, folder)) {
            apply_name(&names.items[i]);
            n--;
        } else {
            names.items[kept++] = names.items[i];
        }
        free(name);
    }
    names.count = kept;
}

/* --- replay ---------------------------------------------------------------------------------------------------------------- */

static void replay(const struct power_record *r)
{
    char *name = name_of(r);

    switch (r->op) {
    case PW_INIT_FILE:
        entry_set(name, node_new(r->inode));
        put(&nodes[node_count - 1], 0, data_of(r), (size_t) r->data_len);
        break;
    case PW_INIT_FOLDER:
        entry_set(name, SIZE_MAX);
        break;
    case PW_FOLDER:
        ops_add(&names, r, SIZE_MAX);
        break;
    case PW_CREATE:
        node_new(r->inode);
        if (*name)
            ops_add(&names, r, node_count - 1);
        break;
    case PW_LINK:
        ops_add(&names, r, node_of(r->inode));
        break;
    case PW_UNLINK:
    case PW_RENAME:
        ops_add(&names, r, SIZE_MAX);
        break;
    case PW_WRITE:
    case PW_TRUNCATE:
        ops_add(&nodes[node_of(r->inode)].pending, r, 0);
        break;
    case PW_SYNC:
        sync_node(&nodes[node_of(r->inode)]);
        break;
    case PW_SYNC_FOLDER:
        sync_names(name, SIZE_MAX);
        break;
    case PW_SAID:
        fwrite(data_of(r), 1, (size_t) r->data_len, stdout);
        break;
    default:
        fprintf(stderr, "power_cut: the record is broken (operation %u)\n", r->op);
        exit(2);
    }
    free(name);
}

/* --- the cut ------------------------------------------------------------------------------------------------------------------ */

static void write_sectors(struct node *f, const struct power_record *r, bool garbage)
{
    size_t n = (size_t) r->data_len, first = SECTOR - r->at % SECTOR;

    for (size_t at = 0, len = n < first ? n : first; at < n; at += len, len = n - at < SECTOR ? n - at : SECTOR) {
        if (draw() & 1)
            continue;
        put(f, (size_t) r->at + at, data_of(r) + at, len);
        for (size_t i = 0; garbage && i < len; i++)
            f->data[r->at + at + i] = (char) draw();
    }
}

enum policy { DROP_ALL, KEEP_ALL, MIXED, MIXED_TOO };

static void tear(struct node *f, const struct power_record *r, enum policy policy)
{
    size_t d = policy == DROP_ALL ? 0 : policy == KEEP_ALL ? 50 : below(100);

    if (d < 30)
        return;
    if (d < 60 || r->op == PW_TRUNCATE)
        apply(f, r);
    else if (d < 70)
        put(f, (size_t) r->at, data_of(r), below((size_t) r->data_len));
    else
        write_sectors(f, r, d >= 92);
}

static void cut(void)
{
    enum policy policy = (enum policy) below(4);

    for (size_t i = 0; i < node_count; i++)
        for (size_t k = 0; k < nodes[i].pending.count; k++)
            tear(&nodes[i], nodes[i].pending.items[k].r, policy);
    while (names.count > 0) {
        char *first = name_of(names.items[0].r), *slash = strrchr(first, '/');
        size_t here = 0, keep;

        *(slash ? slash : first) = '\0';
        for (size_t i = 0; i < names.count; i++) {
            char *name = name_of(names.items[i].r);

            here += in_folder(name, first);
            free(name);
        }
        keep = policy == DROP_ALL ? 0 : policy == KEEP_ALL ? here : below(here + 1);
        sync_names(first, keep);
        for (size_t i = 0, kept = 0, all = names.count; i < all; i++) {     /* the rest of that folder's are lost */
            char *name = name_of(names.items[i].r);

            if (!in_folder(name, first))
                names.items[kept++] = names.items[i];
            names.count = kept;
            free(name);
        }
        free(first);
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct entry *) a)->name, ((const struct entry *) b)->name);
}

static void write_out(const char *out)
{
    qsort(entries, entry_count, sizeof *entries, by_name);               /* folders come before what is in them */
    if (mkdir(out, 0700) != 0 && errno != EEXIST)
        exit((perror(out), 2));
    for (size_t i = 0; i < entry_count; i++) {
        char *path;
        FILE *f;

        if (asprintf(&path, "%s/%s", out, entries[i].name) < 0)
            abort();
        if (entries[i].node == SIZE_MAX) {
            mkdir(path, 0700);
        } else if ((f = fopen(path, "wb"))) {                            /* not there when its folder is not */
            const struct node *n = &nodes[entries[i].node];

            fwrite(n->size ? n->data : "", 1, n->size, f);
            fclose(f);
            chmod(path, 0600);
        }
        free(path);
    }
}

/* The whole record, cut into its parts; each is aligned by copying it. */
static const struct power_record **read_log(const char *path, size_t *count, size_t *first)
{
    FILE *f = fopen(path, "rb");
    struct power_record head;
    const struct power_record **all = NULL;

    *count = *first = 0;
    if (!f)
        exit((perror(path), 2));
    while (fread(&head, sizeof head, 1, f) == 1) {
        size_t n = head.name_len + (size_t) head.data_len;
        struct power_record *r = malloc(sizeof head + n + 1);

        if (!r)
            abort();
        *r = head;
        if (fread(r + 1, 1, n, f) != n)                                  /* killed while it was being recorded */
            break;
        all = grown(all, *count + 1, sizeof *all);
        all[(*count)++] = r;
        *first += head.op == PW_INIT_FILE || head.op == PW_INIT_FOLDER;
    }
    fclose(f);
    return all;
}

/* Output through stdio is not seen by the shim, so a script notes what a finished command has promised. */
static int note(const char *log, const char *text)
{
    struct power_record r = { .op = PW_SAID, .data_len = strlen(text) + 1 };
    FILE *f = fopen(log, "ab");

    if (!f || fwrite(&r, sizeof r, 1, f) != 1 || fprintf(f, "%s\n", text) < 0 || fclose(f) != 0)
        exit((perror(log), 2));
    return 0;
}

int main(int argc, char **argv)
{
    size_t count, first, at = SIZE_MAX;
    const struct power_record **all;

    if (argc < 3) {
        fputs("usage: power_cut LOG OUT --seed S [--at N] | power_cut LOG --count\n", stderr);
        return 2;
    }
    if (argc == 4 && strcmp(argv[2], "--note") == 0)
        return note(argv[1], argv[3]);
    all = read_log(argv[1], &count, &first);
    if (strcmp(argv[2], "--count") == 0) {
        printf("%zu\n", count - first);
        return 0;
    }
    for (int i = 3; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--seed") == 0)
            chance = strtoull(argv[i + 1], NULL, 10) * 0x2545f4914f6cdd1du;
        else if (strcmp(argv[i], "--at") == 0)
            at = strtoul(argv[i + 1], NULL, 10);
    }
    if (at == SIZE_MAX)
        at = 1 + below(count - first);
    for (size_t i = 0; i < count && i < first + at; i++)
        replay(all[i]);
    cut();
    write_out(argv[2]);
    return 0;
}
