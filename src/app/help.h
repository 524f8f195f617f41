/* app/help.h - help and man page, written from the table of commands. */
#ifndef DOLEN_APP_HELP_H
#define DOLEN_APP_HELP_H

#include "cli.h"
#include "dolen/base/buf.h"

void help_usage(struct buf *out, const struct command *c);      /* dolen person add --answers FILE */
int  help_version(void);
int  help_all(void);
int  help_noun(const char *noun, const char *verb);              /* verb NULL: all of them; 2 when there is none */
int  help_command(const struct command *c);
extern const struct command help_commands[];                    /* help, help man, help completion */

#endif
