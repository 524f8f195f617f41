/* dolen/store/sent.h - asking the case file about what left it: destinations, batches, and which rows are where. */
#ifndef DOLEN_STORE_SENT_H
#define DOLEN_STORE_SENT_H

#include "dolen/store/read.h"

#define SENT_KEY_BYTES 17                /* the letter of its kind and 16 bytes */

/* By its name. ST_NOTFOUND. out: see store_get. */
enum status store_destination(struct store *s, const char *name, struct record *out, struct err *err);
/* By the name of its file, without ending: at one destination. ST_NOTFOUND. */
enum status store_batch_by_file(struct store *s, struct id destination, const char *file, struct record *out,
                                struct err *err);
/* Was this receipt (by the hash of its bytes) read before? */
enum status store_receipt_is_known(struct store *s, const char *sha256, bool *known, struct err *err);
/* The highest number that a batch of this case file has; 0 when there is none. */
enum status store_last_batch(struct store *s, int64_t *seq, struct err *err);

/* A row that a sealed batch may have brought there. */
struct sent_row {
    uint8_t   key[SENT_KEY_BYTES];
    struct id person;                    /* not set: about nobody */
    int64_t   version;
    int64_t   gone;                      /* version of the batch that takes it back; 0: it is there */
};
struct sent_rows {
    struct sent_row *items;
    size_t           count, cap;
};
/* All of a destination, by key. Release in any case. */
enum status store_sent_rows(struct store *s, struct id destination, struct sent_rows *out, struct err *err);
void        sent_rows_release(struct sent_rows *r);
/* People who have a row there that is not taken back. */
enum status store_sent_people(struct store *s, struct id destination, int64_t *n, struct err *err);
/* Rows about a person that stand at some destination, and those that a batch takes back of which no receipt is read. */
enum status store_sent_of_person(struct store *s, struct id person, int64_t *there, int64_t *going, struct err *err);
/* Whose row a pseudonym is; ST_NOTFOUND. */
enum status store_sent_person(struct store *s, struct id destination, const uint8_t key[SENT_KEY_BYTES],
                              struct id *person, struct err *err);

#endif
