#include "CMalloc.h"

#include <malloc.h>

size_t bench_allocated_bytes(void) {
    struct mallinfo2 figures = mallinfo2();
    return figures.uordblks + figures.hblkhd;
}
