/* The road over SFTP, against OpenSSH on loopback, started by whoever runs the test. */
#include "transport_kit.h"

#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <time.h>

#include "dolen/vault/secret.h"
#include "fix_net.h"

#define SSHD "/usr/sbin/sshd"

static pid_t sshd, proxy;
static int port;
static int patience = 30;                   /* seconds without a byte; a busy machine is slow, not stalled */

static void make_key(const char *name, const char *type, const char *passphrase)
{
    assert_int_equal(RUN("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", kit_path(name)), 0);
}

/* [127.0.0.1]:PORT and a public key, as known_hosts has it. Caller frees. */
static char *host_line(const char *key, int at)
{
    struct buf pub = BUF_INIT;
    char *line;

    read_whole(&pub, kit_path(key));
    line = xasprintf("[127.0.0.1]:%d %s", at, pub.s);
    buf_release(&pub);
    return line;
}

/* On a port of its own each time: what an older one left behind must not answer in its place. */
static void start_sshd(const char *more)
{
    char *conf;

    port = net_free_port();
    conf = xasprintf("Port %d\nListenAddress 127.0.0.1\nHostKey %s\nPidFile none\nAuthorizedKeysFile %s\n"
                     "PasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM no\nStrictModes no\nPermitRootLogin yes\n"
                     "Subsystem sftp internal-sftp\nForceCommand internal-sftp%s\n",
                     port, kit_path("host"), kit_path("user.pub"), more);
    write_file(kit_path("sshd.conf"), conf, strlen(conf));
    free(conf);
    conf = xstrdup(kit_path("sshd.conf"));
    sshd = net_start((const char *const[]) { SSHD, "-D", "-e", "-f", conf, NULL }, port, kit_path("sshd.log"));
    free(conf);
    if (sshd < 0)
        fail_msg("sshd did not start: see %s", kit_path("sshd.log"));
}

/* As root sshd wants its own folder, which the service makes where it runs. */
static int server_start(void **state)
{
    if (kit_start(state) != 0)
        return 1;
    if (geteuid() == 0)
        mkdir("/run/sshd", 0755);
    make_key("host", "ed25519", "");
    make_key("user", "ed25519", "");
    patience = 30;
    start_sshd("");
    return 0;
}

static int server_stop(void **state)
{
    net_stop(&proxy);
    net_stop(&sshd);
    return kit_stop(state);
}

/* The address of there/ over the port, with our own name. */
static struct transport *road(int over, const char *key, const char *host_keys, const struct secret *secret)
{
    const struct passwd *me = getpwuid(geteuid());
    char *url = xasprintf("sftp://%s@127.0.0.1:%d%s", me->pw_name, over, kit_path("there"));
    const struct transport_target target = { .url = url, .key_file = kit_path(key), .host_keys = host_keys, .secret = secret,
                                             .stall_seconds = patience };
    struct transport *t = NULL;

    assert_ok(transport_open(&t, &target, &kit_err));
    free(url);
    return t;
}

static struct transport *good_road(int over)
{
    char *keys = host_line("host.pub", over);
    struct transport *t = road(over, "user", keys, NULL);

    free(keys);
    return t;
}

static void a_bundle_arrives_whole(void **state)
{
    (void) state;
    kit_arrives_whole(good_road(port));
}

static void the_same_again_is_found_there(void **state)
{
    (void) state;
    kit_finds_the_same_there(good_road(port));
}

static void another_file_of_the_name_is_left_alone(void **state)
{
    (void) state;
    kit_leaves_another_alone(good_road(port));
}

/* --- broken roads ------------------------------------------------------------------------------------------------------- */

/* What got through is not sent again: the second time less than the whole passes the proxy. */
static void what_was_cut_is_taken_up_again(void **state)
{
    int over = net_proxy(&proxy, port, PROXY_CUT, 1500000, 1), less;
    struct transport *t = good_road(over);

    (void) state;
    kit_sends(t, TRANSPORT_RETRY, TRANSPORT_CAUSE_NETWORK);
    assert_false(file_exists(kit_path("there/a.dlnb")));
    assert_false(file_exists(kit_path("there/a.dlnb.minisig")));
    assert_int_equal(RUN("sh", "-c", "find \"$0\" -name 'a.dlnb.*.part' -size +500k | grep -q .", kit_path("there")), 0);
    transport_free(&t);
    net_stop(&proxy);
    less = net_proxy(&proxy, port, PROXY_CUT, 2600000, 1);
    t = good_road(less);
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    kit_assert_arrived();
    transport_free(&t);
}

/* Wherever it is cut: at the next try it arrives. */
static void it_may_be_cut_anywhere(void **state)
{
    static const size_t places[] = { 0, 1, 30, 700, 2000, 4000, 6000, 100000, 2999000, 3030000 };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        int over = net_proxy(&proxy, port, PROXY_CUT, places[i], 1);

        kit_arrives_after_a_cut(good_road(over));
        kit_assert_arrived();
        net_stop(&proxy);
        unlink(kit_path("there/a.dlnb"));
        unlink(kit_path("there/a.dlnb.minisig"));
    }
}

static void a_road_that_stands_still_is_given_up(void **state)
{
    int over = net_proxy(&proxy, port, PROXY_STALL, 1000000, 1);
    struct transport *t;

    (void) state;
    patience = 3;
    t = good_road(over);
    kit_sends(t, TRANSPORT_RETRY, TRANSPORT_CAUSE_NETWORK);
    transport_free(&t);
    patience = 30;
    t = good_road(over);
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    kit_assert_arrived();
    transport_free(&t);
}

static void nobody_there_is_a_matter_of_time(void **state)
{
    struct transport *t = good_road(net_free_port());

    (void) state;
    kit_sends(t, TRANSPORT_RETRY, TRANSPORT_CAUSE_NETWORK);
    transport_free(&t);
}

static bool past_the_middle(void *ctx, uint64_t done, uint64_t total)
{
    (void) ctx;
    return done < total / 3;
}

/* The laptop dies while it sends; another process goes on. */
static void killed_in_the_middle_it_goes_on(void **state)
{
    int over = net_proxy(&proxy, port, PROXY_STALL, 1500000, 1);
    struct transport *t;
    pid_t laptop = fork();
    int status;

    (void) state;
    if (laptop == 0) {
        const struct transport_file file = { kit_path("here/a.dlnb"), "a.dlnb" };

        t = good_road(over);
        if (transport_send(t, &file, 1, NULL) == ST_OK)
            transport_run(t, past_the_middle, NULL, NULL);
        raise(SIGKILL);
    }
    assert_int_equal(waitpid(laptop, &status, 0), laptop);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    t = good_road(port);
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    kit_assert_arrived();
    transport_free(&t);
}

/* The child that is dolen-carry, by what the system says of our children. */
static pid_t carrier_of_ours(void)
{
    char path[64], name[32];
    FILE *children;
    pid_t found = -1;
    int pid;

    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int) getpid());
    children = fopen(path, "re");
    assert_non_null(children);
    while (found < 0 && fscanf(children, "%d", &pid) == 1) {
        struct buf comm = BUF_INIT;

        snprintf(name, sizeof name, "/proc/%d/comm", pid);
        read_whole(&comm, name);
        if (str_starts(buf_text(&comm), "dolen-carry"))
            found = pid;
        buf_release(&comm);
    }
    fclose(children);
    return found;
}

static bool until_some_has_gone(void *ctx, uint64_t done, uint64_t total)
{
    bool *killed = ctx;

    (void) total;
    if (done > 0 && !*killed)
        *killed = kill(carrier_of_ours(), SIGKILL) == 0;
    return true;
}

/* What talks to the server is a program of its own. When it dies, this one says so, and the next try starts another. */
static void a_carrier_that_dies_costs_one_try(void **state)
{
    int over = net_proxy(&proxy, port, PROXY_STALL, 1500000, 1);
    struct transport *t = good_road(over);
    const struct transport_file file = { kit_path("here/a.dlnb"), "a.dlnb" };
    bool killed = false;

    (void) state;
    assert_ok(transport_send(t, &file, 1, &kit_err));
    kit_assert_end(t, transport_run(t, until_some_has_gone, &killed, &kit_err), TRANSPORT_RETRY, TRANSPORT_CAUSE_LOCAL);
    assert_non_null(strstr(err_text(&kit_err), "dolen-carry beside this one ended"));
    assert_true(killed);
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    kit_assert_arrived();
    transport_free(&t);
}

/* What is left of another file under the same name is not built upon. */
static void an_unfinished_copy_of_other_bytes_is_not_used(void **state)
{
    struct transport *t = good_road(port);

    (void) state;
    write_file(kit_path("there/a.dlnb.00000000.part"), "the beginning of something else", 31);
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    kit_assert_same(kit_path("here/a.dlnb"), kit_path("there/a.dlnb"));
    transport_free(&t);
}

/* --- doors that stay shut -------------------------------------------------------------------------------------------------- */

static void a_changed_host_key_stops_everything(void **state)
{
    struct buf line = BUF_INIT;
    struct transport *t;
    char *keys, print[64];

    (void) state;
    net_stop(&sshd);
    assert_int_equal(rename(kit_path("host.pub"), kit_path("old.pub")), 0);
    unlink(kit_path("host"));
    make_key("host", "ed25519", "");
    start_sshd("");
    keys = host_line("old.pub", port);
    t = road(port, "user", keys, NULL);
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_HOST_KEY);
    assert_int_equal(RUN("sh", "-c", "! ls -A \"$0\" | grep -q .", kit_path("there")), 0);
    assert_true(transport_shown_host_key(t, &line, print));
    assert_non_null(strstr(err_text(&kit_err), print));           /* for the telephone */
    free(keys);
    keys = host_line("host.pub", port);
    assert_memory_equal(line.s, keys, line.len);            /* but for the comment at its end */
    assert_int_equal(RUN("sh", "-c", "ssh-keygen -lf \"$0\" | grep -qF \"$1\"", kit_path("host.pub"), print), 0);
    transport_free(&t);
    t = road(port, "user", line.s, NULL);                   /* a person accepted it */
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    assert_false(transport_shown_host_key(t, &line, print));
    transport_free(&t);
    free(keys);
    buf_release(&line);
}

static void a_host_without_a_key_on_record_is_not_trusted(void **state)
{
    struct transport *t = road(port, "user", "[127.0.0.2]:22 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
                               NULL);

    (void) state;
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_HOST_KEY);
    transport_free(&t);
}

static void a_key_that_is_not_let_in_is_told(void **state)
{
    char *keys = host_line("host.pub", port);
    struct transport *t;

    (void) state;
    make_key("stranger", "ed25519", "");
    t = road(port, "stranger", keys, NULL);
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_AUTH);
    transport_free(&t);
    free(keys);
}

static void a_key_under_a_passphrase_needs_it(void **state)
{
    char *keys = host_line("host.pub", port);
    struct secret *pass = secret_new();
    struct transport *t;

    (void) state;
    assert_true(secret_add(pass, "y bont", 6));
    unlink(kit_path("user"));
    unlink(kit_path("user.pub"));
    make_key("user", "ecdsa", "y bont");
    t = road(port, "user", keys, NULL);
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_AUTH);
    transport_free(&t);
    t = road(port, "user", keys, pass);
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    kit_assert_arrived();
    transport_free(&t);
    secret_free(&pass);
    free(keys);
}

static void a_place_that_may_not_be_written_is_told(void **state)
{
    struct transport *t;

    (void) state;
    net_stop(&sshd);
    start_sshd(" -R");                          /* read only */
    t = good_road(port);
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_PERMISSION);
    transport_free(&t);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    struct transport *t;

    (void) state;
    assert_int_equal(rename(kit_path("there"), kit_path("elsewhere")), 0);
    t = good_road(port);
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_NO_FOLDER);
    transport_free(&t);
}

static void receipts_come_back(void **state)
{
    struct transport *t = good_road(port);

    (void) state;
    kit_check_receipts(t, true);
    transport_free(&t);
}

/* The screen asks again and again, and never waits: a step is over at once, also when the other side says nothing. */
static void no_step_ever_waits(void **state)
{
    int over = net_proxy(&proxy, port, PROXY_STALL, 100000, 1);
    struct transport *t = good_road(over);
    const struct transport_file file = { kit_path("here/a.dlnb"), "a.dlnb" };
    struct timespec from, to;
    long longest = 0, steps = 0;

    (void) state;
    assert_ok(transport_send(t, &file, 1, &kit_err));
    while (transport_step(t, &kit_err) == TRANSPORT_BUSY && steps < 200000) {
        long ns;

        clock_gettime(CLOCK_MONOTONIC, &from);
        transport_step(t, &kit_err);
        clock_gettime(CLOCK_MONOTONIC, &to);
        ns = (to.tv_sec - from.tv_sec) * 1000000000L + to.tv_nsec - from.tv_nsec;
        longest = ns > longest ? ns : longest;
        steps++;
    }
    assert_true(steps > 100);
    assert_true(longest < 5000000000L);                  /* a step that waits, waits as long as our patience */
    transport_free(&t);
}

#define sftp_test(f) cmocka_unit_test_setup_teardown(f, server_start, server_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        sftp_test(a_bundle_arrives_whole),
        sftp_test(the_same_again_is_found_there),
        sftp_test(another_file_of_the_name_is_left_alone),
        sftp_test(what_was_cut_is_taken_up_again),
        sftp_test(it_may_be_cut_anywhere),
        sftp_test(a_road_that_stands_still_is_given_up),
        sftp_test(nobody_there_is_a_matter_of_time),
        sftp_test(killed_in_the_middle_it_goes_on),
        sftp_test(a_carrier_that_dies_costs_one_try),
        sftp_test(an_unfinished_copy_of_other_bytes_is_not_used),
        sftp_test(a_changed_host_key_stops_everything),
        sftp_test(a_host_without_a_key_on_record_is_not_trusted),
        sftp_test(a_key_that_is_not_let_in_is_told),
        sftp_test(a_key_under_a_passphrase_needs_it),
        sftp_test(a_place_that_may_not_be_written_is_told),
        sftp_test(a_folder_that_is_not_there_is_told),
        sftp_test(receipts_come_back),
        sftp_test(no_step_ever_waits),
    };

    /* A program that gives no memory away cannot read what it hands itself on: as the real one does. */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    return cmocka_run_group_tests_name("sftp", tests, NULL, NULL);
}
