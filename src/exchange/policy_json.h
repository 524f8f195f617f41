/* policy_json.h - what the two halves of policy_file.h share. */
#ifndef DOLEN_EXCHANGE_POLICY_JSON_H
#define DOLEN_EXCHANGE_POLICY_JSON_H

#include <stddef.h>

/* Appends a copy of word to a list of them. */
void word_list_add(char ***words, size_t *count, const char *word);

#endif
