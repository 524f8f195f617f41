#include "source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

#define SOURCE_ID      "source.id"
#define SOURCE_AGE     "source.age"
#define SOURCE_SIGNER  "source.signer"
#define SOURCE_MADE_ON "source.made_on"

static void forget(char **text)
{
    if (*text)
        wipe(*text, strlen(*text));
    free(*text);
    *text = NULL;
}

void source_release(struct source_keys *k)
{
    age_identity_free(&k->age);
    minisign_secret_free(&k->signer);
}

/* Is there one already? */
static enum status source_is_made(struct store *s, bool *made, struct err *err)
{
    char *id;
    enum status st = store_setting_read(s, SOURCE_ID, &id, err);

    *made = id != NULL;
    free(id);
    return st;
}

/* --- kept ------------------------------------------------------------------------------------------------------- */

static enum status damaged(struct err *err)
{
    return err_set(err, ST_INVALID,
                   _("This laptop's identity in the case file is damaged. Nothing was changed. Check the case file "
                     "with: dolen verify"));
}

static enum status read_kept(struct store *s, struct source_keys *out, struct err *err)
{
    char *id = store_setting(s, SOURCE_ID), *age = store_setting(s, SOURCE_AGE);
    char *signer = store_setting(s, SOURCE_SIGNER), *made_on = store_setting(s, SOURCE_MADE_ON);
    enum status st = ST_OK;

    if (!age || !signer || !made_on || !id || !id_parse(id, &out->id) || !date_parse_iso(made_on, &out->made_on))
        st = damaged(err);
    if (st == ST_OK)
        st = age_identity_parse(&out->age, age, strlen(age), err);
    if (st == ST_OK)
        st = minisign_secret_parse(&out->signer, signer, strlen(signer), err);
    forget(&age);
    forget(&signer);
    free(id);
    free(made_on);
    return st;
}

/* --- made ------------------------------------------------------------------------------------------------------- */

static enum status keep(struct store *s, const struct source_keys *k, struct err *err)
{
    struct secret *age = NULL, *signer = NULL;
    enum status st = age_identity_text(k->age, &age, err);

    if (st == ST_OK)
        st = minisign_secret_text(k->signer, &signer, err);
    if (st == ST_OK)
        st = store_set_setting(s, SOURCE_ID, id_show(k->id).s, err);
    if (st == ST_OK)
        st = store_set_setting(s, SOURCE_MADE_ON, date_iso(k->made_on).s, err);
    if (st == ST_OK)
        st = store_set_setting(s, SOURCE_AGE, secret_text(age), err);
    if (st == ST_OK)
        st = store_set_setting(s, SOURCE_SIGNER, secret_text(signer), err);
    secret_free(&age);
    secret_free(&signer);
    return st;
}

static enum status make(struct store *s, struct source_keys *out, struct err *err)
{
    enum status st;

    out->id = id_new();
    out->made_on = clock_today();
    st = age_identity_new(&out->age, err);
    if (st == ST_OK)
        st = minisign_secret_new(&out->signer, err);
    if (st == ST_OK)
        st = store_begin(s, err);
    if (st != ST_OK)
        return st;
    st = keep(s, out, err);
    return store_end(s, st, err);
}

enum status source_open(struct store *s, struct source_keys *out, struct err *err)
{
    bool made;
    enum status st = source_is_made(s, &made, err);

    *out = (struct source_keys) { .age = NULL };
    if (st != ST_OK)
        return st;
    return made ? read_kept(s, out, err) : make(s, out, err);
}

/* --- shown ------------------------------------------------------------------------------------------------------ */

static void name_of(struct casefile *cf, char *out, size_t size)
{
    struct record by = { .text = NULL };
    const char *name, *org;

    out[0] = '\0';
    if (id_is_set(cf->slot.practitioner) &&
        store_get(cf->store, T_PRACTITIONER, cf->slot.practitioner, &by, NULL) == ST_OK) {
        name = record_or(&by, PRACTITIONER_name, "");
        org = record_or(&by, PRACTITIONER_organisation, "");
        snprintf(out, size, "%s%s%s", name, *name && *org ? ", " : "", org);
    }
    record_release(&by);
}

enum status source_public(struct casefile *cf, struct source *out, struct err *err)
{
    struct minisign_public signer;
    struct age_recipient recipient;
    struct source_keys k;
    enum status st = source_open(cf->store, &k, err);

    if (st == ST_OK) {
        *out = (struct source) { .id = k.id, .made_on = k.made_on, .training = keyslots_is_training(cf->slots) };
        name_of(cf, out->name, sizeof out->name);
        minisign_secret_public(k.signer, &signer);
        minisign_public_text(&signer, out->signer);
        age_identity_recipient(k.age, &recipient);
        age_recipient_text(&recipient, out->recipient);
    }
    source_release(&k);
    return st;
}
