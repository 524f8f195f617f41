/* policy annex: what a policy lets leave, as an annex to an information-sharing agreement. Everything in it is read
 * from the signed policy and the definition of its data set; what only people can know is left as a line to fill in. */
#include "open.h"

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/policy_file.h"
#include "dolen/exchange/shape.h"
#include "dolen/base/banned.h"

static void line(struct buf *out, const char *what, const char *value)
{
    buf_addf(out, "- %s: %s\n", what, value);
}

static void heading(struct buf *out, const char *text)
{
    buf_addf(out, "\n## %s\n\n", text);
}

static void put_parties(struct buf *out, const struct policy_file *p)
{
    char *number = xasprintf("%lld", (long long) p->number);

    heading(out, _("Who"));
    line(out, _("Receives"), text2_now(&p->title));
    line(out, _("Gives"), _("(name of each service)"));
    line(out, _("Policy"), p->destination);
    line(out, _("Number of the policy"), number);
    line(out, _("Signed on"), date_show(p->issued_on).s);
    line(out, _("Signer (minisign)"), p->signer);
    if (p->sha256[0])
        line(out, _("SHA-256 of the signed file"), p->sha256);
    for (size_t i = 0; i < p->recipient_count; i++)
        line(out, _("Can open what is sent (age)"), p->recipients[i]);
    free(number);
}

static void put_purpose(struct buf *out)
{
    heading(out, _("To be agreed by people"));
    line(out, _("Purpose"), "");
    line(out, _("Lawful basis, and the condition for special category data"), "");
    line(out, _("How long rows are kept, and who deletes them"), "");
    line(out, _("Who may look at rows"), "");
    line(out, _("Contact for people's rights and for breaches"), "");
}

static void put_ages(struct buf *out, const struct policy_file *p)
{
    struct buf b = BUF_INIT;

    for (size_t i = 0; i < p->age_band_count; i++) {
        if (i + 1 < p->age_band_count)
            buf_addf(&b, "%s%d\xe2\x80\x93%d", i ? ", " : "", p->age_bands[i], p->age_bands[i + 1] - 1);
        else
            buf_addf(&b, "%s%d+", i ? ", " : "", p->age_bands[i]);
    }
    line(out, _("Ages, in bands"), buf_text(&b));
    buf_release(&b);
}

static void put_rules(struct buf *out, const struct policy_file *p)
{
    char *few = xasprintf(_("counts below %d are kept back, the others rounded to %d"), p->suppress_below, p->round_to);

    heading(out, _("Rules"));
    line(out, _("Whose rows"), p->consent == CONSENT_PERMISSION
         ? _("people who gave permission to this recipient and have not withdrawn it")
         : _("people who were given the privacy notice and do not object"));
    line(out, _("When somebody withdraws"),
         _("their rows are taken back with the next bundle, and are not taken in again"));
    line(out, _("From"), date_show(p->from).s);
    line(out, _("Dates"), p->dates == DATES_MONTH ? _("cut to the month") : _("whole days"));
    line(out, _("Places"),
         p->geography == GEOGRAPHY_LSOA ?
             _("small area (LSOA); sensitive codes do not leave beside it") :
             _("local authority, and decile of the Welsh Index of Multiple Deprivation"));
    put_ages(out, p);
    line(out, _("Pseudonyms"), p->person_key == KEY_NHS
         ? _("a keyed hash of the NHS number; the key never leaves the laptop, and another recipient gets others")
         : _("random for each laptop and recipient"));
    line(out, _("Counts beside rows"), few);
    line(out, _("Safeguarding"),
         policy_file_has(p, SAFEGUARDING_TABLE) ?
             _("how many reports were made in each quarter: one number for each laptop, small ones kept back, the "
               "others rounded, each told once and not corrected later") :
             _("nothing leaves"));
    for (size_t i = 0; i < p->sensitive_count; i++)
        line(out, _("Sensitive, agreed"), p->sensitive_allowed[i]);
    if (p->sensitive_count == 0)
        line(out, _("Sensitive items and codes"), _("none leave"));
    free(few);
}

static bool allowed(const struct policy_file *p, const struct data_set_item *item)
{
    char *whole = xasprintf("%s.%s", item->table, item->item);
    bool found = false;

    for (size_t i = 0; i < p->sensitive_count && !found; i++)
        found = str_eq(p->sensitive_allowed[i], item->item) || str_eq(p->sensitive_allowed[i], whole);
    free(whole);
    return found;
}

static void put_item(struct buf *out, const struct policy_file *p, const struct data_set_item *item)
{
    buf_addf(out, "| %s | %s | %s | %s | %s |\n", item->table, item->item, text2_now(&item->label),
             item_type_word(item->type),
             !item->sensitive ? "" :
             allowed(p, item) ? _("yes, agreed") :
                                _("yes, always WITHHELD"));
}

static void put_items(struct buf *out, const struct policy_file *p, const struct data_set *d)
{
    heading(out, _("Items that leave"));
    buf_addf(out, "%s %s, %s\n\n", text2_now(&d->title), p->data_set_version, text2_now(&d->note));
    buf_addf(out, "| %s | %s | %s | %s | %s |\n|---|---|---|---|---|\n", _("Table"), _("Column"), _("Meaning"),
             _("Type"), _("Sensitive"));
    for (size_t t = 0; t < p->table_count; t++) {
        for (size_t c = 0; c < p->tables[t].count; c++) {
            const struct data_set_item *item = data_set_find(d, p->tables[t].table, p->tables[t].columns[c]);

            if (item)
                put_item(out, p, item);
        }
    }
}

static void put_never(struct buf *out)
{
    heading(out, _("What never leaves"));
    buf_addf(out, "%s\n",
             _("Names, addresses, postcodes, full dates of birth, NHS numbers, telephone numbers, e-mail addresses, "
               "notes and any other free text, and everything that a safeguarding record says. The program has no "
               "way out for them, whatever a policy says."));
    heading(out, _("How it is protected"));
    buf_addf(out, "%s\n",
             _("Each bundle is encrypted to the recipients above (age) and signed by the laptop that made it "
               "(minisign); the receipt is signed by the hub. Rows are pseudonymised personal data, not anonymous "
               "data. Reports made of them keep counts from 1 to 4 back and round the others to 5."));
}

static enum status annex_run(struct hub_run *r, struct err *err)
{
    struct hub h = { .w = NULL };
    struct policy_file *p = NULL;
    const struct data_set *d = NULL;
    struct buf out = BUF_INIT;
    enum status st = hub_open_keys(&h, r, err);

    if (st == ST_OK)
        st = policy_file_read(&p, r->operand[0], NULL, err);
    if (st == ST_OK && !(d = catalog_data_set(h.catalog, p->data_set, err)))
        st = ST_NOTFOUND;
    if (st == ST_OK)
        st = policy_file_fits(p, d, err);
    if (st == ST_OK) {
        buf_addf(&out, "# %s: %s\n", _("Annex to an information-sharing agreement"), text2_now(&p->title));
        put_parties(&out, p);
        put_purpose(&out);
        put_rules(&out, p);
        put_items(&out, p, d);
        put_never(&out);
        fputs(buf_text(&out), stdout);
    }
    buf_release(&out);
    policy_file_free(&p);
    hub_close(&h);
    return st;
}

const struct hub_command annex_commands[] = {
    { "policy", "annex", "FILE", 1, 1, N_("What a policy lets leave, as an annex to an information-sharing agreement"),
      NULL,
      annex_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, NULL }
};
