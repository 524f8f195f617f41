/* dolen/ui/ui.h - what every view stands on, and what a cursor can stand on. */
#ifndef DOLEN_UI_UI_H
#define DOLEN_UI_UI_H

#include "dolen/base/date.h"
#include "dolen/base/id.h"
#include "dolen/forms/catalog.h"
#include "dolen/store/read.h"
#include "dolen/ui/screen.h"

/* stale_on and screen_changed bits: one a table */
#define CHANGED(TABLE) (1u << T_##TABLE)

enum focus_kind {
    FOCUS_NONE, FOCUS_PERSON, FOCUS_REFERRAL, FOCUS_EPISODE, FOCUS_ASSET, FOCUS_DRAFT,
    FOCUS_TASK,                 /* subject: what the task is about; question: its kind */
    FOCUS_FORM,                 /* form (and stage): subject is the record to edit, or not set for a new one */
    FOCUS_GOAL, FOCUS_ACTION, FOCUS_CONNECTION, FOCUS_GAP, FOCUS_CONTACT, FOCUS_CONSENT, FOCUS_CONCERN, FOCUS_RESPONSE,
    FOCUS_SUPERVISION, FOCUS_NOTE,
    FOCUS_VALUE,                /* question: a value of the person, perhaps protected */
    FOCUS_CALL,                 /* subject: an asset to ring */
    FOCUS_SETTING,              /* question: its key */
    FOCUS_BINNED,               /* subject: something in the bin; question: its table's name */
    FOCUS_DESTINATION,          /* subject: a destination of bundles; question: the batch the cursor is on */
    FOCUS_DRILL,                /* question: the id of a drill */
    FOCUS_COMMAND               /* kind of menu entry: subject unused, question: action name */
};

/* What every view needs; owned by the program, outlives the views. */
struct ui {
    struct store   *store;
    struct catalog *catalog;
    struct screen  *screen;
    struct date     today;
    bool            training;
    struct id       whose;              /* Today shows what is theirs alone; not set: everybody's */
};

/* The day that the views go by: true where another one has begun since (a night on the lock screen), and all is stale. */
bool ui_new_day(struct ui *u);

#endif
