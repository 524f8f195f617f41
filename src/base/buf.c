#include "dolen/base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* Room for n more bytes and the final NUL. */
static void make_room(struct buf *b, size_t n)
{
    size_t need = b->len + n + 1, cap = b->cap ? b->cap : 64;

    if (need < n)
        die(9, "a text is too long for this machine's memory");
    if (need <= b->cap)
        return;
    while (cap < need)
        cap = cap > SIZE_MAX / 2 ? need : cap * 2;
    b->s = xgrow(b->s, cap, 1);
    b->cap = cap;
}

void buf_reserve(struct buf *b, size_t n)
{
    make_room(b, n);
}

void buf_add_mem(struct buf *b, const void *p, size_t n)
{
    make_room(b, n);
    if (n)
        memcpy(b->s + b->len, p, n);
    b->len += n;
    b->s[b->len] = '\0';
}

void buf_add(struct buf *b, const char *s)
{
    buf_add_mem(b, s, strlen(s));
}

void buf_add_char(struct buf *b, char c)
{
    buf_add_mem(b, &c, 1);
}

void buf_add_cp(struct buf *b, uint32_t cp)
{
    char   u[4];
    size_t n = 0;

    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = 0xFFFD;
    if (cp < 0x80) {
        u[n++] = (char)cp;
    } else if (cp < 0x800) {
        u[n++] = (char)(0xC0 | cp >> 6);
    } else if (cp < 0x10000) {
        u[n++] = (char)(0xE0 | cp >> 12);
        u[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
    } else {
        u[n++] = (char)(0xF0 | cp >> 18);
        u[n++] = (char)(0x80 | (cp >> 12 & 0x3F));
        u[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
    }
    if (cp >= 0x80)
        u[n++] = (char)(0x80 | (cp & 0x3F));
    buf_add_mem(b, u, n);
}

void buf_vaddf(struct buf *b, const char *fmt, va_list ap)
{
    va_list again;
    int     n;

    va_copy(again, ap);
    n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (n < 0)
        return;
    make_room(b, (size_t)n);
    vsnprintf(b->s + b->len, (size_t)n + 1, fmt, ap);
    b->len += (size_t)n;
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    buf_vaddf(b, fmt, ap);
    va_end(ap);
}

void buf_insert(struct buf *b, size_t at, const char *s, size_t n)
{
    assert(at <= b->len);
    make_room(b, n);
    memmove(b->s + at + n, b->s + at, b->len - at);
    if (n)
        memcpy(b->s + at, s, n);
    b->len += n;
    b->s[b->len] = '\0';
}

void buf_remove(struct buf *b, size_t at, size_t n)
{
    if (at >= b->len)
        return;
    if (n > b->len - at)
        n = b->len - at;
    memmove(b->s + at, b->s + at + n, b->len - at - n);
    b->len -= n;
    b->s[b->len] = '\0';
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    if (b->s)
        b->s[0] = '\0';
}

void buf_release(struct buf *b)
{
    free(b->s);
    *b = (struct buf)BUF_INIT;
}

void buf_wipe(struct buf *b)
{
    if (b->s)
        explicit_bzero(b->s, b->cap);
    buf_release(b);
}

char *buf_steal(struct buf *b)
{
    char *s = b->s ? b->s : xstrdup("");

    *b = (struct buf)BUF_INIT;
    return s;
}

const char *buf_text(const struct buf *b)
{
    return b->s ? b->s : "";
}
