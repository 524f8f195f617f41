/* drill_papers.c - what is on paper when a drill begins: the referral as it arrives, assets, and earlier forms. */
#include "drill_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

static const char *const paper_keys[] = { "form", "answers", "asset", "stage", NULL };
static const char *const asset_keys[] = { "asset", "answers", NULL };
static const char *const referral_keys[] = { "person", "language", "referral", NULL };

/* --- answers: YAML to JSON, one for each language --------------------------------------------------------------- */

static bool is_text2(const struct node *n)
{
    for (size_t i = 0; i < n->count; i++)
        if (!str_eq(n->items[i].key, "en") && !str_eq(n->items[i].key, "cy"))
            return false;
    return n->kind == NODE_MAP && n->count > 0;
}

static struct json *word_json(const struct node *n)
{
    double number;
    bool flag;
    bool padded = n->text[0] == '+' || (n->text[0] == '0' && n->text[1] >= '0' && n->text[1] <= '9');

    if (!n->quoted && !n->block && !padded && node_number(n, &number))
        return number == (double) (int64_t) number ? json_new_int((int64_t) number) : json_new_real(number);
    if (!n->quoted && !n->block && node_bool(n, &flag))
        return json_new_bool(flag);
    return json_new_text(n->text);
}

static struct json *answers_json(struct build *b, const struct node *n, enum lang l)
{
    struct json *out;

    if (n->kind == NODE_TEXT)
        return word_json(n);
    if (is_text2(n)) {
        struct text2 t = { { NULL, NULL } };

        if (l == LANG_EN)               /* what is missing is told once */
            build_text2_node(b, n, &t, NULL);
        else
            for (int i = 0; i < LANG_COUNT; i++)
                t.t[i] = xstrdup(node_get_text(n, lang_code((enum lang) i)));
        out = json_new_text(text2_in(&t, l));
        text2_release(&t);
        return out;
    }
    out = n->kind == NODE_LIST ? json_new_list() : json_new_map();
    for (size_t i = 0; i < n->count; i++) {
        struct json *item = answers_json(b, &n->items[i], l);

        if (n->kind == NODE_LIST)
            json_append(out, item);
        else
            json_set(out, n->items[i].key, item);
    }
    return out;
}

static void build_answers(struct build *b, const struct node *n, struct drill_paper *p)
{
    if (n->kind != NODE_MAP) {
        build_bad(b, n, p->form, _("answers are written as question: value"), _("write given_name: Megan"));
        return;
    }
    p->line = n->line;
    p->column = n->column;
    for (int l = 0; l < LANG_COUNT; l++)
        p->answers[l] = answers_json(b, n, (enum lang) l);
}

/* "today", "today-3", "today+14" */
static bool relative_day(const char *s, struct date today, struct date *out)
{
    int days = 0, used = 0;

    if (!str_starts(s, "today"))
        return false;
    s += 5;
    if (*s && (sscanf(s, "%5d%n", &days, &used) != 1 || s[used] || !strchr("+-", s[0])))
        return false;
    *out = date_add_days(today, days);
    return true;
}

struct resolving {
    struct json *out;
    struct date  today;
};

static struct json *resolved(const struct json *j, struct date today);

static void resolve_key(void *ctx, const char *key, struct json *v)
{
    struct resolving *r = ctx;

    if (str_eq(key, "age")) {           /* so old today, and not since yesterday */
        struct date birth = date_add_days(r->today, -100);

        birth.year -= (int) json_int(v);
        if (!date_is_valid(birth))
            birth.day = 28;
        json_set_text(r->out, "birth_date", date_iso(birth).s);
        return;
    }
    json_set(r->out, key, resolved(v, r->today));
}

static struct json *resolved(const struct json *j, struct date today)
{
    struct resolving r = { NULL, today };
    struct date d;

    switch (json_kind(j)) {
    case JSON_TEXT_:
        return relative_day(json_text(j), today, &d) ? json_new_text(date_iso(d).s) : json_copy(j);
    case JSON_LIST_:
        r.out = json_new_list();
        for (size_t i = 0; i < json_count(j); i++)
            json_append(r.out, resolved(json_at(j, i), today));
        return r.out;
    case JSON_MAP_:
        r.out = json_new_map();
        json_each(j, resolve_key, &r);
        return r.out;
    case JSON_NULL_: case JSON_BOOL_: case JSON_INT_: case JSON_REAL_:
        break;
    }
    return json_copy(j);
}

struct json *drill_answers(const struct drill_paper *p, enum lang l, struct date today)
{
    return p->answers[l] ? resolved(p->answers[l], today) : json_new_map();
}

/* --- the papers ------------------------------------------------------------------------------------------------- */

static int asset_named(struct build *b, const struct drill *d, const struct node *n, const char *key)
{
    const struct node *at = node_get(n, key);
    const char *id = node_text(at);
    int found = -1;

    for (size_t i = 0; id && i < d->asset_count; i++)
        if (str_eq(d->assets[i].id, id))
            found = (int) i;
    if (at && found < 0)
        build_bad(b, at, id ? id : key, _("there is no asset of this name in the drill"), _("name one from assets:"));
    return found;
}

static void build_assets(struct build *b, const struct node *root, struct drill *d)
{
    const struct node *list = node_get(root, "assets") ? build_list(b, root, "assets", false) : NULL;

    if (!list || !list->count)
        return;
    d->assets = xcalloc(list->count, sizeof *d->assets);
    for (size_t i = 0; i < list->count; i++) {
        struct drill_asset *a = &d->assets[d->asset_count++];

        a->paper.form = xstrdup("asset");
        a->paper.asset = -1;
        if (!build_keys(b, &list->items[i], asset_keys))
            continue;
        a->id = drill_build_id(b, &list->items[i], "asset");
        if (node_get(&list->items[i], "answers"))
            build_answers(b, node_get(&list->items[i], "answers"), &a->paper);
        else
            build_bad(b, &list->items[i], "answers", _("this key is missing"), _("add %s:"), "answers");
    }
}

static void build_paper(struct build *b, const struct node *n, struct drill *d)
{
    struct drill_paper *p = &d->papers[d->paper_count++];

    p->asset = -1;
    if (!build_keys(b, n, paper_keys)) {
        p->form = xstrdup("");
        return;
    }
    p->form = build_text(b, n, "form", true);
    if (!p->form)
        p->form = xstrdup("");
    p->stage = build_text(b, n, "stage", false);
    p->asset = asset_named(b, d, n, "asset");
    if (node_get(n, "answers"))
        build_answers(b, node_get(n, "answers"), p);
    else
        build_bad(b, n, "answers", _("this key is missing"), _("add %s:"), "answers");
}

void drill_build_papers(struct build *b, const struct node *root, struct drill *d)
{
    const struct node *referral = node_get(root, "referral");
    const struct node *list = node_get(root, "papers") ? build_list(b, root, "papers", false) : NULL;

    build_assets(b, root, d);
    d->papers = xcalloc(ARRAY_LEN(referral_keys) + (list ? list->count : 0), sizeof *d->papers);
    if (!referral)
        build_bad(b, root, "referral", _("this key is missing"), _("add %s:"), "referral");
    else if (build_keys(b, referral, referral_keys))
        for (size_t i = 0; referral_keys[i]; i++) {
            const struct node *n = node_get(referral, referral_keys[i]);

            if (!n && !str_eq(referral_keys[i], "language"))
                build_bad(b, referral, referral_keys[i], _("this key is missing"), _("add %s:"), referral_keys[i]);
            if (!n)
                continue;
            d->papers[d->paper_count].form = xstrdup(referral_keys[i]);
            d->papers[d->paper_count].asset = -1;
            build_answers(b, n, &d->papers[d->paper_count++]);
        }
    for (size_t i = 0; list && i < list->count; i++)
        build_paper(b, &list->items[i], d);
}
