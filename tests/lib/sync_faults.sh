# sync_faults.sh - what may go wrong between laptop and hub when a server lies between them, whichever server it is. Source it after
# sync.sh; the script has set $THERE, the server's folder, and road_receive, which lets the hub read there and answer there.

batch_states() { dolen outbox show w-hub --json | json '.destinations[0].batches[].state' | tr '\n' ' '; }
contacts_there() { hub_json status | json .rows.contact; }
# Seals and sends; what lies there is then $LAST.dlnb and its marker.
away() {
    seal >sealed.json
    assert_exit 0 send
    assert_eq "sent" "$(newest state)" SENT
    LAST=$THERE/$(newest bundle)
}
# What the hub answered has come back, and the newest batch counts as arrived.
arrives() {
    road_receive
    dolen outbox send >/dev/null 2>&1 || true
    assert_eq "$1" "$(newest state)" ACKED
}

# The third batch is read before the second, the first of them never; then everything lies there a second time.
fault_lost_reordered_and_twice() {
    away
    arrives "the first"
    new_contact 9
    away
    rm "$LAST.dlnb"*
    new_contact 8
    away
    mkdir aside
    mv "$LAST.dlnb"* aside
    new_contact 7
    away
    arrives "the newest, though two before it are missing"
    assert_eq "all rows are there" "$(contacts_there)" 4
    mv aside/* "$THERE"
    road_receive
    dolen outbox send >/dev/null
    sha256sum "$THERE"/receipts/*/*.rcpt >receipts.was
    road_receive
    sha256sum --quiet -c receipts.was || fail "a duplicate got another receipt"
    assert_eq "nothing more came of it" "$(contacts_there)" 4
    assert_has_not "no batch is open" "$(batch_states)" SENT
}

# Without a receipt the same bytes go again after two weeks, and are found there; a bundle that went missing goes anew beside its
# marker.
fault_sent_again_and_marker_without_its_bundle() {
    local was
    away
    was=$(stat -c %i "$LAST.dlnb")
    assert_exit 0 env CLOCK_DAYS=15 LD_PRELOAD="$T/clock_shim.so" "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 outbox send --json 3<<<"$PASS"
    assert_eq "not written again" "$(stat -c %i "$LAST.dlnb")" "$was"
    mv "$LAST.dlnb" aside
    road_receive
    assert_eq "a marker alone is nothing" "$(hub_json status | json .rows.contact)" 0
    assert_exit 0 env CLOCK_DAYS=31 LD_PRELOAD="$T/clock_shim.so" "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 outbox send --json 3<<<"$PASS"
    cmp aside "$LAST.dlnb"
    mv "$LAST.dlnb.minisig" marker
    road_receive
    assert_eq "a bundle without its marker waits" "$(hub_json status | json .rows.contact)" 0
    mv marker "$LAST.dlnb.minisig"
    arrives "both"
}

# Bytes that changed over there are refused with a receipt, and the next batch has all of it.
damaged_there() { # WHAT, command on the file …
    local what=$1
    shift
    new_contact 9
    away
    "$@" "$LAST.dlnb"
    road_receive
    dolen outbox send >/dev/null 2>&1 || true
    assert_eq "$what: refused" "$(newest state)" REJECTED
    assert_has "$what: what to do" "$(dolen outbox show w-hub)" "The next batch has all of it again: seal one."
    away
    arrives "$what: the next one"
}
flip() { change_byte "$1" 900; }
fault_corrupt_and_truncated() {
    damaged_there "a byte" flip
    damaged_there "half of it" truncate -s 1000
    damaged_there "nothing of it" truncate -s 0
    assert_eq "all rows are there" "$(contacts_there)" 4
}

# A hub that does not know the laptop says nothing to it; one with other keys answers with a signature that is not believed.
fault_unknown_signer_and_wrong_key() {
    hub sources revoke "$(json .source_id <S.json)" >/dev/null
    away
    mkdir stranger
    "$BUILD/dolen-hub" --keys stranger/HK --into stranger/H.db init >/dev/null 2>&1
    "$BUILD/dolen-hub" --keys stranger/HK --into stranger/H.db receive "$THERE" --receipts "$THERE/receipts" >/dev/null 2>&1 || true
    [ ! -d "$THERE/receipts" ] || chmod -R a+rX "$THERE/receipts"
    assert_exit 0 send
    assert_eq "a hub that does not know it" "$(newest state)" SENT
    "$BUILD/dolen-hub" --keys stranger/HK --into stranger/H.db register S.json >/dev/null
    "$BUILD/dolen-hub" --keys stranger/HK --into stranger/H.db receive "$THERE" --receipts "$THERE/receipts" >/dev/null 2>&1 || true
    chmod -R a+rX "$THERE"
    assert_has "the stranger answers" "$(cat "$THERE"/receipts/*/*.rcpt)" not_for
    assert_exit 6 send
    assert_eq "nobody of ours signed that" "$(newest state)" SENT
    rm -r "$THERE/receipts"
    road_receive
    dolen outbox send >/dev/null 2>&1 || true
    assert_eq "revoked" "$(newest state)" REJECTED
    assert_has "why" "$(dolen --lang en outbox show w-hub)" "not taken in there: this laptop's registration was withdrawn. Ask"
    assert_has "in the language of now" "$(dolen --lang cy outbox show w-hub)" "heb ei dderbyn yno: tynnwyd cofrestriad"
    hub register S.json >/dev/null
    away
    arrives "registered again"
}

# A sender with keys of its own, who is registered: hostile NUMBER ZIP
hostile() {
    local name
    [ -e bad.key ] || {
        minisign -G -W -f -p bad.pub -s bad.key >/dev/null
        sed -e 's/"source_id": "[^"]*"/"source_id": "S0123456789ab4def8123456789abcdef"/' \
            -e "s|\"signer\": \"[^\"]*\"|\"signer\": \"$(tail -n 1 bad.pub)\"|" S.json >bad.json
        hub register bad.json >/dev/null
    }
    name=S0123456789ab4def8123456789abcdef-e1-00000$1.dlnb
    age -r "$(json .recipient <hub.json)" -o "$THERE/$name" "$2"
    minisign -S -W -s bad.key -t "file:$name" -m "$THERE/$name" -x "$THERE/$name.minisig" >/dev/null
    chmod a+r "$THERE/$name"*
}
fault_bombs_and_names_that_want_out() {
    local name
    mkdir rows sub
    truncate -s 1100M rows/episode.csv
    (cd rows && zip -1qDr ../bomb.zip .)
    echo evil >evil.csv
    (cd sub && zip -q ../out.zip ../evil.csv)
    rm -r rows evil.csv
    hostile 1 bomb.zip
    hostile 2 out.zip
    away
    arrives "who has nothing to do with it"
    for name in 1 2; do
        assert_json "$(cat "$THERE"/receipts/S0123*/*"$name.dlnb.rcpt")" .status rejected
    done
    ! find "$HOME" -name evil.csv | grep -q . || fail "a name got out"
}

# The laptop's clock is a year off, then right again: rows arrive, and nothing waits for a year.
off_by() {
    local days=$1
    shift
    CLOCK_DAYS=$days LD_PRELOAD=$T/clock_shim.so "$BUILD/dolen" --file "$CASE" --passphrase-fd 3 "$@" 3<<<"$PASS"
}
fault_a_clock_a_year_off() { # the road is cut and mended by road_down, road_up
    off_by 366 outbox seal w-hub --json >sealed.json 2>/dev/null
    road_down
    off_by 366 outbox send >/dev/null 2>&1 || true
    assert_eq "it waits" "$(newest state)" WAIT
    road_up
    assert_exit 0 off_by 366 outbox send --json
    ls "$THERE"/*.minisig >/dev/null
    arrives "from the future"
    new_contact 9
    away
    arrives "in the present"
    assert_has "said" "$(off_by -366 outbox seal w-hub 2>&1)" "is it right?"
    assert_exit 0 off_by -366 outbox send --json
    arrives "from the past"
    assert_eq "nobody is taken back" "$(contacts_there)" 2
    new_contact 8
    away
    arrives "after all that"
    assert_eq "all rows are there" "$(contacts_there)" 3
}
