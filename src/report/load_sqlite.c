/* rows straight into a SQLite warehouse. */
#include "dolen/report/load.h"

#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/db/db.h"
#include "dolen/base/banned.h"

void load_bind(struct stmt *s, const struct wh_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct wh_cell *c = &cells[i];
        int at = (int) i + 1;

        switch (c->kind) {
        case CELL_NULL:
            stmt_bind_null(s, at);
            break;
        case CELL_TEXT:
            stmt_bind_text_n(s, at, c->text, c->len);
            break;
        case CELL_INT:
            stmt_bind_int(s, at, c->n);
            break;
        case CELL_REAL:
            stmt_bind_real(s, at, c->d);
            break;
        case CELL_ID:
            stmt_bind_blob(s, at, c->id, sizeof c->id);
            break;
        }
    }
}
