/* cmd_keymap.c - the keys as they are now: the program's own and the user's file on top. docs/keys.md is made
 * from it. */
#include <stdio.h>

#include "commands.h"
#include "dolen/base/lang.h"
#include "dolen/base/layout.h"
#include "dolen/base/mem.h"
#include "dolen/ui/actions.h"
#include "plain/plain_ways.h"
#include "dolen/base/banned.h"

static bool is_everywhere(const struct action *a)
{
    return (a->where & IN_EVERYWHERE) == IN_EVERYWHERE;
}

/* A key that one screen uses for something else still works on the others: the screen with most of them counts. In a
 * replay the keys that open are those of its next step, and stand in that row. */
static void keys_of(const struct keymap *km, const struct action *a, struct buf *out)
{
    uint64_t where = is_everywhere(a) ? a->where & ~IN_REPLAY : a->where;

    for (int bit = 0; bit < 64; bit++) {
        struct buf keys = BUF_INIT;

        if (where & UINT64_C(1) << bit)
            keymap_keys(km, a->id, UINT64_C(1) << bit, &keys);
        if (keys.len > out->len) {
            buf_clear(out);
            buf_add(out, buf_text(&keys));
        }
        buf_release(&keys);
    }
}

/* "people"; of an action further in "in it: …"; of one that has none, nothing: what there is instead stands below the
 * table. */
static void line_mode_words(const struct action *a, struct buf *out)
{
    const struct plain_way *w = plain_way_of(a->name);

    if (!w || w->place == INSTEAD)
        return;
    for (const char *p = tr(w->says); *p; p++)
        if (*p != ':')
            buf_add_char(out, *p);
    if (w->place == AT_PERSON)
        buf_addf(out, " (%s)", _("on a person"));
}

static void print_row(const struct keymap *km, const struct action *a, bool markdown)
{
    struct buf keys = BUF_INIT, line = BUF_INIT;

    keys_of(km, a, &keys);
    line_mode_words(a, &line);
    if (markdown)
        printf("| %s | `%s` | %s | %s |\n", buf_text(&keys), a->name, tr(a->help), buf_text(&line));
    else
        layout_put(buf_text(&keys), 23), layout_put(a->name, 21), puts(tr(a->help));
    buf_release(&keys);
    buf_release(&line);
}

static void print_part(const struct keymap *km, bool everywhere, bool markdown)
{
    const char *title = everywhere ? _("On every screen") : _("On some screens");

    printf(markdown ? "\n## %s\n\n" : "\n%s\n\n", title);
    if (markdown)
        printf("| %s | %s | %s | %s |\n|---|---|---|---|\n", _("Keys"), _("Name"), _("What it does"),
               _("In line mode"));
    for (size_t i = 0; i < keymap_count(km); i++)
        if (is_everywhere(keymap_at(km, i)) == everywhere)
            print_row(km, keymap_at(km, i), markdown);
}

static void print_instead(const struct keymap *km)
{
    printf("\n## %s\n\n", _("What line mode does differently"));
    for (size_t i = 0; i < keymap_count(km); i++) {
        const struct plain_way *w = plain_way_of(keymap_at(km, i)->name);

        if (w && w->place == INSTEAD)
            printf("- `%s`: %s\n", w->action, tr(w->says));
    }
}

static void add_json(const struct keymap *km, struct json *list)
{
    static const char *const places[] = { [AT_MENU] = "menu", [AT_PERSON] = "person", [IN_IT] = "further-in",
                                          [INSTEAD] = "instead" };

    for (size_t i = 0; i < keymap_count(km); i++) {
        const struct action *a = keymap_at(km, i);
        const struct plain_way *w = plain_way_of(a->name);
        struct json *j = json_new_map();
        struct buf keys = BUF_INIT;

        keys_of(km, a, &keys);
        json_set_text(j, "action", a->name);
        json_set_text(j, "keys", buf_text(&keys));
        json_set_text(j, "help", tr(a->help));
        json_set_bool(j, "everywhere", is_everywhere(a));
        json_set_text(j, "line_mode", w ? places[w->place] : NULL);
        json_set_text(j, "line_mode_says", w ? tr(w->says) : NULL);
        json_append(list, j);
        buf_release(&keys);
    }
}

static enum status keymap_run(struct run *r, struct err *err)
{
    struct keymap *km = keymap_new();
    struct buf complaints = BUF_INIT;
    bool markdown = run_flag(r, "--markdown");

    (void) err;
    keymap_add(km, actions, actions_count);
    keymap_add(km, drill_actions, drill_actions_count);
    keymap_read_user(km, &complaints, NULL);
    if (r->json) {
        struct json *j = json_new_map(), *list = json_new_list();

        add_json(km, list);
        json_set(j, "actions", list);
        run_print_json("keymap", j);
    } else {
        if (markdown)
            printf("# %s\n\n%s\n", _("Keys"),
                   _("Made by `dolen keymap --markdown`. A line `name key key` in the file `keys` of the settings "
                     "folder gives an action other keys; `name none` takes them away."));
        print_part(km, true, markdown);
        print_part(km, false, markdown);
        if (markdown)
            print_instead(km);
    }
    fputs(buf_text(&complaints), stderr);
    buf_release(&complaints);
    keymap_free(&km);
    return ST_OK;
}

static const struct option keymap_options[] = {
    { "--markdown", NULL, N_("As a table for the manual") },
    { NULL, NULL, NULL }
};

const struct command keymap_commands[] = {
    { "keymap", NULL, "", 0, 0, N_("The keys of the workstation, with those of your own key file"), keymap_options,
      NEEDS_NOTHING,
      keymap_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
