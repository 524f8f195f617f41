/* app/asset_same.h - entries of the directory that look like one thing written down twice. */
#ifndef DOLEN_APP_ASSET_SAME_H
#define DOLEN_APP_ASSET_SAME_H

#include "casefile.h"

/* Puts the name of the first entry like this one in name; false when there is none. */
bool asset_has_twin(struct casefile *cf, struct id asset, char *name, size_t size);

#endif
