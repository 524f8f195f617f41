/* Whole-file writes: the old file is there until the new one is; names are not taken from anybody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/mem.h"

static char dir[64];

static int make_dir(void **state)
{
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/dolen-file-XXXXXX");
    return mkdtemp(dir) ? 0 : -1;
}

static int files_in(const char *folder)
{
    DIR *d = opendir(folder);
    int  n = -2;

    while (readdir(d))
        n++;
    closedir(d);
    return n;
}

static int remove_dir(void **state)
{
    DIR           *d = opendir(dir);
    struct dirent *e;

    (void)state;
    while ((e = readdir(d))) {
        char *p = path_join(dir, e->d_name);

        if (!str_eq(e->d_name, ".") && !str_eq(e->d_name, ".."))
            remove(p);
        free(p);
    }
    closedir(d);
    return rmdir(dir);
}

static void expect_content(const char *name, const char *want)
{
    struct buf b = BUF_INIT;
    char      *p = path_join(dir, name);

    assert_int_equal(file_read(&b, p, 1000, NULL), ST_OK);
    assert_string_equal(buf_text(&b), want);
    buf_release(&b);
    free(p);
}

static void replaces_whole_files_privately(void **state)
{
    struct stat info;
    char       *p = path_join(dir, "a");

    (void)state;
    assert_int_equal(file_replace(dir, "a", "one", 3, NULL), ST_OK);
    assert_int_equal(file_replace(dir, "a", "two", 3, NULL), ST_OK);
    expect_content("a", "two");
    assert_int_equal(stat(p, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(files_in(dir), 1);
    free(p);
}

/* In a child process, where a limit on file size stands for the full disk. */
static void a_failed_replace_leaves_the_old_file(void **state)
{
    int   code;
    pid_t pid;

    (void)state;
    assert_int_equal(file_replace(dir, "a", "old", 3, NULL), ST_OK);
    pid = fork();
    if (pid == 0) {
        static char         big[200000];
        const struct rlimit limit = { 100000, 100000 };
        struct err          err = { .st = ST_OK };

        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        _exit(file_replace(dir, "a", big, sizeof big, &err) == ST_IO && err.st == ST_IO && strstr(err_text(&err), "as it was") ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &code, 0), pid);
    assert_int_equal(code, 0);
    expect_content("a", "old");
    assert_int_equal(files_in(dir), 1);
}

/* A disk that is told of on closing: the descriptor is gone all the same, and somebody else has its number at once. */
static bool close_fails;
static int  taken = -1;

int close(int fd)
{
    int rc = (int)syscall(SYS_close, fd);

    if (!close_fails || rc != 0)
        return rc;
    close_fails = false;
    taken = open("/dev/null", O_RDONLY | O_CLOEXEC);
    errno = EIO;
    return -1;
}

static void a_failed_close_closes_nobody_elses_file(void **state)
{
    struct file_out *f = NULL;
    struct err       err = { .st = ST_OK };
    char            *p = path_join(dir, "a");

    (void)state;
    assert_int_equal(file_replace(dir, "a", "old", 3, NULL), ST_OK);
    assert_int_equal(file_out_open(&f, p, true, &err), ST_OK);
    assert_int_equal(file_out_write(f, "new", 3, &err), ST_OK);
    close_fails = true;
    assert_int_equal(file_out_commit(&f, &err), ST_IO);
    assert_true(taken >= 0 && fcntl(taken, F_GETFD) >= 0);
    close(taken);
    expect_content("a", "old");
    assert_int_equal(files_in(dir), 1);
    free(p);
}

static void does_not_take_a_name_that_exists(void **state)
{
    struct file_out *f = NULL;
    struct err       err = { .st = ST_OK };
    char            *p = path_join(dir, "b");

    (void)state;
    assert_int_equal(file_out_open(&f, p, false, &err), ST_OK);
    assert_true(str_starts(file_out_temp_path(f), dir));
    assert_int_equal(file_out_write(f, "mine", 4, &err), ST_OK);
    assert_int_equal(file_replace(dir, "b", "theirs", 6, NULL), ST_OK);     /* somebody was quicker */
    assert_int_equal(file_out_commit(&f, &err), ST_REFUSED);
    assert_null(f);
    expect_content("b", "theirs");
    assert_int_equal(files_in(dir), 1);
    assert_int_equal(file_out_open(&f, p, false, &err), ST_REFUSED);
    assert_null(f);
    free(p);
}

static void streams_more_than_its_buffer(void **state)
{
    struct file_out *f = NULL;
    struct buf       b = BUF_INIT;
    char            *p = path_join(dir, "big"), part[1000];

    (void)state;
    memset(part, 'x', sizeof part);
    assert_int_equal(file_out_open(&f, p, false, NULL), ST_OK);
    for (int i = 0; i < 200; i++)
        assert_int_equal(file_out_write(f, part, sizeof part, NULL), ST_OK);
    assert_int_equal(file_out_commit(&f, NULL), ST_OK);
    assert_int_equal(file_read(&b, p, 200000, NULL), ST_OK);
    assert_int_equal(b.len, 200000);
    assert_int_equal(file_read(&b, p, 199999, NULL), ST_INVALID);
    buf_release(&b);
    free(p);
}

static void a_dropped_file_leaves_nothing(void **state)
{
    struct file_out *f = NULL;
    char            *p = path_join(dir, "c");

    (void)state;
    assert_int_equal(file_out_open(&f, p, true, NULL), ST_OK);
    assert_int_equal(file_out_write(f, "x", 1, NULL), ST_OK);
    file_out_drop(&f);
    file_out_drop(&f);
    assert_int_equal(files_in(dir), 0);
    free(p);
}

static void refuses_what_is_no_regular_file(void **state)
{
    struct buf b = BUF_INIT;
    struct err err = { .st = ST_OK };
    char      *p = path_join(dir, "fifo");

    (void)state;
    assert_int_equal(mkfifo(p, 0600), 0);
    assert_int_equal(file_read(&b, p, 10, &err), ST_INVALID);
    assert_int_equal(file_read(&b, "/dev/zero", 10, &err), ST_INVALID);
    assert_int_equal(file_read(&b, dir, 10, &err), ST_INVALID);
    free(p);
    p = path_join(dir, "nothing");
    assert_int_equal(file_read(&b, p, 10, &err), ST_NOTFOUND);
    assert_non_null(strstr(err_text(&err), "nothing"));
    buf_release(&b);
    free(p);
}

static void makes_private_folders(void **state)
{
    struct stat info;
    char       *a = path_join(dir, "x"), *b = path_join(a, "y");

    (void)state;
    assert_int_equal(folder_make_private(b, NULL), ST_OK);
    assert_int_equal(stat(b, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    assert_int_equal(chmod(b, 0755), 0);
    assert_int_equal(folder_make_private(b, NULL), ST_OK);
    assert_int_equal(stat(b, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    assert_int_equal(folder_make_private("/tmp", NULL), ST_REFUSED);
    assert_int_equal(file_replace(dir, "file", "", 0, NULL), ST_OK);
    free(b);
    b = path_join(dir, "file");
    assert_int_equal(folder_make_private(b, NULL), ST_REFUSED);
    remove(b);
    free(b);
    b = path_join(a, "y");
    assert_int_equal(rmdir(b) | rmdir(a), 0);
    assert_true(file_free_bytes(dir) > 0);
    assert_int_equal(file_free_bytes("/nowhere/at/all"), -1);
    free(a);
    free(b);
}

/* Folders that were made sure of, in order. */
static ino_t  synced[8];
static size_t synced_count;
static bool   sync_fails;

int fsync(int fd)
{
    struct stat info;

    if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode) && synced_count < 8)
        synced[synced_count++] = info.st_ino;
    errno = EIO;
    return sync_fails ? -1 : (int)syscall(SYS_fsync, fd);
}

static ino_t number_of(const char *path)
{
    struct stat info;

    assert_int_equal(stat(path, &info), 0);
    return info.st_ino;
}

static void a_new_folder_is_on_the_disk_when_it_is_made(void **state)
{
    char      *a = path_join(dir, "x"), *b = path_join(a, "y");
    struct err err = { .st = ST_OK };

    (void)state;
    synced_count = 0;
    assert_int_equal(folder_make_private(b, NULL), ST_OK);
    assert_int_equal(synced_count, 2);
    assert_true(synced[0] == number_of(dir));
    assert_true(synced[1] == number_of(a));
    assert_int_equal(folder_make_private(b, NULL), ST_OK);
    assert_int_equal(synced_count, 2);
    rmdir(b);
    sync_fails = true;
    assert_int_equal(folder_make_private(b, &err), ST_IO);
    sync_fails = false;
    assert_non_null(strstr(err_text(&err), a));
    assert_int_equal(rmdir(b) | rmdir(a), 0);
    free(a);
    free(b);
}

static void one_holds_the_lock(void **state)
{
    char *p = path_join(dir, "lock");
    int   a = open(p, O_RDWR | O_CREAT, 0600), b = open(p, O_RDWR);

    (void)state;
    assert_true(file_lock_try(a));
    assert_true(file_lock_try(a));
    assert_false(file_lock_try(b));
    close(a);
    assert_true(file_lock_try(b));
    close(b);
    free(p);
}

static void finds_its_places(void **state)
{
    char *p;

    (void)state;
    setenv("XDG_DATA_HOME", "/data", 1);
    p = place_data();
    assert_string_equal(p, "/data/dolen");
    free(p);
    setenv("XDG_STATE_HOME", "relative", 1);
    setenv("HOME", "/home/someone", 1);
    p = place_state();
    assert_string_equal(p, "/home/someone/.local/state/dolen");
    free(p);
    setenv("DOLEN_SHARE", dir, 1);
    assert_int_equal(file_replace(dir, "forms", "", 0, NULL), ST_OK);
    p = place_share("forms");
    assert_true(str_starts(p, dir));
    free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_DIR(f) cmocka_unit_test_setup_teardown(f, make_dir, remove_dir)
        IN_DIR(replaces_whole_files_privately),
        IN_DIR(a_failed_replace_leaves_the_old_file),
        IN_DIR(a_failed_close_closes_nobody_elses_file),
        IN_DIR(does_not_take_a_name_that_exists),
        IN_DIR(streams_more_than_its_buffer),
        IN_DIR(a_dropped_file_leaves_nothing),
        IN_DIR(refuses_what_is_no_regular_file),
        IN_DIR(makes_private_folders),
        IN_DIR(a_new_folder_is_on_the_disk_when_it_is_made),
        IN_DIR(one_holds_the_lock),
        IN_DIR(finds_its_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
