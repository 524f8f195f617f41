#include "dolen/exchange/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dolen/base/buf.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static bool is_dots(const char *name)
{
    return str_eq(name, ".") || str_eq(name, "..");
}

static enum status check_free(const char *path, struct err *err)
{
    struct stat info;
    struct dirent *e;
    bool empty = true;
    DIR *d;

    if (lstat(path, &info) != 0)
        return errno == ENOENT ? ST_OK : err_sys(err, _("The folder %s cannot be used; nothing was written"), path);
    if (!S_ISDIR(info.st_mode))
        return err_set(err, ST_REFUSED,
                       _("%s is not a folder. It is as it was; nothing was written. Choose a new name."), path);
    d = opendir(path);
    if (!d)
        return err_sys(err, _("The folder %s cannot be used; nothing was written"), path);
    while ((e = readdir(d)))
        empty = empty && is_dots(e->d_name);
    closedir(d);
    return empty ? ST_OK :
                   err_set(err, ST_REFUSED,
                           _("The folder %s is not empty. It is as it was; nothing was written. Choose a new name."),
                           path);
}

enum status new_folder_begin(struct new_folder *f, const char *path, struct err *err)
{
    size_t n = strlen(path);
    const char *slash;
    enum status st;

    memset(f, 0, sizeof *f);
    while (n > 1 && path[n - 1] == '/')
        n--;
    f->path = xstrndup(path, n);
    slash = strrchr(f->path, '/');
    st = check_free(f->path, err);
    if (st == ST_OK && is_dots(slash ? slash + 1 : f->path))
        st = err_set(err, ST_USAGE, _("%s has no name of its own. Nothing was written. Name a new folder."), path);
    if (st == ST_OK) {
        f->parent = !slash           ? xstrdup(".") :
                    slash == f->path ? xstrdup("/") :
                                       xstrndup(f->path, (size_t) (slash - f->path));
        f->temp = xasprintf("%s/.%s.XXXXXX", f->parent, slash ? slash + 1 : f->path);
        if (!mkdtemp(f->temp)) {
            st = err_sys(err, _("A folder cannot be made beside %s; nothing was written"), f->path);
            f->temp[0] = '\0';
        }
    }
    if (st != ST_OK)
        new_folder_drop(f);
    return st;
}

/* What is inside is ours: files, and folders one deep. */
static void remove_tree(int at, const char *name, int depth)
{
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    struct dirent *e;

    if (!d) {
        if (fd >= 0)
            close(fd);
        return;
    }
    while ((e = readdir(d))) {
        if (is_dots(e->d_name))
            continue;
        if (unlinkat(dirfd(d), e->d_name, 0) != 0 && depth > 0)
            remove_tree(dirfd(d), e->d_name, depth - 1);
    }
    closedir(d);
    unlinkat(at, name, AT_REMOVEDIR);
}

void new_folder_drop(struct new_folder *f)
{
    if (f->temp && f->temp[0])
        remove_tree(AT_FDCWD, f->temp, 1);
    free(f->path);
    free(f->parent);
    free(f->temp);
    memset(f, 0, sizeof *f);
}

static void add_path(const struct new_folder *f, const char *sentence, struct buf *out)
{
    const char *at;

    for (; (at = strstr(sentence, f->temp)); sentence = at + strlen(f->temp)) {
        buf_add_mem(out, sentence, (size_t) (at - sentence));
        buf_add(out, f->path);
    }
    buf_add(out, sentence);
}

/* The name that was asked for, not the one it had while it was being made. */
static void say_path(const struct new_folder *f, struct err *err)
{
    struct buf b = BUF_INIT;

    if (f->temp && *f->temp)
        err_take(err, err->st, TEXT2_FROM(b, add_path(f, err_text(err), &b)));
}

void new_folder_fail(struct new_folder *f, struct err *err)
{
    say_path(f, err);
    new_folder_drop(f);
}

enum status new_folder_commit(struct new_folder *f, struct err *err)
{
    enum status st = folder_sync(f->temp, err);

    if (st == ST_OK && rename(f->temp, f->path) != 0)
        st = err_sys(err, _("%s cannot be put in its place; nothing was written; choose a new name"), f->path);
    if (st == ST_OK) {
        f->temp[0] = '\0';
        st = folder_sync(f->parent, err);
    }
    if (st != ST_OK)
        say_path(f, err);
    new_folder_drop(f);
    return st;
}
