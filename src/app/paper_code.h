/* app/paper_code.h - a recovery code read off its paper, at a terminal. */
#ifndef DOLEN_APP_PAPER_CODE_H
#define DOLEN_APP_PAPER_CODE_H

#include "dolen/base/status.h"
#include "dolen/vault/secret.h"

/* Whole, or in as many lines as somebody likes: each group is checked as it comes, a wrong one is named and asked again,
 * and the right ones before it are kept. What comes out has no slip in it, and may still be the code of something else.
 * ST_INVALID when nothing at all was typed. */
enum status paper_code_ask(struct secret **out, const char *prompt, struct err *err);

#endif
