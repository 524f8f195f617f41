/* drill_priv.h - between the judge and what reads the papers for it. */
#ifndef DOLEN_DRILL_DRILL_PRIV_H
#define DOLEN_DRILL_DRILL_PRIV_H

#include "dolen/drill/drill_judge.h"

/* The papers as of one step of the log. */
struct reading {
    const struct drill        *d;
    const struct drill_folder *folder;
    int                        upto;            /* papers of later steps are not there yet */
    int                        paper_minutes;
    uint64_t                   heard;           /* facts, by index, up to then */
    bool                       steps_in_order;
};

bool folder_recorded(const struct reading *r, int fact);
/* Slots of struct drill_papers; ctx is a struct reading. */
void folder_answer(void *ctx, const char *form, const char *question, struct value *out);
void folder_filed(void *ctx, const char *form, struct value *out);
void folder_asset(void *ctx, int asset, struct value *out);
void folder_figure(void *ctx, const char *name, struct value *out);

#endif
