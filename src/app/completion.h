/* app/completion.h - completion for bash. */
#ifndef DOLEN_APP_COMPLETION_H
#define DOLEN_APP_COMPLETION_H

#include "cli.h"

/* Prints the script on standard output; never fails. */
enum status completion_run(struct run *r, struct err *err);

#endif
