/* scale.c - a whole number between two ends. */
#include "dolen/ui/scale.h"

#include <stdio.h>

#include "dolen/base/lang.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

struct scale scale_make(int from, int to)
{
    return (struct scale) { .from = from, .to = to };
}

void scale_set(struct scale *s, int value)
{
    s->value = value < s->from ? s->from : value > s->to ? s->to : value;
    s->set = true;
    s->typed = 0;
}

static enum edited change_to(struct scale *s, int value)
{
    bool was_set = s->set;
    int before = s->value;

    scale_set(s, value);
    return !was_set || s->value != before ? EDIT_CHANGED : EDIT_NOTHING;
}

/* "1" then "0" is 10 where the scale has a 10; a digit that cannot follow starts anew. */
static enum edited digit(struct scale *s, int d)
{
    int both = s->typed * 10 + d;

    if (s->typed == 0 || both > s->to)
        both = d;
    if (both < s->from || both > s->to) {
        s->typed = both * 10 <= s->to ? both : 0;       /* may still become one: the 1 of a 12 */
        return EDIT_NOTHING;
    }
    enum edited e = change_to(s, both);

    s->typed = both * 10 <= s->to ? both : 0;
    return e;
}

static enum edited clear(struct scale *s)
{
    bool was_set = s->set;

    s->set = false;
    s->value = s->typed = 0;
    return was_set ? EDIT_CHANGED : EDIT_NOTHING;
}

enum edited scale_key(struct scale *s, const struct key *k)
{
    if (key_is_text(k) && k->text[0] >= '0' && k->text[0] <= '9')
        return digit(s, k->text[0] - '0');
    switch (k->code) {
    case K_LEFT:      return change_to(s, s->set ? s->value - 1 : s->from);
    case K_RIGHT:     return change_to(s, s->set ? s->value + 1 : s->from);
    case K_HOME:      return change_to(s, s->from);
    case K_END:       return change_to(s, s->to);
    case K_BACKSPACE:
    case K_DELETE:    return clear(s);
    default:          return EDIT_PASS;
    }
}

int scale_rows(const char *from_label, const char *to_label)
{
    return (from_label && from_label[0]) || (to_label && to_label[0]) ? 2 : 1;
}

void scale_draw(const struct scale *s, struct area a, const char *from_label, const char *to_label, bool focused)
{
    int x = 0, at = 0;

    for (int n = s->from; n <= s->to && x < a.cols; n++) {
        bool here = s->set && n == s->value;

        if (here)
            at = x + 1;
        x += area_textf(a, 0, x, -1, here ? STYLE_HEADING : STYLE_TEXT, here ? "[%d]" : " %d ", n);
    }
    if (!s->set)
        area_text(a, 0, x + 1, -1, STYLE_MISSING, _("not answered"));
    if (scale_rows(from_label, to_label) == 2 && a.rows > 1) {
        int used = area_textf(a, 1, 1, -1, STYLE_DIM, "%d %s", s->from, from_label ? from_label : "");
        char right[256];

        snprintf(right, sizeof right, "%d %s", s->to, to_label ? to_label : "");
        int room = x > used + 4 + text_width(right) ? x : used + 4 + text_width(right);

        area_text_right(area_sub(a, 1, used + 3, 1, -1), 0, room - used - 3, STYLE_DIM, right);
    }
    if (focused)
        area_cursor(a, 0, at, true);
}
