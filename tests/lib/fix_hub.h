/* fix_hub.h - invented laptops for the tests of the hub: an identity, rows with versions, bundles sealed from them. */
#ifndef TESTS_FIX_HUB_H
#define TESTS_FIX_HUB_H

#include "dolen/exchange/bundle.h"
#include "dolen/exchange/manifest.h"
#include "dolen/exchange/policy_file.h"
#include "dolen/forms/catalog.h"
#include "dolen/report/schema.h"

struct fix_laptop {
    struct id               id;
    struct minisign_secret *sign;
    char                   *folder;         /* its keys and S.json */
};

/* A case is one referral with up to two needs, one episode, and what belongs to it; its rows follow from n and version alone. */
struct fix_case {
    int64_t n, version;
};

struct fix_gone {
    const char *table;                      /* "episode", "referral", "contact" … of case n */
    int64_t     n, version;
};

struct fix_batch {
    int64_t          epoch, seq, base, to;
    enum batch_kind  kind;
    const struct fix_case *cases;
    size_t           count;
    const struct fix_gone *gone;
    size_t           gone_count;
    const char      *bad;                   /* instead of the sex of its first case: a cell that is wrong; NULL */
    bool             twice;                 /* the first need of the last case that has one comes once more, its rank written 01 */
    const char      *destination;           /* NULL: the policy's */
    bool             training, capacity;
    const char      *until;                 /* NULL: 2027-03-31 */
};

/* Makes the identity in folder, or reads the one that is there. */
void fix_laptop_open(struct fix_laptop *l, const char *folder, bool training);
void fix_laptop_close(struct fix_laptop *l);
/* The bundle into folder, under its own name. */
void fix_seal(const struct fix_laptop *l, const struct fix_batch *b, const struct policy_file *policy, struct catalog *c,
              const char *folder);
/* The rows of a table as CSV, with the head. */
void fix_rows(struct buf *out, const struct wh_table *t, struct catalog *c, const struct fix_laptop *l,
              const struct fix_batch *b);

#endif
