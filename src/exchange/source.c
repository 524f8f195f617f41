#include "dolen/exchange/source.h"

#include "dolen/base/lang.h"
#include "dolen/vault/age.h"
#include "dolen/vault/minisign.h"
#include "strict.h"
#include "dolen/base/banned.h"

struct json *source_write(const struct source *s)
{
    struct json *j = json_new_map();

    json_set_text(j, "schema", SOURCE_SCHEMA);
    json_set_text(j, "source_id", source_show(s->id).s);
    json_set_text(j, "name", s->name);
    json_set_text(j, "signer", s->signer);
    json_set_text(j, "recipient", s->recipient);
    json_set_bool(j, "training", s->training);
    json_set_text(j, "made_on", date_iso(s->made_on).s);
    return j;
}

enum status source_read(struct source *out, const char *bytes, size_t n, struct err *err)
{
    struct source r = { .training = false };
    struct minisign_public signer;
    struct age_recipient recipient;
    struct json *j = NULL;
    struct strict s;
    enum status st;

    if (n > SOURCE_BYTES_MAX)
        return err_set(err, ST_INVALID, _("The file is too long to be a laptop's identity. Nothing was changed."
                                          " Check that it is what dolen source show printed."));
    if (json_parse(&j, bytes, n, NULL) != ST_OK)
        return err_set(err, ST_INVALID, _("The file is not a laptop's identity. Nothing was changed. Choose the one "
                                          "that dolen source show, or Enter in :laptops, wrote there."));
    strict_begin(&s, j, N_("The laptop's identity"), err);
    strict_format(&s, "schema", SOURCE_SCHEMA);
    strict_source(&s, "source_id", &r.id);
    strict_text(&s, "name", r.name, sizeof r.name, true);
    strict_text(&s, "signer", r.signer, sizeof r.signer, false);
    strict_text(&s, "recipient", r.recipient, sizeof r.recipient, false);
    if (s.st == ST_OK && minisign_public_parse(&signer, r.signer, NULL) != ST_OK)
        strict_fail(&s, "signer");
    if (s.st == ST_OK && age_recipient_parse(&recipient, r.recipient, NULL) != ST_OK)
        strict_fail(&s, "recipient");
    r.training = strict_bool(&s, "training");
    strict_date(&s, "made_on", &r.made_on);
    st = strict_done(&s);
    if (st == ST_OK)
        *out = r;
    json_free(&j);
    return st;
}
