/* search_schema.c - the tables of the search box, and the counters that Today's footer reads.
 *
 * search_word is a plain ordered table because a prefix is then a range and its first rows cost the same in a
 * caseload of a hundred and of a hundred thousand. Names are kept as turned phrases ("mair jones", "jones mair"), so
 * that each word starts an entry and a whole word followed by the beginning of another is a range too; n is the
 * person's row_no. The full-text tables keep no text of their own: search_note and search_asset hold it, and
 * "rebuild" makes the indexes again. A note's n is its record's row_no times 16 plus the place of its table in the
 * list of sources (search_index.c), so no second index over random ids is needed.
 *
 * search_term is the vocabulary of the notes: a beginning is looked up there and becomes a few whole words, whose
 * lists of notes are read from the newest on. Asked for the beginning itself, the full-text index would first merge
 * the lists of all its words, and common words stand in every tenth note.
 *
 * tally holds counts kept by triggers: counting 100,000 encrypted rows would read every page of an index. Besides the
 * totals there is one a month: "received 2026-03", "opened 2026-03", "closed 2026-03"; and one a practitioner: "with
 * 0192…", the people who have an open episode with them ("with " alone: with nobody), those in the bin among them.
 *
 * Every statement begins with CREATE, and that word stands nowhere else: the comparison with a foreign file cuts
 * there. */
#include "search_priv.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

#define FULL_TEXT(table) \
    "CREATE VIRTUAL TABLE " table "_text USING fts5(body, content='" table "', content_rowid='n', prefix='2 3', " \
    "detail='none', columnsize=0, tokenize='unicode61 remove_diacritics 2');\n"

/* COUNTED(row) is 1 or 0; columns are those that can change it. */
#define TALLY(table, columns, set) \
    "CREATE TRIGGER " set "_add AFTER INSERT ON " table " BEGIN INSERT INTO tally(name, n) VALUES ('" set "', " \
        COUNTED("new") \
    ") ON CONFLICT(name) DO UPDATE SET n = n + excluded.n; END;\n" \
    "CREATE TRIGGER " set "_set AFTER UPDATE OF " columns " ON " table " BEGIN " \
        ADD(set, COUNTED("new") " - " COUNTED("old")) \
    "CREATE TRIGGER " set "_gone AFTER DELETE ON " table " BEGIN " ADD(set, "-" COUNTED("old"))
/* One count a month of a date column. */
#define MONTHLY(table, column, set) \
    "CREATE TRIGGER " set "_add AFTER INSERT ON " table " WHEN " DATED("new", column) " BEGIN INSERT INTO " \
    "tally(name, n) VALUES (" \
    MONTH("new", column, set) ", 1) ON CONFLICT(name) DO UPDATE SET n = n + 1; END;\n" \
    "CREATE TRIGGER " set "_set AFTER UPDATE OF binned_at, " column " ON " table " BEGIN UPDATE tally SET n = n - 1 " \
    "WHERE " \
    DATED("old", column) " AND name = " MONTH("old", column, set) "; INSERT INTO tally(name, n) SELECT " \
    MONTH("new", column, set) ", 1 WHERE " DATED("new", column) " ON CONFLICT(name) DO UPDATE SET n = n + 1; END;\n" \
    "CREATE TRIGGER " set "_gone AFTER DELETE ON " table " WHEN " DATED("old", column) " BEGIN UPDATE tally SET n = " \
    "n - 1 WHERE " \
    "name = " MONTH("old", column, set) "; END;\n"
#define DATED(row, column) row ".binned_at IS NULL AND " row "." column " IS NOT NULL"
#define MONTH(row, column, set) "'" set " ' || substr(" row "." column ", 1, 7)"
#define ADD(set, by) "UPDATE tally SET n = n + " by " WHERE name = '" set "'; END;\n"

const char search_schema[] =
    "CREATE TABLE search_word(word TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(word, n)) STRICT, WITHOUT ROWID;\n"
    "CREATE INDEX search_word_of ON search_word(n, word);\n"
    "CREATE TABLE search_note(n INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;\n"
    "CREATE TABLE search_asset(n INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;\n"
    FULL_TEXT("search_note")
    FULL_TEXT("search_asset")
    "CREATE TABLE search_term(term TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;\n"
    "CREATE VIRTUAL TABLE search_note_terms USING fts5vocab(search_note_text, row);\n"
    "CREATE TABLE tally(name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;\n"
#define COUNTED(row) "(" row ".binned_at IS NULL)"
    TALLY("person", "binned_at", "people")
    TALLY("asset", "binned_at", "assets")
    TALLY("gap", "binned_at", "gaps")
    TALLY("referral", "binned_at", "referrals")
#undef COUNTED
#define COUNTED(row) "(" row ".binned_at IS NULL AND " row ".decision IS NULL)"
    TALLY("referral", "binned_at, decision", "waiting");
#undef COUNTED

const char months_schema[] =
#define COUNTED(row) "(" row ".binned_at IS NULL AND " row ".closed_on IS NULL)"
    TALLY("episode", "binned_at, closed_on", "running")
    MONTHLY("referral", "received_on", "received")
    MONTHLY("episode", "closed_on", "closed");

const char opened_schema[] =
    MONTHLY("episode", "opened_on", "opened");

/* Somebody with two open episodes with the same practitioner is one person: only the first comes and only the last
 * goes. */
#define OPEN(row)  row ".closed_on IS NULL AND " row ".binned_at IS NULL"
#define ALONE(row) "NOT EXISTS (SELECT 1 FROM episode o WHERE o.practitioner IS " row ".practitioner AND o.person IS " \
    row ".person AND " OPEN("o") " AND o.id <> " row ".id)"
#define COMES      "ON CONFLICT(name) DO UPDATE SET n = n + 1; "
#define GOES       "UPDATE tally SET n = n - 1 WHERE name = " TALLY_WITH("old.practitioner")

const char caseload_schema[] =
    "CREATE TRIGGER with_add AFTER INSERT ON episode WHEN " OPEN("new") " AND " ALONE("new") " BEGIN "
    "INSERT INTO tally(name, n) VALUES (" TALLY_WITH("new.practitioner") ", 1) " COMES "END;\n"
    "CREATE TRIGGER with_set AFTER UPDATE OF practitioner, person, closed_on, binned_at ON episode BEGIN "
    GOES " AND " OPEN("old") " AND " ALONE("old") "; "
    "INSERT INTO tally(name, n) SELECT " TALLY_WITH("new.practitioner") ", 1 WHERE " OPEN("new") " AND " ALONE("new") " "
    COMES "END;\n"
    "CREATE TRIGGER with_gone AFTER DELETE ON episode WHEN " OPEN("old") " AND " ALONE("old") " BEGIN " GOES "; END;\n";
