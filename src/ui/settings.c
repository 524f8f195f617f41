/* settings.c - the settings of this person's program: one table; reading, writing and the settings view loop
 * over it. */
#include "dolen/ui/views.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define SETTINGS_FILE_MAX (64 * 1024)

/* Languages are named in their own, in words that no translation knows: "Cymraeg" alone is what the key bar offers, and
 * becomes "English" there. */
static const char *const languages[] = { N_("as the system says"), "in English", "yn Gymraeg", NULL };

const struct setting settings[] = {
    { "lock_after", N_("Lock after"), N_("Time without a key before the case file locks. The draft is kept."), 1, 60,
      5, NULL,
      N_("minutes") },
    { "language", N_("Language"), N_("The language to start in. It can be changed at any time."), -1, 1, -1, languages,
      NULL },
    { "ascii_lines", N_("Plain lines"), N_("Draw lines and charts with + - | only, from the next start on"), 0, 1, 0,
      NULL, NULL },
    { "mono", N_("No colour"), N_("Show everything without colour, from the next start on"), 0, 1, 0, NULL, NULL },
    { "tips", N_("Tips"), N_("A line of advice at the first uses of each screen. z puts one away."), 0, 1, 1, NULL,
      NULL },
    { "paperwork", N_("Paperwork time"), N_("Count how long forms take you. Each practitioner sees their own only."),
      0, 1, 1, NULL, NULL },
    { "paperwork_pause", N_("Paperwork pause"),
      N_("A pause in a form that is longer than this is not counted as paperwork."), 1, 10, 2,
      NULL, N_("minutes") },
};
const size_t settings_count = ARRAY_LEN(settings);

const struct setting case_settings[] = {
    { RETENTION_CLOSED, N_("Kept after closing"),
      N_("How long records are kept after a period of support was closed: as your service "
      "decided. Nothing goes by itself; the list :retention names what is past its time."), 1, 100, 8, NULL,
      N_("years") },
    { RETENTION_DECLINED, N_("Kept without one"),
      N_("How long records are kept after a referral that came to nothing"), 1, 100, 2,
      NULL, N_("years") },
};
const size_t case_settings_count = ARRAY_LEN(case_settings);

int case_setting_value(struct store *s, const struct setting *setting)
{
    char *text = store_setting(s, setting->key);
    long n = text ? strtol(text, NULL, 10) : setting->fallback;

    free(text);
    return n >= setting->least && n <= setting->most ? (int) n : setting->fallback;
}

static struct {
    bool set;
    int  value;
} values[ARRAY_LEN(settings)];

static size_t index_of(const char *key, size_t n)
{
    size_t i = 0;

    while (i < settings_count && (strlen(settings[i].key) != n || memcmp(settings[i].key, key, n) != 0))
        i++;
    return i;
}

int setting_value(const char *key)
{
    size_t i = index_of(key, strlen(key));

    if (i == settings_count)
        return 0;
    return values[i].set ? values[i].value : settings[i].fallback;
}

void setting_set(const char *key, int value)
{
    size_t i = index_of(key, strlen(key));

    if (i == settings_count)
        return;
    value = value < settings[i].least ? settings[i].least : value > settings[i].most ? settings[i].most : value;
    values[i].value = value;
    values[i].set = true;
}

/* --- the file --- */

static void read_line(const char *line, int number, struct buf *complaints)
{
    const char *value = line + strcspn(line, " \t");
    size_t i = index_of(line, (size_t) (value - line));
    char *end;

    if (i == settings_count) {
        buf_addf(complaints, _("settings:%d: there is no setting called '%.*s'"), number, (int) (value - line), line);
        buf_add_char(complaints, '\n');
        return;
    }
    value += strspn(value, " \t");
    long n = strtol(value, &end, 10);

    if (end == value || end[strspn(end, " \t\r")] || n < settings[i].least || n > settings[i].most) {
        buf_addf(complaints, _("settings:%d: %s must be a number from %d to %d"), number, settings[i].key,
                 settings[i].least, settings[i].most);
        buf_add_char(complaints, '\n');
        return;
    }
    setting_set(settings[i].key, (int) n);
}

enum status settings_load(struct buf *complaints, struct err *err)
{
    char *folder = place_config(), *path = path_join(folder, "settings"), *next = NULL;
    struct buf text = BUF_INIT;
    enum status st = ST_OK;
    int number = 0;

    memset(values, 0, sizeof values);
    if (file_exists(path))
        st = file_read(&text, path, SETTINGS_FILE_MAX, err);
    char *all = buf_steal(&text);

    for (char *line = all; st == ST_OK && line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        line += strspn(line, " \t\r");
        number++;
        if (*line && *line != '#')
            read_line(line, number, complaints);
    }
    free(all);
    free(path);
    free(folder);
    return st;
}

enum status settings_save(struct err *err)
{
    char *folder = place_config();
    struct buf text = BUF_INIT;
    enum status st = folder_make_private(folder, err);

    for (size_t i = 0; i < settings_count; i++)
        if (values[i].set)
            buf_addf(&text, "%s %d\n", settings[i].key, values[i].value);
    if (st == ST_OK)
        st = file_replace(folder, "settings", buf_text(&text), text.len, err);
    buf_release(&text);
    free(folder);
    return st;
}
