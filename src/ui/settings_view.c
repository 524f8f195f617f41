/* settings_view.c - the settings as a list; a change is kept at once. */
#include "dolen/ui/views.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/list.h"
#include "dolen/base/banned.h"

#define VALUE_X     20

struct settings_view {
    struct view   view;                 /* first */
    struct list   list;
    struct store *store;                /* NULL: no case file is open, its settings are left out */
};

static struct settings_view *settings_of(struct view *v)
{
    return (struct settings_view *) v;
}

static const struct setting *setting_at(size_t i)
{
    return i < settings_count ? &settings[i] : &case_settings[i - settings_count];
}

static const struct setting *selected(struct view *v)
{
    return setting_at(settings_of(v)->list.selected);
}

static bool is_of_case(const struct setting *s)
{
    return s >= case_settings && s < case_settings + case_settings_count;
}

static bool is_number(const struct setting *s)
{
    return !s->words && !(s->least == 0 && s->most == 1);
}

static void show(const struct settings_view *v, const struct setting *s, struct buf *out)
{
    int value = is_of_case(s) ? case_setting_value(v->store, s) : setting_value(s->key);

    if (s->words)
        buf_add(out, tr(s->words[value - s->least]));
    else if (is_number(s))
        buf_addf(out, "%d %s", value, s->unit ? tr(s->unit) : "");
    else
        buf_add(out, value ? _("yes") : _("no"));
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct buf value = BUF_INIT;

    show(ctx, setting_at(i), &value);
    area_text(row, 0, 0, 19, STYLE_LABEL, tr(setting_at(i)->label));
    area_words(row, 0, VALUE_X, -1, STYLE_VALUE, buf_text(&value));
    buf_release(&value);
}

static struct list_source source_of(struct settings_view *v)
{
    return (struct list_source) { .row = draw_row, .ctx = v };
}

static size_t rows_of(const struct settings_view *v)
{
    return settings_count + (v->store ? case_settings_count : 0);
}

/* A value that its column cuts stands before the sentence. */
static void help_words(const struct settings_view *v, int cols, struct buf *out)
{
    const struct setting *s = setting_at(v->list.selected);

    show(v, s, out);
    if (VALUE_X + text_width(buf_text(out)) > cols - 3)          /* the list keeps three: its mark, its arrows */
        buf_add(out, ". ");
    else
        buf_clear(out);
    buf_add(out, tr(s->help));
}

static void draw(struct view *v, struct area body)
{
    struct settings_view *sv = settings_of(v);
    struct list_source source = source_of(sv);
    struct buf help = BUF_INIT;
    int rows;

    list_set_count(&sv->list, rows_of(sv));
    help_words(sv, body.cols, &help);
    rows = body.rows - 1 - text_wrapped_rows(buf_text(&help), body.cols - 2);
    if (rows > (int) rows_of(sv))
        rows = (int) rows_of(sv);
    area_wrap(area_sub(body, rows + 1, 0, -1, -1), 0, 2, -1, STYLE_HINT, buf_text(&help));
    list_draw(&sv->list, &source, area_sub(body, 0, 0, rows, -1));
    buf_release(&help);
}

static unsigned change_to(struct view *v, const struct setting *s, int value)
{
    struct err err = { .st = ST_OK };
    int before = setting_value(s->key);

    setting_set(s->key, value);
    if (settings_save(&err) != ST_OK)
        screen_message(v->screen, STYLE_ERROR, "%s", err_text(&err));
    if (str_eq(s->key, "language") && value >= 0 && value != before) {
        lang_set(value == 1 ? LANG_CY : LANG_EN);
        screen_changed(v->screen, ~0u);
    }
    return REACT_LAYOUT;
}

/* Round the ends, except for numbers. */
static unsigned change_by(struct view *v, int by)
{
    const struct setting *s = selected(v);
    int value = setting_value(s->key) + by;

    if (!is_number(s) && value > s->most)
        value = s->least;
    if (!is_number(s) && value < s->least)
        value = s->most;
    return change_to(v, s, value);
}

static unsigned typed(void *ctx, const char *text)
{
    struct view *v = ctx;
    const struct setting *s = selected(v);
    char *end;

    if (!text)
        return REACT_DRAW;
    long n = strtol(text, &end, 10);

    if (end == text || end[strspn(end, " ")] || n < s->least || n > s->most) {
        screen_message(v->screen, STYLE_ERROR, _("Nothing was changed: a whole number from %d to %d is expected."),
                       s->least, s->most);
        return REACT_DRAW;
    }
    return change_to(v, s, (int) n);
}

static unsigned open_setting(struct view *v)
{
    const struct setting *s = selected(v);
    struct text2 prompt;
    struct buf now = BUF_INIT;

    if (!is_number(s))
        return change_by(v, 1);
    prompt = TEXT2(_("%s, %d to %d %s:"), tr(s->label), s->least, s->most, s->unit ? tr(s->unit) : "");
    buf_addf(&now, "%d", setting_value(s->key));
    screen_ask(v->screen, &(struct ask) { .prompt = prompt, .initial = buf_text(&now), .max_bytes = 8,
                                          .done = typed,
                                          .ctx = v });
    buf_release(&now);
    return REACT_DRAW;
}

static unsigned act(struct view *v, int action)
{
    struct list_source source = source_of(settings_of(v));

    if (is_of_case(selected(v)) && (action == NAV_OPEN || action == ACT_EDIT))
        return REACT_PASS;
    if (is_of_case(selected(v)) && (action == NAV_LEFT || action == NAV_RIGHT || action == NAV_MARK)) {
        screen_message(v->screen, STYLE_HINT, "%s", _("Enter changes this one, and asks first."));
        return REACT_DRAW;
    }
    switch (action) {
    case NAV_LEFT:  return change_by(v, -1);
    case NAV_RIGHT:
    case NAV_MARK:  return change_by(v, 1);
    case NAV_OPEN:
    case ACT_EDIT:  return open_setting(v);
    default:        break;
    }
    return list_act(&settings_of(v)->list, &source, action);
}

static struct focus focus(struct view *v)
{
    return (struct focus) { .kind = FOCUS_SETTING, .question = selected(v)->key };
}

static void title(struct view *v, struct buf *out)
{
    (void) v;
    buf_add(out, _("Settings"));
}

static const char *bar_word(struct view *v, int action)
{
    (void) v;
    return action == NAV_OPEN ? _("Change") : NULL;
}

static const int bar[] = { NAV_OPEN, ACT_RECOVERY_TEST, NAV_BACK, 0 };
static const struct view_ops ops = {
    .name = "settings", .context = IN_SETTINGS | IN_LIST, .bar = bar, .draw = draw, .act = act, .focus = focus,
    .title = title, .bar_word = bar_word,
};

struct view *settings_view_new(struct ui *u)
{
    struct settings_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->store = u ? u->store : NULL;
    list_set_count(&v->list, rows_of(v));
    return &v->view;
}
