#!/bin/sh
# pseudo.sh - makes a false Welsh catalogue in which every string is a third longer, full of accents and in brackets.
#
#   tools/pseudo.sh       writes $BUILD/pseudo/locale; try it with DOLEN_SHARE=$BUILD/pseudo build/dolen --lang cy
#
# What still shows in plain English was never marked for translation; what lost its closing bracket was given too little room.
# tests/canvas/test_pseudo.c looks for both on every view.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build}
out=$build/pseudo
mkdir -p "$out/locale/cy/LC_MESSAGES"
[ -e "$out/forms" ] || ln -s "$(pwd)/forms" "$out/forms"
tools/po.sh pot

# Letters get marks; %-directives and what stands in <> stay as they are.
cat >"$out/stretch.awk" <<'END'
BEGIN {
    plain = "aeiouywAEIOUYWcns"
    split("âêîôûŷŵÂÊÎÔÛŶŴçñš", unused, "")
    n = split("â ê î ô û ŷ ŵ Â Ê Î Ô Û Ŷ Ŵ ç ñ š", accented, " ")
    RS = "\001"
}
{
    out = ""; s = $0; letters = 0
    while (s != "") {
        if (match(s, /^%<[A-Za-z0-9]+>/) || match(s, /^%[-+ #0]*[0-9*]*(\.[0-9*]+)?[hlzjt]*[a-zA-Z%]/) || match(s, /^<[A-Za-z]+>/)) {
            out = out substr(s, 1, RLENGTH); s = substr(s, RLENGTH + 1); continue
        }
        c = substr(s, 1, 1); s = substr(s, 2)
        i = index(plain, c)
        out = out (i > 0 ? accented[i] : c)
        letters++
    }
    tail = ""
    for (i = 0; i < letters / 3; i++) tail = tail "~"
    newline = ""
    if (substr(out, length(out)) == "\n") { newline = "\n"; out = substr(out, 1, length(out) - 1) }
    printf "⟦%s%s⟧%s", out, tail, newline
}
END
sed -i '/unused/d' "$out/stretch.awk"
msgen --lang=cy "$build/dolen.pot" |
    sed 's/^"Plural-Forms:.*/"Plural-Forms: nplurals=2; plural=n != 1;\\n"/' |
    msgfilter --keep-header awk -f "$out/stretch.awk" >"$out/cy.po"
msgfmt --check-format -o "$out/locale/cy/LC_MESSAGES/dolen.mo" "$out/cy.po"
echo "$out/locale/cy/LC_MESSAGES/dolen.mo"
