/* dolen/core/name_sound.h - how a name sounds, roughly: Welsh and English spellings of one name come to the same
 * letters (Rhys, Rees, Reece; Dafydd, Davydd; Siân, Shan; Ffion, Phion; Huw, Hugh; Katrin, Catrin).
 *
 * It says little by itself, because different names may sound alike too: who only sounds the same is offered last. */
#ifndef DOLEN_CORE_NAME_SOUND_H
#define DOLEN_CORE_NAME_SOUND_H

#include "dolen/base/buf.h"

/* Adds the sound of each word of a name, words as they stand; nothing for NULL or "". */
void name_sound(struct buf *out, const char *name);

/* The Welsh spelling of an English one, or the other way, of a name whose two spellings sound too little alike for the
 * above (Huws and Hughes, Ifan and Evan); NULL for any other name. Case and accents do not matter. */
const char *name_other_spelling(const char *name);

#endif
