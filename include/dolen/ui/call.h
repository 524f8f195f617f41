/* dolen/ui/call.h - one phone call to an asset: everyone who waits on it, and what they said.
 *
 * The screen and the command fill the same struct; the program files it as one step (app/call.h). */
#ifndef DOLEN_UI_CALL_H
#define DOLEN_UI_CALL_H

#include "dolen/ui/views.h"

struct call_person {
    struct id   connection, person, episode;
    char        name[160];
    char        status[24];         /* as it stands */
    char        said[24];           /* what they say now; "" nothing */
    struct date since;
    bool        no_sharing;         /* the person has not agreed that the asset may have their details */
    bool        died;               /* the period of support was closed for that: nobody waits any more */
};

enum call_room { ROOM_UNSAID, ROOM_NOW, ROOM_FULL };

struct call {
    struct id           asset;
    struct call_person *people;     /* owned */
    size_t              count, cap;
    char                running[24];            /* asset_status code, "" not asked */
    enum call_room      room;
    struct date         full_until;             /* ROOM_FULL */
    long                takes_a_month;          /* -1 not asked */
    bool                verified;               /* somebody was reached: the entry is checked today */
    char                with[120];              /* with whom, and how */
};

/* The statuses that an asset can tell, in the order of their keys. */
extern const char *const call_statuses[];
extern const size_t      call_status_count;

/* Referred there and not settled yet, the hundred who have waited longest, they first: the next come up when these are
 * settled. Signposting is not waiting: nobody there knows of it. */
enum status call_load(struct call *out, struct store *s, struct id asset, struct err *err);
void        call_release(struct call *c);
bool        call_says_anything(const struct call *c);

/* Every asset in use, the stalest first. Enter opens the call (FOCUS_CALL). */
struct view *call_list_view_new(struct ui *u);
/* The same rows, for line mode; max of them at most. */
/* All of them in that order; *out is freed by the caller, also after a failure. */
enum status call_order(struct ui *u, struct id **out, size_t *n, struct err *err);
enum status call_list_rows(struct ui *u, struct asset_row *rows, int max, int *n, struct err *err);
#define CALL_DRAFT "call"                       /* the form of a draft that is a call: no definition has this name */

/* What the screen asks of the program; nothing of c is kept by them. */
struct call_host {
    void     *ctx;
    bool    (*take_up)(void *ctx, struct call *c);          /* marks that were kept earlier; false: there are none */
    unsigned (*keep)(void *ctx, const struct call *c);      /* after each mark */
    unsigned (*file)(void *ctx, const struct call *c);      /* ACT_FILE_FORM */
    unsigned (*discard)(void *ctx, const struct call *c);   /* ACT_DISCARD_DRAFT; leaves the screen */
};
struct view *call_view_new(struct ui *u, struct id asset, const struct call_host *host);
struct id    call_view_asset(const struct view *v);         /* ID_NONE: not a call */

#endif
