/* policy: what a destination may receive, signed; carried to the laptops by any road. */
#include "open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/shape.h"
#include "dolen/base/banned.h"

/* --- options ---------------------------------------------------------------------------------------------------- */

/* Places of words in their enums. */
static const struct { const char *option, *words[2]; } choices[] = {
    { "--consent", { "notice", "permission" } },
    { "--geography", { "la_decile", "lsoa" } },
    { "--dates", { "day", "month" } },
    { "--person-key", { "random", "nhs" } },
    { "--safeguarding", { "no", "count" } },
};

static enum status take_choices(const struct hub_run *r, struct policy_file *p, const struct data_set *d,
                                struct err *err)
{
    int at[ARRAY_LEN(choices)] = { (int) p->consent, (int) p->geography, (int) p->dates, (int) p->person_key, 0 };

    for (size_t i = 0; i < ARRAY_LEN(choices); i++) {
        const char *v = hub_value(r, choices[i].option);
        int found = -1;

        for (int k = 0; k < 2; k++)
            if (str_eq(v, choices[i].words[k]))
                found = k;
        if (v && found < 0)
            return err_set(err, ST_USAGE, _("%s is %s or %s, not \"%s\". Nothing was changed."), choices[i].option,
                           choices[i].words[0], choices[i].words[1], v);
        at[i] = v ? found : at[i];
    }
    p->consent = (enum policy_consent) at[0];
    p->geography = (enum policy_geography) at[1];
    p->dates = (enum policy_dates) at[2];
    p->person_key = (enum policy_key) at[3];
    if (at[4] && !policy_file_allow_table(p, d, SAFEGUARDING_TABLE))
        return err_set(err, ST_USAGE, _("The data set %s has no table for safeguarding. Nothing was changed."
                                        " Leave that out, or take another data set."), d->id);
    return ST_OK;
}

/* Options that may come several times. */
static enum status take_lists(const struct hub_run *r, struct policy_file *p, struct err *err)
{
    for (int i = 0; i < r->args.options; i++) {
        const char *name = r->args.option[i].name, *v = r->args.option[i].value;
        struct age_recipient to;

        if (str_eq(name, "--sensitive"))
            policy_file_allow_sensitive(p, v);
        if (str_eq(name, "--drop") && !policy_file_drop(p, v))
            return err_set(err, ST_USAGE,
                           _("There is no column %s that rows could do without. Nothing was changed. Columns are "
                             "named table.item; see: forms/datasets"),
                           v);
        if (str_eq(name, "--recipient")) {
            if (age_recipient_parse(&to, v, err) != ST_OK)
                return ST_INVALID;
            policy_file_add_recipient(p, v);
        }
    }
    return ST_OK;
}

/* The first of April: the year that reports go by. */
static struct date year_start(struct date today)
{
    return (struct date) { today.month < 4 ? today.year - 1 : today.year, 4, 1 };
}

static enum status take_terms(const struct hub_run *r, struct policy_file *p, struct err *err)
{
    const char *from = hub_value(r, "--from"), *en = hub_value(r, "--title"), *cy = hub_value(r, "--title-cy");

    p->issued_on = clock_today();
    p->from = year_start(p->issued_on);
    if (from && !date_parse_iso(from, &p->from))
        return err_set(err, ST_USAGE, _("%s needs a date like 2026-04-01, not \"%s\". Nothing was changed."),
                       "--from", from);
    if (en || cy) {
        text2_release(&p->title);
        p->title.t[LANG_EN] = xstrdup(en ? en : cy);
        p->title.t[LANG_CY] = xstrdup(cy ? cy : en);
    }
    return ST_OK;
}

/* --- making ----------------------------------------------------------------------------------------------------- */

static enum status make_policy(struct hub *h, const struct hub_run *r, struct policy_file **out, struct err *err)
{
    const char *destination = hub_value(r, "--destination"), *data_set = hub_value(r, "--data-set");
    char recipient[AGE_RECIPIENT_TEXT];
    const struct data_set *d;
    enum status st;

    if (!destination || !exchange_word_is_plain(destination))
        return err_set(err, ST_USAGE,
                       _("--destination needs a short name of small letters, digits, - and _. Nothing was changed."));
    d = catalog_data_set(h->catalog, data_set ? data_set : "provisional-wales", err);
    if (!d)
        return ST_NOTFOUND;
    *out = policy_file_new(destination, d);
    hub_keys_recipient(&h->keys, recipient);
    policy_file_add_recipient(*out, recipient);
    minisign_public_text(&h->keys.sign_public, (*out)->signer);
    st = take_choices(r, *out, d, err);
    if (st == ST_OK)
        st = take_lists(r, *out, err);
    if (st == ST_OK)
        st = take_terms(r, *out, err);
    if (st == ST_OK)
        st = hub_policy_newest(&h->keys, destination, &(*out)->number, err);
    (*out)->number++;
    return st;
}

static enum status write_beside(const char *path, const char *end, const struct buf *b, struct err *err)
{
    char *whole = xasprintf("%s%s", path, end), *slash = strrchr(whole, '/');
    char *folder = slash ? xstrndup(whole, (size_t) (slash - whole) + (slash == whole)) : xstrdup(".");
    enum status st = file_replace(folder, slash ? slash + 1 : whole, b->s, b->len, err);

    free(folder);
    free(whole);
    return st;
}

static void answer(const struct hub_run *r, const struct policy_file *p, const char *out)
{
    struct json *j = json_new_map();

    json_set_text(j, "destination", p->destination);
    json_set_int(j, "number", p->number);
    json_set_text(j, "file", out);
    json_set_text(j, "from", date_iso(p->from).s);
    if (r->json) {
        hub_print_json("policy", j);
        return;
    }
    json_free(&j);
    printf(_("Policy %lld for %s: %s and %s.minisig. Carry both to the laptops.\n"), (long long) p->number,
           p->destination, out, out);
}

static enum status policy_run(struct hub_run *r, struct err *err)
{
    const char *to = hub_value(r, "--out");
    struct hub h = { .w = NULL };
    struct policy_file *p = NULL;
    struct buf bytes = BUF_INIT, marker = BUF_INIT;
    enum status st = hub_open_keys(&h, r, err);

    if (st == ST_OK && !to)
        st = err_set(err, ST_USAGE, _("--out is missing. Nothing was changed. Name a file for the policy."));
    if (st == ST_OK)
        st = make_policy(&h, r, &p, err);
    if (st == ST_OK)
        st = hub_policy_sign(&h.keys, p, &bytes, &marker, err);
    if (st == ST_OK)
        st = write_beside(to, "", &bytes, err);
    if (st == ST_OK)
        st = write_beside(to, ".minisig", &marker, err);
    if (st == ST_OK)
        answer(r, p, to);
    buf_release(&bytes);
    buf_release(&marker);
    policy_file_free(&p);
    hub_close(&h);
    return st;
}

/* Bundles that are sealed under it are no longer taken. */
static enum status withdraw_run(struct hub_run *r, struct err *err)
{
    struct hub h = { .w = NULL };
    struct policy_file *p = NULL;
    char destination[BATCH_WORD_MAX];
    enum status st = hub_open_keys(&h, r, err);

    if (st == ST_OK)
        st = policy_file_read(&p, r->operand[0], NULL, err);
    if (st == ST_OK && !hub_policy_known(&h.keys, p->sha256, destination))
        st = err_set(err, ST_NOTFOUND, _("This policy is not in force here. Nothing was changed."
                                         " dolen-hub status lists those that are."));
    if (st == ST_OK)
        st = hub_policy_withdraw(&h.keys, p->sha256, err);
    if (st == ST_OK && !r->json)
        printf(_("Policy %lld for %s is no longer in force.\n"), (long long) p->number, p->destination);
    policy_file_free(&p);
    hub_close(&h);
    return st;
}

static const struct option policy_options[] = {
    { "--destination", "ID", N_("Short name of the destination") },
    { "--data-set", "ID", N_("The data set; provisional-wales when not given") },
    { "--out", "FILE", N_("Where the policy is written; its signature goes to FILE.minisig") },
    { "--title", "TEXT", N_("Who receives, in English, as people are told when they are asked") },
    { "--title-cy", "TEXT", N_("The same in Welsh") },
    { "--from", "DATE", N_("First day that rows speak of; the first of April when not given") },
    { "--consent", "notice|permission", N_("What people must have said; permission when not given") },
    { "--dates", "day|month", N_("How exact dates are; month when not given") },
    { "--geography", "la_decile|lsoa", N_("How exact places are; local authority and decile when not given") },
    { "--person-key", "random|nhs", N_("What pseudonyms stand on; the NHS number when not given") },
    { "--safeguarding", "no|count",
      N_("Whether the number of safeguarding reports in each quarter leaves; no when not given") },
    { "--sensitive", "WORD", N_("A sensitive item or code that may leave; may be given several times") },
    { "--drop", "COLUMN", N_("A column that does not leave; may be given several times") },
    { "--recipient", "age1…", N_("Somebody else who can open bundles too; may be given several times") },
    { NULL, NULL, NULL }
};

const struct hub_command policy_commands[] = {
    { "policy", "withdraw", "FILE", 1, 1, N_("Take a policy out of force"), NULL, withdraw_run },
    { "policy", NULL, "", 0, 0, N_("Sign a policy: what a destination may receive"), policy_options, policy_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, NULL }
};
