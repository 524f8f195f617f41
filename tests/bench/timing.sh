# timing.sh - what the benches of the hub share: a command timed, and medians of its rounds. Source it in the work folder.
note() { printf '%s %s\n' "$(date +%T)" "$*" >&2; }
stop() { note "$*"; exit 1; }
median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
# Seconds that a command takes, appended to times.NAME
timed() {
    local name=$1 from to
    shift
    from=$(date +%s.%N)
    "$@" >out 2>err || stop "failed: $*: $(cat err)"
    to=$(date +%s.%N)
    awk -v a="$from" -v b="$to" 'BEGIN { print b - a }' >>"times.$name"
}
of() { median <"times.$1"; }
ratio() { paste "times.$1" "times.$2" | awk '{ print $1 / $2 }' | median; }
