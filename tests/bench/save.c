/* save.c - saves through the store: a contact as one record, or as a form filled in.
 *
 *   save CASE put|file TIMES < passphrase        says save_us: the median
 *
 * commit.c does the same commit without the store. */
#include "bench.h"

#include <string.h>

#include "dolen/base/mem.h"
#include "bench_rows.h"
#include "dolen/base/banned.h"

#define FORM_HASH "ba5e000000000000000000000000000000000000000000000000000000000bad"
#define FORM_YAML "form: contact\n"
#define PEOPLE    200

static const struct { int column; const char *value; } plain_values[] = {
    { CONTACT_held_on, ROW_HELD_ON }, { CONTACT_kind, ROW_KIND }, { CONTACT_with_whom, ROW_WITH },
    { CONTACT_result, ROW_RESULT }, { CONTACT_minutes, ROW_MINUTES }, { CONTACT_note, ROW_NOTE },
    { CONTACT_next_on, ROW_NEXT_ON }, { CONTACT_next_what, ROW_NEXT_WHAT }, { CONTACT_form_def, "contact:" FORM_HASH },
};

static void put(struct store *s, const struct person_row *p)
{
    struct err err = { .st = ST_OK };
    struct record r;

    record_init(&r, T_CONTACT);
    record_set_id(&r, CONTACT_person, p->id);
    record_set_id(&r, CONTACT_episode, p->episode);
    for (size_t i = 0; i < ARRAY_LEN(plain_values); i++)
        record_set(&r, plain_values[i].column, plain_values[i].value);
    must(store_put(s, &r, NULL, &err), &err);
    record_release(&r);
}

static void file(struct store *s, const struct person_row *p)
{
    struct err err = { .st = ST_OK };
    struct answers a = ANSWERS_INIT;
    struct filing f = { .form = "contact", .version = 1, .binds = T_CONTACT, .person = p->id, .episode = p->episode,
                        .hash = FORM_HASH, .yaml = FORM_YAML, .yaml_bytes = strlen(FORM_YAML), .answers = &a };

    for (size_t i = 0; i + 1 < ARRAY_LEN(plain_values); i++)
        answers_set(&a, table_column_name(T_CONTACT, plain_values[i].column), 0, plain_values[i].value);
    must(store_file(s, &f, &err), &err);
    answers_release(&a);
}

/* People with an episode, in the order of their names: scattered over the file. */
static int someone(struct store *s, struct person_row *rows)
{
    static struct person_row page[2 * PEOPLE];
    struct err err = { .st = ST_OK };
    int n = 0, kept = 0;

    must(people_page(s, NULL, ID_NONE, true, 2 * PEOPLE, page, &n, &err), &err);
    for (int i = 0; i < n && kept < PEOPLE; i++)
        if (id_is_set(page[i].episode))
            rows[kept++] = page[i];
    return kept;
}

int main(int argc, char **argv)
{
    static struct person_row people[PEOPLE];
    static struct samples times;
    struct vault *v = NULL;
    struct store *s;
    int count;

    if (argc != 4 || (strcmp(argv[2], "put") != 0 && strcmp(argv[2], "file") != 0)) {
        fputs("usage: save CASE put|file TIMES < passphrase\n", stderr);
        return 2;
    }
    s = open_case(argv[1], &v);
    count = someone(s, people);
    for (int i = -WARM_UP; count > 0 && i < number(argv[3], 1, SAMPLES_MAX); i++) {
        const struct person_row *p = &people[(i + WARM_UP) % count];
        double from = now_us();

        (strcmp(argv[2], "put") == 0 ? put : file)(s, p);
        if (i >= 0)
            sample(&times, now_us() - from);
    }
    say("save_us", quantile(&times, 0.5));
    say("save_p99_us", quantile(&times, 0.99));
    store_close(&s, NULL);
    vault_free(&v);
    return 0;
}
