/* carry_priv.h - a record as fields with versions, for carry_*.c. */
#ifndef DOLEN_STORE_CARRY_PRIV_H
#define DOLEN_STORE_CARRY_PRIV_H

#include "dolen/store/carry.h"
#include "store_priv.h"

/* fields: name -> text, {"missing": word}; what is empty is left out. Names are columns, "answer.question#2",
 * "def.form" (which definition it was filled in with), "definition" of a response, "binned". versions: name ->
 * version. before: name -> value that a field had before the first change here that the other side may not
 * have seen. */
struct carried {
    enum table_id  table;
    struct id      id;
    struct record  record;              /* as it stands here; text NULL when it is not there */
    struct answers answers;
    struct json   *fields, *versions;
};
/* The record as it stands here; ST_NOTFOUND. Release in any case. */
enum status carried_read(struct store *s, enum table_id t, struct id id, struct carried *out, struct err *err);
void        carried_release(struct carried *c);
/* One field of the record and its answers as value says; NULL or null: empty. False: no such field, or not such a
 * value. */
bool        carried_set(struct carried *c, const char *field, const struct json *value);
/* Writes record and answers; versions: of the fields that changed; settled: this change has seen all of them. past: as
 * past_in gave it, or NULL. */
enum status carried_write(struct store *s, struct carried *c, enum binning binning, const char *from,
                          const struct json *versions, bool settled, struct json **past, const char *why,
                          struct err *err);
/* What the field was the last time that both sides agreed, as far as it can be told from here: before the first
 * change here that seen has not seen. NULL: empty, or not to be told. The caller's. */
struct json *carried_before(struct store *s, enum table_id t, struct id id, const char *field, const struct json *seen);

/* Of a change number of this case file: "a3f1…", 16 hex digits. */
struct lineages {
    struct { char id[17]; int64_t after; } *items;
    size_t count, cap;
};
enum status lineages_read(struct store *s, struct lineages *out, struct err *err);   /* makes the first one */
const char *lineage_of(const struct lineages *l, int64_t seq);
void        lineages_release(struct lineages *l);

/* The past of a record, as it goes out (carry_past.c): put into record as "past". */
enum status past_out(struct store *s, const struct lineages *l, enum table_id t, struct id id, struct json *record,
                     struct err *err);
/* *fresh: entries of past that are neither known here nor written here. False: past is no such list. The caller's. */
bool past_in(struct store *s, enum table_id t, struct id id, const struct json *past, const char *source,
             struct json **fresh);
/* Puts them into what a change says of where it came from; frees *fresh. */
void        past_keep(struct json *carried, struct json **fresh);

/* Decided without asking: kept by the program for itself. */
bool        field_is_quiet(enum table_id t, const char *field);
bool        field_is_by_rule(const struct json *value);  /* a rule passed the question over: nobody's answer */
bool        is_carried(enum table_id t);         /* people's records; what a laptop keeps for itself does not go over */
bool        table_is_whole(enum table_id t);             /* never merged silently, whichever fields changed */

#endif
