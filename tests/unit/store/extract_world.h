/* extract_world.h - rows for extracts of one year, and what an extract says of them. */
#ifndef EXTRACT_WORLD_H
#define EXTRACT_WORLD_H

#include "fixture.h"

#include "store/extract_priv.h"

static const struct date from = { 2026, 4, 1 }, until = { 2027, 3, 31 };

static inline void set(struct record *r, const char *column, const char *text)
{
    record_set(r, table_column_by_name(r->table, column), text);
}

static inline struct id put(struct store *s, struct record *r)
{
    struct id id;

    assert_ok(store_put(s, r, NULL, &err_));
    id = r->id;
    record_release(r);
    return id;
}

static inline struct id referral_add(struct store *s, struct id person, const char *received, const char *decision)
{
    struct record r;

    record_init(&r, T_REFERRAL);
    record_set_id(&r, REFERRAL_person, person);
    set(&r, "received_on", received);
    set(&r, "decision", decision);
    set(&r, "reasons", "LONELINESS DEBT FALLS");
    return put(s, &r);
}

static inline struct id episode_add(struct store *s, struct id person, struct id referral, const char *opened, const char *closed)
{
    struct record r;

    record_init(&r, T_EPISODE);
    record_set_id(&r, EPISODE_person, person);
    record_set_id(&r, EPISODE_referral, referral);
    set(&r, "opened_on", opened);
    set(&r, "closed_on", closed);
    set(&r, "model", "HOLISTIC");
    return put(s, &r);
}

static inline struct id contact_add(struct store *s, struct id person, struct id episode, const char *on, const char *result)
{
    struct record r;

    record_init(&r, T_CONTACT);
    record_set_id(&r, CONTACT_person, person);
    record_set_id(&r, CONTACT_episode, episode);
    set(&r, "held_on", on);
    set(&r, "result", result);
    return put(s, &r);
}

static inline int rows_of(struct store *s, enum extract_id which)
{
    struct extract *x = NULL;
    bool row = false;
    int n = 0;

    assert_ok(extract_open(&x, s, which, from, until, &err_));
    while (extract_next(x, &row, &err_) == ST_OK && row)
        n++;
    extract_close(&x);
    return n;
}

static inline const char *value(struct extract *x, const char *source)
{
    int c = extract_column(x, source);

    if (c < 0)
        fail_msg("no column %s", source);
    return extract_value(x, c);
}

static inline enum missing missing(struct extract *x, const char *source)
{
    return extract_missing(x, extract_column(x, source));
}

static inline struct extract *one(struct store *s, struct id episode)
{
    struct extract *x = NULL;
    bool row = false;

    assert_ok(extract_open_one(&x, s, episode, &err_));
    assert_ok(extract_next(x, &row, &err_));
    assert_true(row);
    return x;
}

#endif
