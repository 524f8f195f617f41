/* libpq, behind a few calls: connecting, statements, rows, COPY. */
#include "pq.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define OLDEST_SERVER 150000

struct pq {
    PGconn *c;
};

/* --- errors ----------------------------------------------------------------------------------------------------- */

/* The class of an SQLSTATE tells what kind of failure it was. */
static const struct { const char *state; enum status st; } states[] = {
    { "08", ST_IO }, { "53100", ST_NOSPACE }, { "53200", ST_NOMEM }, { "53", ST_IO }, { "57014", ST_INTERRUPTED },
    { "57", ST_IO },
    { "58", ST_IO }, { "40", ST_INUSE }, { "55P03", ST_INUSE }, { "42501", ST_REFUSED }, { "28", ST_REFUSED },
    { "42P01", ST_NOTFOUND }, { "XX", ST_DB_DAMAGED },
};

static enum status status_of(const PGconn *c, const char *state)
{
    for (size_t i = 0; state && i < ARRAY_LEN(states); i++)
        if (str_starts(state, states[i].state))
            return states[i].st;
    return PQstatus(c) == CONNECTION_OK ? ST_INVALID : ST_IO;
}

/* The first line of what the server said, fit for a terminal. Caller releases. */
static const char *first_line(struct buf *b, const char *said)
{
    char *line = xstrndup(said ? said : "", strcspn(said ? said : "", "\n"));

    text_tame(b, line, false);
    free(line);
    return buf_text(b);
}

/* Only the primary message: detail and context may repeat values. */
static enum status failed(struct pq *p, const PGresult *r, struct err *err)
{
    const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    const char *said = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    struct buf b = BUF_INIT;
    enum status st = status_of(p->c, state);

    if (!said)
        said = PQerrorMessage(p->c);
    err_set(err, st,
            _("The PostgreSQL server did not do what was asked: %s. What was committed before is safe. Look at the "
              "server, and run the command again."),
            first_line(&b, said));
    buf_release(&b);
    return st;
}

/* --- connecting ------------------------------------------------------------------------------------------------- */

/* Not asked for in the address: over a network the connection is encrypted all the same. A socket needs none. */
static const char *ssl_of(const char *url)
{
    PQconninfoOption *o = PQconninfoParse(url, NULL), *at;
    const char *mode = "require";

    for (at = o; at && at->keyword; at++) {
        if (str_eq(at->keyword, "sslmode") && at->val)
            mode = NULL;
        if (mode && (str_eq(at->keyword, "host") || str_eq(at->keyword, "hostaddr")) && at->val &&
            (at->val[0] == '/' || str_eq(at->val, "localhost") || str_eq(at->val, "127.0.0.1") ||
             str_eq(at->val, "::1")))
            mode = "prefer";
    }
    PQconninfoFree(o);
    return mode;
}

static void quiet(void *ctx, const char *message)
{
    (void) ctx;
    (void) message;
}

enum status pq_open(struct pq **out, const char *url, struct err *err)
{
    const char *mode = ssl_of(url);
    const char *const names[] = { "dbname", "application_name", "connect_timeout", mode ? "sslmode" : NULL, NULL };
    const char *const values[] = { url, "dolen-hub", "15", mode, NULL };
    struct pq *p = xcalloc(1, sizeof *p);
    enum status st = ST_OK;

    p->c = PQconnectdbParams(names, values, 1);
    if (!p->c || PQstatus(p->c) != CONNECTION_OK) {
        struct buf b = BUF_INIT;

        st = err_set(err, ST_IO,
                     _("The PostgreSQL server does not answer: %s. Nothing was changed. Check the address after "
                       "--into, the server, and the password file."),
                     first_line(&b, PQerrorMessage(p->c)));
        buf_release(&b);
    } else if (PQserverVersion(p->c) < OLDEST_SERVER) {
        st = err_set(err, ST_NEWER,
                     _("The PostgreSQL server is older than version 15. Nothing was changed. Use a newer one."));
    } else {
        PQsetNoticeProcessor(p->c, quiet, NULL);
        st = pq_run(p,
                    "SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; SET extra_float_digits = 3",
                    err);
    }
    if (st == ST_OK)
        *out = p;
    else
        pq_close(&p);
    return st;
}

void pq_close(struct pq **pp)
{
    if (!*pp)
        return;
    PQfinish((*pp)->c);
    free(*pp);
    *pp = NULL;
}

bool pq_in_transaction(const struct pq *p)
{
    return PQtransactionStatus(p->c) != PQTRANS_IDLE;
}

/* --- statements ------------------------------------------------------------------------------------------------- */

enum status pq_run(struct pq *p, const char *sql, struct err *err)
{
    PGresult *r = PQexec(p->c, sql);
    ExecStatusType is = PQresultStatus(r);
    enum status st = is == PGRES_COMMAND_OK || is == PGRES_TUPLES_OK || is == PGRES_EMPTY_QUERY ? ST_OK :
                                                                                                  failed(p, r, err);

    PQclear(r);
    return st;
}

/* An answer, whole in memory: reports ask for sums, not for rows. */
struct answer {
    PGresult *r;
    int       row;
};

/* ?1 becomes $1, but not inside a text in quotes. */
static void placeholders(struct buf *out, const char *sql)
{
    bool quoted = false;

    for (; *sql; sql++) {
        if (*sql == '\'')
            quoted = !quoted;
        buf_add_char(out, *sql == '?' && !quoted ? '$' : *sql);
    }
}

/* Values as libpq takes them. */
struct parameters {
    const char **values;
    char       (*numbers)[32];
};

static void parameters_make(struct parameters *p, const struct query_value *v, size_t n)
{
    p->numbers = xcalloc(n + 1, sizeof *p->numbers);
    p->values = xcalloc(n + 1, sizeof *p->values);
    for (size_t i = 0; i < n; i++) {
        if (v[i].type == QUERY_INT)
            snprintf(p->numbers[i], sizeof p->numbers[i], "%lld", (long long) v[i].n);
        else if (v[i].type == QUERY_REAL)
            snprintf(p->numbers[i], sizeof p->numbers[i], "%.17g", v[i].d);
        p->values[i] = v[i].type == QUERY_TEXT ? v[i].s : v[i].type == QUERY_NULL ? NULL : p->numbers[i];
    }
}

static void parameters_release(struct parameters *p)
{
    free(p->numbers);
    free(p->values);
}

static enum status ask(void *at, void **cursor, const char *sql, const struct query_value *v, size_t n, struct err *err)
{
    struct pq *p = at;
    struct buf b = BUF_INIT;
    struct parameters with;
    struct answer *a;
    PGresult *r;
    ExecStatusType is;

    placeholders(&b, sql);
    parameters_make(&with, v, n);
    r = PQexecParams(p->c, buf_text(&b), (int) n, NULL, with.values, NULL, NULL, 0);
    parameters_release(&with);
    buf_release(&b);
    is = PQresultStatus(r);
    if (is != PGRES_TUPLES_OK && is != PGRES_COMMAND_OK) {
        enum status st = failed(p, r, err);

        PQclear(r);
        return st;
    }
    a = xcalloc(1, sizeof *a);
    a->r = r;
    a->row = -1;
    *cursor = a;
    return ST_OK;
}

static enum status next(void *cursor, bool *row, struct err *err)
{
    struct answer *a = cursor;

    (void) err;
    *row = a->row + 1 < PQntuples(a->r);
    a->row += *row;
    return ST_OK;
}

static bool is_null(void *cursor, int col)
{
    struct answer *a = cursor;

    return PQgetisnull(a->r, a->row, col);
}

static const char *text(void *cursor, int col)
{
    struct answer *a = cursor;

    return PQgetisnull(a->r, a->row, col) ? NULL : PQgetvalue(a->r, a->row, col);
}

/* A sum of whole numbers comes as numeric text. */
static int64_t integer(void *cursor, int col)
{
    const char *s = text(cursor, col);

    return s ? strtoll(s, NULL, 10) : 0;
}

/* Numbers are always written with a point, here (dolen/base/lang.h) and there. */
static double real(void *cursor, int col)
{
    const char *s = text(cursor, col);

    return s ? strtod(s, NULL) : 0.0;
}

static void end(void *cursor)
{
    struct answer *a = cursor;

    PQclear(a->r);
    free(a);
}

struct engine pq_engine(struct pq *p)
{
    static const struct engine_ops ops = { "postgresql", ask, next, is_null, integer, real, text, end };

    return (struct engine) { &ops, p };
}

/* --- COPY ------------------------------------------------------------------------------------------------------- */

enum status pq_copy_begin(struct pq *p, const char *sql, struct err *err)
{
    PGresult *r = PQexec(p->c, sql);
    enum status st = PQresultStatus(r) == PGRES_COPY_IN ? ST_OK : failed(p, r, err);

    PQclear(r);
    return st;
}

enum status pq_copy_add(struct pq *p, const char *bytes, size_t n, struct err *err)
{
    return PQputCopyData(p->c, bytes, (int) n) == 1 ? ST_OK : failed(p, NULL, err);
}

enum status pq_copy_end(struct pq *p, struct err *err)
{
    enum status st = PQputCopyEnd(p->c, NULL) == 1 ? ST_OK : failed(p, NULL, err);
    PGresult *r;

    while ((r = PQgetResult(p->c))) {
        if (st == ST_OK && PQresultStatus(r) != PGRES_COMMAND_OK)
            st = failed(p, r, err);
        PQclear(r);
    }
    return st;
}

void pq_copy_stop(struct pq *p)
{
    PGresult *r;

    if (PQtransactionStatus(p->c) != PQTRANS_ACTIVE)
        return;
    PQputCopyEnd(p->c, "stopped");
    while ((r = PQgetResult(p->c)))
        PQclear(r);
}

/* --- several servers -------------------------------------------------------------------------------------------- */

struct pq_answer {
    PGresult *r;
};

static enum status collect(struct pq *p, struct pq_answer **out, struct err *err)
{
    enum status st = ST_OK;
    PGresult *r;

    while ((r = PQgetResult(p->c))) {
        if (PQresultStatus(r) == PGRES_TUPLES_OK && !*out) {
            *out = xcalloc(1, sizeof **out);
            (*out)->r = r;
            continue;
        }
        if (st == ST_OK && PQresultStatus(r) != PGRES_COMMAND_OK)
            st = failed(p, r, err);
        PQclear(r);
    }
    return st == ST_OK && !*out ? failed(p, NULL, err) : st;
}

enum status pq_ask_all(struct pq *const *p, size_t n, const char *sql, const struct query_value *v, size_t values,
                       struct pq_answer **out, struct err *err)
{
    struct buf b = BUF_INIT;
    struct parameters with;
    enum status st = ST_OK;
    size_t sent = 0;

    placeholders(&b, sql);
    parameters_make(&with, v, values);
    for (; sent < n && st == ST_OK; sent++)
        if (PQsendQueryParams(p[sent]->c, buf_text(&b), (int) values, NULL, with.values, NULL, NULL, 0) != 1)
            st = failed(p[sent], NULL, err);
    for (size_t i = 0; i < sent; i++) {
        enum status one = collect(p[i], &out[i], st == ST_OK ? err : NULL);

        st = st == ST_OK ? one : st;
    }
    parameters_release(&with);
    buf_release(&b);
    return st;
}

int pq_rows(const struct pq_answer *a)
{
    return PQntuples(a->r);
}

int pq_columns(const struct pq_answer *a)
{
    return PQnfields(a->r);
}

const char *pq_text(const struct pq_answer *a, int row, int column)
{
    return PQgetisnull(a->r, row, column) ? NULL : PQgetvalue(a->r, row, column);
}

void pq_answer_free(struct pq_answer **ap)
{
    if (!*ap)
        return;
    PQclear((*ap)->r);
    free(*ap);
    *ap = NULL;
}

static void add_option(struct buf *b, const char *name, const char *value)
{
    buf_addf(b, "%s%s '", b->len ? ", " : "", name);
    for (; *value; value++) {
        if (*value == '\'')
            buf_add_char(b, '\'');
        buf_add_char(b, *value);
    }
    buf_add_char(b, '\'');
}

enum status pq_foreign_options(const char *url, struct buf *server, struct buf *user, struct err *err)
{
    static const char *const of_server[] = { "host", "hostaddr", "port", "dbname", "sslmode", "sslrootcert" };
    static const char *const of_user[] = { "user", "password" };
    PQconninfoOption *o = PQconninfoParse(url, NULL);

    if (!o)
        return err_set(err, ST_USAGE,
                       _("This is no address of a PostgreSQL database. Nothing was changed. Give one like "
                         "postgresql://host/name."));
    for (PQconninfoOption *at = o; at->keyword; at++) {
        for (size_t i = 0; at->val && i < ARRAY_LEN(of_server); i++)
            if (str_eq(at->keyword, of_server[i]))
                add_option(server, at->keyword, at->val);
        for (size_t i = 0; at->val && i < ARRAY_LEN(of_user); i++)
            if (str_eq(at->keyword, of_user[i]))
                add_option(user, at->keyword, at->val);
    }
    PQconninfoFree(o);
    return ST_OK;
}
