#!/bin/bash
# The installer, on machines made of small scripts: what is there, what apt offers, who we are.
. "$(dirname "$0")/../lib/cli.sh"

# machine DEBIAN|UBUNTU CANDIDATE KNOWN INSTALLED…: every wanted package but those after "without".
machine() {
    local id=$1 codename=$2 candidate=$3 known=$4
    shift 4
    mkdir -p bin
    printf 'ID=%s\nVERSION_CODENAME="%s"\n' "$id" "$codename" >os-release
    : >keyring
    printf '%s\n' "$@" >missing
    cat >bin/dpkg-query <<END
#!/bin/sh
shift 3
for p in "\$@"; do
    v=\$(sed -n "s/^\$p=//p" missing)
    grep -qx "\$p" missing || echo "\$p \${v:-4.6.1-2} installed"
done
END
    cat >bin/apt-cache <<END
#!/bin/sh
case \$1 in
policy) echo "  Candidate: $candidate" ;;
madison) for v in $known; do echo " \$2 | \$v | somewhere"; done ;;
esac
END
    cat >bin/apt-get <<'END'
#!/bin/sh
case $1 in
indextargets) printf 'mirror:/one/\nmirror:/two/\nmirror:/two/\n' ;;
*) echo "$*" >>done; [ ! -e no-network ] ;;
esac
END
    printf '#!/bin/sh\necho 0\n' >bin/id
    chmod +x bin/*
}
deps() { PATH=$PWD/bin:$PATH OS_RELEASE=$PWD/os-release DEBIAN_KEYRING=$PWD/keyring "$ROOT/tools/deps.sh" "$@"; }

test_nothing_missing_says_nothing() {
    machine debian bookworm 3.4.1-1 3.4.1-1
    assert_exit 0 deps
    assert_eq "output" "$OUT$ERR" ""
}
test_nothing_missing_is_quick() {
    machine debian bookworm 3.4.1-1 3.4.1-1
    local start=${EPOCHREALTIME/./}
    deps
    [ $((${EPOCHREALTIME/./} - start)) -lt 1000000 ] || fail "it took longer than a second"
}
test_missing_packages_are_named_with_their_reason() {
    machine debian trixie 4.6.1-2 4.6.1-2 libyaml-dev libcmocka-dev
    assert_exit 0 deps --dry-run build test
    assert_has "what" "$ERR" "libyaml-dev        forms and code lists"
    assert_has "what" "$ERR" "libcmocka-dev      unit tests"
    assert_has "would" "$OUT" "install libyaml-dev libcmocka-dev"
    assert_no_file done
}
test_a_server_for_the_tests_is_not_started() {
    machine debian trixie 4.6.1-2 4.6.1-2 openssh-server nginx-light
    assert_exit 0 deps --dry-run test wide
    assert_has "sshd" "$OUT" "would run: touch /etc/ssh/sshd_not_to_be_run"
    assert_has "nginx" "$OUT" "would run: ln -sf /dev/null /etc/systemd/system/nginx.service"
    assert_has "says so" "$ERR" "The SSH server will not be started"
    machine debian trixie 4.6.1-2 4.6.1-2 minisign
    assert_exit 0 deps --dry-run test wide
    assert_has_not "already there" "$OUT$ERR" "sshd"
}
test_only_the_sets_asked_for() {
    machine debian trixie 4.6.1-2 4.6.1-2 libcmocka-dev
    assert_exit 0 deps --dry-run build
    assert_eq "output" "$OUT$ERR" ""
}
test_check_installs_nothing() {
    machine debian trixie 4.6.1-2 4.6.1-2 gettext
    assert_exit 1 deps --check build
    assert_has "sentence" "$ERR" "make deps"
    assert_no_file done
}
test_debian_12_takes_sqlcipher_from_backports() {
    machine debian bookworm 3.4.1-1 3.4.1-1 libsqlcipher-dev sqlcipher gcc
    assert_exit 0 deps --dry-run
    assert_has "source" "$OUT" "would write: /etc/apt/sources.list.d/dolen-backports.sources (bookworm-backports main)"
    assert_has "from" "$OUT" "install -t bookworm-backports libsqlcipher-dev sqlcipher"
    assert_has "the rest" "$OUT" "install gcc"
    assert_has "says so" "$ERR" "bookworm-backports"
}
test_an_installed_sqlcipher_that_is_too_old_is_replaced() {
    machine debian bookworm 3.4.1-1 3.4.1-1 libsqlcipher-dev=3.4.1-1
    assert_exit 0 deps --dry-run
    assert_has "from" "$OUT" "install -t bookworm-backports libsqlcipher-dev"
}
test_backports_that_are_there_are_not_added_again() {
    machine debian bookworm 3.4.1-1 "4.6.1-2~bpo12+1 3.4.1-1" libsqlcipher-dev
    assert_exit 0 deps --dry-run
    assert_has_not "source" "$OUT" "would write"
    assert_has "from" "$OUT" "install -t bookworm-backports libsqlcipher-dev"
}
test_debian_13_needs_no_backports() {
    machine debian trixie 4.6.1-2 4.6.1-2 libsqlcipher-dev sqlcipher
    assert_exit 0 deps --dry-run
    assert_has "install" "$OUT" "install libsqlcipher-dev sqlcipher"
    assert_has_not "suite" "$OUT" "backports"
}
test_version_4_10_is_newer_than_4_5() {
    machine debian forky 4.10.0-1 4.10.0-1 libsqlcipher-dev
    assert_exit 0 deps --dry-run
    assert_has_not "suite" "$OUT" "backports"
}
test_an_old_ubuntu_is_refused_with_a_sentence() {
    machine ubuntu focal 3.4.1-1 3.4.1-1 libsqlcipher-dev
    assert_exit 1 deps --dry-run
    assert_has "sentence" "$ERR" "4.5 or later is needed"
}
test_no_network_is_a_sentence() {
    machine debian trixie 4.6.1-2 4.6.1-2 gettext
    touch no-network
    assert_exit 1 deps
    assert_has "sentence" "$ERR" "is there a network?"
}
test_no_root_and_no_sudo_is_a_sentence() {
    machine debian trixie 4.6.1-2 4.6.1-2 gettext
    printf '#!/bin/sh\necho 1000\n' >bin/id
    for tool in sh sed grep cut tr cat sort uniq awk head dpkg printf dirname; do
        ln -sf "$(command -v $tool)" bin/$tool
    done
    PATH=$PWD/bin OS_RELEASE=$PWD/os-release assert_exit 1 "$ROOT/tools/deps.sh"
    assert_has "sentence" "$ERR" "needs root"
    assert_has "what to type" "$ERR" "apt-get install gettext"
}
test_no_address_stands_in_the_installer() {
    ! grep -nE 'https?://' "$ROOT/tools/deps.sh" || fail "an address"
}
run_tests
