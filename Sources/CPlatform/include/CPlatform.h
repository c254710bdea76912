#ifndef WEIR_CPLATFORM_H
#define WEIR_CPLATFORM_H

#include <sys/types.h>

/* What Swift's Glibc overlay does not import: variadic or GNU-only functions. */

/* Names the calling thread (at most 15 bytes are kept), as seen in `top -H` and `ps -L`. */
void weir_name_thread(const char *name);

/*
 * Keeps glibc's malloc small: few arenas, as each thread's own costs a sidecar memory; and a fixed threshold from which
 * a block is mapped by itself, so that a page of metrics goes back to the system when it is freed (glibc otherwise
 * raises the threshold to the largest block it has seen).
 */
void weir_tune_malloc(void);

/* Gives whole pages back that are free within the heap; glibc does so by itself only at its end. */
void weir_trim_heap(void);

/*
 * Takes the program's own code and constants out of the resident set. Start-up touches most of it once: Swift goes
 * through all protocol conformances, and the kernel maps the neighbours of every page touched. What is used again comes
 * back from the page cache.
 */
void weir_release_program_pages(void);

/*
 * Starts `path` with `arguments` (ending in NULL) in the folder `directory`, its output appended to the file `log`.
 * The child unblocks every signal (a daemon that waits for them in sigwait has them blocked, and exec keeps that) and
 * is ended by the kernel when its parent's thread ends, so that a killed parent leaves nothing behind.
 * Returns the pid, or -1 with errno set, also where the program could not be executed.
 */
pid_t weir_spawn(const char *path, char *const arguments[], const char *directory, const char *log);

/* The columns and rows of the terminal behind a descriptor; 0 and 0 where it is none, or does not know. */
void weir_terminal_size(int descriptor, int *columns, int *rows);

#endif
