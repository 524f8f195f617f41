/* app/bulk.c - asked before many records change: a slip in one line of a shell is a slip in all of them. */
#include "bulk.h"
#include "yes_word.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static bool typed_yes(void)
{
    char *line = NULL;
    size_t size = 0;
    bool yes = false;

    fprintf(stderr, "%s", _("Go on? [y/n] "));
    if (getline(&line, &size, stdin) > 0) {
        line[strcspn(line, "\r\n")] = '\0';
        yes = yes_word(line) > 0;
    }
    free(line);
    return yes;
}

enum status bulk_agreed(const struct run *r, size_t records, const char *will, struct err *err)
{
    if (records <= BULK_UNASKED || run_flag(r, "--yes"))
        return ST_OK;
    fprintf(stderr, "%s\n", will);
    if (!isatty(STDIN_FILENO))
        return err_set(err, ST_REFUSED, _("These are more than %d records. Nothing was changed. When all of them are "
                                          "meant, say it again with --yes."), BULK_UNASKED);
    return typed_yes() ? ST_OK : err_set(err, ST_REFUSED, _("Nothing was changed. Everything is as it was."));
}

enum status bulk_undo(const struct run *r,
                      enum status (*undo)(struct casefile *cf, bool apply, size_t *n, struct err *err),
                      const char *will, size_t *n, struct err *err)
{
    enum status st = undo(r->cf, false, n, err);
    char *words = xasprintf(tr(will), *n);

    if (st == ST_OK)
        st = bulk_agreed(r, *n, words, err);
    free(words);
    return st == ST_OK ? undo(r->cf, true, n, err) : st;
}
