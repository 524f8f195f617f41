# sync.sh - what tests of the outbox share: people whose rows may leave, a hub, a folder between them. Source it after cli.sh.

hub() { "$BUILD/dolen-hub" --keys HK --into H.db "$@"; }
hub_json() { "$BUILD/dolen-hub" --keys HK --into H.db --json "$@"; }
ago() { date -u -d "-$1 days" +%F; }
# A command with answers on standard input; prints the id it made.
made() { dolen "$@" --answers - --json | json .id; }

# A hub with a policy in P.json, made as in the manual: new_hub [POLICY OPTIONS]. Rows may speak of the last 400 days.
new_hub() {
    hub init >hub.json 2>/dev/null
    new_policy "$@"
}
new_policy() {
    "$BUILD/dolen-hub" --keys HK policy --destination w-hub --data-set provisional-wales --from "$(ago 400)" --out P.json "$@" >/dev/null
}
# This laptop known to the hub, the hub to this laptop; bundles go to the folder "drop".
new_link() {
    mkdir -p drop
    dolen source show >S.json
    dolen source show --pub >S.pub
    hub register S.json >/dev/null
    dolen destination add w-hub --policy P.json --to "$PWD/drop" 2>/dev/null >/dev/null
}

# All of that, with one person whose rows may leave: new_start [NHS NUMBER]
new_start() {
    new_case
    new_hub
    new_link
    new_person Eirlys "$@"
    permission GIVEN
}

# A person in the middle of a period of support; their ids in $PERSON, $REFERRAL, $EPISODE: new_person NAME [NHS NUMBER]
new_person() {
    local nhs=
    [ -z "$2" ] || nhs="\"nhs_number\": \"$2\","
    PERSON=$(made person add <<<"{\"given_name\": \"$1\", \"family_name\": \"Prawf\", $nhs \"birth_date\": \"1951-05-17\",
        \"local_authority\": \"W06000015\", \"speak_language\": \"CY\", \"write_language\": \"CY\"}")
    REFERRAL=$(made referral add "$PERSON" <<<"{\"received_on\": \"$(ago 60)\", \"route\": \"SELF\", \"source\": \"SELF\",
        \"urgency\": \"ROUTINE\"}")
    made referral decide "$REFERRAL" >/dev/null <<<"{\"decision\": \"ACCEPTED\", \"decided_on\": \"$(ago 58)\"}"
    EPISODE=$(dolen episode list "$PERSON" --json | json '.items[0].id')
    new_contact 30
}
new_contact() {
    CONTACT=$(made form fill contact --person "$PERSON" --episode "$EPISODE" <<<"{\"held_on\": \"$(ago "$1")\", \"kind\": \"PHONE\",
        \"with_whom\": \"PERSON\", \"result\": \"ATTENDED\", \"minutes\": 25, \"language\": \"CY\", \"note\": \"$WORD\"}")
}
# GIVEN, REFUSED or WITHDRAWN, to the destination.
permission() {
    made form fill consent --person "$PERSON" --episode "$EPISODE" >/dev/null <<<"{\"notice_given\": \"YES\", \"notice_on\": \"$(ago 57)\",
        \"state\": \"$1\", \"state_on\": \"$(ago "${2:-20}")\", \"given_by\": \"PERSON\", \"understood\": \"YES\", \"recipient\": \"w-hub\",
        \"purpose\": \"REPORTING\", \"language\": \"CY\"}"
}
WORD="Canu ger yr afon"

seal() { dolen outbox seal w-hub --json "$@" 2>/dev/null; }
send() { dolen outbox send --json; }
receive() { hub_json receive drop --receipts back; }
receipts() { dolen receipt back --json; }
# Sealed, sent, received, and the receipt read.
round() {
    seal "$@" >sealed.json
    send >sent.json
    receive >received.json
    receipts >read.json
}
# A value of the newest batch.
newest() { dolen outbox show w-hub --json | json ".destinations[0].batches[0].$1"; }
# The archive in a bundle, with the two programs that everybody has, unpacked into the folder OUT: unseal FILE OUT
unseal() {
    minisign -qVm "$1" -p S.pub
    rm -rf "$2"
    mkdir "$2"
    age -d -i HK/identity "$1" >"$2.zip"
    unzip -q "$2.zip" -d "$2"
}

# --- a policy that comes by whatever road: w-hub is there, its hub writes into the folder DROP ---

offered() { dolen destination policy w-hub --json | json .offered; }
policy_in_force() { dolen destination show w-hub --json | json .policy_number; }
# policy_lies DROP POLICY [SIGNATURE]: as the hub, or whoever else can write there, puts it.
policy_lies() {
    mkdir -p "$1/policy"
    cp "$2" "$1/policy/current.json"
    cp "${3:-$2.minisig}" "$1/policy/current.json.minisig"
    chmod -R a+rX "$1"
}
# Whoever can write on the road cannot change what leaves: nothing of these is offered. What holds then is, and a person adopts
# it; after that the older one is nothing new.  policy_by_road DROP
policy_by_road() {
    local drop=$1 wrong
    cp P.json old.json
    cp P.json.minisig old.json.minisig
    new_policy --dates day --drop episode.religion
    mkdir other
    "$BUILD/dolen-hub" --keys other/HK --into other/H.db init >/dev/null 2>&1
    for wrong in 1 2 3; do
        "$BUILD/dolen-hub" --keys other/HK policy --destination w-hub --out other/P.json >/dev/null
    done
    head -c $(($(wc -c <P.json) / 2)) P.json >half.json
    head -c 100 P.json.minisig >half.minisig
    sed 's/"permission"/"notice"/' P.json >changed.json
    head -c 3000000 /dev/zero >long.json
    policy_lies "$drop" other/P.json
    policy_is_passed_over "another signer"
    policy_lies "$drop" half.json P.json.minisig
    policy_is_passed_over "half a file"
    policy_lies "$drop" P.json half.minisig
    policy_is_passed_over "half a signature"
    policy_lies "$drop" changed.json P.json.minisig
    policy_is_passed_over "other bytes"
    policy_lies "$drop" P.json old.json.minisig
    policy_is_passed_over "the signature of another"
    policy_lies "$drop" long.json P.json.minisig
    policy_is_passed_over "far too long"
    rm "$drop/policy/current.json.minisig"
    cp P.json "$drop/policy/current.json"
    policy_is_passed_over "no signature yet"
    policy_lies "$drop" P.json
    assert_exit 0 dolen outbox fetch
    assert_has "it is said" "$ERR" "destination policy w-hub"
    assert_eq "offered" "$(offered)" 2
    assert_eq "a person decides" "$(policy_in_force)" 1
    assert_exit 0 dolen destination policy w-hub --adopt
    assert_eq "in force" "$(policy_in_force)" 2
    policy_lies "$drop" old.json
    policy_is_passed_over "the older one"
    assert_eq "in force" "$(policy_in_force)" 2
}
policy_is_passed_over() {
    assert_exit 0 dolen outbox fetch
    assert_eq "$1" "$(offered)" null
}
