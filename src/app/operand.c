/* app/operand.c - records named on a command line: by their id, and people by their name too.
 *
 * A name that is somebody's, however it is written, means them: others who only sound alike do not stand in the way,
 * but whoever changes something is told of them. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define NAMED_MAX 12

/* "Cerys Jones, born 1961": what tells people of one name apart. */
static void label_add(struct run *r, const struct hit *h, struct buf *out)
{
    struct person_row row = { .name = "" };

    text_tame(out, h->text, false);
    if (person_row_get(r->cf->store, h->id, &row, NULL) == ST_OK && date_is_set(row.birth)) {
        char year[8];

        snprintf(year, sizeof year, "%d", row.birth.year);
        buf_addf(out, _(", born %s"), year);
    }
    explicit_bzero(&row, sizeof row);
}

static void list_add(struct run *r, const struct hit *hit, int n, bool ids, struct buf *out)
{
    for (int i = 0; i < n; i++) {
        buf_add(out, i ? "; " : "");
        if (ids)
            buf_addf(out, "%s ", id_show(hit[i].id).s);
        label_add(r, &hit[i], out);
    }
}

/* How many of the first of n hits are all that can be meant: those whose whole name it is, or all. *sure: the first is
 * meant. */
static int meant(const struct hit *hit, int n, bool *sure)
{
    int exact = 0;

    while (exact < n && hit[exact].exact)
        exact++;
    *sure = exact == 1 || (exact == 0 && n == 1 && !hit[0].slip);
    return exact ? exact : n;
}

static enum status not_sure(struct run *r, const char *typed, const struct hit *hit, int n, struct err *err)
{
    struct buf names = BUF_INIT;
    enum status st;

    list_add(r, hit, n, true, &names);
    if (n == 0)
        st = err_set(err, ST_NOTFOUND, _("Nobody called \"%s\" was found. Nothing was changed. Try: dolen search"),
                     typed);
    else if (n == 1)
        st = err_set(err, ST_CONFLICT,
                     _("Nobody is called \"%s\", somebody nearly so. Nothing was changed. If it is they, use the id: "
                       "%s"),
                     typed, buf_text(&names));
    else
        st = err_set(err, ST_CONFLICT, _("Several people fit \"%s\". Nothing was changed. Use the id of one: %s"),
                     typed, buf_text(&names));
    buf_wipe(&names);
    return st;
}

static void say_others(struct run *r, const struct hit *hit, int n)
{
    struct buf who = BUF_INIT, others = BUF_INIT;
    char *said;

    if (n < 2)
        return;
    list_add(r, hit, 1, false, &who);
    list_add(r, hit + 1, n - 1, true, &others);
    said = xasprintf(_("Taken to be %s. Of a similar name: %s."), buf_text(&who), buf_text(&others));
    fprintf(stderr, "dolen: %s\n", said);
    explicit_bzero(said, strlen(said));
    free(said);
    buf_wipe(&who);
    buf_wipe(&others);
}

static enum status person_by_name(struct run *r, const char *typed, bool tell, struct id *out, struct err *err)
{
    struct hit hit[NAMED_MAX];
    bool sure;
    int n = 0, fit;
    enum status st = store_search(r->cf->store, typed, 1u << HIT_PERSON, hit, ARRAY_LEN(hit), &n, err);

    if (st != ST_OK)
        return st;
    fit = meant(hit, n, &sure);
    if (!sure) {
        st = not_sure(r, typed, hit, fit, err);
    } else {
        *out = hit[0].id;
        if (tell)
            say_others(r, hit, n);
    }
    explicit_bzero(hit, sizeof hit);
    return st;
}

enum status operand_person(struct run *r, const char *typed, struct id *out, struct err *err)
{
    return id_parse(typed, out) ? operand_id(r, T_PERSON, typed, out, err) : person_by_name(r, typed, true, out, err);
}

enum status operand_id(struct run *r, enum table_id t, const char *typed, struct id *out, struct err *err)
{
    if (id_parse(typed, out)) {
        struct record rec;
        enum status st;

        record_init(&rec, t);
        st = store_get(r->cf->store, t, *out, &rec, err);
        record_release(&rec);
        if (st == ST_NOTFOUND)
            err_set(err, st, _("There is no %s with the id %s. Nothing was changed."
                               " The lists show the ids."), table_name(t), typed);
        return st;
    }
    if (t == T_PERSON)
        return person_by_name(r, typed, false, out, err);
    return err_set(err, ST_USAGE,
                   _("\"%s\" is not an id: 36 characters like the ones that lists show. Nothing was changed."
                     " Copy it from a list."),
                   typed);
}
