#include <zlib.h>

/* deflateInit2 is a macro (it passes the header's version and the size of z_stream), which Swift does not import.
   31 is the largest window, 15, plus 16: a gzip header and trailer in place of zlib's. 8 is zlib's own default memory. */
static inline int czlib_deflate_init_gzip(z_streamp stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
}
