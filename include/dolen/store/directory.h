/* dolen/store/directory.h - asking the case file about community assets: pages, what is found, what is in use; and
 * about unmet need. */
#ifndef DOLEN_STORE_DIRECTORY_H
#define DOLEN_STORE_DIRECTORY_H

#include "dolen/core/wish.h"
#include "dolen/store/read.h"

struct asset_row {
    struct id   id;
    char        name[200];               /* in the current language, else the other */
    char        sort_key[160];
    char        category[24];
    char        area[80];
    char        place[80];               /* which one, of an offer at several places; "" where there is one */
    struct date verified_on, full_until, added_on;
    bool        do_not_advertise, local_only;
    char        running[16];             /* asset_status code, "" not asked */
    int         waiting;                 /* referred and not there yet; signposting never counts */
    int         takes_a_month;           /* -1: they have not said */
    int         sent_this_month;         /* referred there in this calendar month */
};
enum status assets_page(struct store *s, const char *sort_key, struct id id, bool forward, int limit,
                        struct asset_row *rows, int *n, struct err *err);

enum status asset_row_get(struct store *s, struct id asset, struct asset_row *row, struct err *err);   /* ST_NOTFOUND */
/* The entry that stands for this one: the one it became (store_join_assets), or else itself. A draft, a script or a file
 * may name an entry from before. */
struct id asset_now(struct store *s, struct id asset);
/* Every asset with an open connection, by name: what a call list is made of. Only what it is put in order by; the
 * rest of a row costs more and is asked for when it is shown. Caller frees *out. */
struct asset_use {
    struct id   id;
    char        category[24];
    struct date verified_on;
    int         waiting;
};
enum status assets_in_use(struct store *s, struct asset_use **out, size_t *n, struct err *err);

/* Somebody connected to an asset. */
struct connected_row {
    struct id   connection, person, episode;
    char        name[160], status[24];   /* status: connection_status code */
    struct date on;                      /* since when it stands so */
    bool        no_sharing;              /* has not agreed that the asset may have their details; asset_waiting only */
    bool        died;                    /* the period of support it belongs to was closed by a death; asset_waiting only */
};
/* Who is connected there, up to limit: those whose place is still to come, those who went once, then the rest, each
 * with the newest first. */
enum status asset_people(struct store *s, struct id asset, int limit, struct connected_row *rows, int *n,
                         struct err *err);
/* Referred there and not settled, the longest waiting first. Signposting is not waiting (nobody there knows of it),
 * nor is an idea. */
enum status asset_waiting(struct store *s, struct id asset, int limit, struct connected_row *rows, int *n,
                          struct err *err);

/* Every asset that has all that is wanted, by name; ids is the caller's to free. No wants: none. */
enum status assets_find(struct store *s, const struct wants *w, struct id **ids, size_t *n, struct err *err);

/* Unmet need of one kind in one quarter. */
struct gap_count {
    char quarter[12];                    /* 2026-Q1 */
    char category[48], reason[48];       /* codes; "" not said */
    long count;
};
/* Gaps noted from … until (unset: open), by quarter, the commonest first in each. Caller frees *out. */
enum status gap_counts(struct store *s, struct date from, struct date until, struct gap_count **out, size_t *n,
                       struct err *err);
/* The gaps that one count is made of, the newest first; *ids is the caller's to free. */
enum status gaps_counted(struct store *s, const struct gap_count *of, struct id **ids, size_t *n, struct err *err);

#endif
