/* plain_ways.h - which word of line mode stands for which action of the screen: help, the key list and the tests of
 * twins read it. */
#ifndef DOLEN_APP_PLAIN_WAYS_H
#define DOLEN_APP_PLAIN_WAYS_H

#include <stdbool.h>
#include <stddef.h>

enum plain_place {
    AT_MENU, AT_PERSON,             /* in the main menu, in the menu of a person */
    IN_IT,                          /* further in: in a list, a form or a record */
    INSTEAD                         /* nowhere, and why */
};
struct plain_way {
    const char      *action;        /* name of the action */
    enum plain_place place;
    const char      *says;          /* what is typed, words one after the other, or of INSTEAD the reason; all N_() */
};
extern const struct plain_way plain_ways[];
extern const size_t           plain_ways_count;
const struct plain_way *plain_way_of(const char *action);      /* NULL: nobody thought of it */
/* The words of the main menu, and of the menu of a person, as they are written; NULL past the last. */
const char *menu_word(size_t i);
const char *person_menu_word(size_t i);
/* Whether the first word is one of them. */
bool menu_has(const char *word);
bool person_menu_has(const char *word);

#endif
