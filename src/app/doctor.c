/* app/doctor.c - doctor: what could go wrong around a case file, looked at before it does. Nothing is repaired here.
 *
 * Each check answers with one sentence; a finding's sentence says what to do. What needs the keys is passed over when
 * no passphrase was given, and says so. */
#include "commands.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/forms/lint.h"
#include "dolen/base/text.h"
#include "leaks.h"
#include "dolen/base/banned.h"

#define TESTED_DAYS 90
#define BACKUP_DAYS 7
#define FREE_LEAST  (500ll << 20)

enum state { FINE, WARNING, PASSED_OVER };

struct doctor {
    struct run  *r;
    struct json *list;
    int          warnings;
};

static void answer(struct doctor *d, const char *check, enum state state, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

static void answer(struct doctor *d, const char *check, enum state state, const char *fmt, ...)
{
    static const char *const words[] = { "ok", "warning", "skipped" };
    char text[512];
    struct json *j = json_new_map();
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    d->warnings += state == WARNING;
    if (!d->r->json)
        printf("%s %s\n", state == FINE ? "  " : state == WARNING ? "! " : "- ", text);
    json_set_text(j, "check", check);
    json_set_text(j, "state", words[state]);
    json_set_text(j, "text", text);
    json_append(d->list, j);
}

static long days_since(int64_t at)
{
    return date_days(clock_today()) - date_days(instant_date(at));
}

/* --- the folder --------------------------------------------------------------------------------------------------- */

static void check_modes(struct doctor *d)
{
    static const char *const files[] = { "keyslots", "case.db", "case.db-journal", "holder" };
    struct stat sb;
    bool open = stat(d->r->folder, &sb) != 0 || (sb.st_mode & 0777) != 0700;

    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        char *path = path_join(d->r->folder, files[i]);

        open = open || (stat(path, &sb) == 0 && (sb.st_mode & 0777) != 0600);
        free(path);
    }
    if (open)
        answer(d, "permissions", WARNING,
               _("Other people on this laptop may read the folder: chmod 700 %s; chmod 600 %s/*"),
               d->r->folder, d->r->folder);
    else
        answer(d, "permissions", FINE, "%s", _("Only you can read the case file's folder."));
}

static void check_room(struct doctor *d)
{
    int64_t room = file_free_bytes(d->r->folder);

    if (room >= 0 && room < FREE_LEAST)
        answer(d, "disk", WARNING, _("Only %lld MiB are free on the disk: make room before it is full."),
               (long long) (room >> 20));
    else
        answer(d, "disk", FINE, "%s", _("There is room on the disk."));
}

static void check_cloud(struct doctor *d)
{
    static const char *const names[] = { "dropbox", "onedrive", "nextcloud", "owncloud", "icloud", "google drive",
                                         "googledrive",
                                         "gdrive", "syncthing", "pcloud" };
    char *real = realpath(d->r->folder, NULL);
    const char *found = NULL;

    for (size_t i = 0; real && i < ARRAY_LEN(names) && !found; i++)
        if (strcasestr(real, names[i]))
            found = names[i];
    if (found)
        answer(d, "cloud_folder", WARNING,
               _("The case file seems to be in a folder that is copied to a cloud (%s), which can mix old and new: "
                 "move it out, and let backups be copied instead."),
               found);
    else
        answer(d, "cloud_folder", FINE, "%s", _("The case file is in no folder known to be copied to a cloud."));
    free(real);
}

/* --- the ways in -------------------------------------------------------------------------------------------------- */

static void check_slots(struct doctor *d, const struct keyslots *k)
{
    struct slot_info slot[VAULT_SLOTS];
    int n = keyslots_list(k, slot);
    unsigned least = 0, today = keyslots_is_training(k) ? VAULT_KDF_FLOOR_MIB : vault_calibrate();
    int64_t tested = 0;

    for (int i = 0; i < n; i++) {
        if (slot[i].kind == SLOT_PASSPHRASE && (least == 0 || slot[i].kdf_mib < least))
            least = slot[i].kdf_mib;
        if (slot[i].kind != SLOT_PASSPHRASE && slot[i].tested_at > tested)
            tested = slot[i].tested_at;
    }
    if (keyslots_one_copy_bad(k))
        answer(d, "slots", WARNING, "%s",
               _("One of the two copies of the key slots is damaged: dolen keys test writes both anew."));
    else
        answer(d, "slots", FINE, "%s", _("Both copies of the key slots are whole."));
    if (!tested)
        answer(d, "recovery", WARNING, "%s",
               _("No way of recovery was ever tried: try the recovery code with dolen recovery test."));
    else if (days_since(tested) > TESTED_DAYS)
        answer(d, "recovery", WARNING,
               _("The recovery code was last tried on %s: try it again with dolen recovery test."),
               date_show(instant_date(tested)).s);
    else
        answer(d, "recovery", FINE, _("A way of recovery was tried on %s."), date_show(instant_date(tested)).s);
    if (least && least < today / 2)
        answer(d, "passphrase_cost", WARNING,
               _("A passphrase is stretched with %u MiB where this laptop can do %u: set it again with dolen "
                 "passphrase."),
               least, today);
    else
        answer(d, "passphrase_cost", FINE, "%s", _("Guessing a passphrase costs what this laptop can do."));
}

static void check_open(struct doctor *d)
{
    struct casefile *cf = d->r->cf;
    char *backup;
    int64_t at;

    if (!cf || !cf->store) {
        answer(d, "backup", PASSED_OVER, "%s",
               _("Not looked at without a passphrase: last backup, locked memory, database library."));
        return;
    }
    backup = store_setting(cf->store, "last_backup");
    at = backup ? strtoll(backup, NULL, 10) : 0;
    if (!at)
        answer(d, "backup", WARNING, "%s",
               _("No backup of this case file was ever made: dolen backup FILE, onto another disk."));
    else if (days_since(at) > BACKUP_DAYS)
        answer(d, "backup", WARNING, _("The last backup is of %s: make a new one with dolen backup FILE."),
               date_show(instant_date(at)).s);
    else
        answer(d, "backup", FINE, _("The last backup is of %s."), date_show(instant_date(at)).s);
    free(backup);
    if (vault_memory_is_locked(cf->vault))
        answer(d, "memory", FINE, "%s", _("The keys are kept out of swap."));
    else
        answer(d, "memory", WARNING, "%s",
               _("The system does not let the keys be kept out of swap: raise the limit for locked memory."));
    answer(d, "library", FINE, _("Database library: SQLCipher %s."), store_library_version(cf->store));
}

/* --- the laptop --------------------------------------------------------------------------------------------------- */

/* "/dev/dm-0" is encrypted when its device-mapper name came from cryptsetup; zram never reaches a disk. */
static bool swap_is_safe(const char *device)
{
    const char *name = strrchr(device, '/') ? strrchr(device, '/') + 1 : device;
    struct buf b = BUF_INIT;
    char *path = xasprintf("/sys/block/%s/dm/uuid", name);
    bool safe = str_starts(name, "zram") ||
                (file_read(&b, path, 4096, NULL) == ST_OK && str_starts(buf_text(&b), "CRYPT-"));

    buf_release(&b);
    free(path);
    return safe;
}

static void check_swap(struct doctor *d)
{
    FILE *f = fopen("/proc/swaps", "re");
    char line[512], device[256];
    bool safe = true;

    while (f && fgets(line, sizeof line, f)) {
        char *real;

        if (line[0] != '/' || sscanf(line, "%255s", device) != 1)
            continue;
        real = realpath(device, NULL);
        safe = safe && swap_is_safe(real ? real : device);
        free(real);
    }
    if (f)
        fclose(f);
    if (safe)
        answer(d, "swap", FINE, "%s", _("No swap that is known to be written in clear."));
    else
        answer(d, "swap", WARNING, "%s",
               _("Swap is not known to be encrypted, and case text in memory can reach it: encrypt the disk, or ask "
                 "whoever looks after the laptop."));
}

static void check_terminal(struct doctor *d)
{
    if (lang_terminal_is_utf8())
        answer(d, "terminal", FINE, "%s", _("The terminal can show every letter."));
    else
        answer(d, "terminal", WARNING, "%s",
               _("The terminal is not set to UTF-8, so ŵ and ŷ cannot be shown: set LANG to a UTF-8 locale."));
}

static void check_definitions(struct doctor *d, struct catalog *c)
{
    struct findings found = FINDINGS_INIT;
    size_t n;

    for (int kind = 0; kind < DEF_COUNT; kind++) {
        const char *const *ids = catalog_list(c, (enum def_kind) kind, &n);

        for (size_t i = 0; i < n; i++) {
            char *path = catalog_path(c, (enum def_kind) kind, ids[i]);

            if (path)
                lint_file(path, c, &found, NULL);
            free(path);
        }
    }
    if (found.count)
        answer(d, "definitions", WARNING,
               tr_n("%zu finding in the forms and lists, in %s: dolen form lint FILE names it.",
                    "%zu findings in the forms and lists, the first in %s: dolen form lint FILE names them.",
                    found.count),
               found.count, found.items[0].file);
    else
        answer(d, "definitions", FINE, "%s", _("The forms and lists have no mistakes."));
    findings_release(&found);
}

static void check_protocols(struct doctor *d, struct catalog *c)
{
    size_t n, stale = 0;
    const struct protocol *const *all = catalog_protocols(c, &n);
    char *config = place_config(), *own = path_join(config, "protocols");
    DIR *dir = opendir(own);
    struct dirent *e;
    bool any = false;

    while (dir && (e = readdir(dir)))
        any = any || strstr(e->d_name, ".yaml");
    if (dir)
        closedir(dir);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < all[i]->number_count; k++)
            stale += protocol_number_is_stale(&all[i]->numbers[k], clock_today());
    if (any)
        answer(d, "own_protocols", FINE, "%s", _("Your organisation's own wording for something serious is there."));
    else
        answer(d, "own_protocols", WARNING,
               _("Your organisation's own wording and numbers for something serious are missing: put them into %s."),
               own);
    if (stale)
        answer(d, "numbers", WARNING,
               _("%zu telephone numbers for something serious were not checked within 180 days: ring them, and write "
                 "the day into the file."),
               stale);
    else
        answer(d, "numbers", FINE, "%s", _("The numbers for something serious were all checked within 180 days."));
    free(own);
    free(config);
}

/* --- what was left behind ----------------------------------------------------------------------------------------- */

static enum status check_leaks(struct doctor *d, struct err *err)
{
    struct leaks l = { NULL, 0, 0, 0, false };
    enum status st = leaks_find(&l, d->r->cf, err);

    for (size_t i = 0; st == ST_OK && i < l.count; i++) {
        struct buf name = BUF_INIT;

        text_tame(&name, l.files[i], false);
        answer(d, "leak", WARNING,
               _("A name or number of somebody in the case file stands in clear in %s: look at it, and delete it if "
                 "it is not needed."),
               buf_text(&name));
        buf_release(&name);
    }
    if (st == ST_OK && l.cut_short)
        answer(d, "leaks", WARNING,
               _("There was too much to look through to the end; %zu files were looked at, the temporary folder last."),
               l.looked_at);
    else if (st == ST_OK && !l.count)
        answer(d, "leaks", FINE, _("Nothing of the case file was found in clear in %zu files."), l.looked_at);
    leaks_release(&l);
    return st;
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static enum status open_it(struct run *r, struct err *err)
{
    struct secret *s = NULL;
    enum status st = casefile_claim(&r->cf, r->folder, r->holder_fd, err);

    if (st != ST_OK || (r->passphrase_fd < 0 && !r->key_file && !isatty(STDIN_FILENO)))
        return st;
    if (!r->key_file)
        st = r->passphrase_fd >= 0 ? secret_read_fd(&s, r->passphrase_fd, err) : secret_ask(&s, _("Passphrase: "), err);
    if (st == ST_OK)
        st = casefile_unlock(r->cf, s, r->key_file, err);
    if (st == ST_OK)
        st = casefile_open(r->cf, false, err);
    secret_free(&s);
    return st;
}

static void check_case_file(struct doctor *d)
{
    answer(d, "case_file", FINE, _("The case file is in %s."), d->r->folder);
    check_modes(d);
    check_slots(d, d->r->cf->slots);
    check_room(d);
    check_cloud(d);
    check_open(d);
}

static enum status doctor_run(struct run *r, struct err *err)
{
    struct doctor d = { .r = r, .list = json_new_list() };
    struct catalog *c = catalog_open();
    enum status st = casefile_is_there(r->folder) ? open_it(r, err) : ST_OK;

    if (st == ST_OK && run_flag(r, "--leaks") && !(r->cf && r->cf->store))
        st = err_set(err, ST_USAGE,
                     _("Looking for leaks needs the case file and its passphrase, to know what to look for. Nothing "
                       "was changed."));
    if (st == ST_OK && run_flag(r, "--leaks"))
        st = check_leaks(&d, err);
    else if (st == ST_OK && r->cf)
        check_case_file(&d);
    else if (st == ST_OK)
        answer(&d, "case_file", WARNING, _("There is no case file in %s: make one with dolen init."), r->folder);
    if (st == ST_OK && !run_flag(r, "--leaks")) {
        check_swap(&d);
        check_terminal(&d);
        check_definitions(&d, c);
        check_protocols(&d, c);
    }
    catalog_free(&c);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "warnings", d.warnings);
        json_set(j, "checks", d.list);
        run_print_json("doctor", j);
    } else {
        json_free(&d.list);
    }
    if (st != ST_OK || d.warnings == 0)
        return st;
    err_clear(err);            /* the answer has said it all */
    return ST_REFUSED;
}

static const struct option doctor_options[] = {
    { "--leaks", NULL, N_("Look for names and numbers of the case file in temporary files, histories and the like") },
    { NULL, NULL, NULL }
};

const struct command doctor_commands[] = {
    { "doctor", NULL, "", 0, 0, N_("Look for what could go wrong: recovery, backups, folder, disk, forms, numbers"),
      doctor_options,
      NEEDS_NOTHING, doctor_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
