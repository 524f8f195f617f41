#include "dolen/core/worklist.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static const char *const codes[WORK_COUNT] = {
#define X(name, code) [WORK_##name] = code,
    WORK_LIST(X)
#undef X
};

/* The whole line in each case, because no two languages put such a line together in the same way. Days in the past and
 * to come are pairs, the day after today has a word of its own; a kind that is owed rather than due has no future. */
struct pair {
    const char *one, *many;
};
static const struct {
    const char *today;
    struct pair past, coming;
    const char *tomorrow;
} lines[WORK_COUNT] = {
    [WORK_RESUME_DRAFT] = {
        N_("unfinished form from today"),
        { NP_("unfinished form, left %lu day ago", "unfinished form, left %lu days ago") },
        { NULL, NULL }, NULL },
    [WORK_SUPERVISION] = {
        N_("to talk over with your supervisor today"),
        { NP_("to talk over with your supervisor, due %lu day ago",
              "to talk over with your supervisor, due %lu days ago") },
        { NP_("to talk over with your supervisor in %lu day", "to talk over with your supervisor in %lu days") },
        N_("to talk over with your supervisor tomorrow") },
    [WORK_REFERRAL_WAITING] = {
        N_("referral came today and waits for a decision"),
        { NP_("referral waiting for a decision for %lu day", "referral waiting for a decision for %lu days") },
        { NP_("referral to be decided in %lu day", "referral to be decided in %lu days") },
        N_("referral to be decided tomorrow") },
    [WORK_REFERRAL_PUT_OFF] = {
        N_("referral put off today, to be decided after all"),
        { NP_("referral put off %lu day ago, to be decided after all",
              "referral put off %lu days ago, to be decided after all") },
        { NULL, NULL }, NULL },
    [WORK_WAITING_LIST] = {
        N_("accepted today, on the waiting list"),
        { NP_("accepted, on the waiting list for %lu day", "accepted, on the waiting list for %lu days") },
        { NULL, NULL }, NULL },
    [WORK_FIRST_CONTACT] = {
        N_("accepted today, no contact yet"),
        { NP_("accepted %lu day ago, no contact yet", "accepted %lu days ago, no contact yet") },
        { NULL, NULL }, NULL },
    [WORK_FOLLOW_UP] = {
        N_("follow-up due today"),
        { NP_("follow-up due %lu day ago", "follow-up due %lu days ago") },
        { NP_("follow-up due in %lu day", "follow-up due in %lu days") },
        N_("follow-up due tomorrow") },
    [WORK_REVIEW] = {
        N_("review due today"),
        { NP_("review due %lu day ago", "review due %lu days ago") },
        { NP_("review due in %lu day", "review due in %lu days") },
        N_("review due tomorrow") },
    [WORK_FEEDBACK_OWED] = {
        N_("feedback owed to the referrer since today"),
        { NP_("feedback owed to the referrer for %lu day", "feedback owed to the referrer for %lu days") },
        { NP_("feedback to the referrer due in %lu day", "feedback to the referrer due in %lu days") },
        N_("feedback to the referrer due tomorrow") },
    [WORK_NEWS_DUE] = {
        N_("ask today what became of the referral"),
        { NP_("ask what became of the referral, due %lu day ago",
              "ask what became of the referral, due %lu days ago") },
        { NP_("ask in %lu day what became of the referral", "ask in %lu days what became of the referral") },
        N_("ask tomorrow what became of the referral") },
    [WORK_DRAFT] = {
        N_("draft from today"),
        { NP_("draft left for %lu day", "draft left for %lu days") },
        { NULL, NULL }, NULL },
    [WORK_SUPERVISION_DUE] = {
        N_("supervision due today"),
        { NP_("supervision due %lu day ago", "supervision due %lu days ago") },
        { NP_("supervision due in %lu day", "supervision due in %lu days") },
        N_("supervision due tomorrow") },
    [WORK_RECOVERY_TEST] = {
        N_("test of the recovery code due today"),
        { NP_("test of the recovery code due %lu day ago", "test of the recovery code due %lu days ago") },
        { NP_("test of the recovery code due in %lu day", "test of the recovery code due in %lu days") },
        N_("test of the recovery code due tomorrow") },
    [WORK_ASSET_VERIFY] = {
        N_("entry to check with them today"),
        { NP_("entry to check with them, due %lu day ago",
              "entry to check with them, due %lu days ago") },
        { NP_("entry to check with them in %lu day", "entry to check with them in %lu days") },
        N_("entry to check with them tomorrow") },
    [WORK_GAP] = {
        N_("nothing was there today: look again"),
        { NP_("nothing was there %lu day ago: look again", "nothing was there %lu days ago: look again") },
        { NP_("look again in %lu day for what was not there", "look again in %lu days for what was not there") },
        N_("look again tomorrow for what was not there") },
};

const char *work_kind_code(enum work_kind k)
{
    return (unsigned)k < WORK_COUNT ? codes[k] : "";
}

bool work_kind_parse(const char *code, enum work_kind *out)
{
    for (int k = 0; k < WORK_COUNT; k++) {
        if (str_eq(code, codes[k])) {
            *out = (enum work_kind)k;
            return true;
        }
    }
    return false;
}

/* Things that are owed count from when they began, things that are due from their date. What was written down days
 * after it came has been owed since it came; what comes up again on a day that is not there yet, from that day. */
static struct date counts_from(const struct work_item *item, struct date today)
{
    static const bool owed[WORK_COUNT] = {
        [WORK_REFERRAL_WAITING] = true, [WORK_REFERRAL_PUT_OFF] = true, [WORK_WAITING_LIST] = true,
        [WORK_FIRST_CONTACT] = true,
        [WORK_FEEDBACK_OWED] = true, [WORK_DRAFT] = true, [WORK_RESUME_DRAFT] = true, [WORK_GAP] = true,
    }, again[WORK_COUNT] = { [WORK_GAP] = true };

    if (!date_is_set(item->due) || !date_is_set(item->since))
        return date_is_set(item->due) ? item->due : item->since;
    if (again[item->kind] && date_compare(item->due, today) > 0)
        return item->due;
    return owed[item->kind] && date_compare(item->since, item->due) < 0 ? item->since : item->due;
}

/* Days gone by since then; negative before it, 0 when no date is known. */
static long days_past(const struct work_item *item, struct date today)
{
    struct date from = counts_from(item, today);

    return date_is_set(from) ? date_days(today) - date_days(from) : 0;
}

bool work_is_overdue(const struct work_item *item, struct date today)
{
    return date_is_set(item->due) && date_compare(item->due, today) < 0;
}

/* What is still to come weighs less each day it is away, and never more than what is due. */
int work_weight(const struct work_item *item, const struct work_rules *rules, struct date today)
{
    const struct work_rule *rule = &rules->of[item->kind];
    long past = days_past(item, today), extra;
    int  base = rule->weight + item->more;

    if (past < 0)
        return -past >= 100 ? 0 : (int)(base / 4 * (100 + past) / 100);
    extra = past > rule->at_most ? rule->at_most : past * rule->per_day;
    return base + (int)(extra > rule->at_most ? rule->at_most : extra);
}

struct weighed {
    int              weight;
    struct work_item item;
};

static int compare(const void *pa, const void *pb)
{
    const struct weighed *a = pa, *b = pb;
    int                   c;

    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    if ((c = date_compare(a->item.due, b->item.due)) != 0)
        return c;
    if ((c = strcmp(a->item.name, b->item.name)) != 0)
        return c;
    if ((c = (int)a->item.kind - (int)b->item.kind) != 0)
        return c;
    if ((c = memcmp(a->item.person.b, b->item.person.b, sizeof a->item.person.b)) != 0)
        return c;
    if ((c = memcmp(a->item.episode.b, b->item.episode.b, sizeof a->item.episode.b)) != 0)
        return c;
    return memcmp(a->item.subject.b, b->item.subject.b, sizeof a->item.subject.b);
}

void worklist_sort(struct work_item *items, size_t n, const struct work_rules *rules, struct date today)
{
    struct weighed *w;

    if (n < 2)
        return;
    w = xcalloc(n, sizeof *w);
    for (size_t i = 0; i < n; i++) {
        w[i].weight = work_weight(&items[i], rules, today);
        w[i].item = items[i];
    }
    qsort(w, n, sizeof *w, compare);
    for (size_t i = 0; i < n; i++)
        items[i] = w[i].item;
    explicit_bzero(w, n * sizeof *w);
    free(w);
}

void worklist_why(struct buf *out, const struct work_item *item, struct date today)
{
    long               past = days_past(item, today);
    unsigned long      n = (unsigned long)(past < 0 ? -past : past);
    const struct pair *p = past < 0 ? &lines[item->kind].coming : &lines[item->kind].past;

    if (past == 0 || !p->one)
        buf_add(out, _(lines[item->kind].today));
    else if (past == -1)
        buf_add(out, _(lines[item->kind].tomorrow));
    else
        buf_addf(out, tr_n(p->one, p->many, n), n);
}
