/* dolen/drill/drill_judge.h - what a drill that was played comes to: points line by line, each with the moment it
 * was decided.
 *
 * Pure: a log and what is on paper go in, a score comes out; the same ones give the same score. */
#ifndef DOLEN_DRILL_DRILL_JUDGE_H
#define DOLEN_DRILL_DRILL_JUDGE_H

#include "dolen/base/date.h"
#include "dolen/drill/drill_play.h"

/* --- what is on paper --- */

struct drill_paper_there {
    int                step;            /* of the log; the paper is there from then on */
    const struct form *form;
    struct answers     answers;         /* as they stand now */
    struct answers     before;          /* of what arrived: as it arrived */
    bool               arrived;         /* came with the drill */
    struct date        on;              /* when it was filed */
    int                asset;           /* a connection: which of the drill's assets; -1: none of them */
    char               status[24];      /* a connection: where it stands */
};

struct drill_folder {
    struct drill_paper_there *items;
    size_t                    count, cap;
    int                       to_go;    /* of the core data set; -1: no period of support to count it for */
};

struct drill_paper_there *drill_folder_add(struct drill_folder *f);       /* empty; asset -1 */
void                      drill_folder_release(struct drill_folder *f);

/* --- the score --- */

enum drill_safety_state { SAFETY_NONE, SAFETY_KEPT, SAFETY_FAILED };

struct drill_verdict {
    bool yes;
    int  step;                  /* of the log, where it was decided; -1: it held from the beginning, or never came up */
};

struct drill_score {
    int                     points, best;
    enum drill_safety_state safety;
    struct drill_verdict    lines[DRILL_LINES_MAX], steps[20];
    bool                    steps_in_order;
    int                     skill_points[DRILL_SKILLS], skill_best[DRILL_SKILLS];
    uint64_t                heard, recorded;            /* facts, by index */
    int                     minutes, paper_minutes, to_go;
    bool                    plan_words, plan_small_step, plan_asset, plan_wrong_asset, plan_follow_up;
    int                     strengths[2], next_steps[2];        /* lines; -1 */
};

void drill_judge(const struct drill_play *p, const struct drill_folder *f, struct drill_score *out);
/* 0 to 100. */
int         drill_percent(const struct drill_score *s);
const char *drill_safety_code(enum drill_safety_state s);       /* NONE, KEPT, FAILED */

#endif
