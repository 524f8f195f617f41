# postgres.sh - PostgreSQL servers of a test's own, on sockets below its temporary folder: source it.
#
#   pg_start NAME     starts one (fsync off: crashes of the server are not what is tested); its address: pg_url NAME [DB]
#                     in $PG_PLACE (/tmp)
#   pg_crash NAME SIG kill -SIG of the server itself: KILL, or QUIT as pg_ctl stop -m immediate does; pg_again NAME  starts it
#                     again, which replays its log
#   pg_stop_all       ends those that were started; run it from a trap
#   pg_sql NAME SQL   one answer, fields between |
# PostgreSQL does not run as root: as root, the servers run as postgres or nobody. A missing server is a failure.
PG_BIN=${PG_BIN:-$(dirname "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)")}
PG_HOME=
PG_STARTED=

pg_as() {
    if [ "$(id -u)" -ne 0 ]; then
        "$@"
    else
        # shellcheck disable=SC2086
        setpriv --reuid="$PG_USER" --regid="$(id -g "$PG_USER")" --clear-groups env -i PATH="$PATH" LC_ALL=C.UTF-8 HOME="$PG_HOME" sh -c 'cd / && exec "$@"' sh "$@"
    fi
}

pg_up() {
    pg_as "$PG_BIN/pg_ctl" -D "$PG_HOME/$1" -w -t 60 -l "$PG_HOME/$1.server.log" \
          -o "-k $PG_HOME/$1.sock -c listen_addresses='' -c fsync=off -c max_connections=30 ${PG_OPTIONS:-}" start \
          >>"$PG_HOME/$1.log" 2>&1
}
pg_pid() { head -n 1 "$PG_HOME/$1/postmaster.pid"; }
pg_crash() { kill "-$2" "$(pg_pid "$1")"; }
# What the dead server left behind may take a moment to go.
pg_again() {
    local i
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        pg_up "$1" && return
        echo "try $i" >>"$PG_HOME/$1.log"
    done
    cat "$PG_HOME/$1.log" "$PG_HOME/$1.server.log" >&2
    return 1
}

pg_start() {
    [ -x "$PG_BIN/initdb" ] || { echo "PostgreSQL is not installed (tools/deps.sh wide): this test needs it" >&2; exit 1; }
    if id postgres >/dev/null 2>&1; then PG_USER=postgres; else PG_USER=nobody; fi
    if [ -z "$PG_HOME" ]; then
        PG_HOME=$(mktemp -d "${PG_PLACE:-/tmp}/dolen-pg.XXXXXX")
        [ "$(id -u)" -ne 0 ] || chown "$PG_USER" "$PG_HOME"
        chmod 755 "$PG_HOME"
    fi
    pg_as "$PG_BIN/initdb" -D "$PG_HOME/$1" -U dolen -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$PG_HOME/$1.log" 2>&1 ||
        { cat "$PG_HOME/$1.log" >&2; exit 1; }
    pg_as mkdir "$PG_HOME/$1.sock"
    pg_up "$1" || { cat "$PG_HOME/$1.log" "$PG_HOME/$1.server.log" >&2; exit 1; }
    PG_STARTED="$PG_STARTED $1"
    pg_as "$PG_BIN/createdb" -h "$PG_HOME/$1.sock" -U dolen hub
}

pg_url() { printf 'postgresql:///%s?host=%s&user=dolen' "${2:-hub}" "$PG_HOME/$1.sock"; }

pg_sql() { "$PG_BIN/psql" -h "$PG_HOME/$1.sock" -U dolen -d "${3:-hub}" -XAtq -c "$2"; }

pg_stop_all() {
    for name in $PG_STARTED; do
        pg_as "$PG_BIN/pg_ctl" -D "$PG_HOME/$name" -m immediate -w stop >/dev/null 2>&1 || true
    done
    [ -z "$PG_HOME" ] || rm -rf "$PG_HOME"
    PG_STARTED=
    PG_HOME=
}
