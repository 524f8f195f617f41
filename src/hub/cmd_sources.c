/* register, sources list|revoke: which laptops may send. */
#include "open.h"

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "ledger.h"
#include "dolen/base/banned.h"

static enum status register_one(struct hub *h, const struct hub_run *r, const char *path, struct err *err)
{
    struct buf text = BUF_INIT;
    struct source s;
    int64_t number = 0;
    enum status st = file_read(&text, path, SOURCE_BYTES_MAX, err);

    if (st == ST_OK)
        st = source_read(&s, buf_text(&text), text.len, err);
    if (st == ST_OK && s.training)
        st = err_set(err, ST_REFUSED,
                     _("This is a training case file: the people in it are invented. Nothing was changed. Register "
                       "the case file that is worked with."));
    if (st == ST_OK)
        st = source_register(h->w, &s, buf_text(&text), clock_now(), &number, err);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "source_id", source_show(s.id).s);
        json_set_text(j, "label", s.name);
        hub_print_json("source", j);
    } else if (st == ST_OK) {
        struct buf label = BUF_INIT;

        text_tame(&label, s.name, false);
        printf(_("Registered: %s %s\n"), source_show(s.id).s, buf_text(&label));
        buf_release(&label);
    }
    buf_release(&text);
    return st;
}

static enum status register_run(struct hub_run *r, struct err *err)
{
    struct hub h = { .w = NULL };
    enum status st = hub_open(&h, r, err);

    for (int i = 0; i < r->operands && st == ST_OK; i++)
        st = register_one(&h, r, r->operand[i], err);
    hub_close(&h);
    return st;
}

static void list_json(const struct source_list *l)
{
    struct json *j = json_new_map(), *list = json_new_list();

    for (size_t i = 0; i < l->count; i++) {
        const struct hub_source *s = &l->items[i];
        struct json *one = json_new_map();
        char signer[MINISIGN_PUBLIC_TEXT];

        minisign_public_text(&s->signer, signer);
        json_set_text(one, "source_id", source_show(s->id).s);
        json_set_text(one, "label", s->label);
        json_set_text(one, "signer", signer);
        json_set_text(one, "registered_at", instant_iso(s->registered_at).s);
        json_set_text(one, "revoked_at", s->revoked_at ? instant_iso(s->revoked_at).s : NULL);
        json_set_int(one, "covered_version", s->covered);
        json_append(list, one);
    }
    json_set(j, "sources", list);
    hub_print_json("sources", j);
}

static enum status list_run(struct hub_run *r, struct err *err)
{
    struct hub h = { .w = NULL };
    struct source_list l = { NULL, 0, 0 };
    enum status st = hub_open(&h, r, err);

    if (st == ST_OK)
        st = sources_load(&l, h.w, err);
    if (st == ST_OK && r->json)
        list_json(&l);
    for (size_t i = 0; st == ST_OK && !r->json && i < l.count; i++) {
        struct buf label = BUF_INIT;

        text_tame(&label, l.items[i].label, false);
        printf("%s  %s  %s%s\n", source_show(l.items[i].id).s, instant_iso(l.items[i].registered_at).s,
               buf_text(&label), l.items[i].revoked_at ? _(" (withdrawn)") : "");
        buf_release(&label);
    }
    sources_free(&l);
    hub_close(&h);
    return st;
}

static enum status revoke_run(struct hub_run *r, struct err *err)
{
    struct hub h = { .w = NULL };
    struct id id;
    enum status st = hub_open(&h, r, err);

    if (st == ST_OK && !source_parse(r->operand[0], &id))
        st = err_set(err, ST_USAGE,
                     _("\"%s\" is not the name of a laptop (S and 32 digits). Nothing was changed. See: dolen-hub "
                       "sources list"),
                     r->operand[0]);
    if (st == ST_OK)
        st = source_revoke(h.w, id, clock_now(), err);
    if (st == ST_OK && !r->json)
        printf("%s\n", _("Withdrawn: its bundles are no longer taken. What it sent before stays."));
    hub_close(&h);
    return st;
}

const struct hub_command source_commands[] = {
    { "register", NULL, "FILE…", 1, 10000, N_("Register laptops by the file that dolen source show writes"), NULL,
      register_run },
    { "sources", "list", "", 0, 0, N_("Registered laptops"), NULL, list_run },
    { "sources", "revoke", "SOURCE", 1, 1, N_("Take nothing more from a laptop"), NULL, revoke_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, NULL }
};
