#!/bin/sh
# po.sh - the Welsh catalogue: gathers strings, brings po/cy.po up to them, proves it complete.
#
#   tools/po.sh pot       writes $BUILD/dolen.pot from the sources
#   tools/po.sh update    and merges it into po/cy.po (new strings stand there with an empty translation)
#   tools/po.sh check [FILE]   fails when a string is new, missing, fuzzy or has other %-directives; lists them
set -eu
cd "$(dirname "$0")/.."
pot=${BUILD:-build}/dolen.pot
mkdir -p "${BUILD:-build}"

gather() {
    find src include -name '*.[ch]' | LC_ALL=C sort |
        xgettext --files-from=- --output="$1" --language=C --from-code=UTF-8 --add-comments=L10N: --add-location=file \
                 --sort-by-file --keyword --keyword=_ --keyword=N_ --keyword=tr --keyword=tr_in:2 \
                 --keyword=tr_n:1,2 --keyword=NP_:1,2 \
                 --package-name=Dolen --copyright-holder='The Dolen authors' \
                 --flag=_:1:pass-c-format --flag=N_:1:pass-c-format --flag=tr:1:pass-c-format \
                 --flag=tr_in:2:pass-c-format --flag=tr_n:1:pass-c-format --flag=tr_n:2:pass-c-format \
                 --flag=NP_:1:pass-c-format --flag=NP_:2:pass-c-format \
                 --flag=err_set:3:c-format --flag=err_sys:2:c-format --flag=buf_addf:2:c-format
    sed -i -e '/^"POT-Creation-Date:/d' -e 's/charset=CHARSET/charset=UTF-8/' "$1"
}

check() {
    catalogue=$1
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    gather "$work/dolen.pot"
    msgfmt --check --output-file=/dev/null "$catalogue"
    msgmerge --quiet --no-fuzzy-matching --output-file="$work/cy.po" "$catalogue" "$work/dolen.pot"
    msgattrib --untranslated --no-obsolete "$work/cy.po" >"$work/open.po"
    msgattrib --only-fuzzy --no-obsolete "$work/cy.po" >"$work/fuzzy.po"
    bad=0
    for part in open fuzzy; do
        n=$(msggrep -v -K -e '^$' "$work/$part.po" 2>/dev/null | grep -c '^msgid ' || true)
        if [ "$n" -gt 1 ] || { [ "$n" -eq 1 ] && ! grep -q '^msgid ""$' "$work/$part.po"; }; then
            printf '%s in Welsh:\n' "$([ $part = open ] && echo 'Not translated' || echo 'Marked as uncertain')"
            grep -v '^"\|^$\|^msgstr' "$work/$part.po" | head -n 60
            bad=1
        fi
    done
    return $bad
}

case ${1:-} in
pot) gather "$pot" ;;
update) gather "$pot" && msgmerge --quiet --update --no-fuzzy-matching --backup=none po/cy.po "$pot" ;;
check) check "${2:-po/cy.po}" ;;
*) echo "usage: tools/po.sh pot | update | check" >&2; exit 2 ;;
esac
