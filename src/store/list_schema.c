/* store/list_schema.c - the indices that lists stand on: ids in their order, and counts. */
#include "assets.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

const char *const gap_indices[] = {
    "CREATE INDEX gap_table ON gap(noted_on, category, reason) WHERE binned_at IS NULL",
    NULL
};

/* For lists: ids in order without their rows, and counts without looking at each connection. */
const char *const list_indices[] = {
    "CREATE INDEX gap_list ON gap(noted_on DESC, id) WHERE binned_at IS NULL",
    "CREATE INDEX referral_inbox ON referral(received_on, id) WHERE decision IS NULL AND binned_at IS NULL",
    "CREATE INDEX connection_open ON connection(asset) WHERE " CONNECTION_OPEN,
    "CREATE INDEX connection_waiting ON connection(asset) WHERE " CONNECTION_WAITS,
    "CREATE INDEX connection_sent ON connection(asset, created_at) WHERE " CONNECTION_TAKES_A_PLACE,
    NULL
};

/* Whose open cases are whose, counted and looked up without their rows. */
const char *const caseload_indices[] = {
    "CREATE INDEX episode_practitioner ON episode(practitioner, person, closed_on, binned_at) "
    "WHERE closed_on IS NULL AND binned_at IS NULL",
    NULL
};

/* What Today asks of each thing that is due: does it lie in the bin, does somebody wait who weighs more? Few rows are
 * in these indices whatever the caseload, so that the first screen costs the same. */
const char *const due_indices[] = {
    "CREATE INDEX referral_in_bin ON referral(id) WHERE binned_at IS NOT NULL",
    "CREATE INDEX episode_in_bin ON episode(id) WHERE binned_at IS NOT NULL",
    "CREATE INDEX concern_in_bin ON concern(id) WHERE binned_at IS NOT NULL",
    "CREATE INDEX connection_in_bin ON connection(id) WHERE binned_at IS NOT NULL",
    "CREATE INDEX gap_in_bin ON gap(id) WHERE binned_at IS NOT NULL",
    "CREATE INDEX asset_in_bin ON asset(id) WHERE binned_at IS NOT NULL",
    "CREATE INDEX referral_weighs ON referral(id, urgency, decision) WHERE coalesce(decision, '') <> 'ACCEPTED' "
    "AND feedback_sent_on IS NULL AND binned_at IS NULL",
    NULL
};

/* Whoever was accepted is no less urgent until somebody has spoken to them. */
const char *const urgent_indices[] = {
    "DROP INDEX referral_weighs",
    "CREATE INDEX referral_weighs ON referral(id, urgency, decision) WHERE " REFERRAL_WEIGHS,
    NULL
};

/* Who is connected to an asset, in the order of its page: hundreds are, and a page shows the first of them. */
const char *const connected_indices[] = {
    "DROP INDEX connection_asset",
    "CREATE INDEX connection_stands ON connection(asset, " CONNECTION_STANDS ", on_date DESC, row_no DESC)",
    NULL
};

/* Whoever is rung about a hundred people wants to know whom not to ask after: few die, so all of them fit in a page. */
const char *const died_indices[] = {
    "CREATE INDEX episode_died ON episode(id) WHERE " EPISODE_DIED,
    NULL
};
