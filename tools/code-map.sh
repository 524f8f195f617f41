#!/bin/sh
# code-map.sh - prints docs/code-map.md: one line a file, taken from the first sentence of the comment at its top.
#
#   tools/code-map.sh [ROOT]      a source that begins without a comment and has no header to speak for it is an error
set -eu
cd "${1:-$(dirname "$0")/..}"

# The first sentence of the leading comment, without the file's own name.
sentence() {
    case $1 in *.[ch]) opening='^(/[*]|//) ?' ;; *) opening='^# ?' ;; esac
    awk -v opening="$opening" '
        NR == 1 && /^#!/ { next }
        !begun && $0 ~ opening { begun = 1; sub(opening, ""); text = $0; if (ends()) exit; next }
        !begun { exit }
        /^ \*|^#/ {
            line = $0; sub(/^ \*\/? ?/, "", line); sub(/^# ?/, "", line)
            if (line == "") exit
            text = text " " line
            if (ends()) exit
            next
        }
        { exit }
        function ends() { return text ~ /\*\// || text ~ /\. [A-Za-z]/ || text ~ /\.$/ }
        END {
            sub(/ *\*\/.*$/, "", text)
            sub(/^[A-Za-z0-9_.\/-]+\.(c|h|sh|mk|t) (-|–) /, "", text)
            if (match(text, /\. [A-Za-z]/)) text = substr(text, 1, RSTART)
            sub(/[.:,;]? *$/, "", text)
            gsub(/\|/, "\\|", text)
            print text
        }' "$1"
}

# A source without a comment at its top speaks through the header it implements: the first one it includes.
header_of() {
    header=$(sed -n 's/^#include "\(.*\)"/\1/p' "$1" | head -n 1)
    case $header in
    dolen/*) echo "include/$header" ;;
    *.h) echo "$(dirname "$1")/$header" ;;
    esac
}

line_for() {
    file=$1
    said=$(sentence "$file")
    if [ -z "$said" ]; then
        header=$(header_of "$file")
        [ -e "$header" ] && said=$(sentence "$header")
    fi
    if [ -z "$said" ]; then
        echo "code-map: $file does not say in its first line what it is for" >&2
        silent="$silent $file"
        return 0
    fi
    printf -- '- `%s`: %s.\n' "$file" "$said"
}

silent=
section() {
    title=$1
    shift
    printf '\n## %s\n\n' "$title"
    for file in "$@"; do
        [ -e "$file" ] && line_for "$file"
    done
    return 0
}

cat <<'END'
# Code map

One line a file, made by `make code-map` from the comment at the top of each; `make check` fails when it is out of date.
A layer includes only the layers that its line names; `make layers` proves it.
END
section "Base: errors, strings, dates, ids, JSON, files; nothing below it" include/dolen/base/*.h src/base/*.[ch]
section "Core: the domain, pure (base)" include/dolen/core/*.h src/core/*.[ch]
section "Forms: YAML definitions and expressions (base, core)" include/dolen/forms/*.h src/forms/*.[ch]
section "Vault: key slots, passphrases, hashes (base)" include/dolen/vault/*.h src/vault/*.[ch]
section "Db: one SQLCipher handle (base, vault)" include/dolen/db/*.h src/db/*.[ch]
section "Store: the case file (base, core, vault, db)" include/dolen/store/*.h src/store/*.[ch]
section "Exchange: what leaves the laptop (base, core, forms, vault, store's reading half)" \
        include/dolen/exchange/*.h src/exchange/*.[ch]
section "Report: the warehouse and what is asked of it (base, core, forms, db, exchange)" \
        include/dolen/report/*.h src/report/*.[ch]
section "Print: plans and letters as text, HTML and PDF (base, core, the templates of forms, store's reading half)" \
        include/dolen/print/*.h src/print/*.[ch] src/print/pdf/*.[ch]
section "Drill: practice caseloads (base, core, forms, store)" include/dolen/drill/*.h src/drill/*.[ch]
section "Ui: canvas, widgets, views (base, core, forms, store's reading half)" include/dolen/ui/*.h src/ui/*.[ch]
section "App: main, and what commands, line mode and screens share (all of the above)" src/app/*.[ch]
section "App, the commands (app)" src/app/cmd/*.[ch]
section "App, line mode (app)" src/app/plain/*.[ch]
section "App, the screens: what the keys do (app)" src/app/tui/*.[ch]
section "Hub: dolen-hub, which receives and merges (base, core, forms, vault, db, exchange, report)" src/hub/*.[ch]
section "Tools" Makefile tests/tests.mk tests/*.sh tools/*.sh
section "Tests: the harness" tests/lib/*.c tests/lib/*.h tests/lib/*.sh
section "Tests: benchmarks and what the fault scripts start" tests/bench/*.[ch] tests/bench/*.sh tests/fault/*.c
section "Tests: big peers" tests/wide/*.sh
[ -z "$silent" ]
