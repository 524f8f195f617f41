# sshd.sh - an SSH server on loopback for scripts of tests, as whoever runs them: keys and log in the folder $SSHD, the files
# that are sent in $SSHD/there. Source it; then sshd_make, sshd_start.

SSHD=$HOME/sshd

sshd_key() { # NAME: anew
    rm -f "$SSHD/$1" "$SSHD/$1.pub"
    ssh-keygen -q -t ed25519 -N "" -f "$SSHD/$1"
}
sshd_make() {
    SSHD=$HOME/sshd
    mkdir -p "$SSHD/there"
    [ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
    sshd_key host
    sshd_key user
}
# What runs in place of the subsystem: sshd_start [PROGRAM]. It ends with the test's folder, at the latest after 300 seconds.
sshd_start() {
    local tries port pid
    for tries in 1 2 3 4 5 6 7 8 9; do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        printf '%s\n' "Port $port" "ListenAddress 127.0.0.1" "HostKey $SSHD/host" "PidFile none" \
            "AuthorizedKeysFile $SSHD/user.pub" "PasswordAuthentication no" "KbdInteractiveAuthentication no" "UsePAM no" \
            "StrictModes no" "PermitRootLogin yes" "Subsystem sftp internal-sftp" "ForceCommand ${1:-internal-sftp}" >"$SSHD/conf"
        : >"$SSHD/log"
        timeout 300 /usr/sbin/sshd -D -e -f "$SSHD/conf" 2>"$SSHD/log" >/dev/null </dev/null &
        pid=$!
        if timeout 60 tail -n +1 -f --pid=$pid "$SSHD/log" | grep -qm1 "Server listening"; then
            echo $pid >"$SSHD/pid"
            echo "sftp://$(id -un)@127.0.0.1:$port$SSHD/there" >"$SSHD/url"
            printf '[127.0.0.1]:%s %s\n' "$port" "$(cut -d' ' -f1,2 "$SSHD/host.pub")" >"$SSHD/known"
            return 0
        fi
        kill $pid 2>/dev/null || true
    done
    echo "sshd did not start: $(cat "$SSHD/log")" >&2
    return 1
}
# Its port is free again when this returns.
sshd_stop() {
    kill "$(cat "$SSHD/pid")" 2>/dev/null || true
    timeout 60 tail -f /dev/null --pid="$(cat "$SSHD/pid")" 2>/dev/null || true
}
# A program for sshd_start: the disk there is full after some writes, until sshd_make_room.
sshd_full() {
    printf '#!/bin/sh\n[ ! -e %s/full ] || export FAULT_DIR=%s/there FAULT_CALLS=write FAULT_NTH=%s FAULT_STICKY=1 FAULT_ERRNO=ENOSPC FAULT_STATE=%s/count LD_PRELOAD=%s\nexec /usr/lib/openssh/sftp-server\n' \
        "$SSHD" "$SSHD" "${1:-2}" "$SSHD" "$(realpath "$BUILD")/tests/fault_shim.so" >"$SSHD/small"
    chmod 700 "$SSHD/small"
    : >"$SSHD/full"
}
sshd_make_room() { rm "$SSHD/full"; }
# A program for sshd_start: nothing is served before sshd_open_gate has let this connection in.
sshd_gate() {
    mkfifo "$SSHD/gate"
    printf '#!/bin/sh\n[ ! -p %s/gate ] || read -r go <%s/gate\nexec /usr/lib/openssh/sftp-server\n' "$SSHD" "$SSHD" >"$SSHD/gated"
    chmod 700 "$SSHD/gated"
}
sshd_open_gate() {
    exec 4>"$SSHD/gate"
    rm "$SSHD/gate"
    echo go >&4
    exec 4>&-
}
