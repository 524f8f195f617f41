#!/bin/sh
# prepare.sh - a ready case file for a test: $HOME/case, with the state and settings that belong to it.
#
#   prepare.sh empty                    made by init with the lowest key cost; passphrase "cerdded dros y bont 27"
#   prepare.sh practice [CASES [SEED]]  a training file; passphrase "ymarfer"
#   prepare.sh keyed …                  one of these with a key file too, $HOME/key: opening it costs a tenth
#
# Made once for each build of the program and each kind, then copied. HOME, BUILD and the XDG places come from the caller.
set -eu
dolen=$BUILD/dolen
keyed=
if [ "$1" = keyed ]; then
    keyed=keyed-
    shift
fi
kind=$1 cases=${2:-5} seed=${3:-7}
today=${DOLEN_TODAY:-2026-03-09}
key=$keyed$kind-$cases-$seed-$today-$(stat -c %Y-%s "$dolen" | tr -d '\n')
cache=$BUILD/tests/cache/$key

make_in() {
    home=$1
    mkdir -p "$home/data" "$home/state" "$home/config/dolen" "$home/tmp"
    echo "tips 0" >"$home/config/dolen/settings"        # tests/ui/tips.t turns them on
    (
        HOME=$home XDG_DATA_HOME=$home/data XDG_STATE_HOME=$home/state XDG_CONFIG_HOME=$home/config TMPDIR=$home/tmp
        export HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CONFIG_HOME TMPDIR
        case $kind in
        empty)
            passphrase='cerdded dros y bont 27'
            printf '%s\n' "$passphrase" |
                "$dolen" --file "$home/case" init --kdf-mib 64 --passphrase-fd 0 --recovery-to "$home/code"
            ;;
        practice)
            passphrase=ymarfer
            printf '%s\n' "$passphrase" | DOLEN_TODAY=$today "$dolen" --file "$home/case" practice new \
                --cases "$cases" --seed "$seed" --passphrase-fd 0
            ;;
        *) echo "prepare.sh: no such kind: $kind" >&2; exit 2 ;;
        esac
        [ -z "$keyed" ] || printf '%s\n' "$passphrase" |
            "$dolen" --file "$home/case" --passphrase-fd 0 keys add key-file --to "$home/key"
    ) >&2
}

if [ ! -d "$cache" ]; then
    mkdir -p "$BUILD/tests/cache"
    fresh=$(mktemp -d "$BUILD/tests/cache/.new.XXXXXX")
    make_in "$fresh"
    mv -T "$fresh" "$cache" 2>/dev/null || rm -rf "$fresh"      # another test was quicker
fi
cp -a "$cache/." "$HOME/"
