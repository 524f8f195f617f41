/* change_why.c - why a change was made, in words: what the program writes beside a change, and what people typed. */
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/views.h"
#include "dolen/base/banned.h"

/* "phone, email": columns that safe contact covers, in words. */
static void revealed_words(const char *columns, struct buf *out)
{
    static const struct {
        const char *column, *label;
    } known[] = {
        { "phone", N_("Phone") }, { "phone2", N_("Second phone") }, { "email", N_("Email") },
        { "address", N_("Address") },
        { "postcode", N_("Postcode") }, { "emergency_phone", N_("Emergency contact: phone") },
    };

    for (size_t n; *(columns += strspn(columns, ", ")); columns += n) {
        char *one = xstrndup(columns, n = strcspn(columns, ", "));
        const char *label = one;

        for (size_t i = 0; i < ARRAY_LEN(known); i++)
            if (str_eq(known[i].column, one))
                label = tr(known[i].label);
        buf_addf(out, " %s", label);
        if (columns[n])
            buf_add_char(out, ',');
        free(one);
    }
}

/* The name of its template; the hash behind it (app/letters.c) is nothing to read. */
static void letter_words(const char *name, struct buf *out)
{
    int n = (int) strcspn(name, " ");

    if (n == 8 && strncmp(name, "feedback", 8) == 0)
        buf_add(out, _("Letter made: feedback"));
    else
        buf_addf(out, "%s %.*s", _("Letter made:"), n, name);
}

/* Reasons that the program writes are told in words; others stand as they were typed. */
void change_why_words(const char *why, struct buf *out)
{
    static const char revealed[] = "revealed: ", letter[] = "letter: ";
    static const struct {
        const char *why, *words;
    } known[] = {
        { "undo", N_("Taken back") }, { "binned", N_("Put in the bin") }, { "restored", N_("Taken out of the bin") },
        { "reopened", N_("Opened again") }, { "merged", N_("Two records joined") },
        { "one entry", N_("Two entries of the directory became one") },
        { "another place", N_("The same offer at another place") },
        { "places of one offer", N_("The same offer at other places") },
        { "an offer of its own", N_("It is an offer of its own") },
        { "answer taken away", N_("Answer taken away") }, { "taken back", N_("Taken back") },
        { "unmerged", N_("Two records parted") },
        { "handed over", N_("Handed to a colleague") }, { "two laptops", N_("A difference between two laptops") },
        { "discarded", N_("Draft put aside") }, { "taken out of the plan", N_("Taken out of the plan") },
        { "opened", N_("Guidance opened") }, { "closed", N_("Closed") }, { "forgotten", N_("Forgotten for good") },
        { "access pack made", N_("Copy of the record made for the person") },
        { "access pack made, reviewed", N_("Copy of the record made for the person, reviewed") },
        { "plan made", N_("Copy of the plan made for the person") },
        { "import undone", N_("Import taken back") },
    };
    static const struct {
        const char *begins, *words;     /* the rest is a name, and stays */
    } named[] = {
        { "from another laptop: ", N_("From another laptop:") }, { "import ", N_("Imported, batch") },
        { "form upgrade ", N_("Brought over to the form in use:") },
    };

    if (str_starts(why, revealed)) {
        buf_add(out, _("Shown on the screen:"));
        revealed_words(why + strlen(revealed), out);
        return;
    }
    if (str_starts(why, letter)) {
        letter_words(why + strlen(letter), out);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq(known[i].why, why)) {
            buf_add(out, tr(known[i].words));
            return;
        }
    for (size_t i = 0; i < ARRAY_LEN(named); i++)
        if (str_starts(why, named[i].begins)) {
            buf_addf(out, "%s %s", tr(named[i].words), why + strlen(named[i].begins));
            return;
        }
    buf_add(out, why);
}

const char *change_note_label(const char *entity)
{
    return str_eq(entity, "handover") ? _("Sealed for another laptop") : NULL;
}
