/* app/news.h - news of a connection is of the day it is written down, and of whoever brought it. */
#ifndef DOLEN_APP_NEWS_H
#define DOLEN_APP_NEWS_H

#include "filing.h"

/* The status as the form opens with it. */
void news_begin(struct filling *f);
/* Another status than at the last look: the day and who said so that stand there belong to the one before. Untouched,
 * the day becomes today and the other is asked anew; what was written since stays. */
void news_propose(struct filling *f);

#endif
