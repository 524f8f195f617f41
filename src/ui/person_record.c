/* person_record.c - privacy and permission, and what was serious. Only here do those notes stand; every other screen
 * has no more than a neutral mark. */
#include "person_priv.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/consent.h"
#include "dolen/core/person.h"
#include "dolen/forms/protocol.h"
#include "dolen/base/banned.h"

#define RECORDS_SHOWN 100

/* --- consent ---------------------------------------------------------------------------------------------------- */

static void add_line(struct buf *out, const char *label, const char *text)
{
    if (text && *text)
        buf_addf(out, "%s%s %s", out->len ? "\n" : "", label, text);
}

static void notice_words(struct person_view *v, const struct record *c, struct buf *out)
{
    const char *given = record_text(c, CONSENT_notice_given);

    if (given) {
        buf_addf(out, "%s ", _("Privacy notice:"));
        buf_add(out, word_of(v->u, "notice_given", given));
        words_add_date(out, "%s", record_date(c, CONSENT_notice_on));
    }
    if (record_text(c, CONSENT_lawful_basis))
        buf_addf(out, "%s%s %s", out->len ? "\n" : "", _("Lawful basis:"),
                 word_of(v->u, "lawful_basis", record_text(c, CONSENT_lawful_basis)));
}

static void permission_words(struct person_view *v, const struct record *c, struct buf *out)
{
    if (record_text(c, CONSENT_state)) {
        words_add(out, word_of(v->u, "consent_state", record_text(c, CONSENT_state)));
        words_add(out, record_text(c, CONSENT_recipient));
        words_add(out, word_of(v->u, "consent_purpose", record_text(c, CONSENT_purpose)));
    } else {
        buf_add(out, record_text(c, CONSENT_notice_given) || record_text(c, CONSENT_lawful_basis) ? _("Privacy notice")
                                                                                                  : _("Note"));
    }
}

/* Under 16 somebody else may have to agree: seen from the day of the answer. */
static void age_words(struct person_view *v, struct date on, struct buf *out)
{
    int age = date_is_set(on) ? person_age(record_date(&v->person, PERSON_birth_date),
                                           record_text(&v->person, PERSON_birth_precision), on) : -1;

    if (age >= 0 && age < 16)
        add_line(out, _("Under 16 on that day:"), _("somebody with parental responsibility may have to agree"));
}

/* Whether the document was seen that gives somebody else the say, whether the person could decide, and what helped. */
static void capacity_words(struct person_view *v, const struct record *c, struct buf *out)
{
    const char *by = record_text(c, CONSENT_given_by), *seen;
    struct date on = record_date(c, CONSENT_state_on);
    struct answers a = ANSWERS_INIT;
    struct buf words = BUF_INIT;

    age_words(v, on, out);
    if (store_answers(v->u->store, T_CONSENT, c->id, &a, NULL) == ST_OK) {
        seen = answers_value(&a, "authority_seen", 0);
        if (str_eq(seen, "YES") && date_is_set(on))
            buf_addf(&words, _("seen by %s"), date_show(on).s);
        else if (str_eq(by, "ATTORNEY") || str_eq(by, "DEPUTY"))
            buf_add(&words, str_eq(seen, "YES") ? _("seen") : str_eq(seen, "NO") ? _("not seen") :
                                                              _("not written down whether it was seen"));
        add_line(out, _("Document with the authority:"), buf_text(&words));
        if (str_eq(record_text(c, CONSENT_understood), "DOUBT"))
            add_line(out, _("Capacity for this decision:"), _("in doubt, so it does not count as given"));
        add_line(out, _("Help to understand:"), answers_value(&a, "support_given", 0));
    }
    answers_release(&a);
    buf_wipe(&words);
}

static void given_words(struct person_view *v, const struct record *c, struct buf *out)
{
    size_t before = out->len;
    struct buf b = BUF_INIT;

    words_add(&b, word_of(v->u, "consent_how", record_text(c, CONSENT_how)));
    if (record_text(c, CONSENT_given_by)) {
        words_add(&b, word_of(v->u, "consent_given_by", record_text(c, CONSENT_given_by)));
        if (record_text(c, CONSENT_given_by_name))
            buf_addf(&b, " %s", record_text(c, CONSENT_given_by_name));
    }
    if (record_text(c, CONSENT_understood))
        buf_addf(&b, "%s%s %s", b.len ? " · " : "", _("Understood:"),
                 word_of(v->u, "understood", record_text(c, CONSENT_understood)));
    if (b.len > 0)
        buf_addf(out, "%s%s", before ? "\n" : "", buf_text(&b));
    buf_wipe(&b);
}

/* The newer answer to the same permission, or NULL: all stands newest first. */
static const struct record *newer_answer(const struct records *all, size_t i)
{
    const struct record *c = &all->items[i];

    for (size_t j = 0; j < i && record_text(c, CONSENT_state); j++)
        if (record_text(&all->items[j], CONSENT_state) &&
            consent_same(record_text(c, CONSENT_recipient), record_text(c, CONSENT_purpose),
                         record_text(&all->items[j], CONSENT_recipient), record_text(&all->items[j], CONSENT_purpose)))
            return &all->items[j];
    return NULL;
}

/* What a withdrawal leaves to be done; of figures, by what became of the rows since. */
static const char *then_of(const struct person_view *v, const struct record *c)
{
    const char *then = consent_then(record_text(c, CONSENT_state), record_text(c, CONSENT_purpose));
    int64_t there, going;

    if (!str_eq(record_text(c, CONSENT_state), "WITHDRAWN") || !str_eq(record_text(c, CONSENT_purpose), "REPORTING") ||
        store_sent_of_person(v->u->store, v->id, &there, &going, NULL) != ST_OK || there > 0)
        return then;
    return going > 0 ? N_("What was sent is taken back by a batch that has not arrived yet: the outbox (X) says when it "
                          "has.")
                     : N_("No row about the person is there now: nothing is left to do.");
}

/* Whether the answer still stands, and what is to be done when it is a no, or when two laptops differ about it. */
static void standing_words(const struct person_view *v, const struct record *c, const struct record *newer,
                           bool in_doubt, struct buf *out)
{
    const char *then = then_of(v, c);

    if (newer)
        buf_addf(out, _("No longer stands: answered again on %s"), date_show(record_date(newer, CONSENT_state_on)).s);
    else if (then)
        buf_add(out, _(then));
    if (in_doubt && !newer)
        buf_addf(out, "%s%s", then ? "\n" : "", _(consent_waits));
}

static void consent_row(struct person_view *v, struct sheet *s, const struct record *c, const struct record *newer)
{
    struct date on = record_date(c, CONSENT_state_on);
    struct buf b = BUF_INIT, note = BUF_INIT, stands = BUF_INIT;
    bool given = str_eq(record_text(c, CONSENT_state), "GIVEN");
    bool in_doubt = consent_is_in_doubt(v->u->store, c);
    struct sheet_item *item;

    permission_words(v, c, &b);
    notice_words(v, c, &note);
    given_words(v, c, &note);
    capacity_words(v, c, &note);
    if (record_text(c, CONSENT_note))
        buf_addf(&note, "%s%s", note.len ? "\n" : "", record_text(c, CONSENT_note));
    item = sheet_row(s, person_focus_of(v, FOCUS_CONSENT, c->id),
                     date_show(date_is_set(on) ? on : record_date(c, CONSENT_notice_on)).s, buf_text(&b));
    item->label_cols = 13;
    item->style = newer ? STYLE_DIM : in_doubt ? STYLE_WARN : given ? STYLE_GOOD : STYLE_VALUE;
    standing_words(v, c, newer, in_doubt, &stands);
    if (stands.len && note.len)
        buf_add(&stands, "\n");
    buf_add(&stands, buf_text(&note));
    sheet_note(item, buf_text(&stands));
    buf_wipe(&b);
    buf_wipe(&note);
    buf_wipe(&stands);
}

enum status person_consents(struct person_view *v, struct sheet *s, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(v->u->store, LIST_CONSENTS_OF_PERSON, v->id, RECORDS_SHOWN, &all, err);

    for (size_t i = 0; st == ST_OK && i < all.count; i++)
        consent_row(v, s, &all.items[i], newer_answer(&all, i));
    if (st == ST_OK && all.count == 0)
        sheet_text(s, STYLE_HINT, _("No privacy notice and no permission written down yet: s begins."));
    records_release(&all);
    return st;
}

/* --- something serious ------------------------------------------------------------------------------------------ */

static const char *protocol_title(struct ui *u, const char *id)
{
    size_t n;
    const struct protocol *const *all = catalog_protocols(u->catalog, &n);

    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i]->id, id))
            return text2_now(&all[i]->title);
    return NULL;
}

static void concern_row(struct person_view *v, struct sheet *s, const struct record *c)
{
    struct buf note = BUF_INIT, report = BUF_INIT;
    struct answers a = ANSWERS_INIT;
    struct sheet_item *item;
    struct date told;

    words_of(v->u, "reported_to", record_text(c, CONCERN_reported_to), &report);
    words_add_date(&report, "%s", record_date(c, CONCERN_reported_on));
    words_add(&report, record_text(c, CONCERN_reference));
    if (store_answers(v->u->store, T_CONCERN, c->id, &a, NULL) != ST_OK)
        answers_release(&a);
    add_line(&note, _("Time:"), answers_value(&a, "seen_at", 0));
    add_line(&note, _("Where:"), answers_value(&a, "where_happened", 0));
    add_line(&note, _("What the person wants:"), answers_value(&a, "person_wants", 0));
    add_line(&note, _("What was done:"), record_text(c, CONCERN_what_done));
    add_line(&note, _("Reported to:"), buf_text(&report));
    add_line(&note, _("The person agreed to the report:"),
             word_of(v->u, "concern_consent", record_text(c, CONCERN_consent)));
    add_line(&note, _("Why without agreement:"), record_text(c, CONCERN_without_consent_why));
    add_line(&note, _("Why not reported:"), answers_value(&a, "not_reported_reason", 0));
    if (date_parse_iso(answers_value(&a, "supervisor_told_on", 0), &told))
        add_line(&note, _("Supervisor or safeguarding lead told:"), date_show(told).s);
    add_line(&note, _("Protocol:"), protocol_title(v->u, record_text(c, CONCERN_protocol)));
    item = sheet_row(s, person_focus_of(v, FOCUS_CONCERN, c->id), date_show(record_date(c, CONCERN_noted_on)).s,
                     record_or(c, CONCERN_what_seen, _("What was seen or said is not written down yet.")));
    item->label_cols = 13;
    sheet_note(item, buf_text(&note));
    answers_release(&a);
    buf_wipe(&note);
    buf_wipe(&report);
}

enum status person_concerns(struct person_view *v, struct sheet *s, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    struct buf rule = BUF_INIT;
    enum status st = store_list(v->u->store, LIST_CONCERNS_OF_PERSON, v->id, RECORDS_SHOWN, &all, err);

    safe_rule_text(v->u, &v->person, &rule);
    if (rule.len > 0) {
        struct focus f = person_focus_of(v, FOCUS_VALUE, v->id);

        f.question = "safe_contact";
        f.form = "person";
        sheet_row(s, f, _("Getting in touch"), buf_text(&rule));
    }
    for (size_t i = 0; st == ST_OK && i < all.count; i++)
        concern_row(v, s, &all.items[i]);
    if (st == ST_OK && all.count == 0)
        sheet_text(s, STYLE_HINT, _("Nothing written down. F2 (or !) shows what to do; a there writes a note."));
    buf_wipe(&rule);
    records_release(&all);
    return st;
}
