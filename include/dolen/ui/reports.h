/* dolen/ui/reports.h - the list of reports, and one of them as a page of text. What is reported, and giving a page
 * out as a file, is the program's business, above this layer. */
#ifndef DOLEN_UI_REPORTS_H
#define DOLEN_UI_REPORTS_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/buf.h"
#include "dolen/ui/views.h"

/* A page of text that is made for the width it is shown at. Each slot but text may be NULL. */
struct page_source {
    void         *ctx;
    void        (*title)(void *ctx, struct buf *out);
    enum status (*load)(void *ctx, struct err *err);                    /* before the first draw, and when stale */
    void        (*text)(void *ctx, int cols, bool ascii, struct buf *out);     /* lines of at most cols */
    unsigned    (*act)(void *ctx, int action);                          /* REACT_PASS: not mine */
    void        (*close)(void *ctx);
    void        (*banner)(void *ctx, struct buf *out);
    void        (*place)(void *ctx, struct buf *out);                   /* as of a view; NULL none */
    struct id     person;                                               /* whose page it is; may be unset */
    bool          paper;                                              /* to be printed or given: its key bar saves it */
    bool          about;                                              /* about a person, to be read alone */
    bool          own;                                               /* the practitioner's own: nothing here saves it */
};
struct view *page_view_new(struct ui *u, const struct page_source *take);

/* Left and right turn the year. Names and sentences are asked for at each draw: the language may have changed. */
struct reports_source {
    void       *ctx;
    size_t      count;
    const char *(*name)(void *ctx, size_t i);
    const char *(*help)(void *ctx, size_t i);
    unsigned    (*open)(void *ctx, size_t i, int year);                 /* that begins on 1 April */
};
struct view *reports_view_new(struct ui *u, const struct reports_source *source);
/* To the year that begins on 1 April, with this report chosen. */
void         reports_view_turn(struct view *v, int year, size_t selected);

#endif
