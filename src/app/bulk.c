/* app/bulk.c - asked before many records change: a slip in one line of a shell is a slip in all of them. */
#include "bulk.h"
#include "yes_word.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/json.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
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

bool bulk_dry(const struct run *r)
{
    return run_flag(r, "--dry-run");
}

/* The next line, tamed, without its end; false behind the last one. */
static bool next_line(const char **lines, struct buf *out)
{
    size_t n = strcspn(*lines, "\n");
    struct buf raw = BUF_INIT;

    buf_wipe(out);
    if (!**lines)
        return false;
    buf_add_mem(&raw, *lines, n);
    text_tame(out, buf_text(&raw), false);
    buf_wipe(&raw);
    *lines += n + ((*lines)[n] == '\n');
    return true;
}

/* At most so many lines, then how many more there are. */
static void list_to(FILE *out, const char *lines, size_t most)
{
    struct buf line = BUF_INIT;
    size_t more = 0;

    for (size_t i = 0; next_line(&lines, &line); i++)
        if (i < most)
            fprintf(out, "  %s\n", buf_text(&line));
        else
            more++;
    if (more) {
        fputs("  ", out);
        fprintf(out, tr_n("and %zu more; --dry-run lists all", "and %zu more; --dry-run lists all", more), more);
        fputc('\n', out);
    }
    buf_wipe(&line);
}

static void answer_json(size_t records, const char *lines)
{
    struct json *j = json_new_map(), *list = json_new_list();
    struct buf line = BUF_INIT;

    while (next_line(&lines, &line))
        json_append(list, json_new_text(buf_text(&line)));
    buf_wipe(&line);
    json_set_bool(j, "dry_run", true);
    json_set_int(j, "records", (int64_t) records);
    json_set(j, "would_change", list);
    run_print_json("dry-run", j);
}

static void answer_dry(const struct run *r, size_t records, const char *will)
{
    if (r->json) {
        answer_json(records, buf_text(&r->cf->would));
        return;
    }
    puts(will);
    list_to(stdout, buf_text(&r->cf->would), SIZE_MAX);
    puts(_("This was a dry run: nothing was written."));
}

#define LISTED 40                       /* before a question; as many as a tall screen shows */

enum status bulk_agreed(const struct run *r, size_t records, const char *will, struct err *err)
{
    if (bulk_dry(r)) {
        answer_dry(r, records, will);
        return ST_OK;
    }
    if (records <= BULK_UNASKED || run_flag(r, "--yes"))
        return ST_OK;
    fprintf(stderr, "%s\n", will);
    list_to(stderr, buf_text(&r->cf->would), LISTED);
    if (!isatty(STDIN_FILENO))
        return err_set(err, ST_REFUSED, _("These are more than %d records. Nothing was changed. When all of them are "
                                          "meant, say it again with --yes."), BULK_UNASKED);
    return typed_yes() ? ST_OK : err_set(err, ST_REFUSED, _("Nothing was changed. Everything is as it was."));
}

enum status bulk_undo(const struct run *r,
                      enum status (*undo)(struct casefile *cf, bool apply, size_t *n, struct err *err),
                      const char *one, const char *many, size_t *n, struct err *err)
{
    enum status st = undo(r->cf, false, n, err);
    char *words = xasprintf(tr_n(one, many, *n), *n);

    if (st == ST_OK)
        st = bulk_agreed(r, *n, words, err);
    free(words);
    return st == ST_OK && !bulk_dry(r) ? undo(r->cf, true, n, err) : st;
}
