/* tui_consent.h - taking a permission back, on the screen: no harder than giving it. */
#ifndef DOLEN_APP_TUI_CONSENT_H
#define DOLEN_APP_TUI_CONSENT_H

#include "tui.h"

/* A new answer to the permission under the cursor, filled in as withdrawn today. REACT_*. */
unsigned act_withdraw(struct app *a);
/* Behind what was said of a permission that was filed: where it stands what follows from it. */
void     tui_consent_then(const struct answers *filed, struct buf *out);

#endif
