/* ui/search_line.c - a caret stands in it only after "/" or a Backspace. */
#include "search_line.h"

#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/actions.h"
#include "dolen/ui/view.h"
#include "dolen/base/banned.h"

void search_line_draw(struct line *line, bool editing, struct area body, const char *hint)
{
    const char *label = _("Search:");
    int x = text_width(label) + 1;

    area_text(body, 0, 0, -1, STYLE_LABEL, label);
    if (editing || !line_is_empty(line))
        line_draw(line, body, 0, x, body.cols - x, editing);
    else
        area_entries(body, 0, x, -1, STYLE_HINT, hint, _("? more"));
}

unsigned search_line_key(struct line *line, bool *editing, const struct key *k, bool *changed)
{
    *changed = false;
    if (!*editing && !(k->code == K_BACKSPACE && !line_is_empty(line)))
        return REACT_PASS;
    switch (line_key(line, k)) {
    case EDIT_CHANGED:
        *editing = *changed = true;
        return REACT_DRAW;
    case EDIT_MOVED:
        return REACT_DRAW;
    case EDIT_NOTHING:
    case EDIT_FULL:
        return REACT_NONE;
    default:
        return REACT_PASS;
    }
}

/* What is typed next is a word of its own, and no end of the last value. */
static void behind_the_filters(struct line *line)
{
    struct buf b = BUF_INIT;

    buf_add(&b, line_text(line));
    if (b.len > 0 && b.s[b.len - 1] != ' ')
        buf_add_char(&b, ' ');
    line_set(line, buf_text(&b));
    buf_wipe(&b);
}

unsigned search_line_act(struct line *line, bool *editing, const struct list *rows, int action)
{
    if (action == ACT_SEARCH) {
        /* as in the box of any program: the next search replaces the last one; what f put together is added to */
        if (!*editing && strchr(line_text(line), ':'))
            behind_the_filters(line);
        else if (!*editing)
            line_offer(line);
        *editing = true;
    } else if (*editing && (action == NAV_OPEN || action == NAV_DOWN || action == NAV_NEXT_FIELD)) {
        *editing = rows->count == 0;
    } else if (!*editing && action == NAV_UP && !line_is_empty(line) && rows->selected == 0) {
        *editing = true;
    } else {
        return REACT_PASS;
    }
    return REACT_DRAW;
}

void search_line_title(struct buf *out, const char *what, size_t shown, size_t all)
{
    if (shown == all)
        buf_addf(out, "%s (%zu)", what, all);
    else
        buf_addf(out, _("%s (%zu of %zu)"), what, shown, all);
}
