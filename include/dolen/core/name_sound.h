/* dolen/core/name_sound.h - how a name sounds, roughly: Welsh and English spellings of one name come to the same
 * letters (Rhys, Rees, Reece; Dafydd, Davydd; Siân, Shan; Ffion, Phion; Huw, Hugh; Katrin, Catrin).
 *
 * It says little by itself, because different names may sound alike too: who only sounds the same is offered last. */
#ifndef DOLEN_CORE_NAME_SOUND_H
#define DOLEN_CORE_NAME_SOUND_H

#include "dolen/base/buf.h"

/* Adds the sound of each word of a name, words as they stand; nothing for NULL or "". */
void name_sound(struct buf *out, const char *name);

#endif
