/* cmd_practice.c - practice new: a training case file of invented people. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/drill/practice.h"
#include "filing.h"
#include "setup.h"
#include "dolen/base/banned.h"

#define PRACTICE_PASSPHRASE "ymarfer"       /* Welsh for practice; printed, because nothing here is to be kept secret */
#define FORMS_MAX 24

struct pinned {
    struct catalog *catalog;
    struct { const struct form *form; char hash[65]; } form[FORMS_MAX];
    int n;
};

static struct practice_form pinned_form(void *ctx, const char *id)
{
    struct pinned *p = ctx;
    const struct form *f = catalog_form(p->catalog, id, NULL);
    struct practice_form out = { 0, NULL, NULL, 0 };
    int i = 0;

    if (!f)
        return out;
    while (i < p->n && p->form[i].form != f)
        i++;
    if (i == p->n) {
        if (p->n == FORMS_MAX)
            return out;
        p->form[p->n].form = f;
        form_hash(f, p->form[p->n++].hash);
    }
    out.version = f->version;
    out.hash = p->form[i].hash;
    out.yaml = form_source(f, &out.yaml_bytes);
    return out;
}

static void progress(void *ctx, int done, int cases)
{
    (void) ctx;
    fprintf(stderr, "\r%d / %d", done, cases);
    if (done == cases)
        fputc('\n', stderr);
}

static enum status passphrase(struct run *r, struct secret **out, struct err *err)
{
    if (r->passphrase_fd >= 0)
        return secret_read_fd(out, r->passphrase_fd, err);
    *out = secret_new();
    if (!*out || !secret_add(*out, PRACTICE_PASSPHRASE, strlen(PRACTICE_PASSPHRASE)))
        return err_set(err, ST_NOMEM, _("There is no memory for the passphrase. Nothing was changed."
                                        " Close other programs and try again."));
    return ST_OK;
}

static enum status make_empty(struct run *r, const struct secret *s, struct err *err)
{
    struct setup setup = { .folder = r->folder, .passphrase = s, .name = run_value(r, "--name"),
                           .kdf_mib = VAULT_KDF_FLOOR_MIB,
                           .training = true };
    struct secret *code = NULL;
    enum status st;

    if (!setup.name)
        setup.name = _("Practice");
    st = setup_make(&setup, &code, err);
    if (st == ST_OK)
        st = setup_prove(r->folder, code, err);
    secret_free(&code);
    return st;
}

static enum status fill(struct run *r, const struct secret *s, long cases, long seed, long contacts,
                        struct counts *counts, struct err *err)
{
    struct casefile *cf = NULL;
    struct pinned pinned = { .n = 0 };
    struct practice_options o = { .cases = (int) cases, .seed = (uint64_t) seed, .contacts_each = (int) contacts,
                                  .today = clock_today(), .form = pinned_form, .ctx = &pinned };
    enum status st = casefile_claim(&cf, r->folder, -1, err);

    if (st == ST_OK)
        st = casefile_unlock(cf, s, NULL, err);
    if (st == ST_OK)
        st = casefile_open(cf, false, err);
    if (st == ST_OK) {
        o.practitioner = cf->slot.practitioner;
        pinned.catalog = cf->catalog;
        o.progress = isatty(STDERR_FILENO) ? progress : NULL;
        st = practice_make(cf->store, &o, err);
    }
    if (st == ST_OK)
        st = store_counts(cf->store, counts, err);
    if (st == ST_OK)
        st = casefile_shut(cf, err);
    casefile_free(&cf);
    return st;
}

static enum status new_run(struct run *r, struct err *err)
{
    struct secret *s = NULL;
    struct counts counts = { 0 };
    long cases = 30, seed = 1, contacts = 0;
    enum status st = run_int(r, "--cases", 1, 1000000, &cases, err);

    clock_freeze_from_env();
    if (st == ST_OK)
        st = run_int(r, "--seed", 0, 2147483647, &seed, err);
    if (st == ST_OK)
        st = run_int(r, "--contacts", 0, 1000, &contacts, err);
    if (st == ST_OK)
        st = passphrase(r, &s, err);
    if (st == ST_OK)
        st = make_empty(r, s, err);
    if (st == ST_OK)
        st = fill(r, s, cases, seed, contacts, &counts, err);
    secret_free(&s);
    if (st != ST_OK)
        return st;
    if (r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "folder", r->folder);
        json_set_int(j, "people", counts.people);
        json_set_int(j, "open_episodes", counts.open_episodes);
        json_set_int(j, "assets", counts.assets);
        json_set_bool(j, "training", true);
        run_print_json("practice", j);
        return ST_OK;
    }
    printf(_("HYFFORDDIANT / TRAINING: %lld invented people and %lld community assets in %s."),
           (long long) counts.people, (long long) counts.assets, r->folder);
    putchar('\n');
    if (r->passphrase_fd < 0) {
        printf(_("Its passphrase: %s"), PRACTICE_PASSPHRASE);
        putchar('\n');
    }
    return ST_OK;
}

static const struct option new_options[] = {
    { "--cases", "N", N_("How many people; 30 when not given") },
    { "--seed", "S", N_("The same seed makes the same people on any machine") },
    { "--contacts", "N", N_("Exactly so many contacts an episode; 3 to 8 when not given") },
    { "--name", "NAME", N_("The practitioner's name") },
    { NULL, NULL, NULL }
};

const struct command practice_commands[] = {
    { "practice", "new", "", 0, 0, N_("Make a training case file of invented people"), new_options, NEEDS_NOTHING,
      new_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
