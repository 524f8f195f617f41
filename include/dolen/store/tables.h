/* dolen/store/tables.h - the tables of the case file and their columns, as one list each.
 *
 * A record is a row in canonical text (see core/answer.h; ids as 36 characters). Besides the columns named here every
 * table has id, created_at, created_by, updated_at, updated_by, last_change, binned_at, bin_reason (last_change: the
 * number of its newest change in the history, so also of its going into the bin and out; none for drafts). Tables
 * that a form binds also have missing (states of columns without a value, "birth_date:NK lsoa:PNTS") and form_def
 * ("person:<hash> language:<hash>"). A column named like a question of the form that binds the table holds that
 * question's answer. */
#ifndef DOLEN_STORE_TABLES_H
#define DOLEN_STORE_TABLES_H

/* X(column, type): TEXT, INT, DATE (YYYY-MM-DD text), CODE, CODES, ID (16 bytes, a foreign key or NULL) */
#define PERSON_COLUMNS(X) \
    X(given_name, TEXT) X(family_name, TEXT) X(preferred_name, TEXT) X(also_known_as, TEXT) \
    X(birth_date, DATE) X(birth_precision, CODE) X(nhs_number, TEXT) X(address, TEXT) X(postcode, TEXT) X(lsoa, TEXT) \
    X(local_authority, CODE) X(phone, TEXT) X(phone2, TEXT) X(email, TEXT) \
    X(speak_language, CODE) X(write_language, CODE) X(active_offer, CODE) X(offer_made_on, DATE) \
    X(safe_contact, CODE) X(safe_how, CODES) X(safe_when, TEXT) X(safe_message, CODE) X(do_not_contact, CODE) \
    X(communication_needs, TEXT) X(emergency_name, TEXT) X(emergency_phone, TEXT) X(emergency_relation, TEXT) \
    X(gp_practice, TEXT) X(sort_key, TEXT) X(missing, TEXT) X(form_def, TEXT)

#define EQUALITY_COLUMNS(X) \
    X(person, ID) X(sex, CODE) X(gender_identity, CODE) X(gender_identity_words, TEXT) X(sexual_orientation, CODE) \
    X(religion, CODE) X(ethnic_group, CODE) X(national_identity, CODES) X(welsh_skills, CODES) X(main_language, CODE) \
    X(general_health, CODE) X(condition, CODE) X(condition_limits, CODE) X(adjustments, TEXT) X(carer, CODE) \
    X(has_carer, CODE) X(armed_forces, CODES) X(employment, CODE) X(tenure, CODE) X(landlord, CODE) \
    X(household, CODE) X(partnership, CODE) X(missing, TEXT) X(form_def, TEXT)

#define REFERRAL_COLUMNS(X) \
    X(person, ID) X(route, CODE) X(source, CODE) X(referrer_name, TEXT) X(referrer_org, TEXT) X(org_type, CODE) \
    X(referrer_contact, TEXT) X(received_on, DATE) X(reasons, CODES) X(urgency, CODE) X(referrer_words, TEXT) \
    X(decision, CODE) X(decision_note, TEXT) X(decided_on, DATE) X(feedback_wanted, CODE) X(feedback_sent_on, DATE) \
    X(missing, TEXT) X(form_def, TEXT)

#define EPISODE_COLUMNS(X) \
    X(person, ID) X(referral, ID) X(model, CODE) X(practitioner, ID) X(opened_on, DATE) X(closed_on, DATE) \
    X(reason, CODE) \
    X(what_changed, TEXT) X(closing_note, TEXT) X(reopened_why, TEXT) X(missing, TEXT) X(form_def, TEXT)

/* A filled-in form that binds no table; its answers are rows of answer(owner, question, repeat, value, missing).
 * stage: BASELINE, REVIEW, CLOSING for measures. wording: official, draft, en_shown. */
#define RESPONSE_COLUMNS(X) \
    X(form, TEXT) X(version, INT) X(def_hash, TEXT) X(person, ID) X(episode, ID) X(state, CODE) X(stage, CODE) \
    X(held_on, DATE) X(language, TEXT) X(wording, TEXT)

#define GOAL_COLUMNS(X) \
    X(person, ID) X(episode, ID) X(position, INT) X(goal, TEXT) X(why_it_matters, TEXT) X(state, CODE)
#define RATING_COLUMNS(X) \
    X(goal, ID) X(rated_on, DATE) X(rating, INT) X(stage, CODE)
#define ACTION_COLUMNS(X) \
    X(episode, ID) X(goal, ID) X(position, INT) X(action, TEXT) X(who, TEXT) X(by_when, DATE) X(confidence, INT) \
    X(in_the_way, TEXT) X(state, CODE) X(state_why, TEXT)

/* offer: another place of that entry, the first of one offer; not set in the first itself. joined: it was the same thing
 * as that entry, and lies in the bin. */
#define ASSET_COLUMNS(X) \
    X(name_en, TEXT) X(name_cy, TEXT) X(organisation, TEXT) X(category, CODE) X(what_happens, TEXT) \
    X(attending_type, CODES) X(attending_access, CODES) X(cost_kind, CODE) X(cost, TEXT) X(accessibility, TEXT) \
    X(languages, CODES) X(area, TEXT) X(local_authority, CODE) X(address, TEXT) X(postcode, TEXT) X(day, TEXT) \
    X(phone, TEXT) X(email, TEXT) X(web, TEXT) X(contact_name, TEXT) X(referral_way, TEXT) X(full_until, DATE) \
    X(takes_a_month, INT) X(do_not_advertise, CODE) X(told_on, DATE) X(verified_on, DATE) X(verified_how, TEXT) \
    X(sort_key, TEXT) X(missing, TEXT) X(form_def, TEXT) X(offer, ID) X(joined, ID)

#define CONNECTION_COLUMNS(X) \
    X(person, ID) X(episode, ID) X(asset, ID) X(goal, ID) X(kind, CODE) X(status, CODE) X(said_by, CODE) \
    X(on_date, DATE) \
    X(note, TEXT) X(missing, TEXT) X(form_def, TEXT)

#define GAP_COLUMNS(X) \
    X(person, ID) X(episode, ID) X(needed, TEXT) X(category, CODE) X(local_authority, CODE) X(place, TEXT) \
    X(reason, CODE) \
    X(language, CODE) X(transport, CODE) X(noted_on, DATE) X(note, TEXT) X(missing, TEXT) X(form_def, TEXT) \
    X(found_on, DATE)

#define CONTACT_COLUMNS(X) \
    X(person, ID) X(episode, ID) X(held_on, DATE) X(kind, CODE) X(with_whom, CODE) X(result, CODE) X(minutes, INT) \
    X(language, CODE) X(note, TEXT) X(next_on, DATE) X(next_what, TEXT) X(missing, TEXT) X(form_def, TEXT)

/* kind: FOLLOW_UP, REVIEW, FEEDBACK_OWED, REFERRAL_WAITING (no decision), WAITING_LIST and REFERRAL_PUT_OFF (one that
 * leaves somebody waiting), FIRST_CONTACT (accepted, and nobody has spoken to them), NEWS_DUE, GAP, ASSET_VERIFY,
 * RECOVERY_TEST, SUPERVISOR (a concern to talk over), SUPERVISION_DUE. subject: the referral, contact, asset, concern
 * or supervision it is about; for RECOVERY_TEST the id of the case file itself. Open while done_on is NULL. */
#define TASK_COLUMNS(X) \
    X(kind, CODE) X(due_on, DATE) X(since, DATE) X(person, ID) X(episode, ID) X(subject, ID) X(what, TEXT) X(done_on, \
                                                                                                             DATE)

/* One row a score or item value: instrument "ons4", item "satis", stage BASELINE. response: where the answers are.
 * value: a number with a point where the score has decimals ("21.54"). */
#define MEASURE_COLUMNS(X) \
    X(person, ID) X(episode, ID) X(response, ID) X(instrument, TEXT) X(version, INT) X(stage, CODE) X(taken_on, DATE) \
    X(item, TEXT) X(value, TEXT) X(wording, TEXT) X(language, TEXT)

#define CONSENT_COLUMNS(X) \
    X(person, ID) X(episode, ID) X(notice_given, CODE) X(notice_on, DATE) X(lawful_basis, CODE) X(purpose, CODE) \
    X(recipient, TEXT) \
    X(state, CODE) X(state_on, DATE) X(how, CODE) X(given_by, CODE) X(given_by_name, TEXT) X(understood, CODE) \
    X(language, CODE) X(note, TEXT) X(missing, TEXT) X(form_def, TEXT)

#define CONCERN_COLUMNS(X) \
    X(person, ID) X(episode, ID) X(protocol, TEXT) X(noted_on, DATE) X(what_seen, TEXT) X(what_done, TEXT) \
    X(reported_to, TEXT) \
    X(reported_on, DATE) X(reference, TEXT) X(consent, CODE) X(without_consent_why, TEXT) X(missing, TEXT) X(form_def, \
                                                                                                             TEXT)

/* Of the practitioner's own supervision; of nobody in the case file, and nothing about them. topics:
 * supervision_topic. */
#define SUPERVISION_COLUMNS(X) \
    X(held_on, DATE) X(with_whom, TEXT) X(topics, CODES) X(other_topics, TEXT) X(minutes, INT) X(next_on, DATE) \
    X(missing, TEXT) X(form_def, TEXT)

/* What was written down while somebody talked, in the order it was said. */
#define NOTE_COLUMNS(X) X(person, ID) X(episode, ID) X(held_on, DATE) X(words, TEXT) X(missing, TEXT) X(form_def, TEXT)

/* Words of a note that were filed to a question: where they stood (in characters from the start) and what they were
 * then. target: the draft, and once that is filed the record or response, whose question (and instance) they went to;
 * code: the choice that was ticked for them, NULL where the words themselves became part of the answer. */
#define EXCERPT_COLUMNS(X) \
    X(person, ID) X(episode, ID) X(note, ID) X(start, INT) X(words, TEXT) X(form, TEXT) X(question, TEXT) \
    X(repeat, INT) \
    X(code, TEXT) X(target, ID)

#define PRACTITIONER_COLUMNS(X) X(name, TEXT) X(organisation, TEXT) X(org_type, CODE) X(base, TEXT) X(slot, INT)

/* A form being filled in: answers as untyped JSON (core/answer.h), record: the row being edited or NULL. */
#define DRAFT_COLUMNS(X) \
    X(form, TEXT) X(def_hash, TEXT) X(person, ID) X(episode, ID) X(record, ID) X(stage, CODE) X(answers, \
                                                                                                TEXT) X(given, INT)

/* Where bundles go. name: its id (exchange_word_is_plain). policy, policy_sig: the signed bytes. covered: the newest
 * version of this epoch that a receipt says is there; 0 none. snapshot: why the next batch has to be whole
 * (core/outbox.h), NULL: it need not. whole_on: when the newest whole one that arrived was made. last_manifest: hash
 * of the newest batch's manifest. Its secret and its pseudonym key are settings: no history may hold them. */
#define DESTINATION_COLUMNS(X) \
    X(name, TEXT) X(url, TEXT) X(user, TEXT) X(key_file, TEXT) X(host_keys, TEXT) X(ca_file, TEXT) \
    X(policy, TEXT) X(policy_sig, TEXT) X(policy_sha256, TEXT) X(epoch, INT) X(covered, INT) X(snapshot, CODE) \
    X(whole_on, DATE) X(last_manifest, TEXT)

/* One bundle, from its making to its receipt. state: core/outbox.h. file: its name in outbox/<destination>/, without
 * ending. next_at, sealed_at, sent_at, acked_at: UTC seconds. why: a cause or reason as a word; said: the sentence
 * for people. */
#define BATCH_COLUMNS(X) \
    X(destination, ID) X(seq, INT) X(epoch, INT) X(kind, CODE) X(snapshot, CODE) X(base_version, INT) \
    X(to_version, INT) \
    X(state, CODE) X(file, TEXT) X(manifest_sha256, TEXT) X(bundle_sha256, TEXT) X(policy_sha256, TEXT) X(bytes, INT) \
    X(rows, INT) X(tombstones, INT) X(people, INT) X(left_out, INT) X(tries, INT) X(next_at, INT) X(why, TEXT) \
    X(said, TEXT) \
    X(sealed_at, INT) X(sent_at, INT) X(acked_at, INT)

/* What a hub signed about a batch. body: the bytes; batch: not set when it was about none that is known here. */
#define RECEIPT_COLUMNS(X) \
    X(destination, ID) X(batch, ID) X(bundle, TEXT) X(status, CODE) X(reason, TEXT) X(covered, INT) \
    X(received_at, INT) \
    X(sha256, TEXT) X(body, TEXT)

/* Two records of one person joined: other is hidden and is not in the bin. moved: what went over, as JSON
 * (store/merge.c). undone_on: parted again. */
#define MERGE_COLUMNS(X) X(kept, ID) X(other, ID) X(moved, TEXT) X(undone_on, DATE)

/* A drill of a training case file (no other may hold one): set by a trainer, running, paused, done or left. safety:
 * NONE, KEPT, FAILED. detail: points by skill, as JSON. Days and points are set when it is done. */
#define DRILL_COLUMNS(X) \
    X(person, ID) X(practitioner, ID) X(drill, TEXT) X(version, INT) X(def_hash, TEXT) X(seed, INT) X(language, TEXT) \
    X(state, CODE) X(set_by, ID) X(due_on, DATE) X(started_on, DATE) X(ended_on, DATE) X(points, INT) X(best, INT) \
    X(safety, CODE) X(minutes, INT) X(paper_minutes, INT) X(detail, TEXT)
/* What was done in it, in order. kind: ARRIVED (a form that came with it), ASSET (part: its name in the drill), SAY
 * (turn, part: the offer), FILED, PAUSED, RESUMED. record: of the form. minutes: simulated, of a form's paperwork. */
#define DRILL_STEP_COLUMNS(X) \
    X(attempt, ID) X(position, INT) X(kind, CODE) X(turn, TEXT) X(part, TEXT) X(form, TEXT) X(record, ID) X(minutes, \
                                                                                                            INT)
/* What two laptops wrote differently (store/carry.h). entity and subject: the record; field: "" for the whole of it.
 * theirs, ancestor: as JSON; versions: of theirs. peer: the other laptop. settled: MINE, THEIRS, BOTH, or SEEN when
 * it went away by itself. */
#define DIFFERENCE_COLUMNS(X) \
    X(person, ID) X(subject, ID) X(entity, TEXT) X(field, TEXT) X(theirs, TEXT) X(ancestor, TEXT) X(versions, TEXT) \
    X(peer, TEXT) X(settled, CODE)

#define TABLE_LIST(X) \
    X(PERSON, person) X(EQUALITY, equality) X(REFERRAL, referral) X(EPISODE, episode) X(RESPONSE, response) \
    X(GOAL, goal) X(RATING, rating) X(ACTION, action) X(ASSET, asset) X(CONNECTION, connection) X(GAP, gap) \
    X(CONTACT, contact) X(TASK, task) X(MEASURE, measure) X(CONSENT, consent) X(CONCERN, concern) \
    X(PRACTITIONER, practitioner) X(DRAFT, draft) X(MERGE, merge) X(SUPERVISION, supervision) \
    X(DESTINATION, destination) X(BATCH, batch) X(RECEIPT, receipt) X(NOTE, note) X(EXCERPT, excerpt) \
    X(DRILL, drill) X(DRILL_STEP, drill_step) X(DIFFERENCE, difference)

enum table_id {
#define X(upper, lower) T_##upper,
    TABLE_LIST(X)
#undef X
    T_COUNT
};

#include "dolen/store/columns.h"

#endif
