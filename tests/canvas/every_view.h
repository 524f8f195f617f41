/* every_view.h - each view of the workstation, on a case file in which each has something to show: what the tests that go
 * over all of them share. */
#ifndef EVERY_VIEW_H
#define EVERY_VIEW_H

#include "app_views.h"
#include "person_world.h"

#include "dolen/forms/session.h"
#include "dolen/ui/call.h"
#include "dolen/ui/choice.h"
#include "dolen/ui/drills.h"
#include "dolen/ui/handover.h"
#include "dolen/ui/laptops.h"
#include "dolen/ui/notes.h"
#include "dolen/ui/outbox.h"
#include "dolen/ui/reports.h"
#include "dolen/ui/retention.h"
#include "dolen/ui/ways_in.h"

/* Where the cursor stands in each frame: beside the focus mark, in a text field, or somewhere in the body. */
enum at { ON_MARK, ON_CARET, IN_BODY };

struct every_view {
    const char *name;                    /* view_ops.name, and what of it */
    void      (*open)(struct world *w);
    enum at     at;
    const char *en, *cy;                 /* stands on the screen at every size */
};

/* --- a case file with something of everything ----------------------------------------------------------------------- */

#define SAFE_PHONE    "02920999888"
#define SAFE_EMAIL    "nia@example.org"
#define SAFE_ADDRESS  "4 Ffordd y Môr"
#define SAFE_POSTCODE "CF10 1AA"

static inline void put_plan(struct world *w, const char *person, const char *episode)
{
    struct id goal = put(w, T_GOAL, "person", person, "episode", episode, "position", "1", "goal", "Walk to the sea",
                         "why_it_matters", "Air", NULL);

    put(w, T_RATING, "goal", text_of(goal).s, "rated_on", "2026-01-20", "rating", "3", NULL);
    put(w, T_RATING, "goal", text_of(goal).s, "rated_on", "2026-02-20", "rating", "6", NULL);
    put(w, T_ACTION, "goal", text_of(goal).s, "episode", episode, "position", "1", "action", "Ring the choir", "who", "Nia",
        "by_when", "2026-03-20", NULL);
    put(w, T_CONNECTION, "person", person, "episode", episode, "asset", text_of(w->asset).s, "kind", "REFERRED", "status",
        "WAITING", "on_date", "2026-02-01", NULL);
    put(w, T_CONTACT, "person", person, "episode", episode, "held_on", "2026-02-02", "kind", "PHONE", "result", "ATTENDED",
        "note", "Rang", NULL);
    for (int i = 0; i < 2; i++)
        put(w, T_MEASURE, "person", person, "episode", episode, "instrument", "ons4", "item", "life_satisfaction", "stage",
            i ? "REVIEW" : "BASELINE", "taken_on", i ? "2026-02-20" : "2026-01-20", "value", i ? "7" : "4", "wording", "en_shown",
            NULL);
}

static inline void add_everything(struct world *w)
{
    const char *person, *episode;
    struct id_text p, e;
    struct id binned;

    add_case(w);
    change(w, T_ASSET, w->asset, ASSET_day, "Wed 10:00");
    p = text_of(w->person);
    e = text_of(w->episode);
    person = p.s;
    episode = e.s;
    put_plan(w, person, episode);
    put(w, T_CONSENT, "person", person, "purpose", "GP", "recipient", "GP", "state", "GIVEN", "state_on", "2026-01-08", NULL);
    put(w, T_CONCERN, "person", person, "noted_on", "2026-02-03", "what_seen", "Words", NULL);
    put(w, T_GAP, "person", person, "episode", episode, "noted_on", "2026-02-04", "needed", "A lift home", "category", "TRANSPORT",
        "reason", "TRANSPORT", NULL);
    put(w, T_SUPERVISION, "held_on", "2026-02-05", "with_whom", "Carys", "topics", "CASELOAD", NULL);
    put(w, T_ASSET, "name_en", "Lunch club", "postcode", "LL99 1AA", NULL);
    put(w, T_ASSET, "name_en", "Lunch clubs", "postcode", "LL99 1AA", NULL);
    put(w, T_REFERRAL, "person", text_of(add_person(w, "Huw", "Rees")).s, "route", "SELF", "source", "SELF", "received_on",
        "2026-03-01", NULL);
    binned = put(w, T_CONTACT, "person", person, "episode", episode, "held_on", "2026-02-09", NULL);
    assert_ok(store_bin(w->store, T_CONTACT, binned, "by mistake", &err_));
    put(w, T_EPISODE, "person", text_of(add_person(w, "Ceinwen", "Hen")).s, "opened_on", "2017-01-05", "closed_on",
        "2017-09-01", "reason", "GOALS_MET", NULL);
    add_task(w, "FOLLOW_UP", (struct date) { 2026, 3, 1 }, w->person, w->episode, NULL);
    put(w, T_DIFFERENCE, "person", person, "subject", person, "entity", "person", "field", "gp_practice", "theirs",
        "\"Canolfan Iechyd\"", "ancestor", "\"Hen Feddygfa\"", "versions", "{}", "peer", "x", NULL);
    put(w, T_DESTINATION, "name", "w-hub", "url", "sftp://hwb.example/drop", "policy",
        "{\"title\":{\"en\":\"Wellbeing figures\",\"cy\":\"Ffigurau llesiant\"}}", "epoch", "1", "covered", "7", NULL);
    file_form(w, "conversation", NULL, "2026-01-20", "own_words", "I miss the sea", NULL);
    add_draft(w);
    add_drill(w);
}

/* --- how each is opened --------------------------------------------------------------------------------------------- */

static bool host_was_asked;              /* the program above a view was told to do something */

static inline unsigned asked(void)                      { host_was_asked = true; return REACT_DRAW; }
static inline unsigned nothing_more(void *ctx)          { (void) ctx; return asked(); }
static inline unsigned no_answer(void *ctx, bool yes)   { (void) ctx; (void) yes; return asked(); }
static inline unsigned no_text(void *ctx, const char *t) { (void) ctx; (void) t; return asked(); }
static inline unsigned no_index(void *ctx, int i)       { (void) ctx; (void) i; return asked(); }
static inline unsigned no_asset(void *ctx, struct id a) { (void) ctx; (void) a; return asked(); }
static inline unsigned no_call(void *ctx, const struct call *c) { (void) ctx; (void) c; return asked(); }
static inline bool     no_marks(void *ctx, struct call *c) { (void) ctx; (void) c; return false; }
static inline unsigned no_people(void *ctx, struct id from, const struct id *people, size_t count)
{
    (void) ctx; (void) from; (void) people; (void) count;
    return asked();
}
static inline unsigned no_words(void *ctx, size_t start, const char *words) { (void) ctx; (void) start; (void) words; return asked(); }
static inline struct id no_note(void *ctx) { (void) ctx; return ID_NONE; }
static inline void     session_gone(void *ctx)
{
    struct session *s = ctx;

    session_free(&s);
}

static inline void push(struct world *w, struct view *v)
{
    screen_push(w->ui.screen, v);
    show(w);
}

static inline void open_today(struct world *w)       { push(w, today_view_new(&w->ui)); }
static inline void open_people(struct world *w)      { push(w, people_view_new(&w->ui, NULL)); }
static inline void open_found(struct world *w)       { push(w, people_view_new(&w->ui, "nia")); keys(w, "Enter"); }
static inline void open_search(struct world *w)      { push(w, people_view_new(&w->ui, "")); }
static inline void open_referrals(struct world *w)   { push(w, referrals_view_new(&w->ui)); }
static inline void open_directory(struct world *w)   { push(w, directory_view_new(&w->ui)); }
static inline void open_filters(struct world *w)     { open_directory(w); keys(w, "f"); }
static inline void open_choosing(struct world *w)    { push(w, directory_choose_new(&w->ui, w->person, w->episode, no_asset, NULL)); }
static inline void open_asset(struct world *w)       { push(w, asset_view_new(&w->ui, w->asset)); }
static inline void open_call_list(struct world *w)   { push(w, call_list_view_new(&w->ui)); }
static inline void open_call(struct world *w)
{
    static const struct call_host host = { NULL, no_marks, no_call, no_call, no_call };

    push(w, call_view_new(&w->ui, w->asset, &host));
}
static inline void open_gaps(struct world *w)        { push(w, gaps_view_new(&w->ui)); }
static inline void open_gap_table(struct world *w)   { push(w, gap_table_view_new(&w->ui)); }
static inline void open_record_history(struct world *w)
{
    struct records log = { NULL, 0, 0 };

    if (store_list(w->store, LIST_SUPERVISIONS, ID_NONE, 1, &log, NULL) == ST_OK && log.count)
        push(w, record_history_view_new(&w->ui, log.items[0].id));
    records_release(&log);
}
static inline void open_change(struct world *w)
{
    struct change_row c;
    int n = 0;

    if (store_changes_about(w->store, w->person, w->episode, 1, &c, &n, NULL) == ST_OK && n) {
        push(w, change_view_new(&w->ui, w->person, c.seq));
        change_row_release(&c);
    }
}
static inline void open_same(struct world *w)        { push(w, same_assets_view_new(&w->ui)); }
static inline void open_supervision(struct world *w) { push(w, supervision_view_new(&w->ui)); }
static inline void open_bin(struct world *w)         { push(w, bin_view_new(&w->ui)); }
static inline void open_as_of(struct world *w)       { push(w, as_of_view_new(&w->ui, w->person, (struct date) { 2099, 1, 1 })); }
static inline void open_merge(struct world *w)       { push(w, merge_view_new(&w->ui, w->person, add_person(w, "Nia", "Prichard"))); }
static inline void open_help(struct world *w)        { open_people(w); push(w, help_view_new(&w->ui, "people", IN_PEOPLE | IN_LIST)); }
static inline void open_menu(struct world *w)        { open_people(w); push(w, menu_view_new(&w->ui)); }
static inline void open_command(struct world *w)     { open_people(w); push(w, command_view_new(&w->ui, no_text, NULL)); }
static inline void open_serious(struct world *w)     { push(w, serious_view_new(&w->ui, true)); }
static inline void open_settings(struct world *w)    { push(w, settings_view_new(&w->ui)); }
static inline void open_privacy(struct world *w)     { open_people(w); push(w, privacy_view_new(&w->ui)); }
static inline unsigned no_settling(void *ctx, struct id difference, int how)
{
    (void) ctx; (void) difference; (void) how;
    return asked();
}

static inline bool no_reading(void *ctx, struct id difference)
{
    (void) ctx; (void) difference;
    return false;
}

static inline void open_conflicts(struct world *w)
{
    push(w, conflicts_view_new(&w->ui, no_settling, no_reading, NULL));
}

static inline enum status two_laptops(void *ctx, struct laptop_row **rows, size_t *n, struct err *err)
{
    (void) ctx; (void) err;
    *rows = xcalloc(2, sizeof **rows);
    *n = 2;
    (*rows)[0] = (struct laptop_row) { .name = "Nia Pritchard", .fingerprint = "1F3A 99C0 1F3A 99C0 1F3A 99C0 1F3A 99C0", .own = true };
    (*rows)[1] = (struct laptop_row) { .name = "Nia Pritchard", .fingerprint = "77AB 0C11 77AB 0C11 77AB 0C11 77AB 0C11" };
    return ST_OK;
}

static inline unsigned no_laptop(void *ctx) { (void) ctx; return asked(); }
static inline unsigned no_row(void *ctx, const struct laptop_row *row) { (void) ctx; (void) row; return asked(); }

static inline void open_laptops(struct world *w)
{
    push(w, laptops_view_new(&w->ui, &(struct laptops_host) { NULL, two_laptops, no_laptop, no_row, no_row, no_laptop }));
}

static inline enum status three_ways(void *ctx, struct way_row **rows, size_t *n, struct err *err)
{
    (void) ctx; (void) err;
    *rows = xcalloc(3, sizeof **rows);
    *n = 3;
    (*rows)[0] = (struct way_row) { .number = 1, .kind = N_("passphrase"), .label = "Nia Pritchard", .own = true, .passphrase = true, .changes = true };
    (*rows)[1] = (struct way_row) { .number = 2, .kind = N_("recovery code"), .tried = 1, .recovery = true };
    (*rows)[2] = (struct way_row) { .number = 3, .kind = N_("organisation key"), .label = "Nia Pritchard" };
    return ST_OK;
}

static inline unsigned no_way(void *ctx, const struct way_row *row) { (void) ctx; (void) row; return asked(); }

static inline void open_retention(struct world *w)   { push(w, retention_view_new(&w->ui)); }
static inline void open_ways_in(struct world *w)
{
    push(w, ways_in_view_new(&w->ui, &(struct ways_in_host) { NULL, three_ways, no_laptop, no_way, no_way, no_laptop }));
}

static inline void open_caseload(struct world *w)
{
    struct id mair = put(w, T_PRACTITIONER, "name", "Mair Owen", NULL);

    change(w, T_EPISODE, w->episode, EPISODE_practitioner, text_of(mair).s);
    push(w, caseload_view_new(&w->ui, mair, no_people, NULL));
}

static inline void     left_alone(void *ctx) { (void) ctx; }
static inline void open_outbox(struct world *w)    { push(w, outbox_view_new(&w->ui)); }
static inline void open_outgoing(struct world *w)
{
    push(w, outgoing_view_new(&w->ui, "12 rows would go.", nothing_more, left_alone, NULL));
}

static inline const char *report_name(void *ctx, size_t i) { (void) ctx; return i ? "Reach" : "Activity"; }
static inline unsigned    no_report(void *ctx, size_t i, int year) { (void) ctx; (void) i; (void) year; return asked(); }
static inline void open_reports(struct world *w)
{
    static const struct reports_source source = { NULL, 2, report_name, report_name, no_report };

    push(w, reports_view_new(&w->ui, &source));
}

static inline void page_words(void *ctx, int cols, bool ascii, struct buf *out)
{
    (void) ctx; (void) cols; (void) ascii;
    buf_add(out, "Activity\nAll: 12\n");
}
static inline unsigned page_told(void *ctx, int action)
{
    (void) ctx;
    return action < ACTION_OWN ? (unsigned) REACT_PASS : asked();
}
static inline void open_report(struct world *w)
{
    static const struct page_source source = { .text = page_words, .act = page_told };

    push(w, page_view_new(&w->ui, &source));
}

static inline void open_paper(struct world *w)
{
    struct page_source source = { .text = page_words, .act = page_told, .person = w->person, .paper = true };

    push(w, page_view_new(&w->ui, &source));
}
static inline void open_kept(struct world *w)
{
    struct page_source source = { .text = page_words, .person = w->person, .about = true };

    push(w, page_view_new(&w->ui, &source));
}
static inline void open_paperwork(struct world *w)
{
    struct page_source source = { .text = page_words, .act = page_told, .own = true };

    push(w, page_view_new(&w->ui, &source));
}

static inline void open_missing(struct world *w)
{
    push(w, person_view_new(&w->ui, w->person, SECTION_OVERVIEW));
    push(w, missing_view_new(&w->ui, w->person, w->episode));
}

static inline void open_section(struct world *w, enum person_section s) { push(w, person_view_new(&w->ui, w->person, s)); }
#define SECTION(which) static inline void open_##which(struct world *w) { open_section(w, SECTION_##which); }
SECTION(OVERVIEW)
SECTION(INTAKE)
SECTION(CONVERSATION)
SECTION(PLAN)
SECTION(CONNECTIONS)
SECTION(CONTACTS)
SECTION(MEASURES)
SECTION(CONSENT)
SECTION(CONCERNS)
SECTION(LETTERS)
SECTION(HISTORY)
#undef SECTION

static inline struct session *session_on(struct world *w, const char *form)
{
    struct answers none = ANSWERS_INIT;

    return session_new(catalog_form(w->catalog, form, &err_), &none, NULL, 0, w->ui.today);
}

static inline void open_form(struct world *w)
{
    struct session *s = session_on(w, "contact");
    const struct form_host host = { .ctx = s, .save = nothing_more, .file = nothing_more, .release = session_gone };

    push(w, form_view_new(&w->ui, s, &host, w->person, true, NULL, NULL));
}

static inline void open_notes(struct world *w)
{
    struct session *s = session_on(w, "note");
    const struct notes_host host = { s, nothing_more, nothing_more, no_words, nothing_more, no_note, session_gone };

    push(w, notes_view_new(&w->ui, s, &host, w->person, SIZE_MAX));
}

static inline void open_pick(struct world *w)
{
    static const char *const labels[] = { "A good week", "Who matters", "Lunch club" };

    struct view *pick = pick_view_new(TEXT2(_("To which question?")), no_index, NULL);

    open_people(w);
    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        pick_view_add(pick, TEXT2("%s", labels[i]), NULL);
    push(w, pick);
}

static inline void handover_typed(void *ctx, const char *text)             { (void) ctx; (void) text; }
static inline bool handover_has_typed(void *ctx)                           { (void) ctx; return false; }
static inline bool handover_open(void *ctx, struct err *err)               { (void) ctx; (void) err; return false; }
static inline void open_handover(struct world *w)
{
    struct session *s = session_on(w, "ons4");
    const struct handover_host host = { s, nothing_more, nothing_more, handover_typed, handover_has_typed, handover_open,
                                        nothing_more, nothing_more, session_gone };

    push(w, handover_view_new(&w->ui, s, &host, w->person));
}

static inline void open_confirm(struct world *w) { open_people(w); screen_confirm(w->ui.screen, TEXT2(_("Adopt this policy?")), no_answer, NULL); show(w); }
static inline void open_ask(struct world *w)
{
    open_people(w);
    screen_ask(w->ui.screen, &(struct ask) { .prompt = TEXT2(_("Into which new file?")), .initial = "this", .done = no_text });
    show(w);
}
static inline void open_choose(struct world *w)
{
    struct choice *formats;

    open_people(w);
    formats = screen_choose(w->ui.screen, TEXT2(_("Save as")), no_index, NULL);
    choice_add(formats, TEXT2(_("Plain text")));
    choice_add(formats, TEXT2(_("Web page")));
    choice_add(formats, TEXT2(_("Contact")));
    choice_select(formats, 1);
    show(w);
}

static inline enum status two_drills(void *ctx, struct drills_model *m, struct err *err)
{
    (void) ctx, (void) err;
    str_copy(m->next, sizeof m->next, "Nia Pritchard: 2026.");
    for (int i = 0; i < 2; i++) {
        struct drill_row *r = ARRAY_ADD(m->rows, m->count, m->cap);

        snprintf(r->id, sizeof r->id, "drill_%d", i);
        str_copy(r->title, sizeof r->title, i ? "Huw Rees" : "Mair Owen");
        str_copy(r->how, sizeof r->how, "84 / 100");
        str_copy(r->about, sizeof r->about, "Lunch club, Tuesday singing group");
        for (int k = 0; k < 3; k++)
            r->past[r->past_count++] = (struct chart_value) { k, 30.0 * k };
    }
    return ST_OK;
}
static inline enum status a_talk(void *ctx, struct talk_model *m, struct err *err)
{
    (void) ctx, (void) err;
    str_copy(m->title, sizeof m->title, "Huw Rees, 12");
    talk_model_line(m, TALK_PERSON, "Tuesday singing group. Lunch club. Walk lift home. Ring choir, miss Nia Pritchard.");
    talk_model_offer(m, "one", "Lunch club", "Ring Carys?");
    talk_model_offer(m, "two", "Tuesday", "Walk lift home, Ring choir, miss Nia Pritchard, Tuesday singing group, Lunch club?");
    return ST_OK;
}
static inline unsigned no_offer(void *ctx, const char *offer) { (void) ctx; (void) offer; return asked(); }
static inline void open_drills(struct world *w)
{
    push(w, drills_view_new(&w->ui, &(struct drills_host) { NULL, two_drills, NULL }));
}
static inline void open_talk(struct world *w)
{
    open_OVERVIEW(w);
    push(w, talk_view_new(&w->ui, w->person, &(struct talk_host) { NULL, a_talk, no_offer, NULL }));
}

static inline void open_masked(struct world *w)
{
    open_people(w);
    screen_ask(w->ui.screen, &(struct ask) { .prompt = TEXT2(_("Passphrase or recovery code, then Enter:")), .flags = ASK_MASKED, .done = no_text });
    show(w);
}
static inline void open_serious_locked(struct world *w) { push(w, serious_view_new(&w->ui, false)); }
static inline void open_taking(struct world *w)
{
    open_notes(w);
    keys(w, "7 Ctrl-T");
}

static const struct every_view every_view[] = {
    { "today", open_today, ON_MARK, "Nia Pritchard", "Nia Pritchard" },
    { "people", open_people, ON_MARK, "People (", "Pobl (" },
    { "people found", open_found, ON_MARK, "Nia Pritchard", "Nia Pritchard" },
    { "people search", open_search, ON_CARET, "Search:", "Chwilio:" },
    { "referrals", open_referrals, ON_MARK, "Huw", "Huw" },
    { "directory", open_directory, ON_MARK, "Directory (", "Cyfeiriadur (" },
    { "choose directory filter", open_filters, ON_MARK, "Need: any", "Angen: unrhyw" },
    { "choose-asset", open_choosing, ON_MARK, "Connect to what?", "Cysylltu" },
    { "asset", open_asset, ON_MARK, "We talked to them", "Siaradon ni" },
    { "call-list", open_call_list, ON_MARK, "Call list (", "(1)" },
    { "call", open_call, ON_MARK, "Nia Pritchard", "Nia Pritchard" },
    { "gaps", open_gaps, ON_MARK, "Gaps (1)", "Bylchau (1)" },
    { "gap-table", open_gap_table, ON_MARK, "Jan-Mar 2026", "Ion-Maw 2026" },
    { "same-assets", open_same, ON_MARK, "There twice?", "Yno ddwywaith?" },
    { "supervision", open_supervision, ON_MARK, "Supervision (1)", "Goruchwyliaeth (1)" },
    { "bin", open_bin, ON_MARK, "Contact", "Cyswllt" },
    { "as-of", open_as_of, IN_BODY, "As it was on", "Fel yr oedd" },
    { "merge", open_merge, IN_BODY, "Prichard", "Prichard" },
    { "help", open_help, IN_BODY, "On this screen", "Ar y sgrin hon" },
    { "menu", open_menu, ON_MARK, "Menu", "Dewislen" },
    { "command", open_command, ON_CARET, ":", ":" },
    { "serious", open_serious, IN_BODY, "999", "999" },
    { "settings", open_settings, ON_MARK, "Lock after", "Cloi" },
    { "privacy", open_privacy, IN_BODY, "", "" },
    { "missing", open_missing, ON_MARK, "to go", "Nia Pritchard" },
    { "person overview", open_OVERVIEW, ON_MARK, "Where it stands", "Y sefyllfa" },
    { "person intake", open_INTAKE, ON_MARK, "Referral", "Atgyfeiriad" },
    { "person conversation", open_CONVERSATION, ON_MARK, "I miss the sea", "I miss the sea" },
    { "person plan", open_PLAN, ON_MARK, "Walk to the sea", "Walk to the sea" },
    { "person connections", open_CONNECTIONS, ON_MARK, "Tuesday singing", "Côr dydd Mawrth" },
    { "person contacts", open_CONTACTS, ON_MARK, "2 Feb 2026", "2 Chwe 2026" },
    { "person measures", open_MEASURES, ON_MARK, "ONS4", "ONS4" },
    { "person consent", open_CONSENT, ON_MARK, "8 Jan 2026", "8 Ion 2026" },
    { "person concerns", open_CONCERNS, ON_MARK, "3 Feb 2026", "3 Chwe 2026" },
    { "person letters", open_LETTERS, ON_MARK, "etter", "lythyr" },
    { "person history", open_HISTORY, ON_MARK, "What matters", "Sgwrs" },
    { "change", open_change, IN_BODY, "One change", "Un newid" },
    { "record-history", open_record_history, ON_MARK, "Carys", "Carys" },
    { "form", open_form, ON_CARET, "Contact", "Cyswllt" },
    { "hand-over", open_handover, IN_BODY, "", "" },
    { "notes", open_notes, ON_CARET, "Nia Pritchard", "Nia Pritchard" },
    { "pick", open_pick, ON_CARET, "To which question?", "At ba gwestiwn?" },
    { "conflicts", open_conflicts, ON_MARK, "Canolfan Iechyd", "Canolfan Iechyd" },
    { "laptops", open_laptops, ON_MARK, "This laptop", "Y gliniadur hwn" },
    { "ways-in", open_ways_in, ON_MARK, "recovery code", "cod adfer" },
    { "retention", open_retention, ON_MARK, "Ceinwen Hen", "Ceinwen Hen" },
    { "outbox", open_outbox, ON_MARK, "Wellbeing figures", "Ffigurau llesiant" },
    { "outgoing", open_outgoing, IN_BODY, "12 rows", "12 rows" },
    { "reports", open_reports, ON_MARK, "Activity", "Activity" },
    { "report", open_report, IN_BODY, "All: 12", "All: 12" },
    { "paper", open_paper, IN_BODY, "All: 12", "All: 12" },
    { "kept", open_kept, IN_BODY, "All: 12", "All: 12" },
    { "paperwork", open_paperwork, IN_BODY, "All: 12", "All: 12" },
    { "caseload", open_caseload, ON_MARK, "Nia Pritchard", "Nia Pritchard" },
    { "drills", open_drills, ON_MARK, "Mair Owen", "Mair Owen" },
    { "talk", open_talk, ON_MARK, "Huw Rees, 12", "Huw Rees, 12" },
    { "confirm", open_confirm, IN_BODY, "Adopt this policy?", "Mabwysiadu" },
    { "ask", open_ask, ON_CARET, "Into which new file?", "I ba ffeil newydd?" },
    { "choose", open_choose, ON_MARK, "Save as", "Cadw fel" },
    { "ask masked", open_masked, ON_CARET, "recovery code, then Enter", "god adfer, yna Enter" },
    { "notes taking", open_taking, IN_BODY, "7", "7" },
    { "serious locked", open_serious_locked, IN_BODY, "999", "999" },
    { "unlock", open_unlock, ON_CARET, "recovery code", "god adfer" },
    { "recovery-test", open_recovery, ON_CARET, "of 35", "o 35" },
    { "new-passphrase", open_passphrase, ON_CARET, "new passphrase", "yfrinymadrodd newydd" },
    { "draft-changes", open_draft_changes, IN_BODY, "Not yet filed", "Heb ei ffeilio eto" },
    { "debrief", open_debrief, IN_BODY, "Debrief", "drafodaeth" },
    { "replay", open_replay, IN_BODY, "Key 2 of 2:", "Bysell 2 o 2:" },
    { "replay steps", open_replay_steps, IN_BODY, "Step", "Cam" },
    { "drill-group", open_group, IN_BODY, "Mair Owen", "Mair Owen" },
};

/* The views of a test run: on a case file with everything, nothing open. */
static inline int everything_open(void **state)
{
    int failed = world_open(state);

    if (!failed) {
        clock_freeze((struct date) { 2026, 3, 9 });
        keymap_add(((struct world *) *state)->keymap, drill_actions, drill_actions_count);
        add_everything(*state);
        lang_start();
        lang_set(LANG_EN);
    }
    return failed;
}

#endif
