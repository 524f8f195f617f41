/* plain.h - line mode: prompt, answer, prompt, on the same forms, filing and worklist as the screens. */
#ifndef DOLEN_APP_PLAIN_H
#define DOLEN_APP_PLAIN_H

#include "cli.h"

enum status plain_run(struct run *r, struct err *err);
/* One attempt at a drill, in an open training case file: talk, forms, debrief. */
enum status plain_drill(struct run *r, struct id attempt, struct err *err);

#endif
