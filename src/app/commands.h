/* app/commands.h - the tables of commands, one a file, and what they share. */
#ifndef DOLEN_APP_COMMANDS_H
#define DOLEN_APP_COMMANDS_H

#include "cli.h"

extern const struct command init_commands[];
extern const struct command keys_commands[];
extern const struct command backup_commands[];
extern const struct command doctor_commands[];
extern const struct command recovery_commands[];
extern const struct command caseload_commands[], handover_commands[];
extern const struct command paperwork_commands[];   /* one's own minutes on forms */
extern const struct command record_commands[];
extern const struct command merge_commands[];
extern const struct command audit_commands[];
extern const struct command forget_commands[];
extern const struct command sar_commands[];         /* a copy for the person */
extern const struct command retention_commands[];
extern const struct command history_commands[];     /* what was: reopen, bin */
extern const struct command directory_commands[];    /* asset call, call-list … */
extern const struct command asset_export_commands[], asset_same_commands[], asset_join_commands[], places_commands[],
    gap_table_commands[], import_commands[];
extern const struct command find_commands[];        /* search, worklist */
extern const struct command follow_up_commands[];   /* follow-ups ics */
extern const struct command keymap_commands[];
extern const struct command form_commands[], upgrade_commands[];
extern const struct command plan_commands[];
extern const struct command letter_commands[];
extern const struct command export_commands[];
extern const struct command open_commands[];         /* a bundle that came */
extern const struct command wimd_commands[];
extern const struct command report_commands[];      /* figures on one's own caseload */
extern const struct command source_commands[];       /* source show */
extern const struct command destination_commands[], outbox_commands[];
extern const struct command practice_commands[];
extern const struct command drill_commands[], drill_group_commands[];
extern const struct command serious_commands[];
extern const struct command workstation_commands[];

/* To standard error, wrapped to the terminal. */
void        say_paragraph(const char *text);
/* To standard output: wrapped to a terminal, whole into a file or a pipe. */
void        print_paragraph(const char *text);
/* A new passphrase: from the descriptor, or asked twice. */
enum status passphrase_new(const struct run *r, struct secret **out, struct err *err);
/* What is asked of one that is typed, each ST_REFUSED with its sentence. */
enum status passphrase_is_long(const struct secret *s, struct err *err);
enum status passphrase_is_same(const struct secret *s, const struct secret *again, struct err *err);
/* A recovery code into a new file, 0600, one line. */
enum status code_to_file(const struct secret *code, const char *path, struct err *err);
/* The recovery code must open the case file in folder before ST_OK: read back from the new file to, or, when that is
 * NULL, typed back at the terminal. ST_REFUSED: it was not. */
enum status recovery_prove(const char *folder, const struct secret *code, const char *to, struct err *err);
/* A code whose slot is on disk: shown once on the terminal, and typed back. The holder lock must be free. */
enum status recovery_on_paper(const char *folder, const struct secret *code, struct err *err);
const char *slot_kind_name(enum slot_kind k);       /* a msgid */
const char *slot_kind_label(enum slot_kind k);      /* translated */
#define SLOT_KIND_COLS  20                          /* where such a label is a column */
#define SLOT_LABEL_COLS 26
enum status form_lint_run(struct run *r, struct err *err);
enum status rotate_run(struct run *r, struct err *err);
/* The whole of init, for `init` and `practice new`. recovery_to NULL: by hand, at the terminal. */
enum status init_case_file(struct run *r, bool training, const char *recovery_to, struct err *err);
/* Set-up that was left before the recovery code was typed back, at the terminal: the passphrase, then the code, or a
 * new code where there is no paper. See setup_wants_code. */
enum status init_go_on(const char *folder, struct err *err);
/* A record's id as typed: 36 characters, or for people their name: when it is the whole name of one, however written,
 * or when only one fits (ST_CONFLICT lists who does). */
enum status operand_id(struct run *r, enum table_id t, const char *typed, struct id *out, struct err *err);
/* The same for a person, for commands that change or give out much of theirs: says on standard error who else is called
 * nearly so. */
enum status operand_person(struct run *r, const char *typed, struct id *out, struct err *err);
/* --why TEXT, or with - a line from standard input. Caller frees, also on failure. */
enum status reason_read(struct run *r, char **out, struct err *err);
/* A record as JSON: id, columns, missing states. Contact values of a protected person are dots unless reveal. */
struct json *record_json(struct casefile *cf, const struct record *rec, bool reveal);

#endif
