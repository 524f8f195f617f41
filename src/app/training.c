/* app/training.c - practice must not pollute practice: what was invented is marked when it leaves, and refused
 * where it must not come in. */
#include "training.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

bool training_is(const struct casefile *cf)
{
    return keyslots_is_training(cf->slots);
}

enum status training_refuse_marked(const struct casefile *cf, bool marked, const char *path, struct err *err)
{
    if (!marked || training_is(cf))
        return ST_OK;
    return err_set(err, ST_REFUSED,
                   _("%s comes from a training case file: what is in it is invented. Nothing was changed; this case "
                                      "file holds real people and takes none of it."
                     " Use it in a training case file."), path);
}

static bool has_marked_cell(const struct csv_table *t)
{
    int column = csv_table_column(t, TRAINING_COLUMN);

    for (size_t i = 0; column >= 0 && i < t->count; i++)
        if (str_eq(csv_table_cell(t, i, column), TRAINING_CELL))
            return true;
    return false;
}

static bool lies_beside(const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? xstrndup(path, (size_t) (slash - path) + 1) : xstrdup("./");
    char *beside = xasprintf("%s%s", folder, name);
    bool there = file_exists(beside);

    free(beside);
    free(folder);
    return there;
}

/* An export of a training file has both; one of a live file only its datapackage.json. */
enum status training_refuse(const struct casefile *cf, const char *path, const struct csv_table *t, struct err *err)
{
    bool marked = has_marked_cell(t) || lies_beside(path, "TRAINING.txt");

    if (training_is(cf) && !marked && lies_beside(path, "datapackage.json"))
        return err_set(err, ST_REFUSED,
                       _("%s lies in an export of a case file with real people. Nothing was changed; this is a "
                         "training case file and takes none of them."
                         " Use it in the case file it belongs to."),
                       path);
    return training_refuse_marked(cf, marked, path, err);
}
