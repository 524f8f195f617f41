/* app/recovery_drill.c - the drill: which copy, opened how, what it is compared with, what is written down about it. */
#include "recovery_drill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "backup.h"
#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "recovery.h"
#include "dolen/base/banned.h"

#define LAST_SETTING   "recovery_test"      /* "AT POINTS" */
#define BACKUP_SETTING "last_backup_file"
#define FOLDER         "recovery-test"

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t) t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int recovery_points(const struct recovery_score *s)
{
    return s->opened + s->whole + s->same + s->recent;
}

void recovery_score_release(struct recovery_score *s)
{
    free(s->from);
    s->from = NULL;
}

int64_t recovery_last(struct store *s, int *points)
{
    char *text = store_setting(s, LAST_SETTING);
    long long at = 0;

    if (!text || sscanf(text, "%lld %d", &at, points) != 2)
        at = 0;
    free(text);
    return at;
}

/* --- which way in ----------------------------------------------------------------------------------------------- */

/* A passphrase opens the case file every day: only the paper is what this asks about. */
enum status recovery_is_paper(const struct secret *code, struct err *err)
{
    int slip = recovery_code_check(code);

    if (slip > 0)
        return err_set(err, ST_NOSLOT, _("Group %d of the recovery code has a slip in it. Nothing was changed. "
                                         "Look at that group on the paper and type the code again."), slip);
    if (slip < 0)
        return err_set(err, ST_NOSLOT, _("A recovery code has 7 groups of 5 letters and digits. Nothing was changed. "
                                         "Type the whole code again."));
    return ST_OK;
}

/* The slot of the case file in use that the code opens. */
static enum status slot_in_use(const struct casefile *cf, const struct secret *code, struct slot_info *slot,
                               struct err *err)
{
    struct keyslots *k = NULL;
    struct vault *v = NULL;
    enum status st = keyslots_read(&k, cf->folder, err);

    if (st == ST_OK)
        st = vault_open(&v, k, code, err);
    if (st == ST_NOSLOT)
        err_set(err, ST_NOSLOT,
                _("This code does not open the case file in use: it may be an older one. Nothing was changed. Look "
                  "for the newer paper, or make a new code with: dolen keys add recovery"));
    if (st == ST_OK)
        *slot = vault_slot_info(v);
    vault_free(&v);
    keyslots_free(&k);
    return st;
}

/* --- the copy --------------------------------------------------------------------------------------------------- */

static char *newest_backup(struct casefile *cf, const char *named)
{
    char *path = named ? xstrdup(named) : store_setting(cf->store, BACKUP_SETTING);

    if (!named && path && access(path, R_OK) != 0) {
        free(path);
        path = NULL;
    }
    return path;
}

static enum status open_copy(struct casefile *cf, const struct secret *code, const char *dir, struct recovery_score *s,
                             struct backup_facts *facts, struct err *err)
{
    struct slot_info slot = { .kind = SLOT_EMPTY };
    char *copy = path_join(dir, "copy");
    enum status st = ST_OK;

    s->fresh = !s->from;
    if (s->fresh)
        st = backup_make(cf, copy, facts, err);
    if (st == ST_OK)
        st = backup_try(s->fresh ? copy : s->from, dir, code, facts, &slot, err);
    s->opened = slot.kind == SLOT_RECOVERY;
    s->whole = st == ST_OK;
    free(copy);
    return st;
}

/* The copy is the same history up to its newest change when the chain stands at the same value there. */
static enum status compare(struct casefile *cf, const struct backup_facts *facts, struct recovery_score *s,
                           struct err *err)
{
    struct counts now = { 0 };
    int64_t seq = facts->changes;
    char head[65] = "";
    enum status st = store_counts(cf->store, &now, err);

    if (st != ST_OK)
        return st;
    s->same = seq > 0 && chain_head(cf->store, &seq, head, NULL) == ST_OK && str_eq(head, facts->head);
    s->made_at = facts->made_at;
    s->age_days = date_days(clock_today()) - date_days(instant_date(facts->made_at));
    s->recent = !s->fresh && s->age_days <= RECOVERY_BACKUP_DAYS;
    s->people = facts->people;
    s->changes = facts->changes;
    s->people_now = now.people;
    s->changes_now = store_version(cf->store);
    if (!s->same)
        return err_set(err, ST_REFUSED,
                       _("The copy opened, but it is not of this case file. Nothing was changed. Make a backup "
                         "today, and look where the old ones are kept."));
    return ST_OK;
}

/* --- writing it down -------------------------------------------------------------------------------------------- */

static enum status note(struct casefile *cf, const struct recovery_score *s, struct err *err)
{
    char value[48], why[48];
    enum status st = store_begin(cf->store, err);

    if (st != ST_OK)
        return st;
    snprintf(value, sizeof value, "%lld %d", (long long) clock_now(), recovery_points(s));
    snprintf(why, sizeof why, "recovery test: %d of %d", recovery_points(s), RECOVERY_POINTS);
    st = store_set_setting(cf->store, LAST_SETTING, value, err);
    if (st == ST_OK)
        st = store_note(cf->store, "keys", ID_NONE, why, err);
    return store_end(cf->store, st, err);
}

static enum status passed(struct casefile *cf, const struct slot_info *slot, struct err *err)
{
    enum status st = vault_mark_tested(cf->vault, slot->index, clock_now(), err);

    if (st == ST_OK)
        st = vault_write(cf->vault, cf->folder, err);
    return st == ST_OK ? recovery_tested(cf, slot, err) : st;
}

static enum status run(struct casefile *cf, const struct secret *code, const char *dir, struct recovery_score *s,
                       struct err *err)
{
    struct backup_facts facts = { 0 };
    struct slot_info slot;
    enum status st = slot_in_use(cf, code, &slot, err), noted;
    int64_t since = now_ms();

    if (st != ST_OK)
        return st;
    st = open_copy(cf, code, dir, s, &facts, err);
    if (st == ST_OK)
        st = compare(cf, &facts, s, err);
    s->milliseconds = (long) (now_ms() - since);
    noted = note(cf, s, st == ST_OK ? err : NULL);
    if (st == ST_OK)
        st = noted == ST_OK ? passed(cf, &slot, err) : noted;
    return st;
}

enum status recovery_drill(struct casefile *cf, const struct secret *code, const char *backup,
                           struct recovery_score *score, struct err *err)
{
    char *dir = path_join(cf->folder, FOLDER);
    enum status st;

    *score = (struct recovery_score) { .from = NULL };
    st = recovery_is_paper(code, err);
    if (st == ST_OK && cf->read_only)
        st = err_set(err, ST_REFUSED,
                     _("The case file is open for reading only: the drill could not be written down. Nothing was "
                       "changed. Restore a backup first."));
    backup_copy_remove(dir);            /* what a drill that was cut short left behind */
    if (st == ST_OK)
        st = folder_make_private(dir, err);
    if (st == ST_OK) {
        score->from = newest_backup(cf, backup);
        st = run(cf, code, dir, score, err);
    }
    backup_copy_remove(dir);
    free(dir);
    return st;
}

/* --- in words --------------------------------------------------------------------------------------------------- */

static void point(struct buf *out, bool won, const char *words)
{
    buf_addf(out, "%s%s %s", out->len ? "\n" : "", won ? "+" : "!", words);
}

void recovery_words(const struct recovery_score *s, struct buf *out)
{
    struct buf b = BUF_INIT;

    point(out, s->opened, s->fresh ? _("The code on the paper opened a copy made now; no backup was found.")
                                   : _("The code on the paper opened the newest backup."));
    point(out, s->whole, _("Every page, every index and the whole history of the copy were checked."));
    buf_addf(&b, _("It is this case file: people in the copy %lld, now %lld; newer changes %lld."),
             (long long) s->people, (long long) s->people_now, (long long) (s->changes_now - s->changes));
    point(out, s->same, buf_text(&b));
    buf_clear(&b);
    if (s->fresh)
        buf_add(&b, _("Make a backup today, on something that is not kept with the laptop: dolen backup FILE"));
    else
        buf_addf(&b, tr_n("The backup is %ld day old.", "The backup is %ld days old.", (unsigned long) s->age_days),
                 s->age_days);
    point(out, s->recent, buf_text(&b));
    buf_release(&b);
}
