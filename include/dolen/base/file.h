/* dolen/base/file.h - whole-file reads and replaces, private folders, locks, XDG places. The only place that opens
 * files for writing (the database library apart). */
#ifndef DOLEN_BASE_FILE_H
#define DOLEN_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/status.h"

/* Reads a regular file of at most max bytes; a larger one, a FIFO or a device is refused. */
enum status file_read(struct buf *out, const char *path, size_t max, struct err *err);
/* Whole-file replace in folder dir: private temporary (0600), write, fsync, close, rename, fsync of the folder. The old
 * file is there, whole, until the new one is. */
enum status file_replace(const char *dir, const char *name, const void *data, size_t n, struct err *err);
/* As file_replace, but nothing is sure to be on the disk before folder_settle: for many small files at once. */
enum status file_replace_later(const char *dir, const char *name, const void *data, size_t n, struct err *err);
enum status folder_settle(const char *path, struct err *err);         /* the whole file system of that folder */
/* A new file under a name that must not exist, streamed: open, write as often as you like, then commit (fsync, rename
 * into place without overwriting unless replace, fsync folder) or drop. Buffered. */
struct file_out;
enum status file_out_open(struct file_out **out, const char *path, bool replace, struct err *err);
enum status file_out_write(struct file_out *f, const void *p, size_t n, struct err *err);
const char *file_out_temp_path(const struct file_out *f);
enum status file_out_commit(struct file_out **fp, struct err *err);
void        file_out_drop(struct file_out **fp);

/* mkdir -p, the last one 0700; each new one is on the disk, in the folder that holds it, when this returns. */
enum status folder_make_private(const char *path, struct err *err);
enum status folder_sync(const char *path, struct err *err);
bool        file_exists(const char *path);
int64_t     file_free_bytes(const char *path);                        /* room left for us; -1 unknown */
char       *path_join(const char *a, const char *b);                  /* caller frees */

/* $XDG_DATA_HOME/dolen, $XDG_STATE_HOME/dolen, $XDG_CONFIG_HOME/dolen, with their defaults under $HOME. Caller
 * frees. */
char *place_data(void);
char *place_state(void);
char *place_config(void);
/* The folder of shipped definitions (forms/): $DOLEN_SHARE, else beside the program, else the compiled-in one. */
char *place_share(const char *what);
/* A program of ours that this one starts; NULL when it is not installed. Caller frees. */
char *place_program(const char *name);

/* OFD write lock on an open file; false when another open file description holds it. Survives exec if the fd does. */
bool file_lock_try(int fd);

#endif
