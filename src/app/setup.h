/* app/setup.h - making a case file: keys, database, practitioner, and a recovery route that was used once. */
#ifndef DOLEN_APP_SETUP_H
#define DOLEN_APP_SETUP_H

#include "casefile.h"

struct setup {
    const char          *folder;
    const struct secret *passphrase;
    const char          *name;          /* the practitioner's; may be empty */
    unsigned             kdf_mib;       /* 0: calibrated */
    bool                 training;
    const char          *organisation;  /* its public key line, or NULL */
};

/* Was a set-up cut short here, before there were key slots? Then there is no case file yet, and set-up begins anew. */
bool setup_is_unfinished(const char *folder);
void setup_forget_unfinished(const char *folder);
/* Makes the folder, the slots and the database, and gives back the recovery code. The case file takes no record until
 * setup_prove was called. Refuses a folder that holds a case file. */
enum status setup_make(const struct setup *s, struct secret **code, struct err *err);
/* Opens the case file in folder from disk with the recovery code and marks its slot tested. ST_NOSLOT: another code. */
enum status setup_prove(const char *folder, const struct secret *code, struct err *err);
/* Opens it with the passphrase, for good measure, and marks that slot tested. */
enum status setup_prove_passphrase(const char *folder, const struct secret *passphrase, struct err *err);

/* Are there key slots in folder, and no way in but passphrases that was ever tried? Then its set-up was left before the
 * recovery code was typed back. */
bool setup_wants_code(const char *folder);
/* Puts a new recovery code in the place of those that were never tried, opening with the passphrase. *code is the
 * caller's to free, and still to be proved. */
enum status setup_new_code(const char *folder, const struct secret *passphrase, struct secret **code, struct err *err);

#endif
