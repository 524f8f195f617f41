/* cmd_destination.c - destination add, list, show, remove. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/shape.h"
#include "dolen/base/text.h"
#include "host_key.h"
#include "outbox_words.h"
#include "wait.h"
#include "policy_offer.h"
#include "dolen/base/banned.h"

static void print_tame(const char *text)
{
    struct buf b = BUF_INIT;

    text_tame(&b, text, true);
    puts(buf_text(&b));
    buf_release(&b);
}

/* The service must be the one that it says it is: only people can compare that. */
static void say_compare(const struct destination *d)
{
    fprintf(stderr, "dolen: %s\n", _("Compare this key with the one that the service told you by another way. Who "
                                     "has it decides what "
                                     "leaves, and says what has arrived:"));
    fprintf(stderr, "  %s\n", d->policy->signer);
}

static enum status read_secret(struct run *r, struct secret **out, struct err *err)
{
    long fd = -1;
    enum status st;

    if (!run_value(r, "--secret-fd"))
        return ST_OK;
    st = run_int(r, "--secret-fd", 0, 1024, &fd, err);
    return st == ST_OK ? secret_read_fd(out, (int) fd, err) : st;
}

/* A stick may well not be plugged in while its address is given; a slip in it should not wait until then. */
static void say_way(const struct destination *d)
{
    const char *url = record_or(&d->rec, DESTINATION_url, "");
    const char *folder = str_starts(url, "file://") ? url + strlen("file://") : url;

    if (str_starts(url, "sftp://") && !record_or(&d->rec, DESTINATION_host_keys, "")[0])
        fprintf(stderr, "dolen: %s\n",
                _("The key of the server is not known yet, and nothing is sent before. To see and compare it: "
                  "dolen destination host-key"));
    if (*folder == '/' && !file_exists(folder)) {
        fputs("dolen: ", stderr);
        fprintf(stderr, _("The folder %s is not there now. What is sealed waits until it is: plug in the stick, or "
                          "give the address again if it was mistyped."), folder);
        fputc('\n', stderr);
    }
}

static enum status add_run(struct run *r, struct err *err)
{
    struct destination_new n = {
        .name = r->operand[0], .policy = run_value(r, "--policy"), .url = run_value(r, "--to"),
        .user = run_value(r, "--user"),
        .key_file = run_value(r, "--key-of-user"), .host_keys = run_value(r, "--known-hosts"),
        .ca_file = run_value(r, "--ca"),
    };
    struct secret *secret = NULL;
    struct destination d;
    bool changed = false;
    enum status st = read_secret(r, &secret, err);

    memset(&d, 0, sizeof d);
    n.secret = secret;
    if (st == ST_OK)
        st = destination_put(r->cf, &n, &changed, err);
    if (st == ST_OK)
        st = destination_open(r->cf, n.name, &d, err);
    if (st == ST_OK && r->json) {
        run_print_json("destination", destination_json(r->cf, &d, 0));
    } else if (st == ST_OK) {
        printf("%s\n", n.name);
        if (changed)
            fprintf(stderr, "dolen: %s\n", _("The policy is a new one: the next batch has everything again."));
        if (n.policy)
            say_compare(&d);
        say_way(&d);
    }
    destination_release(&d);
    secret_free(&secret);
    return st;
}

static enum status each_destination(struct run *r,
                                    enum status (*fn)(struct run *r, struct destination *d, struct json *list),
                                    struct json *list, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(r->cf->store, LIST_DESTINATIONS, ID_NONE, 0, &all, err);

    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        struct destination d;

        st = destination_of(r->cf, &all.items[i], &d, err);
        if (st == ST_OK)
            st = fn(r, &d, list);
        destination_release(&d);
    }
    records_release(&all);
    return st;
}

static enum status list_one(struct run *r, struct destination *d, struct json *list)
{
    char *words;

    if (list) {
        json_append(list, destination_json(r->cf, d, 0));
        return ST_OK;
    }
    words = xasprintf("%-16s %s  %s", destination_name(d), record_or(&d->rec, DESTINATION_url, ""),
                      text2_now(&d->policy->title));
    print_tame(words);
    free(words);
    return ST_OK;
}

static bool any_destination(struct casefile *cf)
{
    struct records all = { NULL, 0, 0 };
    bool any = store_list(cf->store, LIST_DESTINATIONS, ID_NONE, 1, &all, NULL) != ST_OK || all.count;

    records_release(&all);
    return any;
}

static enum status list_run(struct run *r, struct err *err)
{
    struct json *list = r->json ? json_new_list() : NULL, *j;
    enum status st = each_destination(r, list_one, list, err);

    if (st == ST_OK)
        run_say_none(r, any_destination(r->cf),
                     _("Nothing is sent anywhere. The service gives you a signed policy and an address; then: dolen "
                       "destination add"));

    if (!list || st != ST_OK) {
        json_free(&list);
        return st;
    }
    j = json_new_map();
    json_set(j, "destinations", list);
    run_print_json("destinations", j);
    return ST_OK;
}

static void show_policy(const struct destination *d)
{
    static const char *const consents[] = { N_("privacy notice given and no objection"), N_("permission given to "
                                                                                            "this recipient") };
    const struct policy_file *p = d->policy;

    printf("%s: %s %s\n", _("Data set"), p->data_set, p->data_set_version);
    printf("%s: %s\n", _("Who is in it"), _(consents[p->consent]));
    printf("%s: %s\n", _("Dates"), p->dates == DATES_MONTH ? _("by month") : _("by day"));
    printf("%s: %s\n", _("Place"), p->geography == GEOGRAPHY_LSOA ? _("small area (LSOA)") : _("local authority and "
                                                                                               "WIMD decile"));
    printf(_("Period from %s to today."), date_show(p->from).s);
    putchar('\n');
    printf("%s: %s\n", _("Safeguarding"), policy_file_has(p, SAFEGUARDING_TABLE)
           ? _("how many reports were made in each quarter, small numbers kept back") : _("nothing"));
    printf("%s:", _("Sensitive answers that may leave"));
    for (size_t i = 0; i < p->sensitive_count; i++)
        printf(" %s", p->sensitive_allowed[i]);
    puts(p->sensitive_count ? "" : _(" none"));
    for (size_t i = 0; i < p->table_count; i++) {
        printf("  %s:", p->tables[i].table);
        for (size_t k = 0; k < p->tables[i].count; k++)
            printf(" %s", p->tables[i].columns[k]);
        putchar('\n');
    }
    printf("%s: %lld, %s\n", _("Policy number"), (long long) p->number, date_show(p->issued_on).s);
    printf("%s: %s\n", _("Signed by"), p->signer);
    for (size_t i = 0; i < p->recipient_count; i++)
        printf("%s: %s\n", _("Sealed for"), p->recipients[i]);
}

static enum status show_run(struct run *r, struct err *err)
{
    struct destination d;
    struct buf words = BUF_INIT;
    enum status st = destination_open(r->cf, r->operand[0], &d, err);

    if (st == ST_OK && r->json) {
        struct json *j = destination_json(r->cf, &d, 0), *policy = NULL;

        if (json_parse(&policy, d.policy->source, d.policy->source_len, NULL) == ST_OK)
            json_set(j, "policy", policy);
        run_print_json("destination", j);
    } else if (st == ST_OK) {
        char *title = xasprintf("%s: %s\n%s", destination_name(&d), text2_now(&d.policy->title),
                                record_or(&d.rec, DESTINATION_url, ""));

        print_tame(title);
        free(title);
        show_policy(&d);
        destination_words(r->cf->store, &d.rec, &words);
        print_tame(buf_text(&words));
    }
    buf_release(&words);
    destination_release(&d);
    return st;
}

/* --- a newer policy --------------------------------------------------------------------------------------------- */

static void tell_offer(struct run *r, const struct destination *d, const struct policy_file *offered, bool adopted)
{
    struct buf words = BUF_INIT;
    struct json *j;

    if (r->json) {
        j = policy_offer_json(d, offered);
        json_set_bool(j, "adopted", adopted);
        run_print_json("destination-policy", j);
        return;
    }
    if (offered)
        policy_offer_words(d, offered, &words);
    else
        buf_addf(&words,
                 _("No new policy is known for %s. In force is number %lld of %s. To look for one: dolen outbox "
                   "fetch"),
                 destination_name(d), (long long) d->policy->number, date_show(d->policy->issued_on).s);
    print_tame(buf_text(&words));
    if (adopted)
        fprintf(stderr, "dolen: %s\n", _("Adopted. The next batch has everything again."));
    else if (offered)
        fprintf(stderr, "dolen: %s\n", _("To adopt it: the same command with --adopt"));
    buf_release(&words);
}

/* What was read is what is adopted: the words are of the one that was kept when it was put in force. */
static enum status policy_run(struct run *r, struct err *err)
{
    struct destination d;
    struct policy_file *offered = NULL;
    bool adopt = run_flag(r, "--adopt");
    enum status st = destination_open(r->cf, r->operand[0], &d, err);

    if (st == ST_OK)
        offered = policy_offer_of(r->cf, &d);
    if (st == ST_OK && adopt && !offered)
        st = err_set(err, ST_NOTFOUND,
                     _("No new policy is known for %s. Nothing was changed. To look for one: dolen outbox fetch"),
                     r->operand[0]);
    else if (st == ST_OK && adopt)
        st = policy_offer_adopt(r->cf, r->operand[0], offered->sha256, err);
    if (st == ST_OK)
        tell_offer(r, &d, offered, adopt);
    policy_file_free(&offered);
    destination_release(&d);
    return st;
}

/* --- the server's key --------------------------------------------------------------------------------------------- */

static enum status ask_host(struct host_asking *x, struct err *err)
{
    bool over = false;
    enum status st = ST_OK;

    wait_begin();
    while (st == ST_OK && !over) {
        st = host_asking_step(x, &over, err);
        if (st == ST_OK && !over && wait_was_stopped())
            st = err_set(err, ST_INTERRUPTED, "%s", _("Interrupted. Nothing was changed."
                                                      " Give the command again to go on."));
        if (st == ST_OK && !over)
            wait_for(host_asking_poll_fd(x), 200);
    }
    wait_end();
    return st;
}

static enum status judge(struct run *r, struct host_asking *x, bool *kept, struct err *err)
{
    const char *given = run_value(r, "--accept");

    if (given && !host_print_is(x, given))
        return err_set(err, ST_REFUSED,
                       _("The server shows %s, and that is not what was given. Nothing was changed. Ask the service "
                         "before anything is sent there."),
                       host_asking_print(x));
    if (host_asking_standing(x) == HOST_SAME)
        return ST_OK;
    if (!given)
        return err_set(err, ST_REFUSED,
                       _("Nothing was changed. When the print is the one that the service gave you: dolen "
                         "destination host-key %s --accept PRINT"),
                       r->operand[0]);
    *kept = true;
    return host_asking_accept(r->cf, x, err);
}

static void tell_host(struct run *r, const struct host_asking *x, enum host_standing was, bool kept)
{
    static const char *const standings[] = { [HOST_NEW] = "none", [HOST_SAME] = "same", [HOST_CHANGED] = "changed" };
    struct buf words = BUF_INIT;

    if (r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "destination", r->operand[0]);
        json_set_text(j, "print", host_asking_print(x));
        json_set_text(j, "on_record", standings[was]);
        json_set_bool(j, "accepted", kept);
        run_print_json("host-key", j);
        return;
    }
    host_asking_words(x, &words);
    print_tame(buf_text(&words));
    if (kept)
        printf("\n%s\n", _("It is kept: from now on only a server with this key is sent to."));
    buf_release(&words);
}

static enum status host_key_run(struct run *r, struct err *err)
{
    struct destination d;
    struct host_asking *x = NULL;
    enum host_standing was = HOST_NEW;
    bool kept = false;
    enum status st = destination_open(r->cf, r->operand[0], &d, err);

    if (st == ST_OK)
        st = host_asking_begin(&x, r->cf, &d.rec, err);
    if (st == ST_OK)
        st = ask_host(x, err);
    if (st == ST_OK) {
        was = host_asking_standing(x);
        st = judge(r, x, &kept, err);
        kept = kept && st == ST_OK;
        if (st == ST_OK || !run_value(r, "--accept"))
            tell_host(r, x, was, kept);
    }
    host_asking_free(&x);
    destination_release(&d);
    return st;
}

static enum status remove_run(struct run *r, struct err *err)
{
    return destination_remove(r->cf, r->operand[0], run_flag(r, "--anyway"), err);
}

static const struct option add_options[] = {
    { "--policy", "P.json", N_("The service's signed policy; its signature P.json.minisig is beside it") },
    { "--to", "ADDRESS", N_("A folder, sftp://USER@HOST/DIR, https://HOST/DIR (WebDAV), or presigned:FILE") },
    { "--user", "NAME", N_("The user name there, when the address has none") },
    { "--secret-fd", "N", N_("Read the password (or the passphrase of the user's key) from this descriptor; kept in "
                             "the case file") },
    { "--key-of-user", "FILE", N_("sftp: the user's private key") },
    { "--known-hosts", "FILE", N_("sftp: the host's keys, as in known_hosts; without: destination host-key") },
    { "--ca", "FILE", N_("https: certificates to trust in place of the system's") }, { NULL, NULL, NULL }
};
static const struct option host_key_options[] = {
    { "--accept", "PRINT", N_("Keep it when it has this print, \"SHA256:…\", as the service gave it to you") },
    { NULL, NULL, NULL }
};
static const struct option policy_options[] = {
    { "--adopt", NULL, N_("From now on it decides what leaves; the next batch has everything again") },
    { NULL, NULL, NULL }
};
static const struct option remove_options[] = {
    { "--anyway", NULL, N_("Even though rows about people are there that could not be taken back any more") },
    { NULL, NULL, NULL }
};

const struct command destination_commands[] = {
    { "destination", "add", "ID", 1, 1, N_("A place that bundles go to, with its signed policy; again, to change it"),
      add_options,
      NEEDS_CASE, add_run },
    { "destination", "list", "", 0, 0, N_("Where bundles go"), NULL, NEEDS_CASE, list_run },
    { "destination", "show", "ID", 1, 1, N_("What the policy of one says, and what has arrived there"), NULL,
      NEEDS_CASE, show_run },
    { "destination", "policy", "ID", 1, 1, N_("What a new policy that the service has signed would change; adopt it"),
      policy_options,
      NEEDS_CASE, policy_run },
    { "destination", "host-key", "ID", 1, 1,
      N_("The key that an SFTP server shows, to compare with what the service gave you"),
      host_key_options, NEEDS_CASE, host_key_run },
    { "destination", "remove", "ID", 1, 1, N_("Send nothing there any more"), remove_options, NEEDS_CASE, remove_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
