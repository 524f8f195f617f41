/* hub/pq.h - one PostgreSQL connection (libpq lives in pq.c alone). */
#ifndef DOLEN_HUB_PQ_H
#define DOLEN_HUB_PQ_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/buf.h"
#include "dolen/base/status.h"
#include "dolen/report/query.h"

struct pq;

/* postgresql://…: over a network only with TLS, unless the address itself says sslmode=disable. ST_IO with the
 * server's own words, without a password; ST_NEWER: a server older than 15. */
enum status   pq_open(struct pq **out, const char *url, struct err *err);
void          pq_close(struct pq **pp);
struct engine pq_engine(struct pq *p);
/* The same question to several servers at once; out[i] is the answer of p[i], to be freed. ST_OK only when all have
 * answered. */
struct pq_answer;
enum status   pq_ask_all(struct pq *const *p, size_t n, const char *sql, const struct query_value *v, size_t values,
                         struct pq_answer **out, struct err *err);
int           pq_rows(const struct pq_answer *a);
int           pq_columns(const struct pq_answer *a);
const char   *pq_text(const struct pq_answer *a, int row, int column);       /* NULL for NULL */
void          pq_answer_free(struct pq_answer **ap);
/* Where a server is, as OPTIONS of a foreign server and of a user mapping ("host '…', dbname '…'"). ST_USAGE. */
enum status   pq_foreign_options(const char *url, struct buf *server, struct buf *user, struct err *err);
/* Statements without values or rows; several may stand in one text. */
enum status   pq_run(struct pq *p, const char *sql, struct err *err);
/* COPY … FROM STDIN: begin with the statement, add text as often as you like, end. */
enum status   pq_copy_begin(struct pq *p, const char *sql, struct err *err);
enum status   pq_copy_add(struct pq *p, const char *bytes, size_t n, struct err *err);
enum status   pq_copy_end(struct pq *p, struct err *err);
void          pq_copy_stop(struct pq *p);       /* as a failure; nothing when none is under way */
bool          pq_in_transaction(const struct pq *p);

#endif
