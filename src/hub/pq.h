/* hub/pq.h - one PostgreSQL connection (libpq lives in pq.c alone). */
#ifndef DOLEN_HUB_PQ_H
#define DOLEN_HUB_PQ_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/status.h"
#include "dolen/report/query.h"

struct pq;

/* postgresql://…: over a network only with TLS, unless the address itself says sslmode=disable. ST_IO with the server's own
 * words, without a password; ST_NEWER: a server older than 15. */
enum status   pq_open(struct pq **out, const char *url, struct err *err);
void          pq_close(struct pq **pp);
struct engine pq_engine(struct pq *p);
/* Statements without values or rows; several may stand in one text. */
enum status   pq_run(struct pq *p, const char *sql, struct err *err);
/* COPY … FROM STDIN: begin with the statement, add text as often as you like, end. */
enum status   pq_copy_begin(struct pq *p, const char *sql, struct err *err);
enum status   pq_copy_add(struct pq *p, const char *bytes, size_t n, struct err *err);
enum status   pq_copy_end(struct pq *p, struct err *err);
void          pq_copy_stop(struct pq *p);       /* as a failure; nothing when none is under way */
bool          pq_in_transaction(const struct pq *p);

#endif
