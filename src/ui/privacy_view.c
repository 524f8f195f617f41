/* privacy_view.c - nothing on the screen, until a key. Whether that key is enough is for the program to say. */
#include "dolen/ui/views.h"

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static void draw(struct view *v, struct area body)
{
    (void) v;
    area_cursor(body, 0, 0, false);
}

static unsigned key(struct view *v, const struct key *k)
{
    (void) v, (void) k;
    return REACT_BACK;
}

static unsigned act(struct view *v, int action)
{
    (void) v, (void) action;
    return REACT_BACK;
}

static const struct view_ops ops = {
    .name = "privacy", .context = IN_LOCK, .flags = VIEW_BARE, .draw = draw, .key = key, .act = act,
};

struct view *privacy_view_new(struct ui *u)
{
    struct view *v = xcalloc(1, sizeof *v);

    (void) u;
    v->ops = &ops;
    return v;
}
