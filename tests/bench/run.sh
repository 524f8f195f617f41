#!/bin/bash
# run.sh - the bench: every figure beside a limit or beside a peer that was measured in the same minutes.
#
#   tests/bench/run.sh [--markdown] [--only start,keys,idle,search,views,save,export,seal,memory,growth]
#
# BENCH_SIZES (300 10000 100000) and BENCH_ROUNDS (9) make it shorter. A program and its peer run in turn, and a figure is
# the median of its rounds. The case files are made once and kept in $BUILD/bench as long as their generator stays the
# same. A missed target is counted, not a failure. docs/bench.md says what each figure is.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=$(realpath "${BUILD:-build}")
here=$PWD/tests/bench programs=$BUILD/tests/bench out=$BUILD/bench
sizes=${BENCH_SIZES:-300 10000 100000} rounds=${BENCH_ROUNDS:-9} seed=7 passphrase=ymarfer
markdown='' only=''
while [ $# -gt 0 ]; do
    case $1 in
    --markdown) markdown=1 ;;
    --only) only=,$2, && shift ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
    shift
done

mkdir -p "$out/home/config/dolen/forms/datasets" "$out/home/state" "$out/home/data" "$out/tmp"
export BUILD HOME=$out/home XDG_CONFIG_HOME=$out/home/config XDG_STATE_HOME=$out/home/state XDG_DATA_HOME=$out/home/data
export TMPDIR=$out/tmp TERM=xterm-256color LANG=C.UTF-8 LC_ALL=C.UTF-8 DOLEN_TODAY=2026-11-20
unset NO_COLOR COLUMNS LINES ESCDELAY LANGUAGE
results=$out/results.tsv
said=$out/said
: > "$results"

# --- small tools ------------------------------------------------------------------------------------------------------

note() { printf '%s\n' "$*" >&2; }
wanted() { [ -z "$only" ] || [ "${only/,$1,/}" != "$only" ]; }
dolen() { printf '%s\n' "$passphrase" | "$BUILD/dolen" --file "$1" --passphrase-fd 0 "${@:2}"; }
# The values said under a name, one a line.
values() { awk -v n="$1" '$1 == n { print $2 }' "$said"; }
median() { sort -g | awk '{ v[NR] = $1 } END { if (NR) print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
of() { values "$1" | median; }
# The median of the ratios of two names, round by round.
ratio_of() { paste <(values "$1") <(values "$2") | awk '$2 > 0 { print $1 / $2 }' | median; }
ms() { awk -v v="$1" 'BEGIN { printf v < 10000 ? "%.2f ms" : "%.1f ms", v / 1000 }'; }
seconds() { awk -v v="$1" 'BEGIN { printf "%.2f s", v / 1e6 }'; }
divide() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.4f", b ? a / b : 0 }'; }

# row FIGURE SIZE MEASURED PEER-OR-LIMIT RATIO TARGET: TARGET is "<= N", ">= N" or "-" (told, not judged).
row() {
    local verdict
    verdict=$(awk -v r="$5" -v t="$6" 'BEGIN {
        split(t, w, " ")
        if (t == "-") print "-"; else if (r == "") print "MISSED"
        else print (w[1] == "<=" ? r + 0 <= w[2] + 0.0005 : r + 0 >= w[2] - 0.0005) ? "ok" : "MISSED" }')
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "$(awk -v r="$5" 'BEGIN { if (r != "") printf "%.2f", r }')" \
        "$6" "$verdict" >> "$results"
    tail -n 1 "$results" | awk -F '\t' '{ printf "  %-46s %7s %14s  against %-34s %7s  %-7s %s\n", $1, $2, $3, $4, $5, $6, $7 }' >&2
}

# --- the case files -----------------------------------------------------------------------------------------------------

generator=$(cat src/drill/*.c src/store/schema.c src/store/search_schema.c src/store/search_index.c src/store/tables.c \
    include/dolen/store/tables.h src/vault/slotfile.c | cksum | tr ' ' '-')

make_case() {
    local n=$1 dir=$out/case-$1 from
    if [ "$(head -n 1 "$dir.made" 2>/dev/null)" != "$generator" ]; then
        rm -rf "$dir" "$dir.made"
        from=$(date +%s.%N)
        dolen "$dir" practice new --cases "$n" --seed $seed --contacts 10 > /dev/null || exit 1
        printf '%s\n%s\n' "$generator" "$(awk -v a="$from" -v b="$(date +%s.%N)" 'BEGIN { print (b - a) * 1e6 }')" > "$dir.made"
    fi
    rm -rf "$out/work-$n" "$out/work-$n.keyfile" "$out/home/state"      # the counter kept outside would call a copy old
    cp -a --reflink=auto "$dir" "$out/work-$n"
    dolen "$out/work-$n" keys add key-file --to "$out/work-$n.keyfile" > /dev/null 2>&1
    dolen "$out/work-$n" keys show-raw 2>/dev/null | tail -n 1 > "$out/work-$n.key"
    dolen "$out/work-$n" worklist | head -n 400 > "$out/work-$n.rows"
    dolen "$out/work-$n" person list --limit 400 | cut -d ' ' -f 3- >> "$out/work-$n.rows"
    row "making the case file" "$n" "$(seconds "$(tail -n 1 "$dir.made")")" \
        "$(du -m "$dir/case.db" | cut -f 1) MB on disk" "" "-"
}

forget_case() {
    rm -rf "$out/work-$1" "$out/work-$1.key" "$out/work-$1.keyfile" "$out/work-$1.rows"
}

screen() { printf '%s\n' "$passphrase" | timeout 300 "$programs/screen" "$@" >> "$said"; }

# A target, or none where there is nothing like it in the peer.
judged() { [ "$kind" = judged ] && echo "$1" || echo -; }

# --- figures ------------------------------------------------------------------------------------------------------------

figure_start() {
    : > "$said"
    for ((i = 0; i < rounds; i++)); do
        screen start "$out/work-$1"
        printf '%s\n' "$passphrase" | "$programs/derive" "$out/work-$1" 1 | sed 's/^/alone_/' >> "$said"
    done
    row "key to first screen" "$1" "$(ms "$(of start_us)")" "30 ms" "$(divide "$(of start_us)" 30000)" "<= 1"
    row "the derivation before it (not counted)" "$1" "$(ms "$(of derive_us)")" \
        "derive.c alone $(ms "$(of alone_derive_us)")" "$(ratio_of derive_us alone_derive_us)" "-"
    of start_us > "$out/growth.start.$1"
}

# keys_figure NAME SIZE TIMES judged|told TO… -- KEY…
keys_figure() {
    local name=$1 size=$2 times=$3 kind=$4 bytes
    shift 4
    : > "$said"
    for ((i = 0; i < (rounds + 2) / 3; i++)); do
        screen keys "$out/work-$size" "$times" "$out/work-$size.rows" "$@"
    done
    row "$name: p50" "$size" "$(ms "$(of dolen_p50_us)")" "bare list $(ms "$(of bare_p50_us)")" \
        "$(ratio_of dolen_p50_us bare_p50_us)" "$(judged "<= 1.5")"
    row "$name: p99" "$size" "$(ms "$(of dolen_p99_us)")" "8 ms (bare list $(ms "$(of bare_p99_us)"))" \
        "$(divide "$(of dolen_p99_us)" 8000)" "<= 1"
    bytes=$(of dolen_bytes)
    row "$name: bytes" "$size" "${bytes%.*}" "bare list $(of bare_bytes | cut -d . -f 1)" "$(ratio_of dolen_bytes bare_bytes)" \
        "$(judged "<= 1.3")"
}

figure_keys() {
    local down=() typed=() fields=() c
    for ((i = 0; i < 40; i++)); do down+=('<Down>'); done
    for ((i = 0; i < 40; i++)); do down+=('<Up>'); done
    for c in a l l o t m e n t " " g a r d e n " " a n d; do typed+=("$c"); done
    for ((i = 0; i < 20; i++)); do typed+=('<BS>'); done
    fields=('<Down>' '<Down>' '<Down>' '<Up>' '<Up>' '<Up>')
    keys_figure "key in Today" "$1" 800 judged -- "${down[@]}"
    keys_figure "key in People" "$1" 800 judged p -- "${down[@]}"
    keys_figure "letter in a form" "$1" 800 judged p e -- "${typed[@]}"
    keys_figure "next field in a form" "$1" 600 told p e -- "${fields[@]}"
}

figure_idle() {
    : > "$said"
    screen idle "$out/work-$1" 10
    row "wake-ups in 10 idle seconds" "$1" "$(of idle_wakes | cut -d . -f 1)" "0" "$(of idle_wakes)" "<= 0"
    row "bytes in 10 idle seconds" "$1" "$(of idle_bytes | cut -d . -f 1)" "0" "$(of idle_bytes)" "<= 0"
}

texts=("mair jones" "wiliams" "dafyd ev" "cf10" "07700900" "llanelli" "gardening" "lonely" "jo jo" "singing group")

figure_search() {
    : > "$said"
    for ((i = 0; i < (rounds + 2) / 3; i++)); do
        printf '%s\n' "$passphrase" | "$programs/search" "$out/work-$1" 2 "${texts[@]}" >> "$said"
        screen search "$out/work-$1" 2 "${texts[@]}"
    done
    row "first 50 hits: p50" "$1" "$(ms "$(of search_us)")" "5 ms" "$(divide "$(of search_us)" 5000)" "<= 1"
    row "first 50 hits: p99" "$1" "$(ms "$(of search_p99_us)")" "5 ms (slowest: $(values search_most_text | tail -n 1))" \
        "$(divide "$(of search_p99_us)" 5000)" "<= 1"
    row "letter in the search box: p50" "$1" "$(ms "$(of screen_p50_us)")" "" "" "-"
    row "letter in the search box: p99" "$1" "$(ms "$(of screen_p99_us)")" "8 ms" "$(divide "$(of screen_p99_us)" 8000)" "<= 1"
    of search_us > "$out/growth.search.$1"
}

# What each list is opened by, and its end, filters and searches: the last key counts. The slowest one is judged.
views=(today t "today's end" tG people p "people's end" pG "people's next page" 'p<PgDn>' inbox i "inbox's end" iG
    directory A "directory's end" AG "filter by cost" Af42 "second filter" Af42f32 "directory, typed" A/walk
    "call list" R gaps ':gaps<Enter>' "gaps by quarter" '#' "entries twice" '=' bin ':show-bin<Enter>'
    supervision ':supervision<Enter>' person 'p<Enter>' history 'p<Enter><Left>' "first letter" /m "a name" /mair
    "a slip" /miar settings ':settings<Enter>' caseload ':caseload<Enter>' "caseload's end" ':caseload<Enter>G'
    "caseload, a mark" ':caseload<Enter> ' "two laptops" ':conflicts<Enter>' laptops ':laptops<Enter>' paperwork % drills Y
    reports ':reports<Enter>' outbox X menu m "filter by need" 'Af1<Down><Enter>' "filter by day" Af32 "to go" 'p<Enter>-'
    plan 'p<Enter>4' contacts 'p<Enter>6' measures 'p<Enter>7' "history's end" 'p<Enter>0G' "as it was" 'p<Enter>0@'
    "connect to what" 'p<Enter>n' "connect, typed" 'p<Enter>nw' "join with whom" 'p<Enter>:merge<Enter>a'
    "an entry and its people" 'A<Down><Down><Enter>' "who waits there" 'A<Down><Down>c' "next to ring" 'R<Enter>' serious '!'
    "a new entry" Aa)

figure_views() {
    : > "$said"
    screen views "$out/work-$1" 5 "${views[@]}"
    row "slowest of $((${#views[@]} / 2)) lists, filters and searches" "$1" "$(ms "$(values view_us | sort -g | tail -n 1)")" \
        "50 ms ($(sed -n 's/^view \(.*\) \([0-9.]*\)$/\2 \1/p' "$said" | sort -g | tail -n 1 | cut -d ' ' -f 2-))" \
        "$(divide "$(values view_us | sort -g | tail -n 1)" 50000)" "<= 1"
}

figure_save() {
    local case=$out/work-$1
    sync -f "$case"
    : > "$said"
    for ((i = 0; i < rounds + 3; i++)); do
        printf '%s\n' "$passphrase" | "$programs/save" "$case" put 20 >> "$said"
        "$programs/commit" "$case" 20 < "$case.key" >> "$said"
        "$programs/commit" "$case" sync 20 >> "$said"
        printf '%s\n' "$passphrase" | "$programs/save" "$case" file 20 | sed 's/^/form_/' >> "$said"
    done
    row "saving a contact" "$1" "$(ms "$(of save_us)")" "bare commit $(ms "$(of commit_us)")" "$(ratio_of save_us commit_us)" \
        "<= 1.25"
    row "saving a contact as a form" "$1" "$(ms "$(of form_save_us)")" "bare commit $(ms "$(of commit_us)")" \
        "$(ratio_of form_save_us commit_us)" "<= 1.25"
    row "saving a contact" "$1" "$(ms "$(of save_us)")" "one fdatasync $(ms "$(of sync_us)")" "$(ratio_of save_us sync_us)" "<= 8"
    row "bare commit" "$1" "$(ms "$(of commit_us)")" "the same in place $(ms "$(of in_place_us)")" \
        "$(ratio_of commit_us in_place_us)" "-"
    of save_us > "$out/growth.save.$1"
}

# Two tables of the data set, so that the peers are two statements.
export_definition() {
    awk '/^  - table:/ { skip = $3 != "episode" && $3 != "contact" } !skip' forms/datasets/provisional-wales.yaml |
        sed 's/^data_set: .*/data_set: bench/' > "$XDG_CONFIG_HOME/dolen/forms/datasets/bench.yaml"
}

# CASE CACHE_KIB
export_by_loop() {
    "$programs/export_loop" "$1" "$out/loop" "$2" "$here/export_episode.sql" "$here/export_contact.sql" < "$1.key"
}

export_by_shell() {
    {
        printf 'PRAGMA key = "%s";\nPRAGMA temp_store = MEMORY;\n.mode csv\n.headers on\n' "$(cat "$1.key")"
        for t in episode contact; do
            printf '.once %s/%s.csv\n' "$out/shell" "$t"
            cat "$here/export_$t.sql"
        done
    } | sqlcipher -batch -init /dev/null "$1/case.db" > /dev/null
}

timed() {
    local name=$1 from=$EPOCHREALTIME
    shift
    "$@" > "$out/export.log" 2>&1 || note "run.sh: $name failed: $(tail -n 1 "$out/export.log")"
    awk -v n="$name" -v a="$from" -v b="$EPOCHREALTIME" 'BEGIN { print n, (b - a) * 1e6 }' >> "$said"
}

figure_export() {
    local case=$out/work-$1 rows took loop times=3 kind=judged
    export_definition
    mkdir -p "$out/loop" "$out/shell"
    [ "$1" -ge 10000 ] || { times=9 kind=told; }
    : > "$said"
    for ((i = 0; i < times; i++)); do
        rm -rf "$out/export"
        timed export_us "$BUILD/dolen" --file "$case" --key-file "$case.keyfile" export --data-set bench \
            --from 2000-04-01 --until 2030-03-31 --to "$out/export"
        export_by_loop "$case" 8192 >> "$said"
        export_by_loop "$case" 262144 | sed 's/^/large_/' >> "$said"
        [ -z "$shell" ] || timed shell_us export_by_shell "$case"
    done
    rows=$(of loop_rows)
    loop=$(cat "$out"/loop/*.csv | wc -l)
    [ "$(cat "$out"/export/episode.csv "$out"/export/contact.csv | wc -l)" = "$loop" ] ||
        note "run.sh: the exports differ in their rows"
    took=$(of export_us)
    row "export" "$1" "$(awk -v r="$rows" -v t="$took" 'BEGIN { printf "%.0f rows/s", r / t * 1e6 }')" \
        "C loop $(awk -v r="$rows" -v t="$(of loop_us)" 'BEGIN { printf "%.0f rows/s", r / t * 1e6 }')" \
        "$(ratio_of export_us loop_us)" "$(judged "<= 1.25")"
    row "export" "$1" "" "C loop with the export's cache" "$(ratio_of export_us large_loop_us)" "-"
    [ -z "$shell" ] || row "export, times as fast" "$1" "$(seconds "$took")" "sqlcipher shell $(seconds "$(of shell_us)")" \
        "$(ratio_of shell_us export_us)" "$(judged ">= 1.5")"
}

# The rows of the export before it, sealed; the peer is what anybody would write on a command line.
seal_by_pipe() { # EXPORT OUT RECIPIENT SIGNER
    rm -f "$2/p.age" "$2/p.age.minisig"
    (cd "$1" && zip -1 -qr - .) | age -r "$3" -o "$2/p.age" && minisign -S -W -s "$4" -m "$2/p.age" > /dev/null
}

figure_seal() {
    local keys=$out/seal-keys recipient i
    command -v age > /dev/null && command -v minisign > /dev/null || { note "run.sh: no age or minisign: sealing has no peer"; return; }
    rm -rf "$keys" "$out/seal" "$out/export"
    mkdir -p "$keys" "$out/seal"
    dolen "$out/work-$1" export --from 2000-04-01 --until 2030-03-31 --to "$out/export" > /dev/null 2>&1
    age-keygen -o "$keys/age" 2> /dev/null
    recipient=$(age-keygen -y "$keys/age")
    minisign -G -W -f -p "$keys/pub" -s "$keys/sign" > /dev/null
    : > "$said"
    for ((i = 0; i < rounds; i++)); do
        timed dolen_us "$programs/seal" "$out/export" "$out/seal" "$recipient" "$keys/sign"
        timed pipe_us seal_by_pipe "$out/export" "$out/seal" "$recipient" "$keys/sign"
    done
    row "sealing" "$1" "$(ms "$(of dolen_us)")" "zip -1 | age, minisign $(ms "$(of pipe_us)")" "$(ratio_of dolen_us pipe_us)" \
        "$([ "$1" -ge 10000 ] && echo "<= 1" || echo -)"
}

figure_memory() {
    : > "$said"
    screen memory "$out/work-$1" '<Down>' '<Down>' p '<Down>' '<PgDn>' '<PgDn>' / m a i r ' ' j '<Esc>' '<Enter>' '<Right>' '<Right>' \
        '<Right>' '<Esc>' e '<Down>' '<Esc>' / l o n e l y '<Esc>' t '<PgDn>'
    row "peak memory after the key" "$1" "$(awk -v k="$(of peak_kib)" 'BEGIN { printf "%.1f MiB", k / 1024 }')" \
        "24 MiB$([ "$(of exact)" = 1.000 ] || printf ' (sampled)')" "$(divide "$(of peak_kib)" 24576)" "<= 1"
    of peak_kib > "$out/growth.memory.$1"
}

figure_growth() {
    local least=${sizes%% *} most=${sizes##* } name n
    [ "$least" != "$most" ] || return 0
    for name in start save memory search; do
        # among a few people nothing has fifty hits
        if [ $name = search ]; then
            for n in $sizes; do [ "$least" -ge 10000 ] || least=$n; done
        fi
        [ -s "$out/growth.$name.$least" ] && [ -s "$out/growth.$name.$most" ] || continue
        row "growth of $name" "$most" "$(cat "$out/growth.$name.$most" | cut -d . -f 1)" \
            "$least people: $(cut -d . -f 1 "$out/growth.$name.$least")" \
            "$(divide "$(cat "$out/growth.$name.$most")" "$(cat "$out/growth.$name.$least")")" "$1"
    done
}

# --- telling --------------------------------------------------------------------------------------------------------------

machine() {
    local disk
    disk=$(findmnt -no SOURCE,FSTYPE -T "$out" 2>/dev/null | tr -s ' ')
    printf '%s, %s cores, Linux %s, disk %s, sqlcipher %s, %s\n' \
        "$(awk -F ': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)" "$(nproc)" "$(uname -r)" "${disk:-unknown}" \
        "$(sqlcipher -version 2>/dev/null | cut -d ' ' -f 1)" "$(date -u +%F)"
}

table() {
    awk -F '\t' -v md="$markdown" '
        function cell(i, text) { if (md) gsub(/\|/, "\\|", text); cells[NR, i] = text; n = length(text); if (n > wide[i]) wide[i] = n }
        BEGIN { split("figure\tpeople\tmeasured\tpeer or limit\tratio\ttarget\t", head, "\t") }
        { for (i = 1; i <= 7; i++) cell(i, $i) }
        END {
            for (i = 1; i <= 7; i++) if (length(head[i]) > wide[i]) wide[i] = length(head[i])
            for (r = 0; r <= NR; r++) {
                line = md ? "|" : ""
                for (i = 1; i <= 7; i++) line = line sprintf(md ? " %-" wide[i] "s |" : "%-" wide[i] "s  ", r ? cells[r, i] : head[i])
                print line
                if (r == 0 && md) { line = "|"; for (i = 1; i <= 7; i++) line = line " --- |"; print line }
            }
        }' "$results"
}

shell=1
command -v sqlcipher > /dev/null || { note "run.sh: no sqlcipher shell: the export has one peer less"; shell=''; }
rm -f "$out"/growth.*
for n in $sizes; do
    note "$n people"
    make_case "$n"
    for f in start keys idle search views save export seal memory; do
        if wanted "$f"; then "figure_$f" "$n"; fi
    done
    forget_case "$n"
done
if wanted growth; then figure_growth "<= 1.5"; fi
{
    machine
    echo
    table
    echo
    awk -F '\t' '$7 == "MISSED" { missed++ } $7 == "ok" { met++ } END { printf "%d targets met, %d missed\n", met, missed }' "$results"
}
