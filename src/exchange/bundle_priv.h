/* bundle_priv.h - what sealing and opening of bundles share. */
#ifndef DOLEN_EXCHANGE_BUNDLE_PRIV_H
#define DOLEN_EXCHANGE_BUNDLE_PRIV_H

#include "dolen/exchange/bundle.h"

bool bundle_knows(const char *name);        /* it is one of bundle_names */
void bundle_sha256(char hex[65], const void *p, size_t n);

#endif
