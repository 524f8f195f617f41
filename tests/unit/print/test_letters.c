/* Letters to referrers: what they say, and above all what they never do. */
#include "paper_world.h"

#include "dolen/base/file.h"
#include "dolen/print/letter.h"

static struct letter_def *shipped_words(void)
{
    struct letter_def *d = NULL;
    struct buf text = BUF_INIT;

    assert_ok(file_read(&text, "forms/letters/feedback.yaml", 1u << 20, &err_));
    assert_ok(letter_parse(&d, "forms/letters/feedback.yaml", buf_text(&text), text.len, &err_));
    buf_release(&text);
    return d;
}

static char *letter_in(struct fixture *f, const struct world *w, const struct letter_def *words, enum lang lang,
                       enum status want)
{
    struct letter_ask ask = { .words = words, .referral = w->referral, .lang = lang, .today = { 2026, 3, 9 },
                              .from = "Gwen Ymarfer", .organisation = "Dolen Practice Service" };
    struct letter l;
    enum status st = letter_make(&l, f->store, &ask, &err_);
    char *s = NULL;

    if (st != want)
        fail_msg("%s in place of %s: %s", status_word(st), status_word(want), err_text(&err_));
    if (st == ST_OK)
        s = all_of(l.document);
    letter_release(&l);
    return s;
}

static char *letter_of(struct fixture *f, const struct world *w, enum status want)
{
    struct letter_def *words = shipped_words();
    char *s = letter_in(f, w, words, LANG_EN, want);

    letter_def_free(&words);
    return s;
}

static void letter_without_permission_says_only_whether_seen(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    char *s = letter_of(f, &w, ST_OK);

    assert_in(s, "To: Dr Catrin Puw");
    assert_in(s, "About: Eirlys Prŵs");
    assert_in(s, "Our service has met or talked with the person.");
    assert_not_in(s, "accepted the referral");
    assert_not_in(s, "Sing by the river");
    assert_safe(s);
    free(s);
}

static void letter_with_permission_says_what_happened(void **state)
{
    static const char *const names[] = { "Dr Catrin Puw", "meddygfa'r bont", "Dr Catrin Puw, Meddygfa'r Bont",
                                         "Meddygfa'r Bont (Dr Catrin Puw)" };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct world w = make(f, false, "ACCEPTED");
        char *s;

        consent(f, &w, names[i], "FEEDBACK", "GIVEN", "YES");
        s = letter_of(f, &w, ST_OK);
        assert_in(s, "We accepted the referral.");
        assert_in(s, "- Sing by the river");
        assert_safe(s);
        free(s);
    }
}

static void permission_for_another_one_or_in_doubt_does_not_count(void **state)
{
    static const struct { const char *recipient, *purpose, *understood; } cases[] = {
        { "Dr Catrin", "FEEDBACK", "YES" }, { "Dr Catrin Puw Jones", "FEEDBACK", "YES" }, { "Canu ger yr afon", "FEEDBACK", "YES" },
        { "Dr Catrin Puw", "REFER", "YES" }, { "Dr Catrin Puw", "FEEDBACK", "DOUBT" },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct world w = make(f, false, "ACCEPTED");
        char *s;

        consent(f, &w, cases[i].recipient, cases[i].purpose, "GIVEN", cases[i].understood);
        s = letter_of(f, &w, ST_OK);
        assert_not_in(s, "accepted the referral");
        assert_not_in(s, "Sing by the river");
        free(s);
    }
}

static void permission_that_another_laptop_contradicts_counts_once_it_is_settled(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    struct records all = { NULL, 0, 0 };
    struct record d;
    char *s;

    consent(f, &w, "Dr Catrin Puw", "FEEDBACK", "GIVEN", "YES");
    assert_int_equal(store_list(f->store, LIST_CONSENTS_OF_PERSON, w.person, 1, &all, NULL), ST_OK);
    record_init(&d, T_DIFFERENCE);
    record_set_id(&d, DIFFERENCE_person, w.person);
    record_set_id(&d, DIFFERENCE_subject, all.items[0].id);
    record_set(&d, DIFFERENCE_entity, "consent");
    record_set(&d, DIFFERENCE_field, "state");
    record_set(&d, DIFFERENCE_theirs, "\"WITHDRAWN\"");
    records_release(&all);
    assert_int_equal(store_put(f->store, &d, NULL, NULL), ST_OK);
    s = letter_of(f, &w, ST_OK);
    assert_not_in(s, "accepted the referral");
    free(s);
    record_set(&d, DIFFERENCE_settled, "MINE");
    put(f, &d);
    s = letter_of(f, &w, ST_OK);
    assert_in(s, "We accepted the referral.");
    free(s);
}

static void no_letter_after_a_no_unless_the_referral_goes_back(void **state)
{
    static const char *const no[] = { "REFUSED", "WITHDRAWN" };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(no); i++) {
        struct world w = make(f, false, "ACCEPTED"), back = make(f, false, "CLINICAL");
        char *s;

        consent(f, &w, "Dr Catrin Puw", "FEEDBACK", no[i], "YES");
        consent(f, &back, "Dr Catrin Puw", "FEEDBACK", no[i], "YES");
        letter_of(f, &w, ST_REFUSED);
        s = letter_of(f, &back, ST_OK);
        assert_in(s, "We are returning the referral to you");
        assert_not_in(s, "met or talked");
        assert_safe(s);
        free(s);
    }
}

static void every_decision_has_a_letter_that_tells_no_reason(void **state)
{
    static const char *const decisions[] = { "ACCEPTED", "WAITING", "DECLINED", "NOT_ELIGIBLE", "CLINICAL", "RETURNED",
                                             "SERIOUS_FIRST", "NO_CONTACT", "DUPLICATE" };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(decisions); i++)
        for (int is_protected = 0; is_protected < 2; is_protected++)
            for (int agreed = 0; agreed < 2; agreed++) {
                struct world w = make(f, is_protected, decisions[i]);
                char *s;

                if (agreed)
                    consent(f, &w, "Dr Catrin Puw", "FEEDBACK", "GIVEN", "YES");
                s = letter_of(f, &w, ST_OK);
                assert_safe(s);
                assert_not_in(s, "linical");
                assert_not_in(s, "erious");
                if (is_protected || !agreed)
                    assert_not_in(s, "Sing by the river");
                free(s);
            }
}

static void no_letter_without_decision_or_referrer(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, NULL);
    struct record r;

    letter_of(f, &w, ST_REFUSED);
    record_init(&r, T_REFERRAL);
    record_set_id(&r, REFERRAL_person, w.person);
    record_set(&r, REFERRAL_decision, "ACCEPTED");
    w.referral = put(f, &r);
    letter_of(f, &w, ST_REFUSED);
    record_init(&r, T_REFERRAL);
    record_set_id(&r, REFERRAL_person, w.person);
    record_set(&r, REFERRAL_route, "SELF");
    record_set(&r, REFERRAL_decision, "ACCEPTED");
    w.referral = put(f, &r);
    letter_of(f, &w, ST_REFUSED);
}

static void family_of_a_protected_person_get_no_letter_unasked(void **state)
{
    struct fixture *f = *state;
    struct world w = { .person = add_person(f, true) };
    struct record r;
    char *s;

    record_init(&r, T_REFERRAL);
    record_set_id(&r, REFERRAL_person, w.person);
    record_set(&r, REFERRAL_route, "SELF");
    record_set(&r, REFERRAL_source, "FAMI");
    record_set(&r, REFERRAL_referrer_name, "Huw Prŵs");
    record_set(&r, REFERRAL_decision, "ACCEPTED");
    w.referral = put(f, &r);
    letter_of(f, &w, ST_REFUSED);
    consent(f, &w, "Huw Prŵs", "FEEDBACK", "GIVEN", "YES");
    s = letter_of(f, &w, ST_OK);
    assert_safe(s);
    free(s);
}

/* Every fact, bare and turned round: in every paragraph that could carry it, with the widest conditions there are. */
static const char hostile[] =
    "letter: hostile\nversion: 1\ntitle: {en: A letter, cy: Llythyr}\nparagraphs:\n"
    "  - line: {en: 'Ended:', cy: 'Ended:'}\n    value: ended_on\n"
    "  - line: {en: 'To:', cy: 'To:'}\n    value: referrer\n"
    "  - text: {en: 'ended ${ended_on}', cy: 'ended ${ended_on}'}\n"
    "  - bullet: {en: 'place ${place}', cy: 'place ${place}'}\n    when: \"missing(${decision}) or 1 = 1\"\n"
    "  - text: {en: 'has places', cy: 'has places'}\n    when: \"count(${place}) > 0\"\n"
    "  - text: {en: 'is accepted', cy: 'is accepted'}\n    when: \"${decision} = 'ACCEPTED'\"\n"
    "  - text: {en: 'not returned', cy: 'not returned'}\n    when: \"not(${decision} = 'RETURNED')\"\n"
    "  - text: {en: 'has a decision', cy: 'has a decision'}\n    when: \"not(missing(${decision}))\"\n"
    "  - text: {en: 'is clinical', cy: 'is clinical'}\n    when: \"${decision} = 'CLINICAL'\"\n"
    "  - text: {en: 'other return', cy: 'other return'}\n"
    "    when: \"string-length(${decision}) > 0 and not(regex(${decision}, '[ACDNRW].*'))\"\n"
    "  - text: {en: 'went well', cy: 'went well'}\n    when: \"coalesce(${outcome}, '') = 'GOALS_MET'\"\n"
    "  - text: {en: 'some outcome', cy: 'some outcome'}\n    when: \"not(missing(${outcome}))\"\n"
    "  - text: {en: 'agreed to it', cy: 'agreed to it'}\n    when: \"${agreed} = 'YES'\"\n"
    "  - text: {en: 'was seen', cy: 'was seen'}\n    when: \"not(missing(${seen}))\"\n"
    "  - text: {en: '${person} ${referrer} ${organisation} ${practitioner} ${service} ${received_on} ${today}', "
    "cy: '${person} ${referrer} ${organisation} ${practitioner} ${service} ${received_on} ${today}'}\n";

static void close_episode(struct fixture *f, const struct world *w, const char *reason)
{
    struct record e;

    record_init(&e, T_EPISODE);
    assert_ok(store_get(f->store, T_EPISODE, w->episode, &e, &err_));
    record_set(&e, EPISODE_closed_on, "2026-03-07");
    record_set(&e, EPISODE_reason, reason);
    put(f, &e);
}

static void a_hostile_template_lets_out_nothing_that_consent_forbids(void **state)
{
    static const char *const decisions[] = { "ACCEPTED", "WAITING", "DECLINED", "NOT_ELIGIBLE", "CLINICAL", "RETURNED",
                                             "SERIOUS_FIRST", "NO_CONTACT", "DUPLICATE" };
    static const char *const states[] = { NULL, "GIVEN", "REFUSED", "WITHDRAWN" };
    struct fixture *f = *state;
    struct letter_def *words = NULL;

    assert_ok(letter_parse(&words, "hostile.yaml", hostile, strlen(hostile), &err_));
    for (size_t i = 0; i < ARRAY_LEN(decisions) * ARRAY_LEN(states) * 2; i++) {
        const char *decision = decisions[i / 8], *asked = states[i / 2 % 4];
        bool hidden = i % 2, agreed = str_eq(asked, "GIVEN"), said_no = asked && !agreed, returns = i / 8 >= 3 && i / 8 <= 6;
        struct world w = make(f, hidden, decision);
        char *s;

        close_episode(f, &w, "GOALS_MET");
        if (asked)
            consent(f, &w, "Dr Catrin Puw", "FEEDBACK", asked, "YES");
        s = letter_in(f, &w, words, LANG_EN, said_no && !returns ? ST_REFUSED : ST_OK);
        if (!s)
            continue;
        assert_safe(s);
        assert_in(s, "Eirlys Prŵs Dr Catrin Puw");
        assert_not_in(s, "other return");
        if (hidden || !agreed)
            assert_not_in(s, "Sing by the river"), assert_not_in(s, "has places");
        else
            assert_in(s, "place Sing by the river"), assert_in(s, "has places");
        if (!agreed)
            for (const char *const *p = (const char *const []) { "7 March", "is accepted", "not returned", "is clinical",
                                                                 "went well", "some outcome", "agreed to it", NULL }; *p; p++)
                assert_not_in(s, *p);
        else
            assert_in(s, "ended Saturday 7 March 2026"), assert_in(s, "went well");
        if (!agreed && !returns)
            assert_not_in(s, "has a decision");
        if (returns)
            assert_not_in(s, "was seen"), assert_in(s, "has a decision");
        free(s);
    }
    letter_def_free(&words);
}

/* What a person's end with us was is told by a few codes; where they went, that they died, and a code of the service's own
 * are not among them. */
static void reasons_for_an_end_that_are_nobodys_business_are_not_told(void **state)
{
    static const char *const kept[] = { "MOVED", "STATUTORY", "DIED", "NOT_APPROPRIATE", "SAFEGUARDING" };
    struct fixture *f = *state;
    struct letter_def *words = NULL;

    assert_ok(letter_parse(&words, "hostile.yaml", hostile, strlen(hostile), &err_));
    for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
        struct world w = make(f, false, "ACCEPTED");
        char *s;

        close_episode(f, &w, kept[i]);
        consent(f, &w, "Dr Catrin Puw", "FEEDBACK", "GIVEN", "YES");
        s = letter_in(f, &w, words, LANG_EN, ST_OK);
        assert_in(s, "is accepted");
        assert_not_in(s, "some outcome");
        free(s);
    }
    letter_def_free(&words);
}

static void a_template_that_names_anything_else_is_refused(void **state)
{
    static const struct { const char *block, *place, *says; } wrong[] = {
        { "text: {en: 'Ring ${phone}', cy: 'x'}", "x.yaml:5:22", "phone" },
        { "text: {en: x, cy: 'Ffoniwch ${person.phone}'}", "x.yaml:5:33", "person.phone" },
        { "text: {en: x, cy: x}\n    when: \"${concern} = 'YES'\"", "x.yaml:6:12", "concern" },
        { "text: {en: x, cy: x}\n    when: \"${decision} = 'SERIOUS_FIRST'\"", "x.yaml:6:26", "SERIOUS_FIRST" },
        { "text: {en: x, cy: x}\n    when: \"${place} = 'x'\"", "x.yaml:6:12", "place" },
        { "text: {en: 'It was ${decision}', cy: x}", "x.yaml:5:24", "decision" },
        { "line: {en: 'Phone:', cy: 'Rhif:'}\n    value: phone", "x.yaml:6:12", "phone" },
        { "line: {en: 'What:', cy: 'Beth:'}\n    value: decision", "x.yaml:6:12", "decision" },
        { "text: {en: 'Dear ${referrer', cy: x}", "x.yaml:5:22", "${" },
        { "text: {en: x, cy: x}\n    heading: {en: x, cy: x}", "x.yaml:5:5", "paragraphs" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        char *yaml = xasprintf("letter: x\nversion: 1\ntitle: {en: A, cy: B}\nparagraphs:\n  - %s\n", wrong[i].block);
        struct letter_def *d = NULL;
        struct err err = { .st = ST_OK };

        assert_int_equal(letter_parse(&d, "x.yaml", yaml, strlen(yaml), &err), ST_INVALID);
        assert_null(d);
        if (!strstr(err_text(&err), wrong[i].place) || !strstr(err_text(&err), wrong[i].says))
            fail_msg("%s: %s", wrong[i].block, err_text(&err));
        free(yaml);
    }
}

static void a_name_in_the_title_is_refused(void **state)
{
    static const char yaml[] = "letter: x\nversion: 1\ntitle: {en: '${person}', cy: B}\nparagraphs:\n  - text: {en: x, cy: x}\n";
    struct letter_def *d = NULL;

    (void) state;
    assert_int_equal(letter_parse(&d, "x.yaml", yaml, strlen(yaml), &err_), ST_INVALID);
}

/* The whole of it, as it is read: what the template gives in each language, in its order. */
static void the_shipped_letter_reads_whole_in_both_languages(void **state)
{
    static const char *const want[LANG_COUNT] = {
        [LANG_EN] = "Feedback to the referrer\nDate: %s\nTo: Dr Catrin Puw\nOrganisation: Meddygfa'r Bont\n"
            "About: Eirlys Prŵs\nYour referral of: %s\n\n"
            "Thank you for this referral. This is to tell you what came of it.\n\nWhat happened\n"
            "We accepted the referral.\n\nOur service has met or talked with the person.\n\nTogether we found:\n\n"
            "- Sing by the river\n\nOur work together ended on: %s\n\n"
            "Some of the goals of the plan were met.\n\nWith best wishes,\n\nGwen Ymarfer\n\nDolen Practice Service\n",
        [LANG_CY] = "Adborth i'r atgyfeiriwr\nDyddiad: %s\nAt: Dr Catrin Puw\nSefydliad: Meddygfa'r Bont\n"
            "Ynghylch: Eirlys Prŵs\nDyddiad eich atgyfeiriad: %s\n\n"
            "Diolch am yr atgyfeiriad hwn. Dyma roi gwybod i chi beth ddaeth ohono.\n\nBeth ddigwyddodd\n"
            "Rydym wedi derbyn yr atgyfeiriad.\n\nMae ein gwasanaeth wedi cwrdd neu siarad â'r person.\n\n"
            "Gyda'n gilydd, cawsom hyd i:\n\n- Canu ger yr afon\n\n"
            "Daeth ein gwaith gyda'n gilydd i ben ar: %s\n\n"
            "Cyrhaeddwyd rhai o nodau'r cynllun.\n\nGyda dymuniadau gorau,\n\nGwen Ymarfer\n\nDolen Practice Service\n",
    };
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    struct letter_def *words = shipped_words();

    close_episode(f, &w, "PARTLY_MET");
    consent(f, &w, "Dr Catrin Puw", "FEEDBACK", "GIVEN", "YES");
    for (int l = 0; l < LANG_COUNT; l++) {
        struct letter_ask ask = { .words = words, .referral = w.referral, .lang = (enum lang) l, .today = { 2026, 3, 9 },
                                  .from = "Gwen Ymarfer", .organisation = "Dolen Practice Service" };
        struct date_text written, received, ended;
        struct buf text = BUF_INIT, whole = BUF_INIT;
        struct letter letter;

        lang_set((enum lang) l);
        written = date_show_long(ask.today);
        received = date_show_long((struct date) { 2026, 2, 3 });
        ended = date_show_long((struct date) { 2026, 3, 7 });
        lang_set(LANG_EN);
        for (const char *p = want[l], *days[] = { written.s, received.s, ended.s }, **day = days; *p; p++)
            if (p[0] == '%' && p[1] == 's')
                buf_add(&whole, *day++), p++;
            else
                buf_add_char(&whole, *p);

        assert_ok(letter_make(&letter, f->store, &ask, &err_));
        document_text(letter.document, 200, &text);
        assert_string_equal(buf_text(&text), buf_text(&whole));
        letter_release(&letter);
        buf_release(&text);
        buf_release(&whole);
    }
    letter_def_free(&words);
}

#define on_a_store(t) cmocka_unit_test_setup_teardown(t, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        on_a_store(letter_without_permission_says_only_whether_seen),
        on_a_store(letter_with_permission_says_what_happened),
        on_a_store(permission_for_another_one_or_in_doubt_does_not_count),
        on_a_store(permission_that_another_laptop_contradicts_counts_once_it_is_settled),
        on_a_store(no_letter_after_a_no_unless_the_referral_goes_back),
        on_a_store(every_decision_has_a_letter_that_tells_no_reason),
        on_a_store(no_letter_without_decision_or_referrer),
        on_a_store(family_of_a_protected_person_get_no_letter_unasked),
        on_a_store(a_hostile_template_lets_out_nothing_that_consent_forbids),
        on_a_store(reasons_for_an_end_that_are_nobodys_business_are_not_told),
        cmocka_unit_test(a_template_that_names_anything_else_is_refused),
        cmocka_unit_test(a_name_in_the_title_is_refused),
        on_a_store(the_shipped_letter_reads_whole_in_both_languages),
    };

    lang_start();
    lang_set(LANG_EN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
