/* the list of tables of dolen-hub's commands; help shows them in this order. */
#include "cli.h"

#include <stddef.h>

#include "dolen/base/banned.h"

const struct hub_command *const hub_tables[] = {
    init_commands, policy_commands, annex_commands, source_commands, receive_commands, status_commands,
    report_commands, shard_commands, help_commands, NULL
};
