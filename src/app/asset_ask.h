/* app/asset_ask.h - what a command asks of the directory: --need, --place, --day, --cost, --access, --language,
 * --match. */
#ifndef DOLEN_APP_ASSET_ASK_H
#define DOLEN_APP_ASSET_ASK_H

#include "commands.h"
#include "dolen/core/wish.h"

#define ASSET_FIND_OPTIONS \
    { "--need", "WORD", N_("Found by need: a kind of asset or a reason for referral, as \"arts\" or " \
                           "\"loneliness\"") }, \
    { "--place", "PLACE", N_("A town, an area, a postcode or a local authority") }, \
    { "--day", "DAY", N_("A day of the week, or several: mon,thu") }, \
    { "--cost", "COST", N_("As \"free\" or \"donation\"") }, \
    { "--access", "WORD", N_("What is needed to take part, as \"step-free\" or \"drop-in\"") }, \
    { "--language", "LANGUAGE", N_("Welsh, English or another that it is run in") }

/* Wants of all these options; none when none was given. ST_INVALID names a value that no list knows. Release them in
 * any case. */
enum status asset_wants_asked(const struct run *r, struct wants *out, struct err *err);

#endif
