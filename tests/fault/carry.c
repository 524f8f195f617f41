/* carry.c - a sender for the fault scripts: carry FOLDER NAME TO… sends NAME.dlnb and its marker from FOLDER to each address.
 * Prints the results, one a line: done, retry CAUSE, blocked CAUSE. Ends with 0 when all are done. */
#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/mem.h"
#include "dolen/exchange/transport.h"

static bool carry(const char *folder, const char *name, const char *to)
{
    const struct transport_target target = { .url = to };
    char *payload = xasprintf("%s/%s.dlnb", folder, name), *marker = xasprintf("%s/%s.dlnb.minisig", folder, name);
    char *names[2] = { xasprintf("%s.dlnb", name), xasprintf("%s.dlnb.minisig", name) };
    const struct transport_file files[] = { { payload, names[0] }, { marker, names[1] } };
    enum transport_result r = TRANSPORT_BLOCKED;
    struct transport *t = NULL;
    struct err err = { .st = ST_OK };

    if (transport_open(&t, &target, &err) == ST_OK && transport_send(t, files, 2, &err) == ST_OK) {
        r = transport_run(t, NULL, NULL, &err);
        printf("%s %s\n", transport_result_word(r), transport_cause_word(transport_why(t)));
    }
    if (r != TRANSPORT_DONE)
        fprintf(stderr, "%s\n", err_text(&err));
    transport_free(&t);
    free(payload);
    free(marker);
    free(names[0]);
    free(names[1]);
    return r == TRANSPORT_DONE;
}

int main(int argc, char **argv)
{
    bool all = argc > 3;

    for (int i = 3; i < argc; i++)
        all = carry(argv[1], argv[2], argv[i]) && all;
    return all ? 0 : 1;
}
