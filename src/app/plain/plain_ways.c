/* plain_ways.c - each action of the screen beside its word in line mode, or why there is none. docs/keys.md
 * prints it. */
#include "plain_priv.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

const struct plain_way plain_ways[] = {
    /* moving */
    { "up", INSTEAD, N_("Lists are read line by line; a number or a word chooses.") },
    { "down", INSTEAD, N_("Lists are read line by line; a number or a word chooses.") },
    { "left", INSTEAD, N_("Lists are read line by line; a number or a word chooses.") },
    { "right", INSTEAD, N_("Lists are read line by line; a number or a word chooses.") },
    { "page-up", INSTEAD, N_("Lists are read line by line; a number or a word chooses.") },
    { "page-down", IN_IT, N_(":more") },          /* every list of more than 24 lines is read in parts */
    { "first", INSTEAD, N_("Enter reads the list again from its first line.") },
    { "last", INSTEAD, N_("Enter reads the list again from its first line.") },
    { "next-field", INSTEAD, N_("Questions come one after the other.") },
    { "previous-field", IN_IT, N_(":back") },
    { "mark", INSTEAD, N_("Where lines can be marked, the number of a line marks it.") },
    { "open", INSTEAD, N_("The number or the word of a line opens it.") },
    { "back", IN_IT, N_(":back") },
    { "help", AT_MENU, N_(":help") },
    { "redraw", INSTEAD, N_("Nothing is drawn. Enter reads the list again.") },
    /* where to go */
    { "today", AT_MENU, N_(":today") }, { "people", AT_MENU, N_(":people") },
    { "referrals", AT_MENU, N_(":referrals") },
    { "directory", AT_MENU, N_(":directory") }, { "call-list", AT_MENU, N_(":call-list") },
    { "gaps", AT_MENU, N_(":gaps") },
    { "supervision", AT_MENU, N_(":supervision") }, { "paperwork", AT_MENU, N_(":paperwork") },
    { "forget-minutes", IN_IT, N_(":forget") }, { "same-value", IN_IT, N_(":same") },
    { "caseload", AT_MENU, N_(":caseload") }, { "hand-cases", IN_IT, N_(":hand") },
    { "only-own", AT_MENU, N_(":only-own") },
    { "conflicts", AT_MENU, N_(":conflicts") }, { "open-handover", AT_MENU, N_(":open-handover") },
    { "laptops", AT_MENU, N_(":laptops") }, { "ways-in", AT_MENU, N_(":ways-in") },
    { "retention", AT_MENU, N_(":retention") }, { "settings", AT_MENU, N_(":settings") },
    { "menu", INSTEAD, N_("The main menu is the first list; < goes back to it.") },
    { "command", INSTEAD, N_("The names of actions are words of the lists themselves.") },
    { "search", AT_MENU, N_(":people") }, { "filter", AT_MENU, N_(":directory :search") },
    { "another-place", AT_MENU, N_(":directory :search") },
    { "one-offer", AT_MENU, N_(":directory :search") }, { "own-offer", AT_MENU, N_(":directory :search") },
    { "one-entry", AT_MENU, N_(":directory :search") },
    { "same-assets", AT_MENU, N_(":same-assets") }, { "gap-table", AT_MENU, N_(":gap-table") },
    { "reports", AT_MENU, N_(":reports") },
    { "save-report", IN_IT, N_(":save") }, { "exact-counts", IN_IT, N_(":exact") },
    { "outbox", AT_MENU, N_(":outbox") },
    { "seal", INSTEAD,
      N_("In the outbox the number of a destination says what would leave, and asks whether to seal it.") },
    { "send", IN_IT, N_(":send") }, { "fetch-receipts", IN_IT, N_(":receipts") },
    { "new-policy", INSTEAD,
      N_("In the outbox the number of a destination says what a new policy would change, and asks whether to adopt it.") },
    { "host-key", INSTEAD, N_("In the outbox the number of a destination asks whether to see the key of its server.") },
    { "tip-away", INSTEAD, N_("Line mode gives no tips; its lists say what can be typed.") },
    /* safety */
    { "something-serious", AT_MENU, N_(":serious") },
    { "write-note", INSTEAD, N_("After what to do and whom to ring you are asked whether to write a note.") },
    { "lock", AT_MENU, N_(":lock") },
    { "privacy", INSTEAD, N_("What was said stays in the terminal: lock, and close its window.") },
    { "reveal", AT_PERSON, N_(":reveal") }, { "mark-meaning", AT_PERSON, N_(":mark") },
    /* doing */
    { "add", AT_MENU, N_(":add") }, { "edit", IN_IT, N_(":edit") }, { "bin", IN_IT, N_(":bin") },
    { "as-it-was", AT_PERSON, N_(":as-it-was") }, { "merge", AT_PERSON, N_(":merge") },
    { "history", IN_IT, N_(":history") },
    { "unmerge", AT_PERSON, N_(":unmerge") },
    { "show-bin", AT_MENU, N_(":bin-list") },
    { "restore", INSTEAD, N_("In the bin the number of a line takes it out again.") }, { "undo", AT_MENU, N_(":undo") },
    { "again", INSTEAD, N_("The word of a step is as short as a key; type it again on the next person.") },
    { "missing", AT_PERSON, N_(":missing") },
    { "most-urgent", INSTEAD, N_("In Today the number 1 is the most urgent.") },
    { "decide", AT_PERSON, N_(":decide") }, { "conversation", AT_PERSON, N_(":conversation") },
    { "plan", AT_PERSON, N_(":plan") },
    { "connect", AT_PERSON, N_(":connect") }, { "gap", AT_PERSON, N_(":gap") },
    { "contact", AT_PERSON, N_(":contact") },
    { "measure", AT_PERSON, N_(":measure") }, { "review", AT_PERSON, N_(":review") },
    { "consent", AT_PERSON, N_(":consent") },
    { "equality", AT_PERSON, N_(":equality") }, { "close-episode", AT_PERSON, N_(":close-episode") },
    { "reopen-episode", AT_PERSON, N_(":reopen-episode") }, { "feedback-sent", AT_PERSON, N_(":feedback-sent") },
    { "print-plan", AT_PERSON, N_(":print-plan") }, { "letter", AT_PERSON, N_(":letter") },
    { "hold-records", AT_PERSON, N_(":hold-records") }, { "forget-list", AT_PERSON, N_(":forget-list") }, { "forget", AT_PERSON, N_(":forget") },
    { "save-page", IN_IT, N_(":pdf") }, { "call", IN_IT, N_(":call") }, { "notes", AT_PERSON, N_(":notes") },
    { "take-words", INSTEAD, N_("In talk notes whole sentences are filed.") },
    { "take-sentence", INSTEAD, N_("In talk notes the number of a sentence files it.") },
    { "file-words", INSTEAD, N_("In talk notes the number of a sentence files it.") },
    /* in a form */
    { "file-form", IN_IT, N_(":file") }, { "next", INSTEAD, N_("Enter leaves an answer as it is and goes on.") },
    { "no-answer", INSTEAD, N_("- at a question asks why there is no answer.") },
    { "prompts", INSTEAD, N_("? at a question reads more of it.") },
    { "add-another", INSTEAD, N_("After each goal or action you are asked whether there is another.") },
    { "remove-this", IN_IT, N_(":remove") },
    { "mark-plan", AT_PERSON, N_(":review") }, { "withdraw", AT_PERSON, N_(":consent") },
    { "hand-over", INSTEAD,
      N_("A form is given to the person on a screen; in line mode read it out, or start dolen without --plain.") },
    { "make-handover", AT_PERSON, N_(":make-handover") }, { "discard-draft", IN_IT, N_(":discard") },
    { "view-changes", IN_IT, N_(":view") },
    { "choose", INSTEAD, N_("A number or a word chooses.") },
    /* the program */
    { "language", AT_MENU, N_(":language") },
    { "suspend", INSTEAD, N_("Ctrl-Z locks and goes back to the shell here too.") },
    { "recovery-test", AT_MENU, N_(":recovery-test") }, { "quit", AT_MENU, N_(":quit") },
    /* drills; the menu shows them in a training case file only */
    { "drills", IN_IT, N_(":drills") }, { "drill-talk", IN_IT, N_(":talk") }, { "drill-done", IN_IT, N_(":debrief") },
    { "drill-open", INSTEAD, N_("The number of a drill starts it.") },
    { "drill-debrief", INSTEAD, N_("dolen drill score reads the debrief of the last time.") },
    { "drill-replay", INSTEAD, N_("dolen drill replay reads it step by step.") },
    { "drill-set", INSTEAD, N_("dolen drill set, for trainers.") },
    { "drill-group", INSTEAD, N_("dolen drill compare, for trainers.") },
    { "say", INSTEAD, N_("The number of what you would say says it.") },
    { "replay-next", INSTEAD, N_("dolen drill replay reads it step by step.") },
    { "replay-before", INSTEAD, N_("dolen drill replay reads it step by step.") },
    { "replay-step", INSTEAD, N_("dolen drill replay reads it step by step.") },
    { "run-on", INSTEAD, N_("dolen drill replay reads it step by step.") },
    { "keys-or-steps", INSTEAD, N_("dolen drill replay reads it step by step.") },
    { "drill-pause", IN_IT, N_(":pause") }, { "drill-leave", IN_IT, N_(":leave") },
};
const size_t plain_ways_count = ARRAY_LEN(plain_ways);

const struct plain_way *plain_way_of(const char *action)
{
    for (size_t i = 0; i < plain_ways_count; i++)
        if (str_eq(plain_ways[i].action, action))
            return &plain_ways[i];
    return NULL;
}
