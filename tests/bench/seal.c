/* seal.c - seals the folder of an export, as the outbox does. The peer is the pipeline that anybody would write:
 * zip -1 | age, and minisign.
 *
 *   seal EXPORT OUT RECIPIENT SIGNER_FILE        OUT/b.dlnb and its .minisig; says bytes and seal_us */
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "dolen/base/file.h"
#include "dolen/exchange/bundle.h"
#include "dolen/base/banned.h"

static void drop_old(const char *folder, const char *name)
{
    char *path = path_join(folder, name);

    unlink(path);
    free(path);
}

int main(int argc, char **argv)
{
    struct bundle_member *members = NULL;
    struct minisign_secret *signer = NULL;
    struct age_recipient to;
    struct bundle_made made;
    struct buf key = BUF_INIT;
    struct err err;
    size_t count = 0;
    double from;

    if (argc != 5)
        return 2;
    drop_old(argv[2], "b.dlnb");
    drop_old(argv[2], "b.dlnb.minisig");
    must(file_read(&key, argv[4], 4096, &err), &err);
    must(minisign_secret_parse(&signer, buf_text(&key), key.len, &err), &err);
    must(age_recipient_parse(&to, argv[3], &err), &err);
    from = now_us();
    must(bundle_members_from_folder(&members, &count, argv[1], &err), &err);
    const struct bundle_job job = { members, count, &to, 1, signer, NULL, NULL };
    must(bundle_seal(&job, argv[2], "b", &made, &err), &err);
    say("seal_us", now_us() - from);
    say("bytes", (double) made.bytes);
    bundle_members_free(&members, count);
    minisign_secret_free(&signer);
    buf_wipe(&key);
    return 0;
}
