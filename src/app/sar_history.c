/* app/sar_history.c - the end of record.txt: letters and copies that went out, and the history of changes, in
 * sentences. */
#include "sar.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/store/past.h"
#include "dolen/ui/views.h"
#include "dolen/base/banned.h"

#define LEFT_MAX 200

struct telling {
    struct sar   *s;
    enum table_id table;
    struct id     id;
};

static const char *side_words(const struct telling *t, const struct question *q, const char *column,
                              const struct json *side, struct buf *out)
{
    struct buf raw = BUF_INIT;
    enum missing m;
    char *rest, *line;

    if (json_kind(side) == JSON_MAP_ && json_get_text(side, "missing") &&
        missing_parse(json_get_text(side, "missing"), &m) &&
        m != MISSING_SKIPPED)
        buf_add(&raw, missing_label(m));
    else if (json_kind(side) == JSON_TEXT_ && json_text(side)[0])
        sar_value_words(t->s, q, &(struct field_at) { t->table, t->id, t->s->person, column, false }, json_text(side),
                        &raw);
    rest = raw.s;
    while (rest && (line = strsep(&rest, "\n"))) {     /* a sentence is one line */
        text_tame(out, line, false);
        buf_add(out, rest ? " / " : "");
    }
    buf_wipe(&raw);
    return buf_text(out);
}

static void tell_column(void *ctx, const char *column, struct json *pair)
{
    struct telling *t = ctx;
    const struct question *q = sar_column_question(t->s, t->table, t->id, column);
    const char *label = q ? text2_now(&q->label) : sar_column_label(column), *was, *is;
    struct buf old = BUF_INIT, now = BUF_INIT;
    struct id id;

    if (!label || (t->table == T_RESPONSE && str_eq(column, "state")) || !sar_holds_name(t->s, column) ||
        json_kind(pair) != JSON_LIST_ || json_count(pair) != 2 || id_parse(json_text(json_at(pair, 1)), &id) ||
        id_parse(json_text(json_at(pair, 0)), &id))
        return;
    was = side_words(t, q, column, json_at(pair, 0), &old);
    is = side_words(t, q, column, json_at(pair, 1), &now);
    if (*was || *is)
        buf_addf(&t->s->text, "    %s%s ", label, text_colon(label));
    if (*was && *is)
        buf_addf(&t->s->text, _("\"%s\" became \"%s\"."), was, is);
    else if (*is)
        buf_addf(&t->s->text, _("\"%s\" was written down."), is);
    else if (*was)
        buf_addf(&t->s->text, _("\"%s\" was taken out."), was);
    if (*was || *is)
        buf_add_char(&t->s->text, '\n');
    buf_wipe(&old);
    buf_wipe(&now);
}

static void who_words(struct sar *s, struct id by, struct buf *out)
{
    struct record r = { .text = NULL };

    if (id_is_set(by) && store_get(s->cf->store, T_PRACTITIONER, by, &r, NULL) == ST_OK &&
        record_text(&r, PRACTITIONER_name))
        buf_addf(out, ", %s", record_text(&r, PRACTITIONER_name));
    record_release(&r);
}

static bool is_letter(const struct change_row *c)
{
    return str_starts(c->why, "letter: ") || str_starts(c->why, "access pack") || str_eq(c->why, "plan made");
}

static void tell_change(struct sar *s, const struct change_row *c)
{
    struct telling t = { s, T_COUNT, c->entity_id };
    struct buf why = BUF_INIT, tame = BUF_INIT;
    struct record r = { .text = NULL };
    struct json *j = NULL;
    const char *note;
    bool known;

    change_why_words(c->why, &why);
    text_tame(&tame, buf_text(&why), false);
    buf_addf(&s->text, "\n%s", instant_show(c->at).s);
    if (c->elsewhere)
        buf_addf(&s->text, "%s%s, %s", c->who[0] ? ", " : "", c->who, _("on another laptop"));
    else
        who_words(s, c->by, &s->text);
    note = change_note_label(c->entity);
    known = table_by_name(c->entity, &t.table) && store_get(s->cf->store, t.table, c->entity_id, &r, NULL) == ST_OK;
    buf_addf(&s->text, ": %s%s%s\n",
             known ? sar_kind_of(s, &r) : t.table != T_COUNT ? sar_kind(t.table) : note ? note : c->entity,
             tame.len ? " · " : "", buf_text(&tame));
    record_release(&r);
    if (c->body && t.table != T_COUNT && t.table != T_MERGE && json_parse(&j, c->body, strlen(c->body), NULL) == ST_OK)
        json_each(j, tell_column, &t);
    json_free(&j);
    buf_wipe(&why);
    buf_wipe(&tame);
}

/* A backup holds everybody and names a place on this computer; an export may hold this person's rows. */
static void exports_out(struct sar *s)
{
    struct change_row *rows = xcalloc(LEFT_MAX, sizeof *rows);
    int n = 0;

    if (store_left_since(s->cf->store, s->person, LEFT_MAX, rows, &n, NULL) == ST_OK)
        for (int i = n - 1; i >= 0; i--)
            if (str_eq(rows[i].entity, "export")) {
                buf_addf(&s->text, "%s: ", instant_show(rows[i].at).s);
                buf_addf(&s->text, _("rows without names left for %s; they may tell of this person."), rows[i].why);
                buf_add_char(&s->text, '\n');
            }
    free(rows);
}

void sar_history_text(struct sar *s)
{
    size_t before = s->text.len, head;

    buf_addf(&s->text, "\n\n== %s ==\n", _("Letters, and copies that went out"));
    head = s->text.len;
    for (size_t i = 0; i < s->change_count; i++)
        if (is_letter(&s->changes[i]))
            tell_change(s, &s->changes[i]);
    exports_out(s);
    if (s->text.len == head)
        buf_remove(&s->text, before, s->text.len - before);
    buf_addf(&s->text, "\n\n== %s ==\n", _("History"));
    for (size_t i = 0; i < s->change_count; i++)
        if (!is_letter(&s->changes[i]))
            tell_change(s, &s->changes[i]);
}
