/* app/yes_word.h - what somebody typed to a question that wants yes or no. */
#ifndef DOLEN_APP_YES_WORD_H
#define DOLEN_APP_YES_WORD_H

/* 1 yes, -1 no, 0 neither; in both languages, whatever the case, and 1 and 0. */
int yes_word(const char *typed);

#endif
