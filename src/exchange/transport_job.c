#include "dolen/exchange/transport_job.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/json.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/transport.h"
#include "dolen/base/banned.h"

static const char *const kinds[] = { [JOB_NONE] = "", [JOB_SEND] = "send", [JOB_FETCH] = "fetch", [JOB_LIST] = "list" };

static const char *const opened[] = {
#define X(name, word) word,
    CARRY_OPENED_LIST(X)
#undef X
};

const char *carry_opened_word(enum carry_opened o)
{
    return opened[o];
}

enum carry_opened carry_opened_by_word(const char *word)
{
    for (int i = 0; i < CARRY_OPENED_COUNT; i++)
        if (str_eq(opened[i], word))
            return (enum carry_opened) i;
    return CARRY_NO_MEMORY;
}

void transport_job_release(struct transport_job *j)
{
    for (size_t i = 0; i < j->count; i++) {
        free(j->files[i].path);
        free(j->files[i].name);
    }
    free(j->files);
    free(j->name);
    *j = (struct transport_job) { .kind = JOB_NONE };
}

/* --- telling ---------------------------------------------------------------------------------------------------- */

static struct json *files_told(const struct transport_job *j)
{
    struct json *files = json_new_list();

    for (size_t i = 0; i < j->count; i++) {
        struct json *f = json_new_map();

        json_set_text(f, "path", j->files[i].path);
        json_set_text(f, "name", j->files[i].name);
        json_set_int(f, "size", (int64_t) j->files[i].size);
        json_set_text(f, "sha256", j->files[i].sha256);
        json_append(files, f);
    }
    return files;
}

struct json *transport_job_tell(const struct transport_job *j)
{
    struct json *m = json_new_map();

    json_set_text(m, "do", kinds[j->kind]);
    if (j->kind == JOB_SEND) {
        json_set(m, "files", files_told(j));
    } else {
        json_set_text(m, "name", j->name);
        json_set_int(m, "max", (int64_t) j->max);
    }
    return m;
}

/* --- hearing ---------------------------------------------------------------------------------------------------- */

static bool files_heard(struct transport_job *out, const struct json *list)
{
    out->files = xcalloc(json_count(list) + 1, sizeof *out->files);
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json *f = json_at(list, i);
        struct job_file *to = &out->files[out->count++];
        const char *hash = json_get_text(f, "sha256");

        to->path = xstrdup(json_get_text(f, "path"));
        to->name = xstrdup(json_get_text(f, "name"));
        to->size = (uint64_t) json_int(json_get(f, "size"));
        str_copy(to->sha256, sizeof to->sha256, hash ? hash : "");
        if (!to->path || !to->name || !transport_name_is_good(to->name))
            return false;
    }
    return true;
}

bool transport_job_hear(struct transport_job *out, const struct json *told)
{
    const char *what = json_get_text(told, "do");

    *out = (struct transport_job) { .kind = JOB_NONE };
    for (int i = JOB_SEND; i <= JOB_LIST; i++)
        if (str_eq(kinds[i], what))
            out->kind = (enum job_kind) i;
    if (out->kind == JOB_SEND)
        return files_heard(out, json_get(told, "files"));
    out->name = xstrdup(json_get_text(told, "name"));
    out->max = (size_t) json_int(json_get(told, "max"));
    return out->kind != JOB_NONE && out->name && (!*out->name || transport_name_is_good(out->name));
}
