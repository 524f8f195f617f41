/* cmd_backup.c - backup, restore, verify. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup.h"
#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static void say(const struct run *r, const char *schema, const struct backup_facts *f, const char *one,
                const char *many)
{
    if (r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "people", f->people);
        json_set_int(j, "changes", f->changes);
        json_set_int(j, "bytes", f->bytes);
        json_set_text(j, "made_at", instant_iso(f->made_at).s);
        run_print_json(schema, j);
        return;
    }
    printf(tr_n(one, many, (unsigned long) f->people), (long long) f->people, instant_show(f->made_at).s);
    putchar('\n');
}

/* The whole path of a new file in a folder that is there: whoever looks for the copy a year later needs it. */
static enum status whole_path(const char *given, char **out, struct err *err)
{
    const char *slash = strrchr(given, '/');
    char *folder = slash ? xstrndup(given, (size_t) (slash - given) + 1) : xstrdup("."), *real;
    enum status st = ST_OK;

    if (file_exists(given)) {
        st = err_set(err, ST_REFUSED,
                     _("%s is there already and stays as it is. Choose another name for the backup."), given);
    } else if ((real = realpath(folder, NULL)) == NULL) {
        st = err_set(err, ST_NOTFOUND, _("The folder of %s is not there. No backup was made; the case file is as it was. "
                                         "Plug in the stick, or check the name."), given);
    } else {
        *out = path_join(real, slash ? slash + 1 : given);
        free(real);
    }
    free(folder);
    return st;
}

static enum status backup_run(struct run *r, struct err *err)
{
    struct backup_facts f = { 0 };
    char *before = store_setting(r->cf->store, "last_backup"), *now = xasprintf("%lld", (long long) clock_now()),
         *whole = NULL, *path;
    enum status st = whole_path(r->operand[0], &whole, err);

    /* Written down first, so that the copy itself holds it too: forgetting a person names the copies that still hold
     * them. */
    if (st == ST_OK)
        st = store_note(r->cf->store, "backup", ID_NONE, whole, err);
    if (st == ST_OK)
        st = store_set_setting(r->cf->store, "last_backup", now, err);      /* doctor asks for it */
    if (st == ST_OK) {
        st = backup_make(r->cf, r->operand[0], &f, err);
        if (st != ST_OK)
            store_set_setting(r->cf->store, "last_backup", before, NULL);
    }
    if (st == ST_OK && (path = realpath(r->operand[0], NULL)) != NULL) {
        st = store_set_setting(r->cf->store, "last_backup_file", path, err);    /* the recovery drill opens it */
        free(path);
    }
    free(before);
    free(now);
    free(whole);
    if (st == ST_OK)
        say(r, "backup", &f,
            NP_("The backup is written, read back and whole: %lld person, %s. It opens with every key that opens the "
                "case file now.",
                "The backup is written, read back and whole: %lld people, %s. It opens with every key that opens the "
                "case file now."));
    return st;
}

static enum status restore_run(struct run *r, struct err *err)
{
    struct backup_facts f = { 0 };
    struct secret *s = NULL;
    bool made = false;
    enum status st = ST_OK;

    if (!file_exists(r->operand[0]))
        return err_set(err, ST_NOTFOUND, _("%s does not exist; nothing was changed; check the name."), r->operand[0]);
    if (!r->key_file)
        st = r->passphrase_fd >= 0 ? secret_read_fd(&s, r->passphrase_fd, err)
                                   : secret_ask(&s, _("Passphrase or recovery code of the backup: "), err);
    if (st == ST_OK && !file_exists(r->folder)) {
        st = folder_make_private(r->folder, err);       /* its parents too */
        made = st == ST_OK;
    }
    if (st == ST_OK)
        st = backup_restore(r->operand[0], r->folder, s, r->key_file, &f, err);
    if (st != ST_OK && made)
        rmdir(r->folder);
    secret_free(&s);
    if (st == ST_OK)
        say(r, "restore", &f, NP_("The case file is restored and whole: %lld person, as of %s.",
                                  "The case file is restored and whole: %lld people, as of %s."));
    return st;
}

static enum status verify_run(struct run *r, struct err *err)
{
    enum status st = store_verify(r->cf->store, err);

    if (st != ST_OK)
        return st;
    if (r->json) {
        struct json *j = json_new_map();

        json_set_bool(j, "whole", true);
        json_set_int(j, "changes", store_version(r->cf->store));
        json_set_bool(j, "older_than_last_seen", r->cf->went_back);
        json_set_bool(j, "one_slot_copy_damaged", keyslots_one_copy_bad(r->cf->slots));
        run_print_json("verify", j);
    } else {
        printf(_("The case file is whole: every page, every index, and the history of %lld changes."),
               (long long) store_version(r->cf->store));
        putchar('\n');
        if (keyslots_one_copy_bad(r->cf->slots))
            print_paragraph(_("One of the two copies of the key slots is damaged; the other is whole. The next "
                              "change writes both anew."));
    }
    return ST_OK;
}

const struct command backup_commands[] = {
    { "backup", NULL, "FILE", 1, 1, N_("Write everything into one sealed file, read it back and verify it"), NULL,
      NEEDS_CASE,
      backup_run },
    { "restore", NULL, "FILE", 1, 1, N_("Put a backup into a new folder, verified"), NULL, NEEDS_NOTHING, restore_run },
    { "verify", NULL, "", 0, 0, N_("Check every page, index and change of the case file"), NULL, NEEDS_CASE,
      verify_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
