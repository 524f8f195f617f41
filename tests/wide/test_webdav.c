/* The road over WebDAV and to pre-signed addresses, against Apache and nginx on loopback, started by whoever runs the test. */
#include "transport_kit.h"

#include <pwd.h>
#include <signal.h>

#include "dolen/vault/secret.h"
#include "fix_net.h"

#define APACHE  "/usr/sbin/apache2"
#define NGINX   "/usr/sbin/nginx"
#define MODULES "/usr/lib/apache2/modules"

static pid_t server, proxy;
static int port;
static int patience = 30;                   /* seconds without a byte; a busy machine is slow, not stalled */
static struct secret *password;

/* A certificate for 127.0.0.1, which is its own authority. */
static void make_certificate(const char *name, const char *host)
{
    char *subject = xasprintf("subjectAltName=%s", host), *key = xasprintf("%s.key", name), *pem = xasprintf("%s.pem", name);

    assert_int_equal(RUN("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                         "-keyout", kit_path(key), "-out", kit_path(pem), "-days", "30", "-subj", "/CN=test", "-addext", subject), 0);
    free(subject);
    free(key);
    free(pem);
}

static void write_conf(const char *name, char *text)
{
    write_file(kit_path(name), text, strlen(text));
    free(text);
}

/* Started by root, Apache answers as nobody, who must reach the folder. */
static void open_to_server(void)
{
    if (geteuid() != 0)
        return;
    assert_int_equal(chmod(kit_dir, 0711), 0);
    assert_int_equal(RUN("chown", "-R", "nobody", kit_path("there"), kit_path("run")), 0);
}

static void start_apache(const char *certificate)
{
    char *conf = xstrdup(kit_path("apache.conf")), *hash;
    static const char *const modules[] = { "mpm_event", "authn_core", "authz_core", "authn_file", "authz_user", "auth_basic",
                                           "dav", "dav_fs", "socache_shmcb", "ssl" };
    struct buf b = BUF_INIT;

    port = net_free_port();
    assert_int_equal(RUN("sh", "-c", "printf 'dolen:%s\\n' \"$(openssl passwd -apr1 'y bont')\" > \"$0\"", kit_path("users")), 0);
    hash = xstrdup(kit_path("users"));
    chmod(hash, 0644);
    for (size_t i = 0; i < ARRAY_LEN(modules); i++)
        buf_addf(&b, "LoadModule %s_module " MODULES "/mod_%s.so\n", modules[i], modules[i]);
    buf_addf(&b, "ServerName 127.0.0.1\nListen 127.0.0.1:%d\nServerRoot %s\nPidFile %s/run/pid\nErrorLog %s/run/error.log\n", port,
             kit_dir, kit_dir, kit_dir);
    buf_addf(&b, "%sMutex file:%s/run\nDavLockDB %s/run/locks\n", geteuid() == 0 ? "User nobody\nGroup nogroup\n" : "", kit_dir,
             kit_dir);
    buf_addf(&b, "SSLEngine on\nSSLCertificateFile %s/%s.pem\nSSLCertificateKeyFile %s/%s.key\nSSLSessionCache none\n", kit_dir,
             certificate, kit_dir, certificate);
    buf_addf(&b, "DocumentRoot %s\n<Directory />\nRequire all denied\n</Directory>\n<Directory %s/there>\nDav On\n"
                 "AuthType Basic\nAuthName drop\nAuthUserFile %s\nRequire valid-user\n</Directory>\n", kit_dir, kit_dir, hash);
    write_conf("apache.conf", buf_steal(&b));
    server = net_start((const char *const[]) { APACHE, "-f", conf, "-D", "FOREGROUND", NULL }, port, kit_path("server.log"));
    free(conf);
    free(hash);
    if (server < 0)
        fail_msg("Apache did not start: see %s", kit_path("server.log"));
}

static void start_nginx(const char *methods)
{
    char *conf = xstrdup(kit_path("nginx.conf"));
    struct buf b = BUF_INIT;

    port = net_free_port();
    buf_addf(&b, "load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;\ndaemon off;\nmaster_process off;\n%spid %s/run/pid;\n"
                 "error_log %s/run/error.log;\nevents { worker_connections 64; }\nhttp {\naccess_log off;\n"
                 "client_body_temp_path %s/run/body; proxy_temp_path %s/run/p; fastcgi_temp_path %s/run/f;\n"
                 "uwsgi_temp_path %s/run/u; scgi_temp_path %s/run/s;\nclient_max_body_size 100m;\n",
             geteuid() == 0 ? "user root;\n" : "", kit_dir, kit_dir, kit_dir, kit_dir, kit_dir, kit_dir, kit_dir);
    buf_addf(&b, "server {\nlisten 127.0.0.1:%d ssl;\nssl_certificate %s/good.pem;\nssl_certificate_key %s/good.key;\nroot %s;\n"
                 "location /there { %s }\nlocation /busy { return 503; }\nlocation /over { return 403; }\nlocation /full { return 507; }\n"
                 "}\n}\n", port, kit_dir, kit_dir, kit_dir, methods);
    write_conf("nginx.conf", buf_steal(&b));
    server = net_start((const char *const[]) { NGINX, "-c", conf, NULL }, port, kit_path("server.log"));
    free(conf);
    if (server < 0)
        fail_msg("nginx did not start: see %s", kit_path("server.log"));
}

static int common_start(void **state)
{
    if (kit_start(state) != 0 || mkdir(kit_path("run"), 0700) != 0)
        return 1;
    make_certificate("good", "IP:127.0.0.1");
    password = secret_new();
    secret_add(password, "y bont", 6);
    patience = 30;
    open_to_server();
    return 0;
}

static int apache_start(void **state)
{
    if (common_start(state) != 0)
        return 1;
    start_apache("good");
    return 0;
}

static int nginx_start(void **state)
{
    if (common_start(state) != 0)
        return 1;
    start_nginx("dav_methods PUT DELETE MOVE; dav_ext_methods PROPFIND OPTIONS;");
    return 0;
}

static int server_stop(void **state)
{
    net_stop(&proxy);
    net_stop(&server);
    secret_free(&password);
    return kit_stop(state);
}

static struct transport *road_with(int over, const char *folder, const char *ca, const struct secret *secret)
{
    char *url = xasprintf("https://dolen@127.0.0.1:%d/%s", over, folder);
    const struct transport_target target = { .url = url, .secret = secret, .ca_file = ca, .stall_seconds = patience };
    struct transport *t = NULL;

    assert_ok(transport_open(&t, &target, &kit_err));
    free(url);
    return t;
}

static struct transport *good_road(int over)
{
    return road_with(over, "there", kit_path("good.pem"), password);
}

/* --- the same on both servers -------------------------------------------------------------------------------------------- */

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

/* Wherever it is cut, in the handshake, in the first file or in the marker: nothing half is under its name, and at the next
 * try it arrives. */
static void it_may_be_cut_anywhere(void **state)
{
    static const size_t places[] = { 0, 1, 300, 1000, 2000, 100000, 1500000, 2999000, 3003500 };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        int over = net_proxy(&proxy, port, PROXY_CUT, places[i], 1);
        enum transport_cause why = kit_arrives_after_a_cut(good_road(over));

        assert_true(why == TRANSPORT_CAUSE_NONE || why == TRANSPORT_CAUSE_NETWORK);
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

static bool past_the_middle(void *ctx, uint64_t done, uint64_t total)
{
    (void) ctx;
    return done < total / 3;
}

static void killed_in_the_middle_it_goes_on(void **state)
{
    int over = net_proxy(&proxy, port, PROXY_STALL, 1500000, 1), status;
    struct transport *t;
    pid_t laptop = fork();

    (void) state;
    if (laptop == 0) {
        const struct transport_file file = { kit_path("here/a.dlnb"), "a.dlnb" };

        t = good_road(over);
        if (transport_send(t, &file, 1, NULL) == ST_OK)
            transport_run(t, past_the_middle, NULL, NULL);
        raise(SIGKILL);
    }
    assert_int_equal(waitpid(laptop, &status, 0), laptop);
    assert_true(WIFSIGNALED(status));
    assert_false(file_exists(kit_path("there/a.dlnb")));
    t = good_road(port);
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    kit_assert_same(kit_path("here/a.dlnb"), kit_path("there/a.dlnb"));
    transport_free(&t);
}

static void an_unknown_authority_is_not_trusted(void **state)
{
    struct transport *t = road_with(port, "there", NULL, password);

    (void) state;
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_TLS);
    transport_free(&t);
    make_certificate("other", "IP:127.0.0.1");
    t = road_with(port, "there", kit_path("other.pem"), password);
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_TLS);
    assert_false(file_exists(kit_path("there/a.dlnb")));
    transport_free(&t);
}

static void receipts_come_back(void **state)
{
    struct transport *t = good_road(port);

    (void) state;
    kit_check_receipts(t, true);
    transport_free(&t);
}

/* --- Apache ------------------------------------------------------------------------------------------------------------------ */

static void a_wrong_password_is_told(void **state)
{
    struct secret *wrong = secret_new();
    struct transport *t;

    (void) state;
    secret_add(wrong, "Y bont", 6);
    t = road_with(port, "there", kit_path("good.pem"), wrong);
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_AUTH);
    transport_free(&t);
    t = road_with(port, "there", kit_path("good.pem"), NULL);
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_AUTH);
    transport_free(&t);
    secret_free(&wrong);
}

static void a_certificate_for_another_name_is_not_trusted(void **state)
{
    struct transport *t;

    (void) state;
    net_stop(&server);
    make_certificate("elsewhere", "DNS:example.org");
    start_apache("elsewhere");
    t = road_with(port, "there", kit_path("elsewhere.pem"), password);
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_TLS);
    transport_free(&t);
}

static void a_place_that_may_not_be_written_is_told(void **state)
{
    struct transport *t = road_with(port, "here", kit_path("good.pem"), password);

    (void) state;
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_PERMISSION);
    transport_free(&t);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    struct transport *t = road_with(port, "there/none", kit_path("good.pem"), password);

    (void) state;
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_NO_FOLDER);
    transport_free(&t);
}

/* --- nginx ------------------------------------------------------------------------------------------------------------------- */

static void a_server_that_cannot_move_gets_it_by_name(void **state)
{
    struct transport *t;

    (void) state;
    net_stop(&server);
    start_nginx("dav_methods PUT DELETE;");
    t = good_road(port);
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    kit_assert_arrived();
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    assert_int_equal(kit_list(t, "", &(struct buf) BUF_INIT), TRANSPORT_ABSENT);
    assert_int_equal(transport_why(t), TRANSPORT_CAUSE_SERVER);
    transport_free(&t);
}

static void a_busy_server_is_a_matter_of_time(void **state)
{
    struct transport *t = road_with(port, "busy", kit_path("good.pem"), password);

    (void) state;
    kit_sends(t, TRANSPORT_RETRY, TRANSPORT_CAUSE_SERVER);
    transport_free(&t);
    t = road_with(port, "full", kit_path("good.pem"), password);
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_SPACE);
    transport_free(&t);
}

static struct transport *presigned(const char *folder, bool marker)
{
    struct transport_target target = { .ca_file = kit_path("good.pem"), .stall_seconds = patience };
    char *list = xasprintf("a.dlnb https://127.0.0.1:%d/%s/a.dlnb?X-Amz-Expires=3600&X-Amz-Signature=00\n"
                           "receipts/s1/a.rcpt https://127.0.0.1:%d/%s/rcpt?sig=1\n%s", port, folder, port, folder,
                           marker ? "" : "# no more\n"), *url, *more;
    struct transport *t = NULL;

    if (marker) {
        more = xasprintf("%sa.dlnb.minisig https://127.0.0.1:%d/%s/a.dlnb.minisig?sig=2\n", list, port, folder);
        free(list);
        list = more;
    }
    write_conf("addresses", list);
    url = xasprintf("presigned:%s", kit_path("addresses"));
    target.url = url;
    assert_ok(transport_open(&t, &target, &kit_err));
    free(url);
    return t;
}

static void addresses_signed_beforehand_take_it(void **state)
{
    struct transport *t = presigned("there", true);
    struct buf out = BUF_INIT;

    (void) state;
    kit_sends(t, TRANSPORT_DONE, TRANSPORT_CAUSE_NONE);
    kit_assert_arrived();
    write_file(kit_path("there/rcpt"), "{}", 2);
    assert_int_equal(kit_fetch(t, "receipts/s1/a.rcpt", 100, &out), TRANSPORT_DONE);
    assert_string_equal(buf_text(&out), "{}");
    assert_int_equal(kit_fetch(t, "receipts/s1/b.rcpt", 100, &out), TRANSPORT_ABSENT);
    assert_int_equal(transport_why(t), TRANSPORT_CAUSE_ADDRESS);
    assert_int_equal(kit_list(t, "receipts/s1", &out), TRANSPORT_ABSENT);
    transport_free(&t);
    t = presigned("over", true);
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_AUTH);
    assert_int_equal(kit_fetch(t, "receipts/s1/a.rcpt", 100, &out), TRANSPORT_ABSENT);
    transport_free(&t);
    t = presigned("there", false);
    kit_sends(t, TRANSPORT_BLOCKED, TRANSPORT_CAUSE_ADDRESS);
    transport_free(&t);
    buf_release(&out);
}

#define apache_test(f) { "apache: " #f, f, apache_start, server_stop, NULL }
#define nginx_test(f)  { "nginx: " #f, f, nginx_start, server_stop, NULL }

int main(void)
{
    const struct CMUnitTest tests[] = {
        apache_test(a_bundle_arrives_whole),
        apache_test(the_same_again_is_found_there),
        apache_test(another_file_of_the_name_is_left_alone),
        apache_test(it_may_be_cut_anywhere),
        apache_test(a_road_that_stands_still_is_given_up),
        apache_test(killed_in_the_middle_it_goes_on),
        apache_test(an_unknown_authority_is_not_trusted),
        apache_test(receipts_come_back),
        apache_test(a_wrong_password_is_told),
        apache_test(a_certificate_for_another_name_is_not_trusted),
        apache_test(a_place_that_may_not_be_written_is_told),
        apache_test(a_folder_that_is_not_there_is_told),
        nginx_test(a_bundle_arrives_whole),
        nginx_test(the_same_again_is_found_there),
        nginx_test(another_file_of_the_name_is_left_alone),
        nginx_test(it_may_be_cut_anywhere),
        nginx_test(a_road_that_stands_still_is_given_up),
        nginx_test(killed_in_the_middle_it_goes_on),
        nginx_test(an_unknown_authority_is_not_trusted),
        nginx_test(receipts_come_back),
        nginx_test(a_server_that_cannot_move_gets_it_by_name),
        nginx_test(a_busy_server_is_a_matter_of_time),
        nginx_test(addresses_signed_beforehand_take_it),
    };

    return cmocka_run_group_tests_name("webdav", tests, NULL, NULL);
}
