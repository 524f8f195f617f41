/* app/fill.h - filling forms from answer files, for commands: the same engine and the same filing as the screens. */
#ifndef DOLEN_APP_FILL_H
#define DOLEN_APP_FILL_H

#include "cli.h"
#include "filing.h"

struct filled {
    struct id id, person, episode;
    size_t    open;             /* required questions still open */
    char      open_words[400], open_names[400];     /* which: "Category; Cost", "category cost"; as many as fit */
};

/* --answers FILE (or -) as JSON. */
enum status fill_answers_read(struct run *r, struct json **out, struct err *err);
/* --answers FILE (or -), through the session, filed. Required questions may stay open; the answer says how many. */
enum status fill_from_options(struct run *r, const struct target *t, struct filled *out, struct err *err);
/* The same for somebody who is not there yet. */
enum status fill_new_person(struct run *r, struct filled *out, struct err *err);
void        fill_answer(const struct run *r, const char *schema, const struct filled *f);
/* A person with nothing but a name; for the screens, where the rest comes form by form. */
enum status person_new(struct casefile *cf, const char *name, struct id *out, struct err *err);

#endif
