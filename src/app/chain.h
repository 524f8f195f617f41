/* app/chain.h - when somebody cannot be reached: what to do next, and when. A table of steps (chain.c). */
#ifndef DOLEN_APP_CHAIN_H
#define DOLEN_APP_CHAIN_H

#include "filing.h"

/* A contact that did not come about proposes the next one in its own form; what the practitioner wrote there stays. */
void chain_propose(struct filling *f);

#endif
