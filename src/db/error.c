/* From result codes to statuses and sentences, by table. */
#include "db_priv.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static const struct fault {
    int rc;
    enum status st;
    const char *what, *todo;
} faults[] = {
    { SQLITE_CORRUPT, ST_DB_DAMAGED, N_("The database is damaged."),
      N_("Close Dolen, copy the whole folder to another disk, then restore the newest backup.") },
    { SQLITE_NOTADB, ST_DB_DAMAGED, N_("The database is damaged."),
      N_("Close Dolen, copy the whole folder to another disk, then restore the newest backup.") },
    { SQLITE_FULL, ST_NOSPACE, N_("The disk is full."), N_("Free some space, then try again.") },
    { SQLITE_NOMEM, ST_NOMEM, N_("There is not enough memory."), N_("Close other programs, then try again.") },
    { SQLITE_BUSY, ST_INUSE, N_("The case file is in use somewhere else."), N_("Close it there, then try again.") },
    { SQLITE_LOCKED, ST_INUSE, N_("The case file is in use somewhere else."), N_("Close it there, then try again.") },
    { SQLITE_IOERR, ST_IO, N_("The disk reported an error."),
      N_("Make a backup to another disk; if it happens again, have the disk looked at.") },
    { SQLITE_CANTOPEN, ST_IO, N_("The database cannot be opened."),
      N_("Check that the folder is there and belongs to you.") },
    { SQLITE_PERM, ST_IO, N_("The database cannot be opened."),
      N_("Check that the folder is there and belongs to you.") },
    { SQLITE_READONLY, ST_REFUSED, N_("The case file is open for reading only."),
      N_("Open it for writing to make changes.") },
    { SQLITE_CONSTRAINT, ST_INVALID, N_("The change does not fit the rules of the case file."),
      N_("Check what was entered.") },
    { SQLITE_TOOBIG, ST_INVALID, N_("The text is too long for the case file."), N_("Make it shorter.") },
    { SQLITE_INTERRUPT, ST_INTERRUPTED, N_("Interrupted."), N_("Start it again if it is still wanted.") },
    { SQLITE_ERROR, ST_INVALID, N_("The database did not understand the request."),
      N_("If it happens again, report it with this number.") },
};

static const struct fault other = {
    0, ST_IO, N_("The database did not do what it was asked."), N_("If it happens again, report it with this number.")
};

static const char *const safe[] = {
    [DB_READING] = N_("Nothing was changed."),
    [DB_WRITING] = N_("The change was not saved; everything saved before is safe."),
    [DB_OPENING] = N_("Nothing was opened or changed."),
};

static const struct fault *fault_of(int rc)
{
    if (rc == SQLITE_IOERR_NOMEM)
        rc = SQLITE_NOMEM;
    for (size_t i = 0; i < ARRAY_LEN(faults); i++)
        if (faults[i].rc == (rc & 0xff))
            return &faults[i];
    return &other;
}

enum status db_status_of(int rc)
{
    return fault_of(rc)->st;
}

enum status db_error(int rc, enum db_doing doing, struct err *err)
{
    const struct fault *f = fault_of(rc);
    const char *kept = safe[doing];

    if (f->st == ST_DB_DAMAGED && doing != DB_WRITING)
        kept = N_("Nothing was repaired or deleted.");
    return err_set(err, f->st, "%s %s %s (%d)", _(f->what), _(kept), _(f->todo), rc);
}
