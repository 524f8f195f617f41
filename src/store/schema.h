/* store/schema.h - the migrations of a case file, for whoever carries them out and whoever compares. */
#ifndef DOLEN_STORE_SCHEMA_H
#define DOLEN_STORE_SCHEMA_H

#include "store_priv.h"

/* texts: strings of several statements, each ended by ";\n"; inside a trigger ";" is followed by something else. */
struct migration {
    int                version;
    const char *const *lists[2];
    const char        *texts[2];
    /* What the statements cannot do; NULL: nothing. A new case file has no records and needs none of it. */
    enum status      (*then)(struct store *s, struct err *err);
    const char *const *altered;         /* how SQLite has tables that ALTER changed, for the comparison */
};
extern const struct migration schema_migrations[];      /* oldest first */
extern const size_t           schema_migration_count;

#endif
