#!/bin/bash
# The layer check: the tree passes, and each kind of offence is found in a tree made for it.
. "$(dirname "$0")/../lib/cli.sh"

small_tree() {
    mkdir -p src/base src/core src/ui src/db src/store src/vault src/forms src/print/pdf include/dolen/base include/dolen/store
    echo '#include <jansson.h>' >src/base/json.c
    echo '#include "dolen/base/buf.h"' >src/core/person.c
    echo '#include <curses.h>' >src/ui/term.c
    printf '#include "dolen/store/read.h"\n#include "style.h"\n' >src/ui/view.c
    printf '#include <sqlcipher/sqlite3.h>\nx("SELECT count(*) FROM sqlite_master");\n' >src/db/db.c
    printf '#include <pango/pangocairo.h>\n#include <cairo-pdf.h>\n' >src/print/pdf/main.c
    echo 'q("INSERT INTO person(id) VALUES(?1)");' >src/store/store.c
}
layers() { "$ROOT/tools/layers.sh" "$PWD"; }
refused() {   # file, line: added to a good tree, it must be named
    small_tree
    assert_exit 0 layers
    printf '%s\n' "$2" >>"$1"
    assert_exit 1 layers
    assert_has "the offence" "$OUT" "$1"
    assert_has "the offence" "$OUT" "$2"
}

test_this_project_passes() { assert_exit 0 "$ROOT/tools/layers.sh"; }
test_a_small_good_tree_passes() { small_tree; assert_exit 0 layers; }
test_core_may_not_include_forms() { refused src/core/person.c '#include "dolen/forms/form.h"'; }
test_forms_may_not_include_vault() { refused src/forms/form.c '#include "dolen/vault/hash.h"'; }
test_ui_may_not_include_the_writing_half() { refused src/ui/view.c '#include "dolen/store/write.h"'; }
test_a_public_header_keeps_the_rule_too() { refused include/dolen/base/x.h '#include "dolen/core/person.h"'; }
test_private_headers_of_others() { refused src/ui/view.c '#include "../store/names.h"'; }
test_curses_has_two_files() { refused src/ui/view.c '#include <curses.h>'; }
test_sodium_is_the_vaults() { refused src/store/store.c '#include <sodium.h>'; }
test_sqlite_is_dbs() { refused src/store/store.c '#include <sqlcipher/sqlite3.h>'; }
test_yaml_is_forms() { refused src/core/person.c '#include <yaml.h>'; }
test_json_library_is_bases() { refused src/core/person.c '#include <jansson.h>'; }
test_pango_is_the_pdf_programs() { refused src/print/letter.c '#include <pango/pangocairo.h>'; }
test_cairo_is_the_pdf_programs() { refused src/print/letter.c '#include <cairo.h>'; }
test_csv_library_has_one_file() { refused src/base/json.c '#include <csv.h>'; }
test_sql_is_the_stores() { refused src/db/db.c 'x("SELECT name FROM person");'; }
test_sql_is_not_the_views() { refused src/ui/view.c 'x("UPDATE person SET name = 1");'; }
run_tests
