/* Where things are: the XDG folders, and the definitions and catalogues that are shipped with the program. */
#include "dolen/base/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* XDG says that a relative path in these variables is to be ignored. */
static char *place(const char *variable, const char *under_home)
{
    const char *v = getenv(variable), *home = getenv("HOME");
    char       *base, *path;

    if (v && *v == '/')
        return path_join(v, "dolen");
    base = path_join(home && *home ? home : "/", under_home);
    path = path_join(base, "dolen");
    free(base);
    return path;
}

char *place_data(void)
{
    return place("XDG_DATA_HOME", ".local/share");
}

char *place_state(void)
{
    return place("XDG_STATE_HOME", ".local/state");
}

char *place_config(void)
{
    return place("XDG_CONFIG_HOME", ".config");
}

/* The folder that holds the running program; "" when /proc is not there. */
static char *program_folder(void)
{
    char    path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);

    while (n > 0 && path[n - 1] != '/')
        n--;
    return xstrndup(path, n > 1 ? (size_t)n - 1 : 0);
}

/* Beside the program: catalogues are built next to it, definitions lie one up, an installed copy has both in share.
 * (build/forms holds object files, so the first place counts for catalogues only.) */
char *place_share(const char *what)
{
    const char *env = getenv("DOLEN_SHARE");
    char       *exe = program_folder();
    char       *tries[] = {
        env && *env ? xasprintf("%s/%s", env, what) : NULL,
        *exe && str_eq(what, "locale") ? xasprintf("%s/%s", exe, what) : NULL,
        *exe ? xasprintf("%s/../%s", exe, what) : NULL,
        *exe ? xasprintf("%s/../share/dolen/%s", exe, what) : NULL,
        xasprintf("%s/%s", DOLEN_SHARE_DEFAULT, what),
    };
    const size_t last = ARRAY_LEN(tries) - 1;
    char        *found = NULL;

    for (size_t i = 0; i <= last; i++) {
        if (!found && tries[i] && (i == last || file_exists(tries[i])))
            found = tries[i];
        else
            free(tries[i]);
    }
    free(exe);
    return found;
}

/* Looked for beside the running program and in the libexec folder of its prefix, never along PATH: what is found is
 * given case data to draw. */
char *place_program(const char *name)
{
    char *exe = program_folder(), *found = NULL;
    char *tries[] = {
        *exe ? xasprintf("%s/%s", exe, name) : NULL,
        *exe ? xasprintf("%s/../libexec/dolen/%s", exe, name) : NULL,
    };

    for (size_t i = 0; i < ARRAY_LEN(tries); i++) {
        if (!found && tries[i] && access(tries[i], X_OK) == 0)
            found = tries[i];
        else
            free(tries[i]);
    }
    free(exe);
    return found;
}
