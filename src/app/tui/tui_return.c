/* tui_return.c - where one was when the case file locked, and the way back there. A screen that takes too much to
 * show again (a letter, a merge) leads back to the one below it. */
#include "tui_return.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "tui_case.h"
#include "tui_notes.h"
#include "tui_reports.h"
#include "dolen/base/banned.h"

/* Shown again by their action alone. */
static const struct { const char *name; int action; } simple[] = {
    { "people", ACT_PEOPLE }, { "referrals", ACT_REFERRALS }, { "directory", ACT_DIRECTORY }, { "gaps", ACT_GAPS },
    { "gap-table", ACT_GAP_TABLE }, { "same-assets", ACT_ASSETS_SAME }, { "call-list", ACT_CALL_LIST },
    { "supervision", ACT_SUPERVISION }, { "bin", ACT_BIN_LIST }, { "settings", ACT_SETTINGS },
    { "caseload", ACT_CASELOAD }, { "paperwork", ACT_PAPERWORK }, { "laptops", ACT_LAPTOPS }, { "ways-in", ACT_WAYS_IN },
    { "retention", ACT_RETENTION }, { "outbox", ACT_OUTBOX }, { "drills", ACT_DRILLS },
};

static void show_report(struct app *a, struct id person, const char *at)
{
    (void) person;
    tui_report_again(a, at);
}

static void show_asset(struct app *a, struct id person, const char *at)
{
    struct id asset;

    (void) person;
    if (id_parse(at, &asset))
        tui_push(a, asset_view_new(&a->ui, asset));
}

/* Two differences may look alike: one keeps one's place. */
static void show_conflicts(struct app *a, struct id person, const char *at)
{
    struct id difference;

    (void) person;
    tui_dispatch(a, ACT_CONFLICTS);
    if (id_parse(at, &difference))
        conflicts_view_at(screen_top(a->screen), difference);
}

static void show_record_history(struct app *a, struct id person, const char *at)
{
    struct id record;

    (void) person;
    if (id_parse(at, &record))
        tui_push(a, record_history_view_new(&a->ui, record));
}

static void show_as_of(struct app *a, struct id person, const char *at)
{
    struct date on;

    if (id_is_set(person) && date_parse_iso(at, &on))
        tui_push(a, as_of_view_new(&a->ui, person, on));
}

static void show_change(struct app *a, struct id person, const char *at)
{
    int64_t seq;

    if (sscanf(at, "%" SCNd64, &seq) == 1)
        tui_push(a, change_view_new(&a->ui, person, seq));
}

static void show_missing(struct app *a, struct id person, const char *at)
{
    (void) at;
    if (id_is_set(person))
        tui_dispatch(a, ACT_MISSING);
}

/* A page of talk notes that is a record already, because words of it were filed. */
static void show_notes(struct app *a, struct id person, const char *at)
{
    struct id note;

    if (id_is_set(person) && id_parse(at, &note))
        tui_notes_record(a, person, note, SIZE_MAX, NULL);
}

/* Shown again with what their place says. */
static const struct {
    const char *name;
    void      (*show)(struct app *a, struct id person, const char *at);
} others[] = {
    { "reports", show_report }, { "report", show_report }, { "asset", show_asset }, { "as-of", show_as_of },
    { "change", show_change }, { "record-history", show_record_history }, { "missing", show_missing },
    { "conflicts", show_conflicts }, { "notes", show_notes },
};

static bool is_known(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(simple); i++)
        if (str_eq(simple[i].name, name))
            return true;
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (str_eq(others[i].name, name))
            return true;
    return false;
}

struct id place_person(const struct screen *s, enum person_section *section)
{
    struct id person = ID_NONE;

    for (struct view *v = screen_top(s); v && !id_is_set(person); v = screen_below(s, v))
        person = person_view_person(v, section);
    return person;
}

void place_of(struct app *a, struct buf *out)
{
    enum person_section section;

    for (struct view *v = screen_top(a->screen); v && !id_is_set(person_view_person(v, &section));
         v = screen_below(a->screen, v)) {
        if (!is_known(v->ops->name))
            continue;
        buf_add(out, v->ops->name);
        if (v->ops->place) {
            buf_add_char(out, ' ');
            v->ops->place(v, out);
        }
        return;
    }
    buf_add_char(out, '-');
}

void place_show(struct app *a, const char *place)
{
    char name[40] = "";
    enum person_section section;
    const char *at;

    place += strspn(place, " ");
    at = place + strcspn(place, " ");
    if (sscanf(place, "%39s", name) != 1)
        return;
    at += *at == ' ';
    for (size_t i = 0; i < ARRAY_LEN(simple); i++)
        if (str_eq(simple[i].name, name))
            tui_dispatch(a, simple[i].action);
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (str_eq(others[i].name, name))
            others[i].show(a, place_person(a->screen, &section), at);
}
