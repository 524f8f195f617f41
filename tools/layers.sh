#!/bin/sh
# layers.sh - proves that each layer includes only the layers below it, and that each foreign library has one home.
#
#   tools/layers.sh [ROOT]      prints offending lines as FILE:LINE:TEXT, and fails when there is one
set -u
cd "${1:-$(dirname "$0")/..}" || exit 1
bad=0

# layer  what it may include (a name with a file part allows that header alone)
rules() {
    cat <<'END'
base      base
core      core base
forms     forms base core
vault     vault base
db        db base vault
store     store base core vault db
exchange  exchange base core forms vault store/read.h
carry     carry base vault exchange/transport.h exchange/transport_job.h
report    report base core forms db exchange
print     print base core forms/letter.h store/read.h
drill     drill base core forms store
ui        ui base core forms store/read.h
app       app ui drill print report exchange store db vault forms core base
hub       hub base core forms vault db exchange report
END
}

offence() {
    [ -n "$2" ] || return 0
    printf '%s:\n%s\n' "$1" "$2"
    bad=1
}

# Every include of a dolen header in one layer, less those its rule allows. A layer's own private headers are "x.h";
# another layer's ("../db/x.h", "db/x.h") are never allowed.
check_layer() {
    layer=$1
    shift
    folders=
    for d in "src/$layer" "include/dolen/$layer"; do
        [ -d "$d" ] && folders="$folders $d"
    done
    [ -n "$folders" ] || return 0
    allowed=
    for a in "$@"; do
        case $a in
        */*) allowed="$allowed|dolen/$a" ;;
        *) allowed="$allowed|dolen/$a/[a-z0-9_]+\\.h" ;;
        esac
    done
    # shellcheck disable=SC2086
    found=$(grep -rnE --include='*.[ch]' '^[[:space:]]*#[[:space:]]*include[[:space:]]*["<]dolen/' $folders |
            grep -vE "[\"<](${allowed#|})[\">]")
    offence "$layer may include only: $*" "$found"
    # shellcheck disable=SC2086
    found=$(grep -rnE --include='*.[ch]' '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' $folders |
            grep -vE '"dolen/' | grep -E '"[^"]*/' | grep -vE '^src/app/[a-z]+/.*"(plain/plain|plain/plain_ways)\.h"')
    offence "$layer includes a private header of another folder" "$found"
}

# What the fronts share knows none of them; they know it. Screens and commands may begin line mode, and read its words.
check_fronts() {
    found=$(grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"(cmd|plain|tui)[/_]' src/app/*.[ch])
    offence "src/app includes none of the fronts in its folders" "$found"
    found=$(grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"(cmd|plain|tui)/' src/app/plain)
    offence "line mode includes neither commands nor screens" "$found"
}

# library  header pattern  files that may include it
homes() {
    cat <<'END'
SQLCipher  sqlite3\.h|sqlcipher/.*       ^src/db/
sodium     sodium\.h|sodium/.*           ^src/vault/
libyaml    yaml\.h                       ^src/forms/
curses     (ncursesw?/)?n?curses\.h|(ncursesw?/)?term\.h|panel\.h|menu\.h|form\.h  ^src/ui/(term|canvas_curses)\.c:
jansson    jansson\.h                    ^src/base/
libcsv     csv\.h                        ^src/base/csv_read\.c:
libuuid    uuid/uuid\.h|uuid\.h          ^src/base/
utf8proc   utf8proc\.h                   ^src/base/
libzip     zip\.h                        ^src/exchange/zip\.c:
libcurl    curl/.*                       ^src/carry/
xlsxwriter xlsxwriter(/.*)?\.h           ^src/exchange/xlsx\.c:
Pango      pango/.*                      ^src/print/pdf/
Cairo      cairo[a-z-]*\.h               ^src/print/pdf/
OpenSSL    openssl/.*                    ^$
gettext    libintl\.h                    ^src/base/
libpq      libpq-fe\.h|libpq/.*|postgres.*\.h  ^src/hub/pq\.c:
END
}

check_home() {
    found=$(grep -rnE --include='*.[ch]' "^[[:space:]]*#[[:space:]]*include[[:space:]]*<($2)>" src include | grep -vE "$3")
    offence "$1 has one home, $3" "$found"
}

# SQL in string literals, upper case as this project writes it. Pragmas and the plain words of a transaction are db's own.
check_sql() {
    words='SELECT |INSERT (OR [A-Z]+ )?INTO |UPDATE [a-z_]+ SET|DELETE FROM |CREATE (VIRTUAL |TEMP |UNIQUE )?(TABLE|INDEX|TRIGGER|VIEW)|DROP (TABLE|INDEX)|ALTER TABLE'
    found=$(grep -rnE --include='*.[ch]' "\"[^\"]*($words)" src include |
            grep -vE '^src/(store|report|hub)/' | grep -vE '^src/db/[a-z_]+\.[ch]:[0-9]+:.*(sqlite_(master|schema)|sqlcipher_export)')
    offence "SQL text stands only in src/store, src/report and src/hub" "$found"
}

rules | { while read -r layer allowed; do
    # shellcheck disable=SC2086
    check_layer "$layer" $allowed
done; exit $bad; } || bad=1
homes | { while read -r name header home; do
    check_home "$name" "$header" "$home"
done; exit $bad; } || bad=1
check_fronts
check_sql
exit $bad
