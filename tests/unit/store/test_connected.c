/* Who is connected to an asset: the order of its page, and whom to ring about. */
#include "fixture.h"

#include "dolen/base/buf.h"
#include "dolen/store/directory.h"

#define ROWS 8

struct link { const char *given, *kind, *status, *on; };

static struct id link_add(struct store *s, struct id asset, const struct link *l)
{
    struct record r;
    struct id id;

    record_init(&r, T_CONNECTION);
    record_set_id(&r, CONNECTION_asset, asset);
    record_set_id(&r, CONNECTION_person, person_add(s, l->given, "Prawf"));
    record_set(&r, CONNECTION_kind, l->kind);
    record_set(&r, CONNECTION_status, l->status);
    record_set(&r, CONNECTION_on_date, l->on);
    assert_ok(store_put(s, &r, NULL, &err_));
    id = r.id;
    record_release(&r);
    return id;
}

static void links_add(struct store *s, struct id asset)
{
    static const struct link links[] = {
        { "Alun",  "REFERRED",   "STOPPED",        "2026-09-01" },
        { "Beth",  "REFERRED",   "WAITING",        "2026-05-01" },
        { "Catrin", "REFERRED",  "FIRST_ATTENDED", "2026-02-01" },
        { "Dafydd", "REFERRED",  "SENT",           "2026-03-01" },
        { "Elin",  "SIGNPOSTED", "AGREED",         "2026-01-01" },
        { "Ffion", "REFERRED",   "SUGGESTED",      "2026-06-01" },
        { "Gwyn",  "REFERRED",   "ATTENDING",      "2026-10-01" },
    };

    for (size_t i = 0; i < ARRAY_LEN(links); i++)
        link_add(s, asset, &links[i]);
}

static void refuse_sharing(struct store *s, struct id connection)
{
    struct answers a = ANSWERS_INIT;
    struct filing f = { .form = "connection", .version = 1, .binds = T_CONNECTION, .id = connection, .hash = "00",
                        .yaml = "x", .yaml_bytes = 1, .answers = &a };

    answers_set(&a, "share_agreed", 0, "NO");
    assert_ok(store_file(s, &f, &err_));
    answers_release(&a);
}

static void died(struct store *s, struct id connection, const char *closed_on)
{
    struct record e, c;

    record_init(&e, T_EPISODE);
    record_init(&c, T_CONNECTION);
    assert_ok(store_get(s, T_CONNECTION, connection, &c, &err_));
    record_set_id(&e, EPISODE_person, record_id(&c, CONNECTION_person));
    record_set(&e, EPISODE_opened_on, "2026-01-01");
    record_set(&e, EPISODE_closed_on, closed_on);
    record_set(&e, EPISODE_reason, "DIED");
    assert_ok(store_put(s, &e, NULL, &err_));
    record_set_id(&c, CONNECTION_episode, e.id);
    assert_ok(store_put(s, &c, NULL, &err_));
    record_release(&e);
    record_release(&c);
}

static void assert_names(const struct connected_row *rows, int n, const char *expected)
{
    struct buf names = BUF_INIT;

    for (int i = 0; i < n; i++)
        buf_addf(&names, "%s%.*s", i ? " " : "", (int) strcspn(rows[i].name, " "), rows[i].name);
    assert_string_equal(buf_text(&names), expected);
    buf_release(&names);
}

static void whose_place_is_to_come_stands_first(void **state)
{
    struct fixture *f = *state;
    struct id choir = row_add(f->store, T_ASSET, NULL, ID_NONE, ASSET_name_en, "Choir"),
              other = row_add(f->store, T_ASSET, NULL, ID_NONE, ASSET_name_en, "Walk");
    struct connected_row rows[ROWS];
    int n = 0;

    links_add(f->store, choir);
    link_add(f->store, other, &(struct link) { "Hywel", "REFERRED", "SENT", "2026-03-01" });
    assert_ok(asset_people(f->store, choir, ROWS, rows, &n, &err_));
    assert_names(rows, n, "Ffion Beth Dafydd Elin Catrin Gwyn Alun");
    assert_string_equal(rows[1].status, "WAITING");
    assert_string_equal(date_iso(rows[1].on).s, "2026-05-01");
    assert_ok(asset_people(f->store, choir, 3, rows, &n, &err_));
    assert_names(rows, n, "Ffion Beth Dafydd");
}

static void the_longest_waiting_are_rung_about_first(void **state)
{
    struct fixture *f = *state;
    struct id choir = row_add(f->store, T_ASSET, NULL, ID_NONE, ASSET_name_en, "Choir"), no;
    struct connected_row rows[ROWS];
    int n = 0;

    links_add(f->store, choir);
    no = link_add(f->store, choir, &(struct link) { "Ioan", "REFERRED", "ACCEPTED", "2026-04-01" });
    assert_ok(store_bin(f->store, T_CONNECTION, link_add(f->store, choir, &(struct link)
                        { "Jac", "REFERRED", "SENT", "2026-01-01" }), "a slip", &err_));
    refuse_sharing(f->store, no);
    assert_ok(asset_waiting(f->store, choir, ROWS, rows, &n, &err_));
    assert_names(rows, n, "Catrin Dafydd Ioan Beth");
    assert_true(rows[2].no_sharing && !rows[1].no_sharing);
    assert_true(id_eq(rows[2].connection, no));
    assert_false(rows[0].died || rows[1].died || rows[2].died);
    died(f->store, no, "2026-05-01");
    died(f->store, rows[0].connection, NULL);           /* closed by mistake, and open again */
    assert_ok(asset_waiting(f->store, choir, ROWS, rows, &n, &err_));
    assert_true(rows[2].died && !rows[0].died && !rows[1].died);
    assert_ok(asset_waiting(f->store, choir, 2, rows, &n, &err_));
    assert_names(rows, n, "Catrin Dafydd");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whose_place_is_to_come_stands_first, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(the_longest_waiting_are_rung_about_first, fixture_open, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
