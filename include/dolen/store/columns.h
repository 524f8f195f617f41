/* dolen/store/columns.h - the columns of each table of tables.h as an enum: PERSON_given_name, PERSON_COLUMN_COUNT.
 * Included by tables.h alone. */
#ifndef DOLEN_STORE_COLUMNS_H
#define DOLEN_STORE_COLUMNS_H

#include "dolen/store/tables.h"

#define X(c, t) PERSON_##c,
enum person_column { PERSON_COLUMNS(X) PERSON_COLUMN_COUNT };
#undef X
#define X(c, t) EQUALITY_##c,
enum equality_column { EQUALITY_COLUMNS(X) EQUALITY_COLUMN_COUNT };
#undef X
#define X(c, t) REFERRAL_##c,
enum referral_column { REFERRAL_COLUMNS(X) REFERRAL_COLUMN_COUNT };
#undef X
#define X(c, t) EPISODE_##c,
enum episode_column { EPISODE_COLUMNS(X) EPISODE_COLUMN_COUNT };
#undef X
#define X(c, t) RESPONSE_##c,
enum response_column { RESPONSE_COLUMNS(X) RESPONSE_COLUMN_COUNT };
#undef X
#define X(c, t) GOAL_##c,
enum goal_column { GOAL_COLUMNS(X) GOAL_COLUMN_COUNT };
#undef X
#define X(c, t) RATING_##c,
enum rating_column { RATING_COLUMNS(X) RATING_COLUMN_COUNT };
#undef X
#define X(c, t) ACTION_##c,
enum action_column { ACTION_COLUMNS(X) ACTION_COLUMN_COUNT };
#undef X
#define X(c, t) ASSET_##c,
enum asset_column { ASSET_COLUMNS(X) ASSET_COLUMN_COUNT };
#undef X
#define X(c, t) CONNECTION_##c,
enum connection_column { CONNECTION_COLUMNS(X) CONNECTION_COLUMN_COUNT };
#undef X
#define X(c, t) GAP_##c,
enum gap_column { GAP_COLUMNS(X) GAP_COLUMN_COUNT };
#undef X
#define X(c, t) CONTACT_##c,
enum contact_column { CONTACT_COLUMNS(X) CONTACT_COLUMN_COUNT };
#undef X
#define X(c, t) TASK_##c,
enum task_column { TASK_COLUMNS(X) TASK_COLUMN_COUNT };
#undef X
#define X(c, t) MEASURE_##c,
enum measure_column { MEASURE_COLUMNS(X) MEASURE_COLUMN_COUNT };
#undef X
#define X(c, t) CONSENT_##c,
enum consent_column { CONSENT_COLUMNS(X) CONSENT_COLUMN_COUNT };
#undef X
#define X(c, t) CONCERN_##c,
enum concern_column { CONCERN_COLUMNS(X) CONCERN_COLUMN_COUNT };
#undef X
#define X(c, t) PRACTITIONER_##c,
enum practitioner_column { PRACTITIONER_COLUMNS(X) PRACTITIONER_COLUMN_COUNT };
#undef X
#define X(c, t) DRAFT_##c,
enum draft_column { DRAFT_COLUMNS(X) DRAFT_COLUMN_COUNT };
#undef X
#define X(c, t) MERGE_##c,
enum merge_column { MERGE_COLUMNS(X) MERGE_COLUMN_COUNT };
#undef X
#define X(c, t) SUPERVISION_##c,
enum supervision_column { SUPERVISION_COLUMNS(X) SUPERVISION_COLUMN_COUNT };
#undef X
#define X(c, t) DESTINATION_##c,
enum destination_column { DESTINATION_COLUMNS(X) DESTINATION_COLUMN_COUNT };
#undef X
#define X(c, t) BATCH_##c,
enum batch_column { BATCH_COLUMNS(X) BATCH_COLUMN_COUNT };
#undef X
#define X(c, t) RECEIPT_##c,
enum receipt_column { RECEIPT_COLUMNS(X) RECEIPT_COLUMN_COUNT };
#undef X
#define X(c, t) NOTE_##c,
enum note_column { NOTE_COLUMNS(X) NOTE_COLUMN_COUNT };
#undef X
#define X(c, t) EXCERPT_##c,
enum excerpt_column { EXCERPT_COLUMNS(X) EXCERPT_COLUMN_COUNT };
#undef X
#define X(c, t) DRILL_##c,
enum drill_column { DRILL_COLUMNS(X) DRILL_COLUMN_COUNT };
#undef X
#define X(c, t) DRILL_STEP_##c,
enum drill_step_column { DRILL_STEP_COLUMNS(X) DRILL_STEP_COLUMN_COUNT };
#undef X
#define X(c, t) DIFFERENCE_##c,
enum difference_column { DIFFERENCE_COLUMNS(X) DIFFERENCE_COLUMN_COUNT };
#undef X

#endif
