/* finding.c - gathering, sorting and printing findings; nearest spelling. */
#include "dolen/forms/finding.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"

#include "dolen/base/banned.h"

#define WHAT_MAX 80         /* bytes of offending text that are repeated */
#define WORD_MAX 64
#define FINDINGS_MAX 2000   /* a file that is wrong everywhere still ends */

static char *tamed_cut(const char *s)
{
    struct buf b = BUF_INIT;
    char cut[WHAT_MAX];

    bool whole = str_copy(cut, sizeof cut, s ? s : "");
    text_tame(&b, cut, false);
    if (!whole)
        buf_add(&b, "…");
    return buf_steal(&b);
}

void findings_add(struct findings *f, bool fatal, const char *file, int line, int column, const char *what,
                  const char *why, const char *fix)
{
    if (f->count >= FINDINGS_MAX)
        return;
    struct finding *n = ARRAY_ADD(f->items, f->count, f->cap);
    n->fatal = fatal;
    n->file = xstrdup(file ? file : "");
    n->line = line;
    n->column = column;
    n->what = tamed_cut(what);
    n->why = xstrdup(why);
    n->fix = xstrdup(fix);
}

bool findings_fatal(const struct findings *f)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->items[i].fatal)
            return true;
    return false;
}

static int by_place(const void *pa, const void *pb)
{
    const struct finding *a = pa, *b = pb;
    int c = strcmp(a->file, b->file);

    if (c == 0)
        c = (a->line > b->line) - (a->line < b->line);
    if (c == 0)
        c = (a->column > b->column) - (a->column < b->column);
    if (c == 0)
        c = strcmp(a->why, b->why);
    return c ? c : strcmp(a->what, b->what);
}

static void release_one(struct finding *x)
{
    free(x->file);
    free(x->what);
    free(x->why);
    free(x->fix);
}

void findings_sort(struct findings *f)
{
    size_t kept = 0;

    if (f->count < 2)
        return;
    qsort(f->items, f->count, sizeof *f->items, by_place);
    for (size_t i = 1; i < f->count; i++) {
        if (by_place(&f->items[kept], &f->items[i]) == 0) {
            f->items[kept].fatal |= f->items[i].fatal;
            release_one(&f->items[i]);
        } else {
            f->items[++kept] = f->items[i];
        }
    }
    f->count = kept + 1;
}

void findings_release(struct findings *f)
{
    for (size_t i = 0; i < f->count; i++)
        release_one(&f->items[i]);
    free(f->items);
    memset(f, 0, sizeof *f);
}

void finding_print(struct buf *out, const struct finding *f)
{
    buf_addf(out, "%s:%d:%d: %s: %s: %s", f->file, f->line, f->column, f->what, f->why, f->fix);
}

enum status findings_to_err(const struct findings *f, struct err *err)
{
    const struct finding *x = f->count ? &f->items[0] : NULL;
    struct buf b = BUF_INIT;

    for (size_t i = 0; i < f->count; i++)
        if (f->items[i].fatal) {
            x = &f->items[i];
            break;
        }
    if (x)
        finding_print(&b, x);
    err_set(err, ST_INVALID, _("This definition cannot be used; nothing was changed; correct it: %s."), buf_text(&b));
    buf_release(&b);
    return ST_INVALID;
}

/* Levenshtein distance where two neighbours that changed places count once. */
static size_t distance(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b);
    size_t row[3][WORD_MAX + 1];

    if (la > WORD_MAX || lb > WORD_MAX)
        return WORD_MAX;
    for (size_t j = 0; j <= lb; j++) {
        row[0][j] = 0;
        row[1][j] = j;
    }
    for (size_t i = 1; i <= la; i++) {
        row[2][0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t best = row[1][j - 1] + (a[i - 1] != b[j - 1]);
            if (row[1][j] + 1 < best)
                best = row[1][j] + 1;
            if (row[2][j - 1] + 1 < best)
                best = row[2][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && row[0][j - 2] + 1 < best)
                best = row[0][j - 2] + 1;
            row[2][j] = best;
        }
        memcpy(row[0], row[1], sizeof row[0]);
        memcpy(row[1], row[2], sizeof row[1]);
    }
    return row[1][lb];
}

const char *nearest_word(const char *word, const char *const *candidates, size_t n)
{
    size_t len = strlen(word);
    size_t limit = len <= 3 ? 1 : len <= 7 ? 2 : 3;
    size_t nearest = limit + 1;
    const char *best = NULL;

    for (size_t i = 0; i < n; i++) {
        size_t d = distance(word, candidates[i]);
        if (d < nearest) {
            nearest = d;
            best = candidates[i];
        }
    }
    return best;
}
