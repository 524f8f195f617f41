/* app/form_facts.h - what the expressions of a form may know from outside it: about the person, the referral, the
 * stage. */
#ifndef DOLEN_APP_FORM_FACTS_H
#define DOLEN_APP_FORM_FACTS_H

#include "casefile.h"
#include "dolen/forms/session.h"

struct form_facts {
    struct fact   fact[10];
    char          age[16], goals[16];
    struct record person, referral;         /* the values point in here */
};

/* The referral: of the episode, else the person's newest. plan_goals: the highest number of a goal in the plan of the
 * episode, 0 without one; missing where there is no episode. Release them in any case. */
void form_facts(struct form_facts *f, struct casefile *cf, struct id person, struct id episode, const char *stage);
void form_facts_release(struct form_facts *f);

#endif
