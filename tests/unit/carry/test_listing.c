/* Names out of what servers answer, and the addresses of a list. */
#include "carry/carry_priv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

static void a_list_of_addresses_is_read_by_name(void **state)
{
    struct buf list = BUF_INIT;
    char *url;

    (void) state;
    buf_add(&list, "a.dlnb.minisig https://h/1?sig=x\r\na.dlnb\thttps://h/2?sig=y%20z  \n\nb.dlnb https://h/3");
    url = address_of(&list, "a.dlnb");
    assert_string_equal(url, "https://h/2?sig=y%20z");
    free(url);
    url = address_of(&list, "b.dlnb");
    assert_string_equal(url, "https://h/3");
    free(url);
    assert_null(address_of(&list, "b"));
    assert_null(address_of(&list, "c.dlnb"));
    buf_release(&list);
}

static void names_are_found_in_what_servers_write(void **state)
{
    static const char apache[] =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:multistatus xmlns:D=\"DAV:\">\n"
        "<D:response xmlns:lp1=\"DAV:\"><D:href>/drop/receipts/</D:href><D:propstat><D:prop><lp1:resourcetype><D:collection/>"
        "</lp1:resourcetype></D:prop></D:propstat></D:response>\n"
        "<D:response xmlns:lp1=\"DAV:\"><D:href>/drop/receipts/a.rcpt</D:href><D:propstat><D:prop><lp1:resourcetype/></D:prop>"
        "</D:propstat></D:response></D:multistatus>";
    static const char other[] = "<multistatus xmlns='DAV:'><response><href>\n https://h/x/b.rcpt \n</href></response>"
                                "<response><href>/x/..%2f..%2fevil</href></response><response><href>/x/../</href></response>"
                                "<response><href>/x/c&amp;d</href></response>";
    struct buf out = BUF_INIT;

    (void) state;
    list_of_dav(&out, apache);
    assert_string_equal(buf_text(&out), "a.rcpt\n");
    buf_clear(&out);
    list_of_dav(&out, other);
    assert_string_equal(buf_text(&out), "b.rcpt\n");
    buf_clear(&out);
    list_of_dav(&out, "<a><response><href>x");
    list_of_dav(&out, "");
    list_of_dav(&out, "<<<response");
    assert_string_equal(buf_text(&out), "");
    list_of_sftp(&out, ".\n..\na.rcpt\r\n\n.x\n../y\nb\n");
    assert_string_equal(buf_text(&out), "a.rcpt\nb\n");
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_of_addresses_is_read_by_name),
        cmocka_unit_test(names_are_found_in_what_servers_write),
    };

    return cmocka_run_group_tests_name("listing", tests, NULL, NULL);
}
