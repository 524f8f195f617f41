/* finding bundles: folders are walked, links are not followed. */
#include "receive.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

enum { DEEPEST = 6 };

static bool ends(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);

    return n > m && strcmp(s + n - m, end) == 0;
}

/* The path of the .dlnb, whether it or its signature was found. */
static void add(struct file_names *l, const char *path)
{
    size_t n = strlen(path);

    if (ends(path, BUNDLE_MARKER))
        n -= strlen(BUNDLE_MARKER) - strlen(BUNDLE_SUFFIX);
    *ARRAY_ADD(l->items, l->count, l->cap) = xstrndup(path, n);
}

static enum status walk(struct file_names *l, const char *folder, int depth, struct err *err)
{
    DIR *d = opendir(folder);
    enum status st = ST_OK;

    if (!d)
        return err_sys(err, _("%s cannot be read; nothing was changed"), folder);
    for (struct dirent *e = readdir(d); e && st == ST_OK; e = readdir(d)) {
        char *path = path_join(folder, e->d_name);
        struct stat s;

        if (e->d_name[0] != '.' && lstat(path, &s) == 0) {
            if (S_ISDIR(s.st_mode) && depth < DEEPEST)
                st = walk(l, path, depth + 1, err);
            else if (S_ISREG(s.st_mode) && (ends(path, BUNDLE_SUFFIX) || ends(path, BUNDLE_MARKER)))
                add(l, path);
        }
        free(path);
    }
    closedir(d);
    return st;
}

enum status bundles_find(struct file_names *out, const char *path, struct err *err)
{
    struct stat s;

    if (stat(path, &s) != 0)
        return err_set(err, ST_NOTFOUND, _("There is no %s. Nothing was changed. Check the name."), path);
    if (S_ISDIR(s.st_mode))
        return walk(out, path, 0, err);
    if (!ends(path, BUNDLE_SUFFIX) && !ends(path, BUNDLE_MARKER))
        return err_set(err, ST_USAGE, _("%s is no bundle: its name does not end in %s. Nothing was changed."
                                        " Give the folder, or the bundle itself."), path,
                       BUNDLE_SUFFIX);
    add(out, path);
    return ST_OK;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static int by_turn(const void *a, const void *b)
{
    const char *x = *(char *const *) a, *y = *(char *const *) b;
    struct id source;
    int64_t ex = 0, sx = 0, ey = 0, sy = 0;

    batch_name_parse(name_of(x), &source, &ex, &sx);
    batch_name_parse(name_of(y), &source, &ey, &sy);
    if (ex != ey || sx != sy)
        return ex < ey || (ex == ey && sx < sy) ? -1 : 1;
    return strcmp(x, y);
}

/* A bundle and its signature are one entry. */
void bundles_sort(struct file_names *l)
{
    size_t kept = 0;

    if (l->count)
        qsort(l->items, l->count, sizeof *l->items, by_turn);
    for (size_t i = 0; i < l->count; i++) {
        if (kept && str_eq(l->items[kept - 1], l->items[i]))
            free(l->items[i]);
        else
            l->items[kept++] = l->items[i];
    }
    l->count = kept;
}

void bundles_free(struct file_names *l)
{
    for (size_t i = 0; i < l->count; i++)
        free(l->items[i]);
    free(l->items);
    *l = (struct file_names) { NULL, 0, 0 };
}
