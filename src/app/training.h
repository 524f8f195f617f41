/* app/training.h - the mark of invented people on what leaves a training case file, and the door that knows it
 * again. */
#ifndef DOLEN_APP_TRAINING_H
#define DOLEN_APP_TRAINING_H

#include "casefile.h"
#include "dolen/base/csv_read.h"
#include "dolen/print/document.h"

#define TRAINING_COLUMN "training"
#define TRAINING_CELL   "TRAINING"

bool training_is(const struct casefile *cf);
/* ST_REFUSED when a file with invented people is brought to a case file with real ones: a cell TRAINING under the
 * column training, or a file TRAINING.txt beside it, as exports of training files have. The other way round too:
 * what lies in an export of real people does not come into a training file. t: what was read of path. */
enum status training_refuse(const struct casefile *cf, const char *path, const struct csv_table *t, struct err *err);
/* The same for what says so itself ("training": true). */
enum status training_refuse_marked(const struct casefile *cf, bool marked, const char *path, struct err *err);

#endif
