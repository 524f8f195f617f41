/* cmd_open.c - open: a bundle for the one who received it. No case file is needed: a commissioner has none. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/exchange/bundle.h"
#include "dolen/base/banned.h"

#define KEY_FILE_MAX (256u * 1024)

/* --- keys ------------------------------------------------------------------------------------------------------- */

/* Public keys of everybody whose bundles are let in: minisign.pub files one after the other, or bare lines. */
struct signers {
    struct minisign_public *items;
    size_t                  count, cap;
};

static const struct minisign_public *find_signer(void *ctx, const uint8_t key_id[8])
{
    const struct signers *s = ctx;

    for (size_t i = 0; i < s->count; i++)
        if (memcmp(s->items[i].id, key_id, sizeof s->items[i].id) == 0)
            return &s->items[i];
    return NULL;
}

static enum status add_signer(struct signers *s, const char *line, size_t n, struct err *err)
{
    char *text = xstrndup(line, n);
    struct minisign_public p;
    enum status st = ST_OK;

    if (*text && *text != '#' && !str_starts(text, "untrusted comment:")) {
        st = minisign_public_parse(&p, text, err);
        if (st == ST_OK)
            *ARRAY_ADD(s->items, s->count, s->cap) = p;
    }
    free(text);
    return st;
}

static enum status read_signers(struct signers *s, const char *path, struct err *err)
{
    struct buf b = BUF_INIT;
    enum status st = path ? file_read(&b, path, KEY_FILE_MAX, err)
                          : err_set(err, ST_USAGE, "%s", _("--signer is missing. Nothing was opened. Give a file with "
                                                           "the public key of the one who sent it: without it nobody "
                                                           "knows who wrote the bundle."));

    for (const char *at = buf_text(&b); st == ST_OK && *at;) {
        size_t n = strcspn(at, "\r\n");

        st = add_signer(s, at, n, err);
        at += n + strspn(at + n, "\r\n");
    }
    if (st == ST_OK && s->count == 0)
        st = err_set(err, ST_INVALID, _("%s holds no public key. Nothing was opened. Give the file with "
                                        "the RW… line."), path);
    buf_release(&b);
    return st;
}

static enum status read_identity(struct age_identity **out, const char *path, struct err *err)
{
    struct buf b = BUF_INIT;
    enum status st;

    if (!path)
        return err_set(err, ST_USAGE, "%s", _("--identity is missing. Nothing was opened. Give the file with your "
                                              "secret key, the one whose age1… line the sender has."));
    st = file_read(&b, path, KEY_FILE_MAX, err);
    if (st == ST_OK)
        st = age_identity_parse(out, buf_text(&b), b.len, err);
    buf_wipe(&b);
    return st;
}

/* --- what is told about it -------------------------------------------------------------------------------------- */

static const char *batch_text(const struct bundle *b, const char *key)
{
    const char *s = bundle_batch(b) ? json_get_text(bundle_batch(b), key) : NULL;

    return s ? s : "";
}

static struct json *members_json(const struct bundle *b)
{
    struct json *list = json_new_list();

    for (size_t i = 0; i < bundle_count(b); i++) {
        struct json *m = json_new_map();
        size_t n;

        bundle_bytes(b, bundle_name(b, i), &n);
        json_set_text(m, "name", bundle_name(b, i));
        json_set_int(m, "bytes", (int64_t) n);
        json_append(list, m);
    }
    return list;
}

static void print_json(const struct bundle *b, const char *folder)
{
    struct json *j = json_new_map();
    char signer[MINISIGN_PUBLIC_TEXT];

    minisign_public_text(bundle_signer(b), signer);
    json_set_text(j, "signer", signer);
    json_set_text(j, "comment", bundle_comment(b));
    json_set_text(j, "manifest_sha256", bundle_manifest_sha256(b));
    if (bundle_batch(b))
        json_set(j, "batch", json_copy(bundle_batch(b)));
    json_set(j, "members", members_json(b));
    if (folder)
        json_set_text(j, "folder", folder);
    run_print_json("open", j);
}

/* What others wrote is tamed before a terminal sees it. */
static void print_line(const char *label, const char *text)
{
    struct buf tame = BUF_INIT;

    if (!*text)
        return;
    text_tame(&tame, text, false);
    printf("%s %s\n", label, buf_text(&tame));
    buf_release(&tame);
}

static void print_batch(const struct bundle *b)
{
    const struct json *batch = bundle_batch(b), *period = batch ? json_get(batch, "period") : NULL;
    char signer[MINISIGN_PUBLIC_TEXT], *span;

    minisign_public_text(bundle_signer(b), signer);
    print_line(_("Signed by"), signer);
    print_line(_("From the laptop"), batch_text(b, "source_id"));
    print_line(_("For"), batch_text(b, "destination"));
    print_line(_("Kind"), batch_text(b, "kind"));
    if (period && json_get_text(period, "from") && json_get_text(period, "until")) {
        span = xasprintf("%s – %s", json_get_text(period, "from"), json_get_text(period, "until"));
        print_line(_("Period"), span);
        free(span);
    }
}

static void print_text(const struct bundle *b)
{
    print_batch(b);
    for (size_t i = 0; i < bundle_count(b); i++) {
        size_t n;

        bundle_bytes(b, bundle_name(b, i), &n);
        printf("%10zu  %s\n", n, bundle_name(b, i));
    }
}

static void warn(const struct bundle *b, const char *folder)
{
    const struct json *batch = bundle_batch(b), *training = batch ? json_get(batch, "training") : NULL;

    if (folder)
        fprintf(stderr, "dolen: %s\n", _("The rows are pseudonymised personal data, now outside the encrypted bundle. "
                                         "Keep the folder closed, and delete it when it has served."));
    if (training && json_bool(training))
        fprintf(stderr, "dolen: %s\n", _("This bundle comes from a training case file: the people in "
                                         "it are invented."));
}

/* --- the command ------------------------------------------------------------------------------------------------ */

static enum status open_run(struct run *r, struct err *err)
{
    const char *folder = run_value(r, "--to");
    struct signers signers = { NULL, 0, 0 };
    struct age_identity *identity = NULL;
    struct bundle *b = NULL;
    enum status st = ST_OK;

    if (!folder == !run_flag(r, "--list"))
        st = err_set(err, ST_USAGE, "%s", _("Give either --to with a new folder, or --list. Nothing was opened."));
    if (st == ST_OK)
        st = read_signers(&signers, run_value(r, "--signer"), err);
    if (st == ST_OK)
        st = read_identity(&identity, run_value(r, "--identity"), err);
    if (st == ST_OK) {
        const struct bundle_keys keys = { find_signer, &signers, identity };

        st = bundle_open(&b, r->operand[0], &keys, NULL, err);
    }
    if (st == ST_OK && folder)
        st = bundle_extract(b, folder, err);
    if (st == ST_OK) {
        if (r->json)
            print_json(b, folder);
        else
            print_text(b);
        warn(b, folder);
    }
    bundle_free(&b);
    age_identity_free(&identity);
    free(signers.items);
    return st;
}

static const struct option open_options[] = {
    { "--identity", "FILE", N_("Your secret key, as age-keygen writes it") },
    { "--signer", "FILE", N_("Public keys (RW…) of those whose bundles you accept") },
    { "--to", "DIR", N_("Unpack into a new folder, or an empty one") },
    { "--list", NULL, N_("Only say what is in it") },
    { NULL, NULL, NULL }
};

const struct command open_commands[] = {
    { "open", NULL, "BUNDLE", 1, 1, N_("Check the signature of a bundle that came to you, decrypt it "
                                       "and unpack it"), open_options,
      NEEDS_NOTHING, open_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
