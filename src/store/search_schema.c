/* search_schema.c - the tables of the search box.
 *
 * search_word is a plain ordered table because a prefix is then a range and its first rows cost the same in a caseload of
 * a hundred and of a hundred thousand. Names are kept as turned phrases ("mair jones", "jones mair"), so that each word
 * starts an entry and a whole word followed by the beginning of another is a range too. The full-text tables keep no text
 * of their own: search_note and search_asset hold it, and "rebuild" makes the indexes again. */
#include "search_priv.h"

#include "dolen/base/banned.h"

const char search_schema[] =
    "CREATE TABLE search_person(n INTEGER PRIMARY KEY, person BLOB NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE search_word(word TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(word, n)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX search_word_of ON search_word(n, word);"
    "CREATE TABLE search_note(n INTEGER PRIMARY KEY, tab INTEGER NOT NULL, record BLOB NOT NULL, person BLOB,"
    " body TEXT NOT NULL, UNIQUE(record, tab)) STRICT;"
    "CREATE VIRTUAL TABLE search_note_text USING fts5(body, content='search_note', content_rowid='n', prefix='2 3',"
    " detail='none', columnsize=0, tokenize='unicode61 remove_diacritics 2');"
    "CREATE TABLE search_asset(n INTEGER PRIMARY KEY, asset BLOB NOT NULL UNIQUE, body TEXT NOT NULL) STRICT;"
    "CREATE VIRTUAL TABLE search_asset_text USING fts5(body, content='search_asset', content_rowid='n', prefix='2 3',"
    " detail='none', columnsize=0, tokenize='unicode61 remove_diacritics 2');";
