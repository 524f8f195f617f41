/* A journal that names another file. SQLite writes a file's name behind a journal only for a change over several
 * databases, and deletes that file once the journal is dealt with. No change of ours is of that kind, so such a
 * name was put there by somebody else, and with it opening a case file would delete whatever file of the user
 * they chose. */
#include "db_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* What ends a journal that names another (sqlite.org/fileformat.html, section 3; pager.c, readSuperJournal). */
static const uint8_t name_end[8] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };

static off_t length_of(int fd)
{
    struct stat st;

    return fstat(fd, &st) == 0 ? st.st_size : 0;
}

static bool names_a_file(int fd, off_t n)
{
    uint8_t last[sizeof name_end];

    return n > (off_t) sizeof last && pread(fd, last, sizeof last, n - (off_t) sizeof last) == (ssize_t) sizeof last &&
           memcmp(last, name_end, sizeof last) == 0;
}

enum status db_disarm_journal(const char *path, struct err *err)
{
    char *journal = xasprintf("%s-journal", path);
    int fd = open(journal, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    enum status st = ST_OK;
    off_t n;

    if (fd < 0 && errno != ENOENT)                      /* a medium that cannot be written: there it stays as it is */
        fd = open(journal, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    for (n = fd < 0 ? 0 : length_of(fd); st == ST_OK && names_a_file(fd, n); n -= (off_t) sizeof name_end)
        if (ftruncate(fd, n - (off_t) sizeof name_end) != 0)
            st = err_set(err, ST_REFUSED,
                         _("The journal %s was changed by somebody: it would delete another file. Nothing was opened "
                           "or changed. Copy the folder to a disk that can be written, and open it there."), journal);
    if (fd >= 0)
        close(fd);
    free(journal);
    return st;
}
