/* dolen/exchange/folder.h - a folder that is there whole or not at all. */
#ifndef DOLEN_EXCHANGE_FOLDER_H
#define DOLEN_EXCHANGE_FOLDER_H

#include "dolen/base/status.h"

struct new_folder {
    char *path, *parent, *temp;
};

/* A private folder beside path, which must not be there or be empty. */
enum status new_folder_begin(struct new_folder *f, const char *path, struct err *err);
/* Takes path's place in one step. Releases f in any case; after a failure nothing is left. */
enum status new_folder_commit(struct new_folder *f, struct err *err);
void        new_folder_drop(struct new_folder *f);
/* The same after a failure: where err names the private folder, it names path from now on, the one that people know. */
void        new_folder_fail(struct new_folder *f, struct err *err);

#endif
