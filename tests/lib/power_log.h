/* power_log.h - the record of what reached the disk: written by power_shim.c, replayed by power_cut.c. */
#ifndef TESTS_POWER_LOG_H
#define TESTS_POWER_LOG_H

#include <stdint.h>

enum power_op {
    PW_INIT_FILE = 1,       /* there before the first call, and durable: inode, name, content */
    PW_INIT_FOLDER,
    PW_CREATE,              /* inode, name ("" for a file without one) */
    PW_FOLDER,
    PW_WRITE,               /* inode, at, bytes */
    PW_TRUNCATE,            /* inode, at = new length */
    PW_SYNC,                /* inode */
    PW_SYNC_FOLDER,         /* name */
    PW_UNLINK,              /* name */
    PW_RENAME,              /* name, second name */
    PW_LINK,                /* inode, name */
    PW_SAID,                /* text the program wrote to standard output: what it has promised */
};

/* Names are relative to the watched folder, "" is that folder itself. */
struct power_record {
    uint32_t op, name_len;
    uint64_t inode, at, data_len;
    /* name, then data (or the second name) */
};

#endif
