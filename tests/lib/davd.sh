# davd.sh - a WebDAV server over TLS on loopback for scripts of tests, as whoever runs them: Apache's mod_dav or nginx. Certificate
# and log in the folder $DAVD, the files that are sent in $DAVD/there. Source it; then davd_make, davd_start apache|nginx.

davd_make() {
    DAVD=$HOME/davd
    mkdir -p "$DAVD/there" "$DAVD/run"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$DAVD/key" -out "$DAVD/ca" -days 30 -subj /CN=test \
        -addext subjectAltName=IP:127.0.0.1 2>/dev/null
    echo "y bont" >"$DAVD/password"
    printf 'dolen:%s\n' "$(openssl passwd -apr1 "y bont")" >"$DAVD/users"
    chmod 644 "$DAVD/users"
    # Started by root, Apache answers as nobody, who must reach the folder.
    if [ "$(id -u)" -eq 0 ]; then
        chmod 711 "$HOME" "$DAVD"
        chown nobody "$DAVD/there" "$DAVD/run"
    fi
}

davd_apache() { # PORT
    local module as=
    [ "$(id -u)" -ne 0 ] || as=$'User nobody\nGroup nogroup'
    for module in mpm_event authn_core authz_core authn_file authz_user auth_basic dav dav_fs socache_shmcb ssl; do
        echo "LoadModule ${module}_module /usr/lib/apache2/modules/mod_$module.so"
    done >"$DAVD/conf"
    cat >>"$DAVD/conf" <<C
ServerName 127.0.0.1
Listen 127.0.0.1:$1
ServerRoot $DAVD
PidFile $DAVD/run/pid
ErrorLog $DAVD/run/error.log
$as
Mutex file:$DAVD/run
DavLockDB $DAVD/run/locks
SSLEngine on
SSLCertificateFile $DAVD/ca
SSLCertificateKeyFile $DAVD/key
SSLSessionCache none
DocumentRoot $DAVD
<Directory />
Require all denied
</Directory>
<Directory $DAVD/there>
Dav On
AuthType Basic
AuthName drop
AuthUserFile $DAVD/users
Require valid-user
</Directory>
C
    davd_program="/usr/sbin/apache2 -f $DAVD/conf -D FOREGROUND"
}

davd_nginx() {  # PORT
    local as=
    [ "$(id -u)" -ne 0 ] || as="user root;"
    cat >"$DAVD/conf" <<C
load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;
daemon off;
master_process off;
$as
pid $DAVD/run/pid;
error_log $DAVD/run/error.log;
events { worker_connections 64; }
http {
access_log off;
client_body_temp_path $DAVD/run/body; proxy_temp_path $DAVD/run/p; fastcgi_temp_path $DAVD/run/f;
uwsgi_temp_path $DAVD/run/u; scgi_temp_path $DAVD/run/s;
client_max_body_size 100m;
server {
listen 127.0.0.1:$1 ssl;
ssl_certificate $DAVD/ca;
ssl_certificate_key $DAVD/key;
root $DAVD;
location /there { auth_basic drop; auth_basic_user_file $DAVD/users; dav_methods PUT DELETE MOVE; dav_ext_methods PROPFIND OPTIONS; }
}
}
C
    davd_program="/usr/sbin/nginx -c $DAVD/conf"
}

# It ends with the test, at the latest after 100 seconds: davd_start apache|nginx
davd_start() {
    local tries port
    for tries in 1 2 3 4 5 6 7 8 9; do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        "davd_$1" $port
        # shellcheck disable=SC2086
        timeout 100 $davd_program >"$DAVD/log" 2>&1 </dev/null &
        echo $! >"$DAVD/pid"
        until (exec 5<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
            kill -0 "$(cat "$DAVD/pid")" 2>/dev/null || continue 2
        done
        echo "https://dolen@127.0.0.1:$port/there" >"$DAVD/url"
        return 0
    done
    echo "$1 did not start: $(cat "$DAVD/log")" >&2
    return 1
}
davd_stop() {
    kill "$(cat "$DAVD/pid")" 2>/dev/null || true
    wait "$(cat "$DAVD/pid")" 2>/dev/null || true
}
