/* fuzz_drill.c - hostile drills: the whole input is a definition. What parses is linted, played to its end and judged.
 *
 * With clang: -fsanitize=fuzzer,address,undefined.
 * The shipped drills are its seeds (tests/fuzz.sh). */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/drill/drill_judge.h"
#include "dolen/forms/catalog.h"
#include "dolen/forms/lint.h"

#define STEPS     60
#define LINT_MOST 4096                  /* bytes: lint walks every state, and that takes its time */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hear(void *ctx, enum drill_voice voice, const char *text)
{
    *(size_t *) ctx += (size_t) voice + strlen(text);
}

/* Every step takes another of the ways that are open; when there are none a form is filed. */
static void play(const struct drill *d, uint64_t seed)
{
    static const char *const forms[] = { "connection", "contact", "conversation", "plan", "gap" };
    struct drill_play *p = drill_play_new(d, seed);
    struct drill_folder none = { NULL, 0, 0, -1 };
    struct drill_score score;
    size_t heard = 0;

    drill_play_hear(p, -1, hear, &heard);
    for (int i = 0; i < STEPS; i++) {
        int order[DRILL_OFFERS_MAX];
        size_t n = drill_play_offers(p, order);
        const struct drill_turn *t = &d->turns[drill_play_state(p)->turn];

        if (n == 0 || i % 9 == 8)
            drill_play_filed(p, forms[(seed + (uint64_t) i) % ARRAY_LEN(forms)], ID_NONE, 2);
        else if (drill_play_say(p, t->offers[order[(seed + (uint64_t) i) % n]].id, NULL) != ST_OK)
            abort();                    /* what is on offer can be said */
        drill_play_hear(p, i, hear, &heard);
    }
    drill_judge(p, &none, &score);
    if (score.points < 0 || drill_percent(&score) > 100)
        abort();
    drill_folder_release(&none);
    drill_play_free(&p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *) data;
    struct drill *d = NULL;

    if (size <= LINT_MOST) {
        struct catalog *cat = catalog_new("forms", NULL);
        struct findings found = FINDINGS_INIT;

        lint_bytes("fuzz.yaml", text, size, cat, &found);
        findings_release(&found);
        catalog_free(&cat);
    }
    if (drill_parse(&d, "fuzz.yaml", text, size, NULL) == ST_OK) {
        struct json *answers = d->paper_count ? drill_answers(&d->papers[0], LANG_CY, (struct date) { 2026, 3, 9 }) : NULL;

        json_free(&answers);
        play(d, size);
        play(d, size * 7 + 3);
    }
    drill_free(&d);
    return 0;
}
