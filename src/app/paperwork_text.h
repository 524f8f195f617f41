/* app/paperwork_text.h - one's own paperwork time in words: the same for the screen, line mode and the command. */
#ifndef DOLEN_APP_PAPERWORK_TEXT_H
#define DOLEN_APP_PAPERWORK_TEXT_H

#include "casefile.h"
#include "dolen/store/paperwork.h"

#define PAPERWORK_WEEKS      8
#define PAPERWORK_WEEKS_MOST 52

struct paperwork_sum {
    char form[48];
    long seconds, filed;
};

struct paperwork_figures {
    int                   weeks;
    struct date           monday;                        /* of this week */
    long                  week[PAPERWORK_WEEKS_MOST];    /* seconds, this week first */
    struct paperwork_sum *forms;                         /* of these weeks, the longest first */
    size_t                count;
    long                  all, about_people;             /* seconds; directory and supervision are about nobody */
    long                  referrals, closures;       /* written down, and closed, by this practitioner in these weeks */
};

/* What was gathered so far is written first. release it in any case. */
enum status paperwork_figures(struct casefile *cf, int weeks, struct paperwork_figures *out, struct err *err);
void        paperwork_figures_release(struct paperwork_figures *f);

struct paperwork_page {
    int  cols;
    bool bars, ascii;                   /* a bar a week; of what every terminal has */
};
void paperwork_text(struct casefile *cf, const struct paperwork_figures *f, const struct paperwork_page *page,
                    struct buf *out);
const char *paperwork_form_title(struct casefile *cf, const char *form);

#endif
