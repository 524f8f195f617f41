/* Archives: always the same bytes, and refused when they are not what they should be. */
#include "other_program.h"

#include "dolen/base/mem.h"
#include "dolen/exchange/zip.h"

static struct err error;
static const char *const names[] = { "a.csv", "b.csv", "codes/c.csv", NULL };
static const struct zip_rules rules = { names, 100000, 150000 };

#define assert_ok(call) do { if ((call) != ST_OK) fail_msg("%s: %s", #call, err_text(&error)); } while (0)

/* Two members; b is 70,000 bytes that shrink well. */
static void make(struct buf *out, const char *first, const char *second, size_t pad)
{
    struct zip_out *z = NULL;
    char *b = malloc(70000);

    memset(b, 'b', 70000);
    assert_ok(zip_out_new(&z, &error));
    assert_ok(zip_out_add(z, first, "one\r\n", 5, &error));
    assert_ok(zip_out_add(z, second, b, 70000, &error));
    assert_ok(zip_out_done(&z, pad, NULL, out, &error));
    assert_null(z);
    free(b);
}

static enum zip_fault refused(const struct buf *b, const struct zip_rules *r)
{
    struct zip_in *z = NULL;
    enum zip_fault why = ZIP_FAULT_NONE;

    err_clear(&error);
    assert_int_equal(zip_in_open(&z, buf_text(b), b->len, r, &why, &error), ST_INVALID);
    assert_null(z);
    assert_true(err_text(&error)[0] != '\0');
    return why;
}

static void what_goes_in_comes_out(void **state)
{
    struct buf archive = BUF_INIT, out = BUF_INIT;
    struct zip_in *z = NULL;

    (void) state;
    make(&archive, "a.csv", "codes/c.csv", 4096);
    assert_int_equal(archive.len % 4096, 0);
    assert_ok(zip_in_open(&z, archive.s, archive.len, &rules, NULL, &error));
    assert_int_equal(zip_in_count(z), 2);
    assert_string_equal(zip_in_name(z, 1), "codes/c.csv");
    assert_int_equal(zip_in_size(z, 1), 70000);
    assert_ok(zip_in_read(z, 0, &out, NULL, &error));
    assert_string_equal(out.s, "one\r\n");
    buf_clear(&out);
    assert_ok(zip_in_read(z, 1, &out, NULL, &error));
    assert_int_equal(out.len, 70000);
    assert_int_equal(out.s[69999], 'b');
    zip_in_free(&z);
    buf_release(&archive);
    buf_release(&out);
}

static void the_same_members_give_the_same_bytes(void **state)
{
    struct buf one = BUF_INIT, two = BUF_INIT;

    (void) state;
    setenv("TZ", "America/New_York", 1);
    make(&one, "a.csv", "b.csv", 4096);
    setenv("TZ", "UTC", 1);
    make(&two, "a.csv", "b.csv", 4096);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.s, two.s, one.len);
    buf_release(&one);
    buf_release(&two);
}

/* Every remainder: the extra field that fills up is at least four bytes long itself. */
static void packing_says_how_far_it_is_and_can_be_stopped(void **state)
{
    struct zip_pace pace = { 0 };
    struct buf archive = BUF_INIT;
    struct zip_out *z = NULL;

    (void) state;
    for (int stop = 0; stop < 2; stop++) {
        atomic_store(&pace.stop, stop == 1);
        atomic_store(&pace.done, 0);
        assert_ok(zip_out_new(&z, &error));
        assert_ok(zip_out_add(z, "a.csv", "one\r\n", 5, &error));
        assert_ok(zip_out_add(z, "b.csv", "", 0, &error));
        assert_int_equal(zip_out_done(&z, 4096, &pace, &archive, &error), stop ? ST_INTERRUPTED : ST_OK);
        assert_null(z);
    }
    assert_int_equal(atomic_load(&pace.total), 5);
    assert_int_equal(archive.len, 4096);
    buf_release(&archive);
}

static void any_length_is_filled_up(void **state)
{
    (void) state;
    for (size_t pad = 2; pad < 700; pad++) {
        struct buf b = BUF_INIT;
        struct zip_in *z = NULL;

        make(&b, "a.csv", "b.csv", pad);
        assert_int_equal(b.len % pad, 0);
        assert_ok(zip_in_open(&z, b.s, b.len, &rules, NULL, &error));
        zip_in_free(&z);
        buf_release(&b);
    }
}

static void unzip_reads_it_without_a_word(void **state)
{
    char dir[] = "/tmp/dolen-test-XXXXXX", file[64], into[64], member[96];
    struct buf archive = BUF_INIT, out = BUF_INIT;

    (void) state;
    assert_non_null(mkdtemp(dir));
    snprintf(file, sizeof file, "%s/a.zip", dir);
    snprintf(into, sizeof into, "%s/out", dir);
    snprintf(member, sizeof member, "%s/codes/c.csv", into);
    make(&archive, "a.csv", "codes/c.csv", 4096);
    write_file(file, archive.s, archive.len);
    assert_int_equal(RUN("unzip", "-tq", file), 0);
    assert_int_equal(RUN("unzip", "-q", file, "-d", into), 0);
    read_whole(&out, member);
    assert_int_equal(out.len, 70000);
    RUN("rm", "-rf", dir);
    buf_release(&archive);
    buf_release(&out);
}

static void names_that_are_not_on_the_list_are_refused(void **state)
{
    static const char *const bad[] = { "../a.csv", "/a.csv", "A.csv", "a.csv ", "codes/", "codes/../a.csv", "x", "codes\\c.csv" };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct buf b = BUF_INIT;

        make(&b, "a.csv", bad[i], 0);
        assert_int_equal(refused(&b, &rules), ZIP_FAULT_NAME);
        buf_release(&b);
    }
}

static void replace_all(struct buf *b, const char *was, const char *now, size_t n)
{
    for (size_t i = 0; i + n <= b->len; i++)
        if (memcmp(b->s + i, was, n) == 0)
            memcpy(b->s + i, now, n);
}

static void one_name_twice_is_refused(void **state)
{
    struct buf b = BUF_INIT;
    struct zip_out *z = NULL;

    (void) state;
    make(&b, "a.csv", "b.csv", 0);
    replace_all(&b, "b.csv", "a.csv", 5);
    assert_int_equal(refused(&b, &rules), ZIP_FAULT_TWICE);
    assert_ok(zip_out_new(&z, &error));
    assert_ok(zip_out_add(z, "a.csv", "x", 1, &error));
    assert_int_equal(zip_out_add(z, "a.csv", "y", 1, &error), ST_USAGE);
    zip_out_free(&z);
    buf_release(&b);
}

static void more_members_than_names_are_refused(void **state)
{
    static const char *const one[] = { "a.csv", NULL };
    const struct zip_rules few = { one, 100000, 100000 };
    struct buf b = BUF_INIT;

    (void) state;
    make(&b, "a.csv", "b.csv", 0);
    assert_int_equal(refused(&b, &few), ZIP_FAULT_TOO_MANY);
    buf_release(&b);
}

static void what_unpacks_to_too_much_is_refused(void **state)
{
    const struct zip_rules small = { names, 69999, 1000000 }, little = { names, 70000, 70004 }, enough = { names, 70000, 70005 };
    struct buf b = BUF_INIT;
    struct zip_in *z = NULL;

    (void) state;
    make(&b, "a.csv", "b.csv", 0);
    assert_true(b.len < 1000);
    assert_int_equal(refused(&b, &small), ZIP_FAULT_TOO_LARGE);
    assert_int_equal(refused(&b, &little), ZIP_FAULT_TOO_LARGE);
    assert_ok(zip_in_open(&z, b.s, b.len, &enough, NULL, &error));
    zip_in_free(&z);
    buf_release(&b);
}

/* A bomb that says it is small: 70,000 bytes come out of what says 700. */
static void what_lies_about_its_size_is_refused(void **state)
{
    struct buf b = BUF_INIT, out = BUF_INIT;
    enum zip_fault why = ZIP_FAULT_NONE;
    struct zip_in *z = NULL;

    (void) state;
    make(&b, "a.csv", "b.csv", 0);
    replace_all(&b, "\x70\x11\x01\x00", "\xbc\x02\x00\x00", 4);
    if (zip_in_open(&z, b.s, b.len, &rules, &why, &error) == ST_OK) {
        assert_int_equal(zip_in_size(z, 1), 700);
        assert_int_equal(zip_in_read(z, 1, &out, &why, &error), ST_INVALID);
        assert_int_equal(why, ZIP_FAULT_DAMAGED);
        assert_int_equal(out.len, 0);
        assert_true(out.cap < 4096);
    } else {
        assert_int_equal(why, ZIP_FAULT_NOT_ZIP);
    }
    zip_in_free(&z);
    buf_release(&b);
    buf_release(&out);
}

static void other_packings_and_passwords_are_refused(void **state)
{
    struct buf b = BUF_INIT;
    char *central;

    (void) state;
    make(&b, "a.csv", "b.csv", 0);
    central = memmem(b.s, b.len, "PK\1\2", 4);
    assert_non_null(central);
    central[10] = 12;                       /* bzip2, in the list and in the entry itself */
    b.s[8] = 12;
    assert_int_equal(refused(&b, &rules), ZIP_FAULT_KIND);
    central[10] = b.s[8] = 8;
    central[8] = b.s[6] = 1;                /* encrypted */
    assert_int_equal(refused(&b, &rules), ZIP_FAULT_KIND);
    buf_release(&b);
}

/* Whatever one byte is changed to: the same bytes come out, or it is refused. */
static void a_changed_byte_never_gives_other_bytes(void **state)
{
    struct buf good = BUF_INIT, out = BUF_INIT;

    (void) state;
    make(&good, "a.csv", "b.csv", 0);
    for (size_t at = 0; at < good.len; at++) {
        struct zip_in *z = NULL;

        good.s[at] = (char) (good.s[at] ^ 0x55);
        if (zip_in_open(&z, good.s, good.len, &rules, NULL, NULL) == ST_OK)
            for (size_t i = 0; i < zip_in_count(z); i++) {
                buf_clear(&out);
                if (zip_in_read(z, i, &out, NULL, NULL) == ST_OK)
                    assert_true(out.len == 5 ? strcmp(out.s, "one\r\n") == 0 : out.len == 70000 && out.s[0] == 'b');
            }
        zip_in_free(&z);
        good.s[at] = (char) (good.s[at] ^ 0x55);
    }
    for (size_t n = 0; n < good.len; n++) {
        struct zip_in *z = NULL;

        assert_int_equal(zip_in_open(&z, good.s, n, &rules, NULL, NULL), ST_INVALID);
    }
    buf_release(&good);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_in_comes_out),
        cmocka_unit_test(the_same_members_give_the_same_bytes),
        cmocka_unit_test(packing_says_how_far_it_is_and_can_be_stopped),
        cmocka_unit_test(any_length_is_filled_up),
        cmocka_unit_test(unzip_reads_it_without_a_word),
        cmocka_unit_test(names_that_are_not_on_the_list_are_refused),
        cmocka_unit_test(one_name_twice_is_refused),
        cmocka_unit_test(more_members_than_names_are_refused),
        cmocka_unit_test(what_unpacks_to_too_much_is_refused),
        cmocka_unit_test(what_lies_about_its_size_is_refused),
        cmocka_unit_test(other_packings_and_passwords_are_refused),
        cmocka_unit_test(a_changed_byte_never_gives_other_bytes),
    };

    return cmocka_run_group_tests_name("zip", tests, NULL, NULL);
}
