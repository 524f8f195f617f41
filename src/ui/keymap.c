/* keymap.c - bindings of keys to actions, built from tables and a user's file.
 *
 * A binding is (key, action). Which of several bindings of one key wins is decided at look-up: a row for particular
 * contexts before a row for everywhere, so that a view can give Space or l another meaning. Bindings are few (some
 * two hundred); a linear look per key press costs less than reading the key. */
#include "dolen/ui/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define KEY_FILE_MAX (64 * 1024)

/* The screens that ask for a passphrase, the manual and the form in the person's hands name this key: no file takes it
 * away. */
#define KEPT_KEY    K_F(2)
#define KEPT_ACTION "something-serious"

struct binding {
    struct key           key;
    const struct action *action;
    int                  line;          /* of the user's file; 0: the program's own */
};

struct keymap {
    const struct action **actions;
    size_t                count, cap;
    struct binding       *bound;
    size_t                bound_count, bound_cap;
};

const struct action nav_actions[] = {
    { NAV_UP, "up", NULL, N_("Up"), "Up k", IN_EVERYWHERE, 0 },
    { NAV_DOWN, "down", NULL, N_("Down"), "Down j", IN_EVERYWHERE, 0 },
    { NAV_LEFT, "left", NULL, N_("Left"), "Left h", IN_EVERYWHERE, 0 },
    { NAV_RIGHT, "right", NULL, N_("Right"), "Right l", IN_EVERYWHERE, 0 },
    { NAV_PAGE_UP, "page-up", NULL, N_("A page up"), "PageUp", IN_EVERYWHERE, 0 },
    { NAV_PAGE_DOWN, "page-down", NULL, N_("A page down"), "PageDown", IN_EVERYWHERE, 0 },
    { NAV_FIRST, "first", NULL, N_("To the first"), "Home Ctrl-Home g", IN_EVERYWHERE, 0 },
    { NAV_LAST, "last", NULL, N_("To the last"), "End Ctrl-End G", IN_EVERYWHERE, 0 },
    { NAV_NEXT_FIELD, "next-field", NULL, N_("To the next field or part"), "Tab", IN_EVERYWHERE, 0 },
    { NAV_PREV_FIELD, "previous-field", NULL, N_("To the field or part before"), "Shift-Tab", IN_EVERYWHERE, 0 },
    { NAV_OPEN, "open", N_("Open"), N_("Open, or go to the next field; never sends"), "Enter", IN_EVERYWHERE,
      NEEDS_ROW },
    { NAV_BACK, "back", N_("Back"), N_("Go back; a draft is kept"), "Esc q", IN_EVERYWHERE, 0 },
    { NAV_MARK, "mark", NULL, N_("Mark or unmark"), "Space", IN_EVERYWHERE, 0 },
    { NAV_HELP, "help", N_("Help"), N_("Help for this screen"), "? F1", IN_EVERYWHERE, 0 },
    { NAV_REDRAW, "redraw", NULL, N_("Draw the screen again"), "Ctrl-L", IN_EVERYWHERE, 0 },
};
const size_t nav_actions_count = ARRAY_LEN(nav_actions);

static bool is_everywhere(const struct action *a)
{
    return (a->where & IN_EVERYWHERE) == IN_EVERYWHERE;
}

static void bind(struct keymap *km, const struct key *k, const struct action *a, int line)
{
    struct binding *b = ARRAY_ADD(km->bound, km->bound_count, km->bound_cap);

    *b = (struct binding) { *k, a, line };
}

/* The next blank-separated word from *p; its length, 0 at the end of the line. */
static size_t next_word(const char **p)
{
    *p += strspn(*p, " \t\r");
    return strcspn(*p, " \t\r\n");
}

struct keymap *keymap_new(void)
{
    struct keymap *km = xcalloc(1, sizeof *km);

    keymap_add(km, nav_actions, nav_actions_count);
    return km;
}

void keymap_free(struct keymap **kp)
{
    if (!kp || !*kp)
        return;
    free((*kp)->actions);
    free((*kp)->bound);
    free(*kp);
    *kp = NULL;
}

void keymap_add(struct keymap *km, const struct action *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *p = table[i].keys ? table[i].keys : "";
        struct key k;
        size_t n;

        *ARRAY_ADD(km->actions, km->count, km->cap) = &table[i];
        while ((n = next_word(&p)) > 0) {
            if (key_parse(p, n, &k))
                bind(km, &k, &table[i], 0);
            p += n;
        }
    }
}

static bool is_kept(const struct key *k, const struct action *a)
{
    return k->code == KEPT_KEY && str_eq(a->name, KEPT_ACTION);
}

static void unbind_action(struct keymap *km, const struct action *a)
{
    size_t kept = 0;

    for (size_t i = 0; i < km->bound_count; i++)
        if (km->bound[i].action != a || is_kept(&km->bound[i].key, a))
            km->bound[kept++] = km->bound[i];
    km->bound_count = kept;
}

/* Takes the key from rows that would clash with a: same kind, a context in common. Another line of the file that loses
 * it is named. */
static void free_key(struct keymap *km, const struct key *k, const struct action *a, int number,
                     struct buf *complaints)
{
    size_t kept = 0;

    for (size_t i = 0; i < km->bound_count; i++) {
        const struct binding *b = &km->bound[i];
        bool clash = key_eq(&b->key, k) && (b->action->where & a->where) &&
                     is_everywhere(b->action) == is_everywhere(a);

        if (!clash)
            km->bound[kept++] = *b;
        else if (b->line > 0 && b->action != a) {
            struct buf name = BUF_INIT;

            key_write(&name, k);
            buf_addf(complaints, _("keys:%d: '%s' is taken here from '%s' of line %d"), number, buf_text(&name),
                     b->action->name, b->line);
            buf_add_char(complaints, '\n');
            buf_release(&name);
        }
    }
    km->bound_count = kept;
}

static const struct action *find_n(const struct keymap *km, const char *name, size_t n)
{
    for (size_t i = 0; i < km->count; i++)
        if (strlen(km->actions[i]->name) == n && memcmp(km->actions[i]->name, name, n) == 0)
            return km->actions[i];
    return NULL;
}

/* Every key of the line must be one before anything changes: a slip leaves the old keys in place. */
static const char *check_keys(const char *p, size_t *bad_length)
{
    struct key k;
    size_t n;

    while ((n = next_word(&p)) > 0) {
        if (!key_parse(p, n, &k)) {
            *bad_length = n;
            return p;
        }
        p += n;
    }
    return NULL;
}

/* The key that no file gives to another action. */
static bool wants_kept_key(const char *p, const struct action *a)
{
    struct key k;
    size_t n;

    while ((n = next_word(&p)) > 0) {
        if (key_parse(p, n, &k) && k.code == KEPT_KEY && !is_kept(&k, a))
            return true;
        p += n;
    }
    return false;
}

static bool read_line(struct keymap *km, const char *p, int number, struct buf *complaints)
{
    size_t n = next_word(&p), bad = 0;

    if (n == 0 || *p == '#')
        return true;
    const struct action *a = find_n(km, p, n);

    if (!a) {
        buf_addf(complaints, _("keys:%d: there is no action called '%.*s'"), number, (int) n, p);
        buf_add_char(complaints, '\n');
        return false;
    }
    p += n;
    n = next_word(&p);
    if (n == 0) {
        buf_addf(complaints, _("keys:%d: '%s' has no key after it; write 'none' to take its keys away"), number,
                 a->name);
        buf_add_char(complaints, '\n');
        return false;
    }
    if (n == 4 && memcmp(p, "none", 4) == 0) {
        unbind_action(km, a);
        return true;
    }
    const char *wrong = check_keys(p, &bad);

    if (wrong) {
        buf_addf(complaints, _("keys:%d: '%.*s' is not the name of a key"), number, (int) bad, wrong);
        buf_add_char(complaints, '\n');
        return false;
    }
    if (wants_kept_key(p, a)) {
        buf_addf(complaints, _("keys:%d: F2 stays with '%s'"), number, KEPT_ACTION);
        buf_add_char(complaints, '\n');
        return false;
    }
    unbind_action(km, a);
    while ((n = next_word(&p)) > 0) {
        struct key k;

        if (key_parse(p, n, &k) && !is_kept(&k, a)) {
            free_key(km, &k, a, number, complaints);
            bind(km, &k, a, number);
        }
        p += n;
    }
    return true;
}

int keymap_read(struct keymap *km, const char *text, struct buf *complaints)
{
    int number = 0, bad = 0;

    while (*text) {
        if (!read_line(km, text, ++number, complaints))
            bad++;
        text += strcspn(text, "\n");
        if (*text == '\n')
            text++;
    }
    return bad;
}

enum status keymap_read_user(struct keymap *km, struct buf *complaints, struct err *err)
{
    char *folder = place_config();
    char *path = path_join(folder, "keys");
    struct buf text = BUF_INIT;
    enum status st = ST_OK;

    if (file_exists(path))
        st = file_read(&text, path, KEY_FILE_MAX, err);
    if (st == ST_OK)
        keymap_read(km, buf_text(&text), complaints);
    buf_release(&text);
    free(path);
    free(folder);
    return st;
}

static const struct binding *winner(const struct keymap *km, const struct key *k, uint64_t context)
{
    const struct binding *general = NULL;

    for (size_t i = 0; i < km->bound_count; i++) {
        const struct binding *b = &km->bound[i];

        if (!(b->action->where & context) || !key_eq(&b->key, k))
            continue;
        if (!is_everywhere(b->action))
            return b;
        if (!general)
            general = b;
    }
    return general;
}

int keymap_lookup(const struct keymap *km, const struct key *k, uint64_t context)
{
    const struct binding *b = winner(km, k, context);

    return b ? b->action->id : 0;
}

const struct action *keymap_find(const struct keymap *km, const char *name)
{
    return find_n(km, name, strlen(name));
}

size_t keymap_count(const struct keymap *km)
{
    return km->count;
}

const struct action *keymap_at(const struct keymap *km, size_t i)
{
    return i < km->count ? km->actions[i] : NULL;
}

static bool reaches(const struct keymap *km, const struct binding *b, int id, uint64_t context)
{
    const struct binding *w = b->action->id == id ? winner(km, &b->key, context) : NULL;

    return w && w == b;                 /* not a second row of the same action, so that its key is named once */
}

static bool find_key(const struct keymap *km, int id, uint64_t context, bool typing, struct key *out)
{
    for (size_t i = 0; i < km->bound_count; i++)
        if (reaches(km, &km->bound[i], id, context) && !(typing && key_is_text(&km->bound[i].key))) {
            *out = km->bound[i].key;
            return true;
        }
    return false;
}

bool keymap_first_key(const struct keymap *km, int id, uint64_t context, struct key *out)
{
    return find_key(km, id, context, false, out);
}

bool keymap_typing_key(const struct keymap *km, int id, uint64_t context, struct key *out)
{
    return find_key(km, id, context, true, out);
}

void keymap_keys(const struct keymap *km, int id, uint64_t context, struct buf *out)
{
    bool first = true;

    for (size_t i = 0; i < km->bound_count; i++) {
        if (!reaches(km, &km->bound[i], id, context))
            continue;
        if (!first)
            buf_add(out, ", ");
        key_label(out, &km->bound[i].key);
        first = false;
    }
}

int keymap_conflicts(const struct keymap *km, struct buf *out)
{
    int found = 0;

    for (size_t i = 0; i < km->bound_count; i++)
        for (size_t j = i + 1; j < km->bound_count; j++) {
            const struct binding *a = &km->bound[i], *b = &km->bound[j];

            if (a->action->id == b->action->id || !key_eq(&a->key, &b->key) || !(a->action->where & b->action->where) ||
                is_everywhere(a->action) != is_everywhere(b->action))
                continue;
            key_write(out, &a->key);
            buf_addf(out, ": %s, %s\n", a->action->name, b->action->name);
            found++;
        }
    return found;
}
