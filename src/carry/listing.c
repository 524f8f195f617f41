/* Names out of what a server answers when it is asked what it holds. Only names of our own shape are let through,
 * so that nothing a server says can reach a path or a screen. */
#include "carry_priv.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static void add_name(struct buf *out, const char *name, size_t n)
{
    char *copy = xstrndup(name, n);

    if (strlen(copy) == n && transport_name_is_good(copy) && !strchr(copy, '/')) {
        buf_add(out, copy);
        buf_add_char(out, '\n');
    }
    free(copy);
}

void list_of_sftp(struct buf *out, const char *lines)
{
    while (*lines) {
        size_t n = strcspn(lines, "\r\n");

        add_name(out, lines, n);
        lines += n + strspn(lines + n, "\r\n");
    }
}

/* --- WebDAV: what a PROPFIND brings ----------------------------------------------------------------------------- */

/* After the tag whose local name is this ("D:href", "href", "lp1:collection"), from s on; NULL: none before end. */
static const char *after_tag(const char *s, const char *end, const char *local)
{
    size_t n = strlen(local);

    for (const char *at = s; at < end && (at = memchr(at, '<', (size_t) (end - at))); at++) {
        const char *name = at + 1, *stop = name;

        while (stop < end && *stop && !strchr(" \t\r\n/>", *stop)) {
            if (*stop == ':')
                name = stop + 1;
            stop++;
        }
        if ((size_t) (stop - name) == n && strncasecmp(name, local, n) == 0 &&
            (stop = memchr(stop, '>', (size_t) (end - stop))))
            return stop + 1;
    }
    return NULL;
}

/* The part behind the last '/', not more. A name of ours needs no percent signs and no entities: one that has is
 * not ours. */
static void add_href(struct buf *out, const char *s, const char *end)
{
    const char *last;

    while (s < end && strchr(" \t\r\n", *s))
        s++;
    while (end > s && strchr(" \t\r\n", end[-1]))
        end--;
    last = end;
    while (last > s && last[-1] != '/')
        last--;
    add_name(out, last, (size_t) (end - last));
}

void list_of_dav(struct buf *out, const char *xml)
{
    const char *end = xml + strlen(xml), *next;

    for (const char *s = after_tag(xml, end, "response"); s; s = next) {
        const char *stop, *href, *close;

        next = after_tag(s, end, "response");
        stop = next ? next : end;
        href = after_tag(s, stop, "href");
        close = href ? memchr(href, '<', (size_t) (stop - href)) : NULL;
        if (close && !after_tag(s, stop, "collection"))
            add_href(out, href, close);
    }
}

/* --- pre-signed addresses --------------------------------------------------------------------------------------- */

char *address_of(const struct buf *list, const char *name)
{
    const char *s = buf_text(list);
    size_t n = strlen(name);

    while (*s) {
        size_t line = strcspn(s, "\r\n");

        if (line > n && memcmp(s, name, n) == 0 && (s[n] == ' ' || s[n] == '\t')) {
            const char *url = s + n + strspn(s + n, " \t"), *stop = s + line;

            while (stop > url && (stop[-1] == ' ' || stop[-1] == '\t'))
                stop--;
            return xstrndup(url, (size_t) (stop - url));
        }
        s += line + strspn(s + line, "\r\n");
    }
    return NULL;
}
