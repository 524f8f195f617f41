/* protocol.c - red-flag protocols. A protocol with a mistake is still better than none, so little here is fatal. */
#include "dolen/forms/protocol.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "parsing.h"

#include "dolen/base/banned.h"

#define STALE_DAYS 180

static const char *const protocol_keys[] = { "protocol", "order", "title", "about", "approved", "steps", "numbers",
                                             "record",
                                             NULL };
static const char *const approved_keys[] = { "by", "on", NULL };
static const char *const number_keys[] = { "name", "number", "hours", "checked", "note", NULL };

static void build_approved(struct build *b, const struct node *root, struct protocol *p)
{
    const struct node *n = node_get(root, "approved");

    if (n && build_keys(b, n, approved_keys)) {
        p->approved_by = build_text(b, n, "by", false);
        if (node_get_text(n, "on") && *node_get_text(n, "on"))
            p->approved_on = build_date(b, n, "on");
    }
    if (!p->approved_by)
        p->approved_by = xstrdup("");
}

static void build_number(struct build *b, const struct node *n, struct protocol_number *x)
{
    if (!build_keys(b, n, number_keys))
        return;
    build_text2(b, n, "name", true, &x->name, NULL);
    build_text2(b, n, "hours", false, &x->hours, NULL);
    build_text2(b, n, "note", false, &x->note, NULL);
    x->number = build_text(b, n, "number", true);
    x->checked = build_date(b, n, "checked");
    if (!node_get(n, "checked"))        /* "" says openly that nobody has */
        build_lint(b, n, x->number ? x->number : "checked", _("it is not said when this number was checked"),
                   _("ring it and add checked: with the date, or checked: \"\""));
}

struct protocol *protocol_build(struct build *b, const struct node *root)
{
    struct protocol *p = xcalloc(1, sizeof *p);
    struct text2 about = { { NULL, NULL } };

    build_keys(b, root, protocol_keys);
    p->id = build_id(b, root, "protocol");
    p->order = build_int(b, root, "order", 1000, false);
    build_text2(b, root, "title", true, &p->title, NULL);
    build_text2(b, root, "about", false, &about, NULL);
    text2_release(&about);
    build_approved(b, root, p);
    if (build_list(b, root, "steps", true))
        p->steps = build_texts(b, root, "steps", &p->step_count);
    p->record = build_texts(b, root, "record", &p->record_count);
    const struct node *numbers = build_list(b, root, "numbers", false);
    if (numbers && numbers->count) {
        p->numbers = xcalloc(numbers->count, sizeof *p->numbers);
        for (; p->number_count < numbers->count; p->number_count++)
            build_number(b, &numbers->items[p->number_count], &p->numbers[p->number_count]);
    }
    return p;
}

static void texts_free(struct text2 *t, size_t n)
{
    for (size_t i = 0; i < n; i++)
        text2_release(&t[i]);
    free(t);
}

void protocol_free(struct protocol **pp)
{
    if (!pp || !*pp)
        return;
    struct protocol *p = *pp;
    texts_free(p->steps, p->step_count);
    texts_free(p->record, p->record_count);
    for (size_t i = 0; i < p->number_count; i++) {
        text2_release(&p->numbers[i].name);
        text2_release(&p->numbers[i].hours);
        text2_release(&p->numbers[i].note);
        free(p->numbers[i].number);
    }
    free(p->numbers);
    text2_release(&p->title);
    free(p->approved_by);
    free(p->id);
    free(p);
    *pp = NULL;
}

enum status protocol_parse(struct protocol **out, const char *file, const char *s, size_t n, struct err *err)
{
    struct parsing p;
    enum status st;

    *out = parsing_begin(&p, file, s, n, NULL) ? protocol_build(&p.b, p.root) : NULL;
    st = parsing_end(&p, err);
    if (st != ST_OK)
        protocol_free(out);
    return st;
}

bool protocol_number_is_stale(const struct protocol_number *n, struct date today)
{
    return !date_is_set(n->checked) || date_days(today) - date_days(n->checked) > STALE_DAYS;
}
