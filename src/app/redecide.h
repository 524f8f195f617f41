/* app/redecide.h - a referral that waited (on the waiting list, put off) is decided on after all. */
#ifndef DOLEN_APP_REDECIDE_H
#define DOLEN_APP_REDECIDE_H

#include "filing.h"

/* Another decision than the one it waited under is one of today, and whoever referred has not been told of it: both are
 * proposed in the form of the decision, once, where they can be changed. */
void redecide_propose(struct filling *f);

#endif
