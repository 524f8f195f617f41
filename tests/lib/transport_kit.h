/* transport_kit.h - what every test of a road needs: a folder, files, a sending with a known end. */
#ifndef TEST_TRANSPORT_KIT_H
#define TEST_TRANSPORT_KIT_H

#include "other_program.h"

#include "dolen/base/mem.h"
#include "dolen/exchange/transport.h"

#define BIG_BYTES 3000000

static struct err kit_err;
static char kit_dir[40];

#define assert_ok(call) do { err_clear(&kit_err); if ((call) != ST_OK) fail_msg("%s: %s", #call, err_text(&kit_err)); } while (0)

static inline const char *kit_path(const char *name)
{
    static char path[6][256];
    static int turn;
    char *p = path[turn = (turn + 1) % 6];

    snprintf(p, sizeof path[0], "%s/%s", kit_dir, name);
    return p;
}

/* here/: the bundle of 3 MB and its marker; there/: where they go. */
static inline int kit_start(void **state)
{
    uint8_t *big = some_bytes(BIG_BYTES);

    (void) state;
    umask(077);
    str_copy(kit_dir, sizeof kit_dir, "/tmp/dolen-road-XXXXXX");
    if (!mkdtemp(kit_dir) || mkdir(kit_path("here"), 0700) != 0 || mkdir(kit_path("there"), 0700) != 0)
        return 1;
    write_file(kit_path("here/a.dlnb"), big, BIG_BYTES);
    write_file(kit_path("here/a.dlnb.minisig"), "the marker\n", 11);
    free(big);
    return 0;
}

static inline int kit_stop(void **state)
{
    (void) state;
    RUN("chmod", "-R", "u+rwx", kit_dir);
    return RUN("rm", "-rf", kit_dir);
}

static inline enum transport_result kit_send(struct transport *t)
{
    const struct transport_file files[] = { { kit_path("here/a.dlnb"), "a.dlnb" },
                                            { kit_path("here/a.dlnb.minisig"), "a.dlnb.minisig" } };

    assert_ok(transport_send(t, files, 2, &kit_err));
    err_clear(&kit_err);
    return transport_run(t, NULL, NULL, &kit_err);
}

static inline void kit_assert_end(struct transport *t, enum transport_result got, enum transport_result wanted,
                                  enum transport_cause cause)
{
    if (got != wanted || transport_why(t) != cause)
        fail_msg("%s, %s: %s", transport_result_word(got), transport_cause_word(transport_why(t)), err_text(&kit_err));
    assert_int_equal(err_text(&kit_err)[0] != '\0', got != TRANSPORT_DONE);
}
#define kit_sends(t, wanted, cause) kit_assert_end(t, kit_send(t), wanted, cause)

static inline void kit_assert_same(const char *a, const char *b)
{
    struct buf x = BUF_INIT, y = BUF_INIT;

    read_whole(&x, a);
    read_whole(&y, b);
    assert_int_equal(x.len, y.len);
    assert_memory_equal(buf_text(&x), buf_text(&y), x.len);
    buf_release(&x);
    buf_release(&y);
}

/* Both are there, whole, and nothing unfinished is left. */
static inline void kit_assert_arrived(void)
{
    kit_assert_same(kit_path("here/a.dlnb"), kit_path("there/a.dlnb"));
    kit_assert_same(kit_path("here/a.dlnb.minisig"), kit_path("there/a.dlnb.minisig"));
    assert_int_equal(RUN("sh", "-c", "! find \"$0\" -name '*.part' | grep -q .", kit_path("there")), 0);
}

/* --- what every road does alike; each takes the road and gives it back -------------------------------------------------- */

static inline void kit_arrives_whole(struct transport *t)
{
    uint64_t done, total;

    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    kit_assert_arrived();
    transport_progress(t, &done, &total);
    assert_int_equal(done, BIG_BYTES + 11);
    transport_free(&t);
}

static inline void kit_finds_the_same_there(struct transport *t)
{
    struct stat before, after;

    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    assert_int_equal(stat(kit_path("there/a.dlnb"), &before), 0);
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    assert_int_equal(stat(kit_path("there/a.dlnb"), &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_equal(before.st_mtime, after.st_mtime);
    transport_free(&t);
}

/* As long, and different in the last bit; and a short one. */
static inline void kit_leaves_another_alone(struct transport *t)
{
    uint8_t *other = some_bytes(BIG_BYTES);
    struct buf b = BUF_INIT;

    other[BIG_BYTES - 1] ^= 1;
    write_file(kit_path("there/a.dlnb"), other, BIG_BYTES);
    chmod(kit_path("there/a.dlnb"), 0644);              /* the server may be another user */
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_EXISTS);
    read_whole(&b, kit_path("there/a.dlnb"));
    assert_memory_equal(b.s, other, BIG_BYTES);
    write_file(kit_path("there/a.dlnb"), "short", 5);
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_EXISTS);
    assert_false(file_exists(kit_path("there/a.dlnb.minisig")));
    free(other);
    buf_release(&b);
    transport_free(&t);
}

/* A road that is cut once, wherever it is cut: nothing half is under its name, and at the next try it arrives. Gives what the
 * first try said. */
static inline enum transport_cause kit_arrives_after_a_cut(struct transport *t)
{
    enum transport_result r = kit_send(t);
    enum transport_cause why = transport_why(t);

    assert_true(r == TRANSPORT_RETRY || r == TRANSPORT_DONE);
    if (r == TRANSPORT_RETRY) {
        if (file_exists(kit_path("there/a.dlnb")))
            kit_assert_same(kit_path("here/a.dlnb"), kit_path("there/a.dlnb"));
        kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    }
    kit_assert_same(kit_path("here/a.dlnb"), kit_path("there/a.dlnb"));
    kit_assert_same(kit_path("here/a.dlnb.minisig"), kit_path("there/a.dlnb.minisig"));
    transport_free(&t);
    return why;
}

static inline enum transport_result kit_fetch(struct transport *t, const char *name, size_t max, struct buf *out)
{
    enum transport_result r;

    assert_ok(transport_fetch(t, name, max, &kit_err));
    err_clear(&kit_err);
    r = transport_run(t, NULL, NULL, &kit_err);
    transport_take(t, out);
    return r;
}

static inline enum transport_result kit_list(struct transport *t, const char *folder, struct buf *out)
{
    enum transport_result r;

    assert_ok(transport_list(t, folder, &kit_err));
    err_clear(&kit_err);
    r = transport_run(t, NULL, NULL, &kit_err);
    transport_take(t, out);
    return r;
}

static inline bool kit_has_line(const struct buf *lines, const char *line)
{
    size_t n = strlen(line);

    for (const char *s = buf_text(lines); *s; s += strcspn(s, "\n") + 1)
        if (strcspn(s, "\n") == n && memcmp(s, line, n) == 0)
            return true;
    return false;
}

/* Receipts that wait on the other side. */
static inline void kit_put_receipts(void)
{
    assert_int_equal(mkdir(kit_path("there/receipts"), 0700), 0);
    assert_int_equal(mkdir(kit_path("there/receipts/s1"), 0700), 0);
    assert_int_equal(mkdir(kit_path("there/receipts/s1/folder"), 0700), 0);
    write_file(kit_path("there/receipts/s1/a.rcpt"), "{\"status\":\"accepted\"}", 21);
    write_file(kit_path("there/receipts/s1/a.rcpt.minisig"), "x", 1);
    write_file(kit_path("there/receipts/s1/.hidden"), "x", 1);
    write_file(kit_path("there/receipts/s1/two words"), "x", 1);
    assert_int_equal(RUN("chmod", "-R", "a+rX", kit_path("there/receipts")), 0);       /* the server may be another user */
}

/* What every road brings back in the same way. */
static inline void kit_check_receipts(struct transport *t, bool lists)
{
    struct buf out = BUF_INIT;

    kit_put_receipts();
    assert_int_equal(kit_fetch(t, "receipts/s1/a.rcpt", 100, &out), TRANSPORT_DONE);
    assert_string_equal(buf_text(&out), "{\"status\":\"accepted\"}");
    assert_int_equal(kit_fetch(t, "receipts/s1/a.rcpt", 20, &out), TRANSPORT_BLOCKED);
    assert_int_equal(transport_why(t), TRANSPORT_CAUSE_TOO_LARGE);
    assert_int_equal(kit_fetch(t, "receipts/s1/b.rcpt", 100, &out), TRANSPORT_ABSENT);
    assert_int_equal(kit_fetch(t, "receipts/none/b.rcpt", 100, &out), TRANSPORT_ABSENT);
    if (lists) {
        assert_int_equal(kit_list(t, "receipts/s1", &out), TRANSPORT_DONE);
        assert_true(kit_has_line(&out, "a.rcpt"));
        assert_true(kit_has_line(&out, "a.rcpt.minisig"));
        assert_null(strstr(buf_text(&out), "hidden"));
        assert_null(strstr(buf_text(&out), "two"));
        assert_int_equal(kit_list(t, "receipts/none", &out), TRANSPORT_ABSENT);
    }
    buf_release(&out);
}

#define kit_test(f) cmocka_unit_test_setup_teardown(f, kit_start, kit_stop)

#endif
