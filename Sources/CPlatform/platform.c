#define _GNU_SOURCE
#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

void weir_name_thread(const char *name) {
    char kept[16];
    snprintf(kept, sizeof kept, "%s", name);
    pthread_setname_np(pthread_self(), kept);
}

void weir_tune_malloc(void) {
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, 32 * 1024);
    mallopt(M_TRIM_THRESHOLD, 32 * 1024);
}

void weir_trim_heap(void) {
    malloc_trim(0);
}

static int release_segments(struct dl_phdr_info *object, size_t size, void *unused) {
    (void)size;
    (void)unused;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[index];
        /* Only what is never written: those pages are the file's, and dropping them loses nothing. */
        if (segment->p_type != PT_LOAD || (segment->p_flags & PF_W)) continue;
        uintptr_t start = (object->dlpi_addr + segment->p_vaddr) & ~(page - 1);
        uintptr_t end = (object->dlpi_addr + segment->p_vaddr + segment->p_filesz) & ~(page - 1);
        if (end > start) madvise((void *)start, end - start, MADV_DONTNEED);
    }
    /* The libraries too: curl alone brings thirty, of which starting up touches pages that nobody needs again. */
    return 0;
}

void weir_release_program_pages(void) {
    dl_iterate_phdr(release_segments, NULL);
}

/* Runs in the child between fork and exec: async-signal-safe calls only. Returns only on failure. */
static void become(const char *path, char *const arguments[], const char *directory, const char *log, pid_t parent) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* The parent may have died before prctl took effect. */
    if (getppid() != parent) _exit(127);

    int input = open("/dev/null", O_RDONLY);
    int output = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (input < 0 || output < 0 || chdir(directory) != 0) return;
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    execvp(path, arguments);
}

pid_t weir_spawn(const char *path, char *const arguments[], const char *directory, const char *log) {
    /* Closed by a successful exec; otherwise it carries errno to the parent. */
    int failure[2];
    if (pipe2(failure, O_CLOEXEC) != 0) return -1;

    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) {
        become(path, arguments, directory, log, parent);
        int reason = errno;
        ssize_t ignored = write(failure[1], &reason, sizeof reason);
        (void)ignored;
        _exit(127);
    }
    close(failure[1]);
    int reason = errno;
    if (child > 0) {
        ssize_t count;
        do {
            count = read(failure[0], &reason, sizeof reason);
        } while (count < 0 && errno == EINTR);
        if (count > 0) {
            waitpid(child, NULL, 0);
            child = -1;
        }
    }
    close(failure[0]);
    errno = reason;
    return child;
}

void weir_terminal_size(int descriptor, int *columns, int *rows) {
    struct winsize size = {0};
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) size.ws_col = size.ws_row = 0;
    *columns = size.ws_col;
    *rows = size.ws_row;
}
