/* store/doubt.c - what stands while two laptops say different things: the careful answer, until somebody settles it.
 *
 * A value of this laptop stands until then; but a consent does not count as given, and a person whom either laptop
 * protects is protected. What cannot be read counts as in doubt. */
#include "dolen/store/difference.h"

#include "dolen/base/mem.h"
#include "dolen/core/safe.h"
#include "dolen/store/record.h"
#include "names.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

static bool is_so(struct store *s, const char *sql, struct id subject)
{
    struct stmt *q = NULL;
    bool row = false, so = true;

    if (db_use(s->db, &q, sql, NULL) != ST_OK)
        return true;
    stmt_bind_id(q, 1, subject);
    if (stmt_step(q, &row, NULL) == ST_OK && row)
        so = stmt_int(q, 0) != 0;
    stmt_done(q);
    return so;
}

bool consent_is_in_doubt(struct store *s, const struct record *consent)
{
    return consent->table == T_CONSENT &&
           (str_eq(record_text(consent, CONSENT_state), "GIVEN") ||
            str_eq(record_text(consent, CONSENT_notice_given), "YES")) &&
           is_so(s, "SELECT " WAITS_TO_BE_SETTLED("?1"), consent->id);
}

struct protection person_protection(struct store *s, const struct record *person)
{
    struct protection p = {
        .safe_contact = safe_is_protected(record_text(person, PERSON_safe_contact), NULL),
        .do_not_contact = safe_is_protected(NULL, record_text(person, PERSON_do_not_contact)),
    };

    if (!p.safe_contact &&
        is_so(s, "SELECT " OTHER_SAYS_YES("?1", "'safe_contact'", THEIRS("safe_contact")), person->id))
        p.safe_contact = p.in_doubt = true;
    if (!p.do_not_contact &&
        is_so(s, "SELECT " OTHER_SAYS_YES("?1", "'do_not_contact'", THEIRS("do_not_contact")), person->id))
        p.do_not_contact = p.in_doubt = true;
    return p;
}

bool person_is_protected(struct store *s, const struct record *person)
{
    struct protection p = person_protection(s, person);

    return p.safe_contact || p.do_not_contact;
}
