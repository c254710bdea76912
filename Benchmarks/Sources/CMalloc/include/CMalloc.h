#ifndef CMALLOC_H
#define CMALLOC_H

#include <stddef.h>

/// The bytes that the program has allocated and not freed, with malloc's own; Glibc's module leaves malloc.h out.
size_t bench_allocated_bytes(void);

#endif
