/* init: the hub's keys, and an empty warehouse. */
#include "open.h"

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static void answer(const struct hub_run *r, const struct hub_keys *k)
{
    char recipient[AGE_RECIPIENT_TEXT], signer[MINISIGN_PUBLIC_TEXT];
    struct json *j;

    hub_keys_recipient(k, recipient);
    minisign_public_text(&k->sign_public, signer);
    if (r->json) {
        j = json_new_map();
        json_set_text(j, "recipient", recipient);
        json_set_text(j, "signer", signer);
        hub_print_json("init", j);
        return;
    }
    printf("{\"recipient\":\"%s\",\"signer\":\"%s\"}\n", recipient, signer);
    fprintf(stderr, "dolen-hub: ");
    fprintf(stderr,
            _("Back up the key folder %s now, apart from the hub: without it nothing that is sent to this hub can be "
              "opened.\n"),
            k->folder);
}

/* Keys that are there already are used: a warehouse may be made anew, or a second one beside it. */
static enum status find_keys(struct hub *h, const struct hub_run *r, struct err *err)
{
    char *slots = path_join(r->keys, "keyslots");
    bool there = file_exists(slots);
    enum status st = there ? ST_OK : hub_keys_make(r->keys, err);

    free(slots);
    return st == ST_OK ? hub_open_keys(h, r, err) : st;
}

static enum status init_run(struct hub_run *r, struct err *err)
{
    const char *data_set = hub_value(r, "--data-set");
    struct hub h = { .w = NULL };
    enum status st = find_keys(&h, r, err);

    if (st == ST_OK)
        st = warehouse_make(&h.w, r->into, h.keys.vault, h.catalog, data_set ? data_set : "provisional-wales", err);
    if (st == ST_OK)
        answer(r, &h.keys);
    hub_close(&h);
    return st;
}

static const struct option init_options[] = {
    { "--data-set", "ID", N_("The data set; provisional-wales when not given") },
    { NULL, NULL, NULL }
};

const struct hub_command init_commands[] = {
    { "init", NULL, "", 0, 0, N_("Make the hub's keys and an empty hub; prints what laptops need to know"),
      init_options, init_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, NULL }
};
