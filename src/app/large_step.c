/* app/large_step.c - the records of a step counted by what they are. */
#include "large_step.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/person.h"
#include "dolen/base/banned.h"

/* "Period of support: 8; Thing to do: 12" */
static void extent_put(const struct extent *e, struct buf *out)
{
    const char *between = "";

    for (int t = 0; t < T_COUNT; t++)
        if (e->per[t]) {
            buf_addf(out, "%s%s: %zu", between, table_label((enum table_id) t), e->per[t]);
            between = "; ";
        }
}

static struct text2 kinds_of(const struct extent *e)
{
    struct buf b = BUF_INIT;

    return TEXT2_FROM(b, extent_put(e, &b));
}

bool undo_question(struct store *s, struct text2 *out)
{
    struct extent e;
    struct text2 kinds;

    store_undo_extent(s, &e);
    if (e.records <= BULK_UNASKED)
        return false;
    kinds = kinds_of(&e);
    *out = TEXT2(_("The last step changed %zu records (%s). Take all of it back?"), e.records, text2_now(&kinds));
    text2_release(&kinds);
    return true;
}

void record_words(struct casefile *cf, enum table_id t, struct id id, struct buf *out)
{
    int column = table_column_by_name(t, "person");
    struct record r, who;
    char name[160];

    record_init(&r, t);
    record_init(&who, T_PERSON);
    buf_add(out, table_label(t));
    if (store_get(cf->store, t, id, &r, NULL) == ST_OK) {
        const struct form *form = t == T_RESPONSE ? catalog_form(cf->catalog, record_or(&r, RESPONSE_form, ""), NULL)
                                                  : NULL;
        struct id person = t == T_PERSON ? id : column >= 0 ? record_id(&r, column) : ID_NONE;

        if (form) {
            buf_wipe(out);
            buf_add(out, text2_now(&form->title));
        }
        if (t == T_ASSET && task_name(cf->store, ID_NONE, id, name, sizeof name, NULL) == ST_OK && name[0])
            buf_addf(out, ", %s", name);
        if (id_is_set(person) && store_get(cf->store, T_PERSON, person, &who, NULL) == ST_OK) {
            buf_add(out, ", ");
            person_display_name(out, record_text(&who, PERSON_preferred_name), record_text(&who, PERSON_given_name),
                                record_text(&who, PERSON_family_name));
        }
    }
    record_release(&who);
    record_release(&r);
}

void dry_line(struct casefile *cf, enum table_id t, struct id id)
{
    struct buf line = BUF_INIT;

    record_words(cf, t, id, &line);
    buf_addf(&cf->would, "%s\n", buf_text(&line));
    buf_wipe(&line);
}

void dry_end(struct casefile *cf)
{
    struct holding *rows;
    size_t n = 0;

    buf_wipe(&cf->would);
    if (store_unsaved(cf->store, &rows, &n, NULL) == ST_OK)
        for (size_t i = 0; i < n; i++)
            dry_line(cf, rows[i].table, rows[i].id);
    free(rows);
    store_rollback(cf->store);
}

enum status undo_said(struct casefile *cf, enum table_id *what, struct id *id, struct text2 *said, struct err *err)
{
    struct buf b = BUF_INIT;
    struct text2 record = { { NULL } };
    struct extent e;
    enum status st;

    *said = (struct text2) { { NULL } };
    store_undo_extent(cf->store, &e);
    st = store_undo(cf->store, what, id, err);
    if (st == ST_OK && (e.per[*what] > 1 || e.per[T_MERGE])) {
        *said = TEXT2(_("The last change is taken back. It stands in the history."));
    } else if (st == ST_OK) {
        record = TEXT2_FROM(b, record_words(cf, *what, *id, &b));
        *said = TEXT2(_("Taken back: %s. It stands in the history."), text2_now(&record));
    }
    text2_release(&record);
    return st;
}

struct text2 handover_will(const struct extent *e, const char *from)
{
    struct text2 kinds = kinds_of(e);
    struct text2 will = TEXT2(tr_n("From %s: %zu record is new or changed (%s).",
                                   "From %s: %zu records are new or changed (%s).", e->records), from,
                              e->records, text2_now(&kinds));

    text2_release(&kinds);
    return will;
}
