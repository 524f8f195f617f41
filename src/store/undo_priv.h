/* undo_priv.h - taking back, inside: one change with the record it is of, and the changes that go back with it. */
#ifndef DOLEN_STORE_UNDO_PRIV_H
#define DOLEN_STORE_UNDO_PRIV_H

#include "store_priv.h"

/* The change to take back, and the record as it stands. */
struct undoing {
    int64_t        seq;
    enum table_id  table;
    struct json   *body;
    struct record  record;
    struct answers answers;
    bool           conflict;
    char           clash[128];           /* the first field that has another value by now */
    enum binning   binning;
    char          *bin_reason;           /* when it goes back into the bin; NULL: none was given */
};

/* Reads the record and its answers as they stand, and writes the old values of the change. ST_CONFLICT names the later
 * change that stands in the way. Inside a transaction. */
enum status undo_write(struct store *s, struct undoing *u, struct id id, struct err *err);
void        undo_release(struct undoing *u);

#define SERIOUS_STAYS N_("A note of something serious is never taken back: it shows what was known, and when. Nothing was " \
                         "changed. Write what is different now into the note, or a note of its own.")

/* Text, or NULL for null. */
const char *undo_text(const struct json *j);
/* "change 214, 3 Mar 2026 14:02": how a later change is named in a refusal. */
void        undo_change_words(struct store *s, int64_t seq, struct buf *out);

/* A change that goes back with others of its step. */
struct together {
    int64_t       seq, undoes;
    enum table_id table;
    struct id     id;
};
struct togethers {
    /* what was filed first, then what came of it; takings back in the same order */
    struct together *items;
    size_t           count, cap;
};
/* What goes back when change seq does: what was filed with it, itself included; nothing when it is not of a record. */
enum status undo_together(struct store *s, int64_t seq, struct togethers *out, struct err *err);
void        togethers_release(struct togethers *t);

/* Something in the bin because its making was taken back comes out with all that went with it. False: nothing was
 * done. */
bool undo_brings_back(struct store *s, struct id id);

#endif
