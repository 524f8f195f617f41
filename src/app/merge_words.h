/* app/merge_words.h - what joining two records did, in words; the same on the screen and by command. */
#ifndef DOLEN_APP_MERGE_WORDS_H
#define DOLEN_APP_MERGE_WORDS_H

#include "dolen/base/buf.h"
#include "dolen/base/json.h"
#include "dolen/base/lang.h"

void merge_words(const struct json *told, struct buf *out);
/* What parting them did, in both languages; the caller's. */
struct text2 parted_words(const struct json *told);

#endif
