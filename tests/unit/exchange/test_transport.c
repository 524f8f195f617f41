/* Addresses, names, and the road to a folder: a stick or a shared drive. */
#include "transport_kit.h"

#include <poll.h>
#include <time.h>

static struct transport *to_folder(const char *folder)
{
    const struct transport_target target = { .url = folder };
    struct transport *t = NULL;

    assert_ok(transport_open(&t, &target, &kit_err));
    assert_int_equal(transport_kind(t), TRANSPORT_FOLDER);
    return t;
}

static void a_bundle_arrives_whole(void **state)
{
    struct transport *t = to_folder(kit_path("there/"));
    uint64_t done, total;

    (void) state;
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    kit_assert_arrived();
    transport_progress(t, &done, &total);
    assert_int_equal(total, BIG_BYTES + 11);
    assert_int_equal(done, total);
    transport_free(&t);
}

static void the_other_side_can_read_it(void **state)
{
    struct transport *t = to_folder(kit_path("there"));
    struct stat info;

    (void) state;
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    assert_int_equal(stat(kit_path("there/a.dlnb"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0644);
    transport_free(&t);
}

static void the_same_again_is_found_there(void **state)
{
    struct transport *t = to_folder(kit_path("there"));
    struct stat before, after;

    (void) state;
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    assert_int_equal(stat(kit_path("there/a.dlnb"), &before), 0);
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    assert_int_equal(stat(kit_path("there/a.dlnb"), &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    kit_assert_arrived();
    transport_free(&t);
}

static void another_file_of_the_name_is_left_alone(void **state)
{
    struct transport *t = to_folder(kit_path("there"));
    struct buf b = BUF_INIT;

    (void) state;
    write_file(kit_path("there/a.dlnb"), "of somebody else", 16);
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_EXISTS);
    read_whole(&b, kit_path("there/a.dlnb"));
    assert_string_equal(b.s, "of somebody else");
    assert_false(file_exists(kit_path("there/a.dlnb.minisig")));
    buf_release(&b);
    transport_free(&t);
}

static void what_broke_off_is_written_anew(void **state)
{
    struct transport *t = to_folder(kit_path("there"));

    (void) state;
    write_file(kit_path("there/.a.dlnb.part"), "half", 4);
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    kit_assert_arrived();
    transport_free(&t);
}

static void a_stick_that_is_not_there_is_waited_for(void **state)
{
    struct transport *t = to_folder(kit_path("stick"));

    (void) state;
    kit_sends(t, TRANSPORT_RETRY, TRANSPORT_CAUSE_UNPLUGGED);
    assert_non_null(strstr(err_text(&kit_err), "Plug in the stick"));
    assert_int_equal(rename(kit_path("there"), kit_path("stick")), 0);
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    assert_int_equal(rename(kit_path("stick"), kit_path("there")), 0);
    kit_assert_arrived();
    transport_free(&t);
}

/* A link in place of the file would send the write somewhere else. */
static void a_link_is_not_followed(void **state)
{
    struct transport *t = to_folder(kit_path("there"));
    struct buf b = BUF_INIT;

    (void) state;
    write_file(kit_path("precious"), "mine", 4);
    assert_int_equal(symlink(kit_path("precious"), kit_path("there/.a.dlnb.part")), 0);
    assert_int_not_equal(kit_send(t), TRANSPORT_DONE);
    read_whole(&b, kit_path("precious"));
    assert_string_equal(b.s, "mine");
    buf_release(&b);
    transport_free(&t);
}

static void receipts_come_back(void **state)
{
    struct transport *t = to_folder(kit_path("there"));

    (void) state;
    kit_check_receipts(t, true);
    transport_free(&t);
}

static bool at_once_enough(void *ctx, uint64_t done, uint64_t total)
{
    (void) ctx, (void) done, (void) total;
    return false;
}

static void it_can_be_broken_off(void **state)
{
    struct transport *t = to_folder(kit_path("there"));
    const struct transport_file file = { kit_path("here/a.dlnb"), "a.dlnb" };
    enum transport_result r;

    (void) state;
    assert_ok(transport_send(t, &file, 1, &kit_err));
    r = transport_run(t, at_once_enough, NULL, &kit_err);
    assert_true(r == TRANSPORT_DONE || (r == TRANSPORT_RETRY && transport_why(t) == TRANSPORT_CAUSE_NONE));
    assert_ok(transport_send(t, &file, 1, &kit_err));
    transport_free(&t);                         /* in the middle */
}

static void a_missing_file_of_ours_is_told_before_it_begins(void **state)
{
    struct transport *t = to_folder(kit_path("there"));
    const struct transport_file none = { kit_path("here/none"), "none" }, bad = { kit_path("here/a.dlnb"), "../a" };

    (void) state;
    assert_int_equal(transport_send(t, &none, 1, &kit_err), ST_NOTFOUND);
    assert_int_equal(transport_send(t, &bad, 1, &kit_err), ST_USAGE);
    transport_free(&t);
}

/* --- a dolen-carry that says nothing -------------------------------------------------------------------------------------- */

static long ms_since(const struct timespec *from)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - from->tv_sec) * 1000 + (now.tv_nsec - from->tv_nsec) / 1000000;
}

/* More than a socket takes in that nobody reads. Caller frees. */
static char *many_addresses(void)
{
    struct buf b = BUF_INIT;

    for (int i = 0; b.len < 900000; i++)
        buf_addf(&b, "b%06d.dlnb https://127.0.0.1:9/there/b%06d.dlnb?signature=0000000000000000\n", i, i);
    write_file(kit_path("addresses"), b.s, b.len);
    buf_release(&b);
    return xasprintf("presigned:%s", kit_path("addresses"));
}

/* In a copy of this program that has such a one beside it. No step waits, what is told it may be more than its socket holds, and
 * at the bound a sentence names it. */
static void it_is_given_up_without_waiting(void **state)
{
    char *list = many_addresses();
    const struct transport_target target = { .url = list, .stall_seconds = 4 };
    const struct transport_file file = { kit_path("here/a.dlnb"), "a.dlnb" };
    struct transport *t = NULL;
    struct timespec begun, step;
    long longest = 0, steps = 0;

    (void) state;
    assert_ok(transport_open(&t, &target, &kit_err));
    clock_gettime(CLOCK_MONOTONIC, &begun);
    assert_ok(transport_send(t, &file, 1, &kit_err));
    do {
        struct pollfd p = { .fd = transport_poll_fd(t), .events = POLLIN };

        assert_true(poll(&p, 1, 30000) == 1);                /* the bound itself is what wakes the screen */
        clock_gettime(CLOCK_MONOTONIC, &step);
        err_clear(&kit_err);
        transport_step(t, &kit_err);
        longest = ms_since(&step) > longest ? ms_since(&step) : longest;
        steps++;
    } while (transport_poll_fd(t) >= 0);
    kit_assert_end(t, transport_step(t, &kit_err), TRANSPORT_RETRY, TRANSPORT_CAUSE_LOCAL);
    assert_non_null(strstr(err_text(&kit_err), "dolen-carry beside this one gave no answer in time"));
    assert_true(ms_since(&begun) >= 4000);
    assert_true(longest < 3900);                             /* one that waits, waits to the bound */
    assert_true(steps < 100);                                /* nor does it keep the processor busy */
    assert_ok(transport_send(t, &file, 1, &kit_err));        /* and once more, with a new one, broken off in the middle */
    assert_int_equal(transport_step(t, &kit_err), TRANSPORT_BUSY);
    transport_free(&t);
    free(list);
}

static void one_that_says_nothing_is_given_up_without_waiting(void **state)
{
    static const char silent[] = "#!/bin/sh\nexec sleep 60\n";
    char *self = realpath("/proc/self/exe", NULL);

    (void) state;
    assert_int_equal(mkdir(kit_path("alone"), 0700), 0);
    assert_int_equal(RUN("cp", self, kit_path("alone/test")), 0);
    write_file(kit_path("alone/dolen-carry"), silent, sizeof silent - 1);
    chmod(kit_path("alone/dolen-carry"), 0700);
    assert_int_equal(RUN(kit_path("alone/test"), "beside a silent one"), 0);
    free(self);
}

/* --- addresses --------------------------------------------------------------------------------------------------------- */

static enum status opened(const struct transport_target *target)
{
    struct transport *t = NULL;
    enum status st = transport_open(&t, target, &kit_err);

    transport_free(&t);
    return st;
}

static void only_safe_addresses_are_taken(void **state)
{
    static const char *const bad[] = { "http://h/d", "ftp://h/d", "scp://h/d", "", "https://", "sftp://", "https://h/d?x=1",
                                       "https://u:p@h/d", "sftp://u:p@h/d" };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        const struct transport_target t = { .url = bad[i], .host_keys = "h ssh-ed25519 AAAA" };

        assert_int_equal(opened(&t), ST_USAGE);
    }
    assert_int_equal(opened(&(struct transport_target) { .url = "https://h/d" }), ST_OK);
    assert_int_equal(opened(&(struct transport_target) { .url = "sftp://u@h:2222/~/d", .host_keys = "h ssh-ed25519 A" }), ST_OK);
    assert_int_equal(opened(&(struct transport_target) { .url = "sftp://u@h/d" }), ST_INVALID);
    assert_int_equal(opened(&(struct transport_target) { .url = "sftp://u@h/d", .host_keys = " \n" }), ST_INVALID);
    assert_int_equal(opened(&(struct transport_target) { .url = "presigned:/none/at/all" }), ST_NOTFOUND);
    assert_int_equal(opened(&(struct transport_target) { .url = "https://h/d", .ca_file = "/none" }), ST_NOTFOUND);
}

static void names_stay_below_the_address(void **state)
{
    static const char *const good[] = { "a", "a.dlnb", "receipts/5b/a-e1-000001.rcpt.minisig", "A_b-9" };
    static const char *const bad[] = { "", "/a", "a/", "a//b", "../a", "a/../b", ".a", "a/.b", "a b", "a\nb", "a?b", "a%2fb", "ŵ" };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        assert_true(transport_name_is_good(good[i]));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(transport_name_is_good(bad[i]));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest alone[] = { kit_test(it_is_given_up_without_waiting) };
    const struct CMUnitTest tests[] = {
        kit_test(a_bundle_arrives_whole),
        kit_test(the_other_side_can_read_it),
        kit_test(the_same_again_is_found_there),
        kit_test(another_file_of_the_name_is_left_alone),
        kit_test(what_broke_off_is_written_anew),
        kit_test(a_stick_that_is_not_there_is_waited_for),
        kit_test(a_link_is_not_followed),
        kit_test(receipts_come_back),
        kit_test(it_can_be_broken_off),
        kit_test(one_that_says_nothing_is_given_up_without_waiting),
        kit_test(a_missing_file_of_ours_is_told_before_it_begins),
        cmocka_unit_test(only_safe_addresses_are_taken),
        cmocka_unit_test(names_stay_below_the_address),
    };

    (void) argv;
    if (argc > 1)
        return cmocka_run_group_tests_name("alone", alone, NULL, NULL);
    return cmocka_run_group_tests_name("transport", tests, NULL, NULL);
}
