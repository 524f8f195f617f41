/* dolen/ui/actions.h - every action of the workstation: its name, keys, help and where it works.
 *
 * Rows only. What an action does to the screen is in the view that takes it (view_ops.act); what it does to the case
 * file is in the program above. Key bar, help, ':' completion and manual read these rows. */
#ifndef DOLEN_UI_ACTIONS_H
#define DOLEN_UI_ACTIONS_H

#include "dolen/ui/keymap.h"

enum action_id {
    ACT_TODAY = ACTION_OWN,     /* t: back to Today */
    ACT_PEOPLE,                 /* p */
    ACT_REFERRALS,              /* the inbox: waiting for a decision */
    ACT_DIRECTORY,              /* community assets */
    ACT_GAPS,
    ACT_SETTINGS,
    ACT_MENU,                   /* F10 m */
    ACT_COMMAND,                /* : */
    ACT_SEARCH,                 /* / */
    ACT_ADD,                    /* a: what adding means here */
    ACT_EDIT,                   /* e */
    ACT_BIN,                    /* d: with a reason */
    ACT_UNDO,                   /* u */
    ACT_MOST_URGENT,            /* Space on Today */
    ACT_DECIDE,                 /* D: a referral's decision */
    ACT_CONVERSATION,           /* w */
    ACT_PLAN,                   /* P */
    ACT_CONNECT,                /* n: link the person to an asset */
    ACT_GAP,                    /* G: record unmet need */
    ACT_CONTACT,                /* c: log a contact */
    ACT_MEASURE,                /* M: choose a measure and stage */
    ACT_REVIEW,
    ACT_CONSENT,                /* s */
    ACT_EQUALITY,
    ACT_CLOSE_EPISODE,          /* C */
    ACT_FEEDBACK_SENT,          /* f */
    ACT_REVEAL,                 /* r: one protected value */
    ACT_MISSING,                /* -: missing list: of the field in a form, "N to go" elsewhere */
    ACT_SERIOUS,                /* F2 ! */
    ACT_MARK_MEANING,           /* *: what the neutral mark means */
    ACT_FILE_FORM,              /* F3, Ctrl-S: file the form */
    ACT_PROMPTS,                /* ways to ask */
    ACT_ADD_INSTANCE, ACT_REMOVE_INSTANCE,
    ACT_DISCARD_DRAFT, ACT_DRAFT_CHANGES,
    ACT_LANGUAGE,               /* F9 */
    ACT_LOCK,                   /* Ctrl-K */
    ACT_PRIVACY,                /* F12 */
    ACT_SUSPEND,                /* Ctrl-Z */
    ACT_QUIT,                   /* Q */
    ACT_PRINT_PLAN,
    ACT_LETTER,                 /* F: the letter to the referrer */
    ACT_FORGET_LIST,            /* what forgetting the person would reach */
    ACT_FORGET,                 /* forget the person for good */
    ACT_PAPER_SAVE,             /* s: a page for somebody, as a file to print */
    ACT_NOTE_SERIOUS,           /* in Something serious: write a note */
    ACT_REOPEN,                 /* O: a closed episode, with the reason */
    ACT_CALL_LIST,              /* R: assets in use, the stalest first */
    ACT_CALL,                   /* c: one phone call to an asset */
    ACT_BIN_LIST,               /* what lies in the bin */
    ACT_MERGE,                  /* two records of one person */
    ACT_AS_OF,                  /* @: as it was on a day */
    ACT_RESTORE,                /* in the bin: take out again */
    ACT_HANDOVER,               /* H F7: the form goes to the person */
    ACT_MARK_PLAN,              /* x on a goal or an action */
    ACT_SUPERVISION,            /* the log of supervision */
    ACT_RECOVERY_TEST,          /* T in Settings: the paper code opens a copy */
    ACT_FILTER,                 /* f: the directory by need, place, day, cost, access, language */
    ACT_GAP_TABLE,              /* unmet need by quarter */
    ACT_ASSETS_SAME,            /* entries that may be there twice */
    ACT_CASELOAD,               /* whose open cases are whose; handing them to a colleague */
    ACT_HAND_CASES,             /* in there: the marked ones, or all */
    ACT_ONLY_OWN,               /* Today: one's own alone, or everybody's */
    ACT_REPORTS,                /* the list of reports */
    ACT_REPORT_SAVE,            /* s: a report as a file */
    ACT_REPORT_EXACT,           /* E: exact counts, or as given out */
    ACT_OUTBOX,                 /* X: what has arrived where */
    ACT_OUTBOX_SEAL,            /* s: look at what would leave, and seal it */
    ACT_OUTBOX_SEND,            /* S: send what is sealed */
    ACT_OUTBOX_FETCH,           /* r: receipts that lie there */
    ACT_OUTBOX_POLICY,          /* n: a new policy of the service */
    ACT_OUTBOX_HOST_KEY,        /* K: the key that an SFTP server shows */
    ACT_TIP_AWAY,               /* z Ctrl-G: the tip of this screen was read */
    ACT_AGAIN,                  /* .: the last action, here */
    ACT_NOTES,                  /* N Ctrl-N: the notes of a talk */
    ACT_TAKE_WORDS,             /* v Ctrl-T in notes: words to file */
    ACT_TAKE_SENTENCE,          /* s while words are taken */
    ACT_FILE_WORDS,             /* Enter then: to which question */
    /* training case files only, in a table of their own: */
    ACT_DRILLS,                 /* Y: the list of drills */
    ACT_DRILL_TALK,             /* W: the conversation of the running drill */
    ACT_DRILL_DONE,             /* it is done: the debrief */
    ACT_DRILL_DEBRIEF,          /* of the drill in focus, as it went last */
    ACT_DRILL_REPLAY,           /* step by step */
    ACT_DRILL_PAUSE, ACT_DRILL_LEAVE,
    ACT_DRILL_SET, ACT_DRILL_GROUP,
    ACT_REPLAY_RUN,             /* a replay runs on at the pace it was typed, or stops */
    ACT_REPLAY_STEPS,           /* key by key, or step by step */
    ACT_CONFLICTS,              /* what two laptops wrote differently */
    ACT_HANDOVER_OPEN, ACT_HANDOVER_MAKE,
    ACT_SAME_VALUE,             /* Ctrl-R in a form: what was filed here last */
    ACT_PAPERWORK,              /* %: one's own minutes on forms */
    ACT_PAPERWORK_FORGET,       /* F there: all of them */
    ACT_LAPTOPS,                /* the laptops that handovers are opened from */
    ACT_WAYS_IN,                /* what opens the case file */
    ACT_RETENTION,              /* whose records are past their time */
    ACT_HOLD,                   /* a person's records are held, or no longer */
    ACT_ANOTHER_PLACE,          /* + in an entry of the directory: the same offer somewhere else */
    ACT_UNMERGE,                /* two records that were joined, parted */
    ACT_WITHDRAW,               /* x on a permission: they no longer agree */
    ACT_HISTORY,                /* 0 in an entry of the directory and in the log of supervision */
    ACT_ONE_OFFER,              /* & in an entry of the directory: it and another entry are places of one offer */
    ACT_OWN_OFFER,              /* it is an offer of its own again */
    ACT_ONE_ENTRY,              /* J there: it and another entry are the same thing, written down twice */
    ACT_COUNT_
};

extern const struct action actions[];
extern const size_t        actions_count;
extern const struct action drill_actions[];     /* added to the key map of a training case file */
extern const size_t        drill_actions_count;

#endif
