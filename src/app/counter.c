/* app/counter.c - 8 bytes of number, 32 of keyed hash. */
#include "counter.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/mem.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

struct counter_bytes {
    uint8_t version[8], mac[32];
};
_Static_assert(sizeof(struct counter_bytes) == 40, "no padding on disk");

char *counter_path(struct id file)
{
    char *state = place_state();
    char *name = xasprintf("%s.counter", id_show(file).s);
    char *path = path_join(state, name);

    folder_make_private(state, NULL);
    free(name);
    free(state);
    return path;
}

static void fill(struct counter_bytes *c, const struct vault *v, int64_t version)
{
    for (int i = 0; i < 8; i++)
        c->version[i] = (uint8_t) ((uint64_t) version >> (8 * i));
    vault_state_mac(v, c->version, sizeof c->version, c->mac);
}

int64_t counter_read(const char *path, const struct vault *v)
{
    struct buf b = BUF_INIT;
    struct counter_bytes want;
    uint64_t n = 0;
    int64_t version = 0;

    if (file_read(&b, path, sizeof want, NULL) == ST_OK && b.len == sizeof want) {
        for (int i = 7; i >= 0; i--)
            n = n << 8 | (uint8_t) b.s[i];
        fill(&want, v, (int64_t) n);
        if (hash_equal(want.mac, b.s + 8))
            version = (int64_t) n;
    }
    buf_release(&b);
    return version;
}

void counter_keep(const char *path, const struct vault *v, int64_t version)
{
    struct counter_bytes c;
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0)
        return;
    fill(&c, v, version);
    if (pwrite(fd, &c, sizeof c, 0) != (ssize_t) sizeof c)
        unlink(path);
    close(fd);
}
