/* app/notes.h - words of the notes of a talk filed to questions, and taken back: the same for the screens and line
 * mode.
 *
 * The words become part of the answer (or tick a choice) in the draft of the form, and an excerpt remembers where in
 * the note they stood. A form that is open is written to where it stands; otherwise its draft is taken up, or made. */
#ifndef DOLEN_APP_NOTES_H
#define DOLEN_APP_NOTES_H

#include "filing.h"

/* One place that words can go to: a question marked from_notes, or one choice of it. Borrowed from the catalog. */
struct note_place {
    const struct form     *form;
    const struct question *q;
    const struct code     *code;        /* NULL: the words themselves are the answer */
};
/* In the order of the forms and their questions. Caller frees. */
size_t note_places(struct catalog *cat, struct note_place **out);
/* "Who matters to you? (What matters conversation)" */
void   note_place_label(const struct note_place *p, struct buf *out);

/* All that it is found by: the label, the sections it stands in, its id and its form's, and what else people

 * call it. */
void   note_place_text(const struct note_place *p, struct buf *out);

struct note_words {
    struct id   note, person, episode;
    struct date held_on;
    size_t      start;                  /* characters before the words */
    const char *words;
};
/* open: the filling of to->form that is on the screen, or NULL. One transaction; *excerpt names it for
 * note_take_back. */
enum status note_file_words(struct casefile *cf, struct filling *open, const struct note_words *w,
                            const struct note_place *to, struct id *excerpt, struct err *err);
/* Takes the words out of the answer again, and the excerpt with them. *stays: the answer was written on, so that the
 * words are no longer there as they were, or it stood there without them; only the link goes then. */
enum status note_take_back(struct casefile *cf, struct filling *open, struct id excerpt, bool *stays, struct err *err);
/* Whether the words wait in a draft; false where they were filed to a choice that stood on record already. */
bool note_is_in_draft(struct casefile *cf, struct id excerpt);
/* A draft became a record: what was filed to the one belongs to the other. Inside the filing's transaction. */
enum status note_settle(struct casefile *cf, struct id draft, struct id record, struct err *err);

#endif
