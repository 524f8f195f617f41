/* app/news.h - news of a connection is of the day it is written down, and of whoever brought it; news of a home takes
 * what was true of the old one with it. */
#ifndef DOLEN_APP_NEWS_H
#define DOLEN_APP_NEWS_H

#include "filing.h"

/* The status, or the postcode, as the form opens with it. */
void news_begin(struct filling *f);
/* Another status than at the last look: the day and who said so that stand there belong to the one before. Untouched,
 * the day becomes today and the other is asked anew; what was written since stays. Another postcode: the small area code
 * belongs to the one before; untouched, it is taken out (home_left), once. */
void news_propose(struct filling *f);
/* The sentence about what news_propose took out since the last time; NULL: nothing. */
const char *news_said(struct filling *f);

#endif
