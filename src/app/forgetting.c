/* app/forgetting.c - what forgetting somebody would reach, and the copies outside the case file that it would not. */
#include "forgetting.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/store/past.h"
#include "dolen/ui/views.h"
#include "dolen/base/banned.h"

static const struct {
    const char *entity, *label;
} kinds[] = {
    { "export", N_("Export") }, { "backup", N_("Backup") }, { "handover", N_("handover file") }, { "bundle", N_("Bundle") },
};

/* "9 Mar 2026 12:00  Backup: /media/stick/copy.dolen"; of a paper about the person, what it was. */
static void put_copy(const struct change_row *c, struct buf *out)
{
    struct buf what = BUF_INIT;
    size_t k = 0;

    buf_addf(out, "  %s  ", instant_show(c->at).s);
    while (k < ARRAY_LEN(kinds) && !str_eq(kinds[k].entity, c->entity))
        k++;
    if (k < ARRAY_LEN(kinds))
        buf_addf(out, "%s: ", _(kinds[k].label));
    change_why_words(c->why, &what);
    text_tame(out, buf_text(&what), false);
    buf_add_char(out, '\n');
    buf_release(&what);
}

enum status forget_copies(struct casefile *cf, struct id person, struct buf *out, struct err *err)
{
    struct change_row *rows = xcalloc(LEFT_MAX, sizeof *rows);
    int n = 0;
    enum status st = store_left_since(cf->store, person, LEFT_MAX, rows, &n, err);

    if (st == ST_OK)
        buf_addf(out, "%s\n",
                 _("Copies outside this case file are not reached. Written down since this person came, and to be looked "
                   "for where they went:"));
    if (st == ST_OK && n == 0)
        buf_addf(out, "  %s\n", _("none is written down"));
    for (int i = 0; st == ST_OK && i < n; i++)
        put_copy(&rows[i], out);
    free(rows);
    return st;
}

bool forget_name_fits(struct casefile *cf, struct id person, const char *typed)
{
    struct buf a = BUF_INIT, b = BUF_INIT;
    struct person_row row = { .name = "" };
    bool same;

    if (person_row_get(cf->store, person, &row, NULL) != ST_OK)
        return false;
    text_fold(&a, typed ? typed : "");
    text_fold(&b, row.name);
    same = a.len > 0 && str_eq(buf_text(&a), buf_text(&b));
    buf_wipe(&a);
    buf_wipe(&b);
    explicit_bzero(&row, sizeof row);
    return same;
}

enum status forget_listing(struct casefile *cf, struct id person, struct buf *out, struct err *err)
{
    struct holding *all = NULL;
    size_t n = 0;
    enum status st = store_holdings(cf->store, person, &all, &n, err);

    if (st == ST_OK)
        buf_addf(out, "%s\n", _("Forgetting this person would delete from the case file:"));
    for (int t = 0; st == ST_OK && t < T_COUNT; t++) {
        size_t count = 0;

        for (size_t i = 0; i < n; i++)
            count += all[i].table == (enum table_id) t;
        if (count)
            buf_addf(out, "  %s: %zu\n", bin_kind_label((enum table_id) t), count);
    }
    if (st == ST_OK) {
        buf_add_char(out, '\n');
        st = forget_copies(cf, person, out, err);
    }
    if (st == ST_OK)
        buf_addf(out, "\n%s\n",
                 _("Nothing was changed. For good, once the case is closed: :forget, or dolen forget NAME --confirm NAME"));
    free(all);
    return st;
}
