/* form_priv.h - the inside of the form view, for form_*.c.
 *
 *   form_view.c    life, moving, what keys and actions do
 *   form_steps.c   filing, missing states, repeats, leaving: what asks before it acts
 *   form_editor.c  the editor of the question with the focus
 *   form_draw.c    blocks, scrolling, cells
 *   form_block.c   what stands in one block
 *
 * The session's rows change with every answer, so the focus is kept as a question and an instance, never as a row. */
#ifndef UI_FORM_PRIV_H
#define UI_FORM_PRIV_H

#include "dolen/ui/choice.h"
#include "dolen/ui/line.h"
#include "dolen/ui/multi.h"
#include "dolen/ui/scale.h"
#include "dolen/ui/views.h"
#include "older.h"

enum editor_kind { EDITOR_NONE, EDITOR_LINE, EDITOR_MULTI, EDITOR_CHOICE, EDITOR_SCALE, EDITOR_TICK, EDITOR_HIDDEN };

struct editor {
    enum editor_kind    kind;
    struct line        *line;
    struct multi       *multi;
    struct choice      *choice;
    struct scale        scale;
    const struct code **codes;      /* one for each choice */
    size_t              code_count;
    bool                inside;     /* a choice is pointed at; until then Enter goes on without an answer */
    bool                touched;    /* typed text that the session does not have yet */
    enum lang           lang;       /* of the labels in the choice */
};

/* Where the focus is. kind ROW_QUESTION, ROW_NOTE or ROW_ADD; q NULL: the last row, "File this form". */
struct place {
    enum row_kind          kind;
    const struct question *q;
    int                    repeat;
};

/* What is drawn as one piece: a row of the session, or one of these. */
enum { BLOCK_HEAD = -1, BLOCK_ORPHANS = -2, BLOCK_FILE = -3 };
struct block {
    int row;                        /* index into session_rows, or BLOCK_* */
    int y, rows;                    /* in lines of the whole form */
    int answered;                   /* rows up to the end of the answer; a hint below may fall off a small screen */
};

struct form_view {
    struct view       view;         /* first */
    struct ui        *ui;
    struct session   *session;
    struct form_host  host;
    struct id         person;
    bool              guarded, has_person;
    struct person_row row;
    char             *note;
    struct older      older;        /* definitions that answers here were given to */
    struct place      at;
    struct editor     ed;
    struct text2      refused;      /* why the typed text does not pass; none while it may */
    bool              leaving;      /* Esc was pressed on refused text or an unkept draft: the next one leaves */
    bool              kept;         /* the draft was saved from here */
    bool              prompts;      /* ways to ask are unfolded */
    char            **revealed;
    size_t            revealed_count, revealed_cap;

    /* as of the last draw */
    struct problems   problems;
    struct block     *blocks;
    size_t            block_count, block_cap;
    int               top, height;  /* first line in sight, lines in sight */
    bool              item_above;   /* the heading of the instance with the focus is out of sight: its block says it */
    int               peek;         /* a block taller than the body: lines of it that are above; -1 not yet looked at */
};

static inline struct form_view *form_of(struct view *v)
{
    return (struct form_view *) v;  /* view stands first */
}

static inline bool place_is(const struct place *p, const struct row *r)
{
    return p->q == r->q && p->kind == r->kind && p->repeat == r->repeat;
}

/* --- form_view.c --- */
bool     form_hides(const struct form_view *f, const char *question);   /* covered, and not revealed */
bool     form_is_hidden_value(const struct form_view *f, const struct question *q, int repeat);
void     form_go(struct form_view *f, struct place to);                 /* opens the editor there */
void     form_go_row(struct form_view *f, int row);
unsigned form_step(struct form_view *f, int by);                        /* next or previous, without a commit */
/* Keeps what the editor holds. False: it does not pass; the message and the block say why, the text stays. */
bool     form_commit(struct form_view *f);
/* The same, then the draft is saved when something changed. */
bool     form_leave_field(struct form_view *f, unsigned *react);
unsigned form_save(struct form_view *f);
void     form_refuse(struct form_view *f, struct text2 take);

/* --- form_steps.c --- */
unsigned form_file(struct form_view *f);
/* Enter behind the last question: shows what would be filed first */
unsigned form_file_asking(struct form_view *f);
unsigned form_missing(struct form_view *f);
unsigned form_same_value(struct form_view *f);
bool        form_adds_words(const struct form_view *f);
unsigned    form_begin_instance(struct form_view *f);
unsigned form_add_instance(struct form_view *f);
unsigned form_remove_instance(struct form_view *f);
unsigned form_back(struct form_view *f);

/* --- form_editor.c --- */
void        editor_open(struct form_view *f);
void        editor_close(struct editor *e);
bool        editor_takes_text(const struct editor *e);
unsigned    editor_key(struct form_view *f, const struct key *k);
unsigned    editor_act(struct form_view *f, int action);        /* REACT_PASS: not the editor's */
enum status editor_commit(struct form_view *f, struct err *err);
const char *editor_text(const struct editor *e);                /* NULL when it has none */

/* --- form_draw.c --- */
void form_draw(struct view *v, struct area body);

/* --- form_block.c --- */
/* A block is put down by one function, whether it is measured or drawn, so that the two never differ. */
struct pen {
    struct area a;
    int         y;                  /* next line; may lie above or below the area */
    int         start;              /* where the block began */
    int         answered;           /* line after the answer; 0: the whole block matters */
    bool        draw;
};
void block_put(struct form_view *f, struct pen *p, int row);

#endif
