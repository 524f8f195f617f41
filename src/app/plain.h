/* app/plain.h - line mode: prompt, answer, prompt, on the same forms, filing and worklist as the screens. */
#ifndef DOLEN_APP_PLAIN_H
#define DOLEN_APP_PLAIN_H

#include "cli.h"

enum status plain_run(struct run *r, struct err *err);

#endif
