/* search_met.c - why somebody stands among those found: which of their names or numbers the typed words meet.
 *
 * The row shows the name a person is called by; who was looked for by another name, or by a number, would not know
 * why they see it. */
#include "search_words.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/asset.h"
#include "dolen/core/nhs.h"
#include "dolen/core/safe.h"
#include "names.h"

#include "dolen/base/banned.h"

/* word begins the folded name at p, blanks in the name passed over: "obrien" in "o brien". slip: with one slip. */
static bool begins_here(const char *p, const char *word, bool slip)
{
    struct buf joined = BUF_INIT;
    size_t n = strlen(word);
    bool met;

    for (; *p && joined.len <= n; p++)
        if (*p != ' ')
            buf_add_char(&joined, *p);
    met = strncmp(buf_text(&joined), word, n) == 0;
    for (size_t length = n + 1; slip && !met && length + 1 >= n && length > 0; length--) {
        if (joined.len > length)
            joined.s[joined.len = length] = '\0';
        met = joined.len == length && one_slip(joined.s, word);
    }
    buf_wipe(&joined);
    return met;
}

static bool name_meets(const char *name, const char *word, bool slip)
{
    struct buf folded = BUF_INIT;
    bool met = false;

    text_fold(&folded, name ? name : "");
    for (const char *p = buf_text(&folded); *p && !met; p += strcspn(p, " "), p += strspn(p, " "))
        met = begins_here(p, word, slip);
    buf_wipe(&folded);
    return met;
}

/* Folded, blanks taken out, as what was typed is. */
static void close_up(struct buf *out, const char *name)
{
    struct buf folded = BUF_INIT;

    text_fold(&folded, name ? name : "");
    for (const char *p = buf_text(&folded); *p; p++)
        if (*p != ' ')
            buf_add_char(out, *p);
    buf_wipe(&folded);
}

/* One and then the other, or the other way about, is all that was typed. */
static bool are_whole(const struct buf *a, const struct buf *b, const char *typed)
{
    return a->len + b->len == strlen(typed) &&
           ((str_starts(typed, buf_text(a)) && str_eq(typed + a->len, buf_text(b))) ||
            (str_starts(typed, buf_text(b)) && str_eq(typed + b->len, buf_text(a))));
}

/* --- other names used, one after the other ---------------------------------------------------------------------- */

/* The next of a list "Nyrs Tŷ; Mair Price" into out; false at its end. */
static bool next_alias(const char **list, struct buf *out)
{
    const char *p = *list ? *list : "";
    size_t n;

    p += strspn(p, ",; ");
    n = strcspn(p, ",;");
    buf_clear(out);
    buf_add_mem(out, p, n);
    *list = p + n;
    return n > 0;
}

static bool alias_meets(const char *list, const char *word, bool slip, struct buf *one)
{
    while (next_alias(&list, one))
        if (name_meets(buf_text(one), word, slip))
            return true;
    return false;
}

static bool alias_is(const char *list, const char *typed)
{
    struct buf one = BUF_INIT, closed = BUF_INIT;
    bool same = false;

    while (!same && next_alias(&list, &one)) {
        buf_clear(&closed);
        close_up(&closed, buf_text(&one));
        same = str_eq(buf_text(&closed), typed);
    }
    buf_wipe(&one);
    buf_wipe(&closed);
    return same;
}

/* --- numbers ---------------------------------------------------------------------------------------------------- */

static bool joined_begins(const char *value, const char *typed)
{
    struct buf folded = BUF_INIT;
    bool met;

    text_fold(&folded, value ? value : "");
    met = *typed && begins_here(buf_text(&folded), typed, false);
    buf_wipe(&folded);
    return met;
}

static bool phone_ends(const char *phone, const char *typed)
{
    struct buf all = BUF_INIT, tail = BUF_INIT;
    bool digits = strlen(typed) >= 4 && typed[strspn(typed, "0123456789")] == '\0', met;

    search_phone_key(&all, phone);
    search_phone_key(&tail, strlen(typed) > 10 && str_starts(typed, "44") ? typed + 2 : typed);
    met = digits && str_starts(buf_text(&all), buf_text(&tail));
    buf_wipe(&all);
    buf_wipe(&tail);
    return met;
}

static bool number_meets(const struct met_person *p, const char *typed, struct hit *h)
{
    const char *value = NULL;

    if (joined_begins(p->nhs_number, typed))
        h->met = MET_NHS_NUMBER, value = p->nhs_number;
    else if (joined_begins(p->postcode, typed))
        h->met = MET_POSTCODE, value = safe_show(p->postcode, p->guarded, false);
    else if (phone_ends(p->phone, typed))
        h->met = MET_PHONE, value = safe_show(p->phone, p->guarded, false);
    else if (phone_ends(p->phone2, typed))
        h->met = MET_PHONE, value = safe_show(p->phone2, p->guarded, false);
    str_copy(h->met_text, sizeof h->met_text, value ? value : "");
    return value != NULL;
}

/* --- what met --------------------------------------------------------------------------------------------------- */

/* The first word that the name on the row does not meet; NULL when it meets them all. */
static const char *unmet(const struct search *x, const struct hit *h, bool slip)
{
    for (int i = 0; i < x->word_count; i++)
        if (!name_meets(h->text, x->words[i], slip))
            return x->words[i];
    return NULL;
}

static void another_name(const struct met_person *p, const char *word, bool slip, struct hit *h)
{
    struct buf one = BUF_INIT;

    if (name_meets(p->given, word, slip)) {
        h->met = MET_GIVEN_NAME;
        str_copy(h->met_text, sizeof h->met_text, p->given);
    } else if (alias_meets(p->also_known_as, word, slip, &one)) {
        h->met = MET_OTHER_NAME;
        str_copy(h->met_text, sizeof h->met_text, buf_text(&one));
    }
    buf_wipe(&one);
}

static bool is_whole(const struct met_person *p, const struct search *x)
{
    const char *typed = buf_text(&x->joined);
    struct buf nhs = BUF_INIT, given = BUF_INIT, preferred = BUF_INIT, family = BUF_INIT;
    bool whole;

    close_up(&nhs, p->nhs_number);
    close_up(&given, p->given);
    close_up(&preferred, p->preferred);
    close_up(&family, p->family);
    whole = (nhs.len && str_eq(typed, buf_text(&nhs))) || are_whole(&given, &family, typed) ||
            (preferred.len && are_whole(&preferred, &family, typed)) || alias_is(p->also_known_as, typed);
    buf_wipe(&nhs);
    buf_wipe(&given);
    buf_wipe(&preferred);
    buf_wipe(&family);
    return whole;
}

void search_met(const struct search *x, const struct met_person *p, struct hit *h)
{
    const char *word = unmet(x, h, false);

    h->exact = is_whole(p, x);
    h->met = MET_SHOWN;
    h->met_text[0] = '\0';
    if (!word || number_meets(p, buf_text(&x->joined), h) || number_meets(p, word, h))
        return;
    another_name(p, word, false, h);
    if (h->met == MET_SHOWN && (word = unmet(x, h, true)) != NULL)
        another_name(p, word, true, h);
}

void hit_met_words(const struct hit *h, struct buf *out)
{
    static const char *const label[] = {
        [MET_GIVEN_NAME] = N_("given name: %s"), [MET_OTHER_NAME] = N_("other name: %s"),
        [MET_NHS_NUMBER] = N_("NHS number: %s"), [MET_POSTCODE] = N_("postcode: %s"), [MET_PHONE] = N_("phone: %s"),
    };

    if (h->kind == HIT_PERSON && h->met != MET_SHOWN)
        buf_addf(out, tr(label[h->met]), h->met == MET_NHS_NUMBER ? nhs_number_show(h->met_text).s : h->met_text);
}
