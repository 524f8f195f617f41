/* cmd_rotate.c - keys rotate: what is lost is said first, and has to be confirmed by number. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "dolen/base/lang.h"
#include "dolen/base/layout.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "rotate.h"
#include "dolen/base/banned.h"

/* Everything but the way that is used now and what can be sealed to a public key. */
static long lost_slots(const struct vault *v, struct slot_info out[VAULT_SLOTS])
{
    struct slot_info all[VAULT_SLOTS];
    int n = vault_list(v, all);
    long lost = 0;

    for (int i = 0; i < n; i++)
        if (!vault_slot_is_carried_over(v, all[i].index))
            out[lost++] = all[i];
    return lost;
}

static void name_lost(const struct slot_info *lost, long n)
{
    fprintf(stderr, "%s\n", _("These ways in open the old keys only and would be lost:"));
    for (long i = 0; i < n; i++) {
        struct buf label = BUF_INIT, kind = BUF_INIT;

        text_tame(&label, lost[i].label, false);
        layout_pad(&kind, slot_kind_label(lost[i].kind), SLOT_KIND_COLS);
        fprintf(stderr, "%d  %s%s\n", lost[i].index + 1, buf_text(&kind), buf_text(&label));
        buf_release(&label);
        buf_release(&kind);
    }
}

static enum status confirmed(const struct run *r, const struct vault *v, long *n, struct err *err)
{
    struct slot_info lost[VAULT_SLOTS];
    long said = -1;
    enum status st = run_int(r, "--confirm", 0, VAULT_SLOTS, &said, err);

    *n = lost_slots(v, lost);
    if (st != ST_OK || *n == 0 || said == *n)
        return st;
    name_lost(lost, *n);
    return err_set(err, ST_REFUSED,
                   tr_n("New keys would end %ld other way into the case file. Nothing was changed. If that is "
                        "meant, say so with: --confirm %ld",
                        "New keys would end %ld other ways into the case file. Nothing was changed. If that is "
                        "meant, say so with: --confirm %ld",
                        (unsigned long) *n),
                   *n, *n);
}

static enum status unlock(struct run *r, struct secret **s, struct err *err)
{
    enum status st = casefile_claim(&r->cf, r->folder, r->holder_fd, err);

    if (st == ST_OK && !r->key_file)
        st = r->passphrase_fd >= 0 ? secret_read_fd(s, r->passphrase_fd, err) : secret_ask(s, _("Passphrase: "), err);
    return st == ST_OK ? casefile_unlock(r->cf, *s, r->key_file, err) : st;
}

static void say(const struct run *r, const struct rotation *t, long lost)
{
    if (r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "ways_lost", lost);
        json_set_text(j, "left", t->left);
        run_print_json("rotate", j);
        return;
    }
    print_paragraph(_("The case file has new keys; what opens it now has just opened it, and every record was "
                      "checked."));
    print_paragraph(_("Backups and copies made before still open with the old passphrases and the old recovery "
                      "code: make a new backup, and delete those you can do without."));
    if (t->left) {
        printf(_("The old case file could not be removed: it is in %s. Delete that folder."), t->left);
        putchar('\n');
    }
}

enum status rotate_run(struct run *r, struct err *err)
{
    struct rotation t = { .key_file = r->key_file, .recovery_to = run_value(r, "--recovery-to") };
    struct secret *s = NULL;
    long lost = 0;
    enum status st = ST_OK;

    if (!t.recovery_to && (!isatty(STDIN_FILENO) || r->passphrase_fd >= 0))
        return err_set(err, ST_USAGE,
                       _("Without a terminal, say where the recovery code goes: --recovery-to FILE. Nothing was "
                         "changed."));
    st = unlock(r, &s, err);
    if (st == ST_OK)
        st = confirmed(r, r->cf->vault, &lost, err);
    if (st == ST_OK)
        st = casefile_open(r->cf, false, err);
    if (st == ST_OK)
        st = store_verify(r->cf->store, err);
    t.cf = r->cf;
    t.secret = s;
    if (st == ST_OK && !t.recovery_to)
        say_paragraph(_("Until the new code is typed back nothing is changed: if this stops before, throw the new "
                        "paper away, and the old one still opens the case file."));
    if (st == ST_OK)
        st = rotate_keys(&t, err);
    if (st == ST_OK)
        say(r, &t, lost);
    secret_free(&s);
    free(t.left);
    return st;
}
