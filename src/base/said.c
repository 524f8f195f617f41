/* said.c - words that were given, by what they are: their message id and arguments, or their pair of texts. */
#include "dolen/base/said.h"

#include <ctype.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define BUCKETS   4096
#define MOST      4000                  /* then it begins anew: what stands on the screen keeps its own copy */
#define ARGS_MAX  10
#define LATELY    512

struct origin;

struct arg {
    char           conversion;          /* 's' text, 'c' a letter, 'd' 'u' 'x' a number */
    long long      number;
    char          *text;
    struct origin *origin;              /* where the text came from; NULL: it is itself */
};

/* Shared by the table and by the sentences that quote it; guarded by the lock. */
struct origin {
    int            refs;
    char          *given;
    const void    *at;                  /* where a catalogue or a pair has it; NULL: made of a format */
    char          *one, *many;          /* message ids; one NULL: a pair */
    unsigned long  n;
    struct text2   pair;
    struct arg     args[ARGS_MAX];
    int            count;
    struct origin *next;
};

/* What a catalogue gave for a message id lies where it lay: a list draws the same fifty of them at every key. */
static struct {
    const char   *given, *one;
    unsigned long n;
} lately[LATELY];

static struct origin  *table[BUCKETS];
static size_t          held;
static bool            on, muted;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;    /* sealing and sending write sentences beside the screen */

static void wipe(char *s)
{
    if (s)
        explicit_bzero(s, strlen(s));
    free(s);
}

static void origin_free(struct origin *o)
{
    if (!o || --o->refs > 0)
        return;
    for (int i = 0; i < o->count; i++) {
        wipe(o->args[i].text);
        origin_free(o->args[i].origin);
    }
    wipe(o->given);
    free(o->one);
    free(o->many);
    text2_release(&o->pair);
    free(o);
}

static void forget(void)
{
    for (size_t i = 0; i < BUCKETS; i++) {
        while (table[i]) {
            struct origin *o = table[i];

            table[i] = o->next;
            origin_free(o);
        }
    }
    held = 0;
    memset(lately, 0, sizeof lately);
}

void said_start(void)
{
    on = true;
}

static struct origin **bucket_of(const char *given)
{
    size_t hash = 5381;

    for (const char *p = given; *p; p++)
        hash = hash * 33 ^ (unsigned char) *p;
    return &table[hash % BUCKETS];
}

/* Words of a catalogue or a pair are known by where they are: somebody may be called Mai. What was made of a format is
 * copied about, and known by what it says. */
static struct origin *look_up(const char *given)
{
    struct origin *o = *bucket_of(given);

    while (o && ((o->at && o->at != given) || !str_eq(o->given, given)))
        o = o->next;
    return o;
}

static struct origin *find(const char *given)
{
    struct origin *o = look_up(given);

    if (o)
        o->refs++;
    return o;
}

/* In front of what the same words were before, and in the place of what was there. */
static void put(struct origin *o)
{
    struct origin **p;

    if (held >= MOST)
        forget();
    for (p = bucket_of(o->given); *p; p = &(*p)->next) {
        struct origin *old = *p;

        if (old->at != o->at || !str_eq(old->given, o->given))
            continue;
        *p = old->next;
        held--;
        origin_free(old);
        break;
    }
    p = bucket_of(o->given);
    o->next = *p;
    *p = o;
    held++;
}

static struct origin *origin_new(const char *given, const void *at)
{
    struct origin *o = xcalloc(1, sizeof *o);

    o->refs = 1;
    o->at = at;
    o->given = xstrdup(given);
    return o;
}

static bool is_noted(const char *given)
{
    return on && !muted && given && *given;
}

static bool is_message(const struct origin *o, const char *one, const char *many, unsigned long n)
{
    return o && o->at && str_eq(o->one, one) && str_eq(o->many, many) && o->n == n;
}

void said_message(const char *given, const char *one, const char *many, unsigned long n)
{
    size_t place = ((uintptr_t) given >> 2 ^ (uintptr_t) one >> 3) % LATELY;

    if (!is_noted(given))
        return;
    pthread_mutex_lock(&lock);
    if (lately[place].given == given && lately[place].one == one && lately[place].n == n)
        goto out;
    if (!is_message(look_up(given), one, many, n)) {
        struct origin *o = origin_new(given, given);

        o->one = xstrdup(one);
        o->many = xstrdup(many);
        o->n = n;
        put(o);
    }
    lately[place].given = given;
    lately[place].one = one;
    lately[place].n = n;
out:
    pthread_mutex_unlock(&lock);
}

void said_text2(const struct text2 *t)
{
    if (!text2_has(t, LANG_EN) || !text2_has(t, LANG_CY) || str_eq(t->t[LANG_EN], t->t[LANG_CY]))
        return;
    const char *given = text2_in(t, lang_now());

    if (!is_noted(given))
        return;
    pthread_mutex_lock(&lock);
    struct origin *known = look_up(given);

    if (!known || known->one || !str_eq(known->pair.t[LANG_EN], t->t[LANG_EN]) ||
        !str_eq(known->pair.t[LANG_CY], t->t[LANG_CY])) {
        struct origin *o = origin_new(given, given);

        for (int l = 0; l < LANG_COUNT; l++)
            o->pair.t[l] = xstrdup(t->t[l]);
        put(o);
    }
    pthread_mutex_unlock(&lock);
}

/* --- formats ------------------------------------------------------------------------------------------------------ */

struct spec {
    int  index;                         /* which argument, from 0; -1: a percent sign */
    bool left, zero;
    int  width, precision;              /* precision -1: none */
    char size;                          /* 0 int, 'l' long, 'L' long long, 'z' size_t */
    char conversion;
};

static int number_at(const char **p)
{
    int n = 0;

    while (isdigit((unsigned char) **p) && n < 10000)
        n = n * 10 + (*(*p)++ - '0');
    return n;
}

static char size_at(const char **p)
{
    char size = 0;

    for (; **p == 'l' || **p == 'h' || **p == 'z'; ++*p)
        size = **p == 'h' ? size : **p == 'l' && size == 'l' ? 'L' : **p;
    return size;
}

/* *p behind a '%'; false for a conversion that is not kept. next counts the arguments that have no number. */
static bool spec_read(const char **p, int *next, struct spec *s)
{
    *s = (struct spec) { .precision = -1 };
    if (**p == '%') {
        ++*p;
        s->index = -1;
        return true;
    }
    for (; **p == '-' || **p == '0'; ++*p)
        *(**p == '-' ? &s->left : &s->zero) = true;
    s->width = number_at(p);
    if (**p == '$') {
        ++*p;
        s->index = s->width - 1;
        s->width = number_at(p);
    } else {
        s->index = (*next)++;
    }
    if (**p == '.') {
        ++*p;
        s->precision = number_at(p);
    }
    s->size = size_at(p);
    s->conversion = **p == 'i' ? 'd' : **p;
    return s->index >= 0 && s->index < ARGS_MAX && *(*p)++ && strchr("scdux", s->conversion);
}

static long long signed_of(char size, va_list *ap)
{
    return size == 'L' ? va_arg(*ap, long long) :
           size == 'l' ? va_arg(*ap, long) :
           size == 'z' ? (long long) va_arg(*ap, size_t) :
                         va_arg(*ap, int);
}

static long long unsigned_of(char size, va_list *ap)
{
    return (long long) (size == 'L'   ? va_arg(*ap, unsigned long long)
                        : size == 'l' ? va_arg(*ap, unsigned long)
                        : size == 'z' ? va_arg(*ap, size_t)
                                      : va_arg(*ap, unsigned));
}

/* The arguments in their order, whatever the order in which a language says them. False: it has one that is not kept. */
static bool args_take(struct origin *o, const char *fmt, va_list *ap)
{
    struct spec all[ARGS_MAX] = { { 0 } }, s;
    int next = 0, count = 0;

    for (const char *p = strchr(fmt, '%'); p; p = strchr(p, '%')) {
        p++;
        if (!spec_read(&p, &next, &s))
            return false;
        if (s.index < 0)
            continue;
        all[s.index] = s;
        count = s.index >= count ? s.index + 1 : count;
    }
    for (int i = 0; i < count; i++) {
        struct arg *a = &o->args[i];

        if (!all[i].conversion)
            return false;
        a->conversion = all[i].conversion;
        o->count = i + 1;
        if (a->conversion == 's') {
            const char *text = va_arg(*ap, const char *);

            a->text = xstrdup(text ? text : "");
            a->origin = text ? find(text) : NULL;
        } else {
            a->number = a->conversion == 'd' || a->conversion == 'c' ? signed_of(all[i].size, ap) :
                                                                       unsigned_of(all[i].size, ap);
        }
    }
    return true;
}

/* The same words of the same format, and of nothing that has since become known: a date in a list, drawn again. */
static bool is_noted_so(const struct origin *o, const char *one, unsigned long n)
{
    if (!o || o->at || !str_eq(o->one, one) || o->n != n)
        return false;
    for (int i = 0; i < o->count; i++)
        if (o->args[i].conversion == 's' && !o->args[i].origin && look_up(o->args[i].text))
            return false;
    return true;
}

static void note(const char *whole, const char *fmt, va_list *ap)
{
    pthread_mutex_lock(&lock);
    struct origin *message = look_up(fmt), *o;

    if (is_noted_so(look_up(whole), message && message->one && message->at ? message->one : fmt, message ? message->n : 0)) {
        pthread_mutex_unlock(&lock);
        return;
    }
    o = origin_new(whole, NULL);
    o->one = xstrdup(message && message->one && message->at ? message->one : fmt);
    o->many = xstrdup(message && message->one && message->at ? message->many : NULL);
    o->n = message ? message->n : 0;
    /* "%s" of what is known already: known it stays. */
    if (args_take(o, fmt, ap) && !(str_eq(fmt, "%s") && o->args[0].origin && !o->args[0].origin->at))
        put(o);
    else
        origin_free(o);
    pthread_mutex_unlock(&lock);
}

void said_vas(const char *whole, const char *fmt, va_list ap)
{
    va_list again;

    if (!is_noted(whole))
        return;
    va_copy(again, ap);
    note(whole, fmt, &again);
    va_end(again);
}

void said_as(const char *whole, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    said_vas(whole, fmt, ap);
    va_end(ap);
}

/* --- said again, in the language of now --------------------------------------------------------------------------- */

static void origin_say(const struct origin *o, struct buf *out);

static void arg_say(const struct arg *a, const struct spec *s, struct buf *out)
{
    struct buf text = BUF_INIT;
    int width = s->left ? -s->width : s->width;

    switch (a->conversion) {
    case 's':
        if (a->origin)
            origin_say(a->origin, &text);
        else
            buf_add(&text, a->text);
        buf_addf(out, "%*.*s", width, s->precision, buf_text(&text));
        break;
    case 'c': buf_addf(out, "%*c", width, (int) a->number); break;
    case 'x': buf_addf(out, s->zero ? "%0*llx" : "%*llx", width, (unsigned long long) a->number); break;
    case 'u': buf_addf(out, s->zero ? "%0*llu" : "%*llu", width, (unsigned long long) a->number); break;
    default:  buf_addf(out, s->zero ? "%0*lld" : "%*lld", width, a->number); break;
    }
    buf_wipe(&text);
}

static void origin_say(const struct origin *o, struct buf *out)
{
    const char *fmt, *p;
    struct spec s;
    int next = 0;

    if (!o->one) {
        buf_add(out, text2_in(&o->pair, lang_now()));
        return;
    }
    fmt = o->many ? tr_n(o->one, o->many, o->n) : tr(o->one);
    if (o->at) {
        buf_add(out, fmt);
        return;
    }
    while ((p = strchr(fmt, '%')) != NULL) {
        buf_add_mem(out, fmt, (size_t) (p - fmt));
        fmt = p + 1;
        if (!spec_read(&fmt, &next, &s))
            break;
        if (s.index < 0)
            buf_add_char(out, '%');
        else if (s.index < o->count)
            arg_say(&o->args[s.index], &s, out);
    }
    buf_add(out, fmt);
}

void said_keep(struct text2 *out, const char *text)
{
    enum lang before = lang_now();
    struct origin *o;
    char *copy = xstrdup(text ? text : "");

    pthread_mutex_lock(&lock);
    o = on && *copy ? find(text) : NULL;
    pthread_mutex_unlock(&lock);
    text2_release(out);
    out->t[before] = copy;
    if (!o)
        return;
    enum lang other = before == LANG_EN ? LANG_CY : LANG_EN;
    struct buf b = BUF_INIT;

    muted = true;
    lang_set(other);
    origin_say(o, &b);
    lang_set(before);
    muted = false;
    out->t[other] = buf_steal(&b);
    pthread_mutex_lock(&lock);
    origin_free(o);
    pthread_mutex_unlock(&lock);
}

void said_keepf(struct text2 *out, const char *fmt, va_list ap)
{
    va_list again;
    struct buf b = BUF_INIT;

    va_copy(again, ap);
    buf_vaddf(&b, fmt, ap);
    said_vas(buf_text(&b), fmt, again);
    va_end(again);
    said_keep(out, buf_text(&b));
    buf_wipe(&b);
}

void said_add(struct buf *b, const char *text)
{
    said_addf(b, "%s", text);
}

void said_addf(struct buf *b, const char *fmt, ...)
{
    struct buf piece = BUF_INIT;
    char *before = xstrdup(buf_text(b));
    va_list ap, again;

    va_start(ap, fmt);
    va_copy(again, ap);
    buf_vaddf(&piece, fmt, ap);
    said_vas(buf_text(&piece), fmt, again);
    va_end(again);
    va_end(ap);
    buf_add(b, buf_text(&piece));
    if (*before)
        said_as(buf_text(b), "%s%s", before, buf_text(&piece));
    wipe(before);
    buf_wipe(&piece);
}
