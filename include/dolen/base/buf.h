/* dolen/base/buf.h - the one growing string. s is never NULL once anything was added, and always NUL-terminated. */
#ifndef DOLEN_BASE_BUF_H
#define DOLEN_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
    char *s;
    size_t len, cap;
};
#define BUF_INIT { NULL, 0, 0 }

void  buf_add(struct buf *b, const char *s);
void  buf_add_mem(struct buf *b, const void *p, size_t n);
void  buf_add_char(struct buf *b, char c);
void  buf_add_cp(struct buf *b, uint32_t cp);                       /* one code point, as UTF-8 */
void  buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void  buf_vaddf(struct buf *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
void  buf_insert(struct buf *b, size_t at, const char *s, size_t n);
void  buf_remove(struct buf *b, size_t at, size_t n);
void  buf_reserve(struct buf *b, size_t n);                 /* room for n more bytes, to be added at once or in parts */
void  buf_clear(struct buf *b);                                     /* keeps the memory */
void  buf_wipe(struct buf *b);                                      /* overwrites with zeros, then releases */
void  buf_release(struct buf *b);
char *buf_steal(struct buf *b);                                     /* caller frees; "" when nothing was added */
const char *buf_text(const struct buf *b);                          /* "" when nothing was added */

#endif
