/* ui/actions.c - the rows. Keys are chosen so that every action has a plain letter or the ':' way: many laptops hide the
 * F-keys behind Fn. */
#include "dolen/ui/actions.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define ON_PERSON (IN_PERSON | IN_PEOPLE | IN_TODAY | IN_REFERRALS)

const struct action actions[] = {
    /* where to go */
    { ACT_TODAY, "today", N_("Today"), N_("Today: what is due"), "t", IN_EVERYWHERE, 0 },
    { ACT_PEOPLE, "people", N_("People"), N_("People: search and list"), "p", IN_EVERYWHERE, 0 },
    { ACT_REFERRALS, "referrals", N_("Inbox"), N_("Referrals waiting for a decision"), "i", IN_EVERYWHERE, 0 },
    { ACT_DIRECTORY, "directory", N_("Directory"), N_("Community assets"), "A", IN_EVERYWHERE, 0 },
    { ACT_CALL_LIST, "call-list", N_("Call list"), N_("Whom to ring: assets in use, the one out of date longest first"), "R",
      IN_EVERYWHERE, 0 },
    { ACT_GAPS, "gaps", NULL, N_("Unmet needs recorded so far"), "", IN_EVERYWHERE, 0 },
    { ACT_SUPERVISION, "supervision", NULL, N_("Your supervision: when, with whom, which topics"), "", IN_EVERYWHERE, 0 },
    { ACT_CASELOAD, "caseload", NULL, N_("Whose open cases are whose, and handing them to a colleague"), "", IN_EVERYWHERE, 0 },
    { ACT_SETTINGS, "settings", NULL, N_("Settings of this program"), "", IN_EVERYWHERE, 0 },
    { ACT_MENU, "menu", N_("Menu"), N_("Everything that can be done here"), "m F10", IN_EVERYWHERE, 0 },
    { ACT_COMMAND, "command", NULL, N_("Type the name of an action"), ":", IN_EVERYWHERE, 0 },
    { ACT_SEARCH, "search", N_("Search"), N_("Search names, postcode, phone, NHS number, assets and notes"), "/",
      IN_EVERYWHERE, 0 },
    { ACT_FILTER, "filter", N_("Find by"), N_("Find by need, place, day, cost, access or language"), "f", IN_DIRECTORY, 0 },
    { ACT_ASSETS_SAME, "same-assets", N_("Twice?"), N_("Entries of the directory that may be there twice"), "=",
      IN_EVERYWHERE, 0 },
    { ACT_GAP_TABLE, "gap-table", N_("By quarter"), N_("Unmet need by quarter, kind of asset and reason"), "#", IN_EVERYWHERE,
      0 },
    { ACT_REPORTS, "reports", N_("Reports"), N_("Figures on your own caseload; small numbers are kept back"), "", IN_EVERYWHERE, 0 },
    { ACT_REPORT_SAVE, "save-report", N_("Save"), N_("Save the report as a web page, a workbook, CSV or text"), "s", IN_REPORTS, 0 },
    { ACT_REPORT_EXACT, "exact-counts", N_("Exact"), N_("Exact counts on this screen, or as it is given out"), "E", IN_REPORTS, 0 },
    { ACT_OUTBOX, "outbox", N_("Outbox"), N_("Outbox: what has arrived where, and what has not"), "X", IN_EVERYWHERE, 0 },
    { ACT_OUTBOX_SEAL, "seal", N_("Seal"), N_("See what would leave for this destination, then seal it"), "s", IN_OUTBOX, 0 },
    { ACT_OUTBOX_SEND, "send", N_("Send"), N_("Send what is sealed, and read the receipts that lie there"), "S", IN_OUTBOX, 0 },
    { ACT_OUTBOX_FETCH, "fetch-receipts", N_("Receipts"), N_("Only read the receipts that lie there"), "r", IN_OUTBOX, 0 },
    { ACT_TIP_AWAY, "tip-away", NULL, N_("Put the tip of this screen away for good"), "z Ctrl-G", IN_EVERYWHERE, 0 },
    /* safety */
    { ACT_SERIOUS, "something-serious", N_("Serious"), N_("Something serious: what to do, whom to ring"), "F2 !",
      IN_EVERYWHERE | IN_LOCK | IN_HANDOVER, 0 },
    { ACT_NOTE_SERIOUS, "write-note", N_("Write a note"), N_("Write down what was seen or said, with the time"), "a",
      IN_SERIOUS, 0 },
    { ACT_LOCK, "lock", NULL, N_("Lock the case file now"), "Ctrl-K", IN_EVERYWHERE, 0 },
    { ACT_PRIVACY, "privacy", NULL, N_("Blank the screen; any key brings it back"), "F12", IN_EVERYWHERE, 0 },
    { ACT_REVEAL, "reveal", N_("Show"), N_("Show one hidden phone, address or e-mail; written to the history"), "r",
      IN_PERSON | IN_FORM, 0 },
    { ACT_MARK_MEANING, "mark", NULL, N_("What the mark beside the name means"), "*", IN_PERSON | IN_FORM, 0 },
    /* doing */
    { ACT_ADD, "add", N_("Add"), N_("Add: a referral, a person, an asset, whatever is listed here"), "a", IN_EVERYWHERE, 0 },
    { ACT_EDIT, "edit", N_("Edit"), N_("Edit what the cursor is on"), "e", IN_EVERYWHERE, 0 },
    { ACT_BIN, "bin", NULL, N_("Put in the bin, with a reason; kept for 30 days"), "d", IN_EVERYWHERE, 0 },
    { ACT_AS_OF, "as-it-was", N_("As it was"), N_("As it was on a day: the person, the episode and the plan"), "@", IN_HISTORY, 0 },
    { ACT_MERGE, "merge", NULL, N_("Join this record with another one of the same person"), "", IN_PERSON | IN_PEOPLE, 0 },
    { ACT_BIN_LIST, "show-bin", NULL, N_("The bin: what was put there in the last 30 days"), "", IN_EVERYWHERE, 0 },
    { ACT_RESTORE, "restore", N_("Restore"), N_("Take it out of the bin again"), "Enter", IN_BIN, 0 },
    { ACT_UNDO, "undo", N_("Undo"), N_("Take back the last change"), "u", IN_EVERYWHERE, 0 },
    { ACT_AGAIN, "again", NULL, N_("The last action again, here: contact, mark, measure, connection, form; the bin asks first"), ".",
      IN_EVERYWHERE, 0 },
    { ACT_MISSING, "missing", N_("To go"), N_("What is still missing for the core data set"), "-", IN_PERSON | IN_PLAN, 0 },
    { ACT_MOST_URGENT, "most-urgent", N_("Most urgent"), N_("Open the most urgent thing"), "Space", IN_TODAY, 0 },
    { ACT_DECIDE, "decide", N_("Decide"), N_("Decide on the referral: accept, decline, return"), "D", ON_PERSON, 0 },
    { ACT_CONVERSATION, "conversation", N_("Conversation"), N_("The what matters conversation"), "w", ON_PERSON, 0 },
    { ACT_PLAN, "plan", N_("Plan"), N_("The action plan, written with the person"), "P", ON_PERSON, 0 },
    { ACT_CONNECT, "connect", N_("Connect"), N_("Connect the person to a community asset"), "n", ON_PERSON, 0 },
    { ACT_GAP, "gap", N_("Gap"), N_("Record unmet need: what was needed and is not there"), "U", ON_PERSON | IN_DIRECTORY, 0 },
    { ACT_CONTACT, "contact", N_("Contact"), N_("Log a contact and the next follow-up"), "c", ON_PERSON, 0 },
    { ACT_MEASURE, "measure", N_("Measure"), N_("Fill in a measure: before, at review, at closing"), "M", ON_PERSON, 0 },
    { ACT_REVIEW, "review", N_("Review"), N_("Review the plan: what has moved"), "v", ON_PERSON, 0 },
    { ACT_CONSENT, "consent", N_("Consent"), N_("Privacy notice, consent and permission to share"), "s", ON_PERSON, 0 },
    { ACT_EQUALITY, "equality", NULL, N_("Equality questions"), "E", ON_PERSON, 0 },
    { ACT_CLOSE_EPISODE, "close-episode", N_("Close"), N_("Close the episode"), "C", ON_PERSON, 0 },
    { ACT_REOPEN, "reopen-episode", NULL, N_("Open a closed episode again, with a reason"), "O", IN_PERSON, 0 },
    { ACT_FEEDBACK_SENT, "feedback-sent", NULL, N_("The referrer has been told: feedback sent today"), "f", ON_PERSON, 0 },
    { ACT_PRINT_PLAN, "print-plan", NULL, N_("The person's copy of the plan, as text to read or save"), "", ON_PERSON, 0 },
    { ACT_CALL, "call", N_("Ring them"), N_("One phone call: news of everyone who waits on it, and of the asset itself"), "c",
      IN_DIRECTORY | IN_ASSET, 0 },
    { ACT_NOTES, "notes", N_("Talk notes"), N_("Notes while they talk; on a question, the words in them that it came from"), "N Ctrl-N",
      ON_PERSON | IN_FORM, 0 },
    /* in the notes of a talk */
    { ACT_TAKE_WORDS, "take-words", N_("Take words"), N_("Take words from the caret on, to file them to a question"), "v Ctrl-T",
      IN_NOTES, 0 },
    { ACT_TAKE_SENTENCE, "take-sentence", N_("Sentence"), N_("Take the whole sentence, and the next one"), "s", IN_NOTES, 0 },
    { ACT_FILE_WORDS, "file-words", N_("File them"), N_("File the words that are taken to a question"), "Enter", IN_NOTES, 0 },
    /* in a form; in a text field after Ctrl-O */
    { ACT_FILE_FORM, "file-form", N_("File it"), N_("File the form: it is finished"), "Ctrl-S F3", IN_FORM | IN_CALL, 0 },
    { NAV_OPEN, "next", N_("Next"), N_("To the next question; on the last row it files, on \"add another\" it adds"), "Enter",
      IN_FORM, 0 },
    { ACT_MISSING, "no-answer", N_("No answer"), N_("Why there is no answer: not answered, prefers not to say, not known"), "-",
      IN_FORM, 0 },
    { ACT_PROMPTS, "prompts", N_("Ways to ask"), N_("Ways to ask this question"), "p F4 Ctrl-P", IN_FORM, 0 },
    { ACT_ADD_INSTANCE, "add-another", NULL, N_("Add another goal, action or whatever repeats here"), "F5", IN_FORM, 0 },
    { ACT_REMOVE_INSTANCE, "remove-this", NULL, N_("Remove this goal, action or whatever repeats here"), "F6", IN_FORM, 0 },
    { ACT_MARK_PLAN, "mark-plan", N_("How it went"), N_("A goal: how close now; an action: done, changed, dropped"), "x", IN_PLAN, 0 },
    { ACT_HANDOVER, "hand-over", NULL, N_("Give the form to the person to fill in; the way back asks for the passphrase"), "H F7",
      ON_PERSON | IN_FORM, 0 },
    { ACT_DISCARD_DRAFT, "discard-draft", NULL, N_("Put this draft in the bin for 30 days"), "F8",
      IN_FORM | IN_CALL, 0 },
    /* in a panel that asks something */
    { NAV_OPEN, "choose", N_("Choose"), N_("Take what the cursor is on, or what was typed"), "Enter", IN_DIALOG, 0 },
    /* the program */
    { ACT_LANGUAGE, "language", N_("Cymraeg"), N_("Welsh or English, here and now"), "F9 L", IN_EVERYWHERE | IN_LOCK, 0 },
    { ACT_SUSPEND, "suspend", NULL, N_("Lock, and go back to the shell"), "Ctrl-Z", IN_EVERYWHERE | IN_LOCK, 0 },
    { ACT_RECOVERY_TEST, "recovery-test", N_("Recovery test"), N_("Try the recovery code from the paper on a copy of the case file"),
      "T", IN_SETTINGS, 0 },
    { ACT_QUIT, "quit", NULL, N_("Leave the program"), "Q Ctrl-Q", IN_EVERYWHERE | IN_LOCK, 0 },
};
const size_t actions_count = ARRAY_LEN(actions);

const struct action drill_actions[] = {
    { ACT_DRILLS, "drills", N_("Drills"), N_("Drills: practise on an invented person"), "Y", IN_EVERYWHERE, 0 },
    { ACT_DRILL_TALK, "drill-talk", N_("Talk"), N_("The conversation of the running drill"), "W", IN_EVERYWHERE, 0 },
    { ACT_DRILL_DONE, "drill-done", N_("Done"), N_("The drill is done: the debrief"), "B", IN_EVERYWHERE, 0 },
    { NAV_OPEN, "drill-open", N_("Choose"), N_("Start this drill, or go on with it; in a talk: say it"), "Enter", IN_DRILLS, 0 },
    { ACT_DRILL_DEBRIEF, "drill-debrief", N_("Debrief"), N_("The debrief of the last time this drill was done"), "v", IN_DRILLS, 0 },
    { ACT_DRILL_REPLAY, "drill-replay", N_("Replay"), N_("The last time, step by step"), "r", IN_DRILLS, 0 },
    { ACT_DRILL_SET, "drill-set", N_("Set"), N_("Set this drill for somebody: for trainers"), "s", IN_DRILLS, 0 },
    { ACT_DRILL_GROUP, "drill-group", N_("Group"), N_("The practitioners of this case file side by side: for trainers"), "c", IN_DRILLS, 0 },
    { ACT_DRILL_PAUSE, "drill-pause", NULL, N_("Pause the running drill, or go on with it"), "", IN_EVERYWHERE, 0 },
    { ACT_DRILL_LEAVE, "drill-leave", NULL, N_("Leave the running drill unfinished; it is not scored"), "", IN_EVERYWHERE, 0 },
};
const size_t drill_actions_count = ARRAY_LEN(drill_actions);
