/* app/completion.c - completion for bash, written from the table of commands. What is written is data and one short loop:
 * the loop finds the noun and the verb among the words already typed, past options and their values. */
#include "completion.h"

#include <stdio.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

typedef void command_fn(const struct command *c);

static void each_command(command_fn *fn)
{
    for (const struct command *const *t = command_tables; *t; t++)
        for (const struct command *c = *t; c->noun; c++)
            if (!(c->needs & HIDDEN))
                fn(c);
}

/* A noun's commands need not stand side by side in the tables. */
static bool is_first_of_noun(const struct command *c)
{
    for (const struct command *const *t = command_tables; *t; t++)
        for (const struct command *other = *t; other->noun; other++)
            if (!(other->needs & HIDDEN) && str_eq(other->noun, c->noun))
                return other == c;
    return false;
}

static void print_noun(const struct command *c)
{
    if (is_first_of_noun(c))
        printf("%s ", c->noun);
}

static void print_verbs(const struct command *c)
{
    if (!is_first_of_noun(c))
        return;
    printf("    \"%s \") words+=\"", c->noun);
    for (const struct command *const *t = command_tables; *t; t++)
        for (const struct command *other = *t; other->noun; other++)
            if (!(other->needs & HIDDEN) && other->verb && str_eq(other->noun, c->noun))
                printf("%s ", other->verb);
    puts("\" ;;");
}

static void print_options(const struct command *c)
{
    if (!c->options || !c->options->name)
        return;
    if (c->verb)
        printf("    \"%s %s\") words+=\"", c->noun, c->verb);
    else
        printf("    \"%s \"*) words+=\"", c->noun);
    for (const struct option *o = c->options; o->name; o++)
        if (o->help)
            printf("%s ", o->name);
    puts("\" ;;");
}

/* "text|html|pdf" is a choice; any other value is a file, or a word that only the person knows. */
static void print_choice(const char *before, const struct option *o)
{
    if (!o->value || !strchr(o->value, '|'))
        return;
    printf("    %s%s\") words=\"", before, o->name);
    for (const char *p = o->value; *p; p++)
        putchar(*p == '|' ? ' ' : *p);
    puts("\"; chosen=1 ;;");
}

static void print_choices(const struct command *c)
{
    char before[80];

    snprintf(before, sizeof before, "\"%s %s ", c->noun, c->verb ? c->verb : "");
    for (const struct option *o = c->options; o && o->name; o++)
        print_choice(before, o);
}

static void print_valued(const struct option *all)
{
    for (const struct option *o = all; o && o->name; o++)
        if (o->value)
            printf("|%s", o->name);
}

static void print_valued_of(const struct command *c)
{
    print_valued(c->options);
}

enum status completion_run(struct run *r, struct err *err)
{
    (void) r;
    (void) err;
    fputs("# bash completion for dolen: source this file\n"
          "_dolen_takes_a_value() {\n    case \"$1\" in ''", stdout);
    print_valued(global_options);
    each_command(print_valued_of);
    fputs(") return 0 ;; esac\n    return 1\n}\n"
          "_dolen() {\n    local noun= verb= chosen= i word before=${COMP_WORDS[COMP_CWORD-1]} words=\"", stdout);
    for (const struct option *o = global_options; o->name; o++)
        if (o->help)
            printf("%s ", o->name);
    fputs("\"\n    for ((i = 1; i < COMP_CWORD; i++)); do\n        word=${COMP_WORDS[i]}\n"
          "        if _dolen_takes_a_value \"$word\"; then i=$((i + 1))\n"
          "        elif [ \"${word#-}\" != \"$word\" ]; then :\n"
          "        elif [ -z \"$noun\" ]; then noun=$word\n"
          "        elif [ -z \"$verb\" ]; then verb=$word\n        fi\n    done\n"
          "    case \"$noun $verb\" in\n    \" \") words+=\"", stdout);
    each_command(print_noun);
    puts("\" ;;");
    each_command(print_verbs);
    fputs("    esac\n    case \"$noun $verb\" in\n", stdout);
    each_command(print_options);
    fputs("    esac\n    case \"$noun $verb $before\" in\n", stdout);
    for (const struct option *o = global_options; o->name; o++)
        print_choice("*\" ", o);
    each_command(print_choices);
    fputs("    esac\n"
          "    if [ -z \"$chosen\" ] && _dolen_takes_a_value \"$before\"; then COMPREPLY=(); return; fi\n"
          "    COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n}\n"
          "complete -o default -F _dolen dolen\n", stdout);
    return ST_OK;
}
