#!/bin/sh
# deps.sh - installs the Debian packages that are missing, and says which and why.
#
#   tools/deps.sh [--check | --dry-run] [SET …]      sets: build print test wide; without one: build print test
#
# Quiet and quick when nothing is missing. --check installs nothing and fails when something is. --dry-run prints what
# would be done. SQLCipher must be 4.5 or later; Debian 12 has that in its backports only, so there the backports suite
# is added beside the Debian source the machine already uses (the address comes from apt's own settings).
set -eu
umask 022

sqlcipher_needs=4.5
os_release=${OS_RELEASE:-/etc/os-release}
backports_list=/etc/apt/sources.list.d/dolen-backports.sources
keyring=${DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}

# set  package  why
packages() {
    cat <<'END'
build gcc                  the C compiler
build libc6-dev            the C library's headers
build make                 runs the build
build pkg-config           finds the terminal library's settings
build libncurses-dev       the screen
build libsqlcipher-dev     the encrypted case file (4.5 or later, linked into the program)
build libssl-dev           the ciphers that SQLCipher uses
build libsodium-dev        passphrases, key slots, hashes
build libyaml-dev          forms and code lists
build uuid-dev             record ids
build libutf8proc-dev      text in Welsh and every other language
build libjansson-dev       answers, settings and replies as JSON
build libcsv-dev           spreadsheets as CSV
build libzip-dev           bundles: the archive inside
build libcurl4-openssl-dev bundles on their way: SFTP, WebDAV, object stores
build libxlsxwriter-dev    workbooks for Excel
build libpq-dev            a hub on PostgreSQL
build gettext              the Welsh catalogue
print libpango1.0-dev      plans and letters as PDF, in any script (without it: text and HTML)
print fonts-liberation     the letters of those: narrow enough for a whole plan on one page
print fonts-noto-core      names in Arabic, Tamil, Ge'ez and most other scripts
print fonts-noto-cjk       names in Chinese, Japanese and Korean
test  libcmocka-dev        unit tests
test  libvterm-dev         reads the screen in terminal tests
test  sqlcipher            opens a case file without us, in tests
test  poppler-utils        reads our PDFs back, in tests
test  tidy                 reads our reports as web pages, in tests
test  age                  opens our bundles without us, and makes files that we must open
test  minisign             the same for signatures
test  unzip                the same for archives
test  zip                  makes archives that we must open
test  openssh-server       an SFTP server on loopback (installed so that it is not started)
wide  man-db               reads our manual pages
wide  postgresql           hubs on PostgreSQL, started by the tests
wide  sqlite3              loads the same rows as a hub, in its bench
wide  clang                a second compiler, the fuzzers
wide  valgrind             memory checks
wide  openssl              certificates for servers on loopback
wide  apache2-bin          a WebDAV server with TLS, on loopback
wide  nginx-light          another one (installed so that it is not started)
wide  libnginx-mod-http-dav-ext  its WebDAV part
wide  r-base-core          the statistics of reports, by R
wide  r-cran-readr         exports, as R's other reader takes them
wide  glpk-utils           tries to break the suppression of small numbers
wide  chromium             opens reports as web pages
wide  python3-pandas       exports as Python and pandas take them
wide  libreoffice-calc-nogui  exports and workbooks as LibreOffice opens them
wide  npm                  an accessibility checker for them, and Data Package's own checkers for exports
END
}

say() { printf '%s\n' "$*" >&2; }
stop() { say "deps: $*"; exit 1; }

mode=install
sets=
for arg in "$@"; do
    case $arg in
    --check) mode=check ;;
    --dry-run) mode=dry ;;
    build|print|test|wide) sets="$sets $arg" ;;
    *) say "usage: tools/deps.sh [--check | --dry-run] [build] [print] [test] [wide]"; exit 2 ;;
    esac
done
[ -n "$sets" ] || sets="build print test"

wanted() {
    packages | while read -r in_set package why; do
        case " $sets " in *" $in_set "*) printf '%s %s\n' "$package" "$why" ;; esac
    done
}

if ! command -v dpkg-query >/dev/null 2>&1; then
    [ "$mode" = check ] && exit 0
    say "deps: this is not a Debian-like system; please install the equivalents of:"
    wanted | while read -r package why; do printf '  %-18s %s\n' "$package" "$why"; done >&2
    exit 0
fi

# "package why" of everything wanted that is not installed, or is a SQLCipher too old.
missing() {
    names=$(wanted | cut -d' ' -f1)
    # shellcheck disable=SC2086
    have=$(dpkg-query -W -f '${Package} ${Version} ${db:Status-Status}\n' $names 2>/dev/null || true)
    wanted | while read -r package why; do
        version=
        while read -r name v status; do
            [ "$name" = "$package" ] && [ "$status" = installed ] && version=$v
        done <<END
$have
END
        case $package in
        *sqlcipher*) [ -n "$version" ] && new_enough "$version" && continue ;;
        npm) command -v npm >/dev/null 2>&1 && continue ;;     # it often comes with Node.js from elsewhere
        *) [ -n "$version" ] && continue ;;
        esac
        printf '%s %s\n' "$package" "$why"
    done
}

new_enough() { dpkg --compare-versions "$1" ge "$sqlcipher_needs"; }

todo=$(missing)
[ -n "$todo" ] || exit 0

say "Missing packages:"
printf '%s\n' "$todo" | while read -r package why; do printf '  %-18s %s\n' "$package" "$why"; done >&2
if [ "$mode" = check ]; then
    say "deps: nothing was built; 'make deps' installs them."
    exit 1
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        stop "installing needs root, and there is no sudo here; nothing was changed. As root: apt-get install" \
             "$(printf '%s\n' "$todo" | cut -d' ' -f1 | tr '\n' ' ')"
    fi
    as_root="sudo"
fi

# Runs as root, or says what would be run.
act() {
    if [ "$mode" = dry ]; then
        echo "would run: ${as_root:+$as_root }$*"
    elif [ -n "$as_root" ]; then
        sudo env DEBIAN_FRONTEND=noninteractive "$@" >&2
    else
        DEBIAN_FRONTEND=noninteractive "$@" >&2
    fi
}

refresh() {
    say "Reading the package lists …"
    act apt-get -qq update || stop "the package lists could not be read (is there a network?); nothing was changed." \
                                   "Try again with a connection."
}

candidate() { apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: *//p'; }

release() { sed -n "s/^$1=\"\{0,1\}\([^\"]*\)\"\{0,1\}\$/\1/p" "$os_release" 2>/dev/null | head -n 1; }

# Versions of libsqlcipher-dev that apt knows of, from whatever suite.
known_versions() { apt-cache madison libsqlcipher-dev 2>/dev/null | cut -d'|' -f2 | tr -d ' '; }

backports_known() {
    for v in $(known_versions); do
        new_enough "$v" && return 0
    done
    return 1
}

add_backports() {
    uri=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
          sort | uniq -c | sort -rn | awk 'NR == 1 { print $2 }')
    [ -n "$uri" ] || stop "apt names no source to take backports from; nothing was changed. Add a Debian source first."
    [ -e "$keyring" ] || stop "$keyring is missing; nothing was changed. Install debian-archive-keyring first."
    say "This Debian's own SQLCipher is older than $sqlcipher_needs: adding its $suite suite in $backports_list."
    say "Only libsqlcipher-dev and sqlcipher are taken from it; other packages stay as they are."
    if [ "$mode" = dry ]; then
        echo "would write: $backports_list ($suite main)"
    else
        source_text=$(printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
                             "$uri" "$suite" "$keyring")
        printf '%s\n' "$source_text" | $as_root tee "$backports_list" >/dev/null ||
            stop "$backports_list could not be written; nothing was changed."
    fi
    refresh
}

# A server that only the tests need must not begin to listen on this machine: Debian's own switch for sshd, a mask for nginx.
# A server that was there before is left as it is.
keep_asleep() {
    for package in $plain; do
        case $package in
        openssh-server) act_quietly mkdir -p /etc/ssh; act_quietly touch /etc/ssh/sshd_not_to_be_run
                        say "The SSH server will not be started: /etc/ssh/sshd_not_to_be_run (delete that file to use it)." ;;
        nginx-light)    act_quietly mkdir -p /etc/systemd/system
                        act_quietly ln -sf /dev/null /etc/systemd/system/nginx.service
                        say "nginx will not be started: its service is masked (systemctl unmask nginx, to use it)." ;;
        esac
    done
}
act_quietly() { act "$@" || stop "/etc cannot be written; nothing was installed."; }

plain=
cipher=
for package in $(printf '%s\n' "$todo" | cut -d' ' -f1); do
    case $package in
    *sqlcipher*) cipher="$cipher $package" ;;
    *) plain="$plain $package" ;;
    esac
done

refresh
if [ -n "$plain" ]; then
    keep_asleep
    say "Installing:$plain"
    # shellcheck disable=SC2086
    act apt-get -qq -y --no-install-recommends install $plain ||
        stop "apt could not install them; its words are above. Nothing of this project was changed."
fi
if [ -n "$cipher" ]; then
    found=$(candidate libsqlcipher-dev)
    from=
    if [ -z "$found" ] || [ "$found" = "(none)" ] || ! new_enough "$found"; then
        suite=$(release VERSION_CODENAME)-backports
        [ "$(release ID)" = debian ] ||
            stop "this system offers SQLCipher ${found:-not at all}, and $sqlcipher_needs or later is needed;" \
                 "nothing was changed. Debian 12 or later and Ubuntu 24.04 have it."
        backports_known || add_backports
        from="-t $suite"
    fi
    say "Installing:$cipher"
    # shellcheck disable=SC2086
    act apt-get -qq -y --no-install-recommends install $from $cipher ||
        stop "apt could not install SQLCipher; its words are above. Nothing of this project was changed."
fi
if [ "$mode" = dry ]; then
    exit 0
fi
todo=$(missing)
[ -z "$todo" ] || stop "still missing after installing: $(printf '%s\n' "$todo" | cut -d' ' -f1 | tr '\n' ' ')"
