/* parsing.c - a definition on its way from text to what is built of it, whatever its kind. */
#include "parsing.h"

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

bool parsing_begin(struct parsing *p, const char *file, const char *s, size_t n, struct catalog *cat)
{
    *p = (struct parsing) { .b = { .file = file, .f = &p->found, .cat = cat }, .found = FINDINGS_INIT };
    p->root = node_parse(file, s, n, &p->found);
    return p->root != NULL;
}

enum status parsing_end(struct parsing *p, struct err *err)
{
    enum status st = findings_fatal(&p->found) ? findings_to_err(&p->found, err) : ST_OK;

    node_free(&p->root);
    findings_release(&p->found);
    return st;
}

char *source_kept(const char *s, size_t n, size_t *len)
{
    char *out = xmalloc(n + 1);

    *len = 0;
    for (size_t i = 0; i < n; i++)
        if (!(s[i] == '\r' && i + 1 < n && s[i + 1] == '\n'))
            out[(*len)++] = s[i];
    out[*len] = '\0';
    return out;
}
