/* app/commands.c - the list of tables; help shows them in this order. */
#include "commands.h"

#include "help.h"
#include "dolen/base/banned.h"

const struct command *const command_tables[] = {
    workstation_commands, init_commands, keys_commands, backup_commands, recovery_commands, doctor_commands,
    record_commands, directory_commands,
    asset_export_commands, asset_same_commands, asset_join_commands, places_commands, gap_table_commands,
    import_commands, history_commands,
    caseload_commands, paperwork_commands, handover_commands, merge_commands,
    audit_commands, forget_commands, retention_commands, find_commands, follow_up_commands, keymap_commands,
    form_commands,
    upgrade_commands,
    plan_commands, letter_commands, sar_commands, export_commands, open_commands, report_commands, wimd_commands,
    source_commands, destination_commands, outbox_commands,
    practice_commands, drill_commands, drill_group_commands, serious_commands, help_commands, NULL
};
