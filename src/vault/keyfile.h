/* Key files and organisation keys as text. */
#ifndef VAULT_KEYFILE_H
#define VAULT_KEYFILE_H

#include "slotfile.h"

enum keyfile_kind { KEYFILE_SLOT, KEYFILE_ORGANISATION };

/* Writes a new file (0600, must not exist): a first line that names it, then the key in base64. */
enum status keyfile_write(const char *path, enum keyfile_kind kind, const uint8_t key[KEY_BYTES], struct err *err);
/* Told apart by the first line. */
enum status keyfile_read(const char *path, enum keyfile_kind *kind, uint8_t key[KEY_BYTES], struct err *err);
bool        organisation_public_parse(const char *text, uint8_t key[KEY_BYTES]);

#endif
