/* app/casework.h - small acts on a case that are no form: shared by the screens, line mode and commands. */
#ifndef DOLEN_APP_CASEWORK_H
#define DOLEN_APP_CASEWORK_H

#include "casefile.h"

/* The referral to decide on: the newest without a decision, else the newest. ST_NOTFOUND when there is none. */
enum status casework_referral_to_decide(struct casefile *cf, struct id person, struct id *referral, struct err *err);
/* The referral a letter is about: the newest without feedback sent, else the newest. ST_NOTFOUND when there is none. */
enum status casework_referral_to_answer(struct casefile *cf, struct id person, struct id *referral, struct err *err);
/* ST_REFUSED, with what to do, when the period of support is closed and a new record of this form wants an open one. */
enum status casework_allows(struct casefile *cf, const char *form, struct id episode, struct err *err);
/* A connection to an asset, suggested today; the connection form says the rest. */
enum status casework_suggest(struct casefile *cf, struct id person, struct id episode, struct id asset,
                             struct id *connection, struct err *err);
/* Written beside what a form asked: what the connection is to, what was read when the note was begun. */
enum status casework_connect(struct casefile *cf, struct id connection, struct id asset, struct err *err);
enum status casework_protocol(struct casefile *cf, struct id concern, const char *protocol, struct err *err);
/* The referrer has been told today: date and task in one transaction. ST_NOTFOUND when no feedback is owed. */
enum status casework_feedback_sent(struct casefile *cf, struct id person, struct err *err);

/* Every measure that is installed and meant for the person's age. */
#define MEASURE_FORMS_MAX 40
size_t casework_measure_forms(struct casefile *cf, struct id person, const struct form **out, size_t max);
/* ST_REFUSED for a measure that is not meant for somebody of this age (its minimum_age); an age that is not known
 * fits. */
enum status casework_measure_fits(struct casefile *cf, const struct form *f, struct id person, struct err *err);
/* Whether the measure has a baseline in this period of support: a second one would stand where the review belongs. */
bool casework_measure_begun(struct casefile *cf, const char *measure, struct id episode);

#endif
