#include <hiredis/hiredis.h>

/* hiredis 1.0 has two more callbacks, for values that only RESP3 has, and hands out a constant in their place where there
   are none: a value would be missing. 0.14 does not have the fields, for which Swift cannot ask. */
#if HIREDIS_MAJOR >= 1
static inline void *weir_refuse_double(const redisReadTask *task, double value, char *text, size_t length) {
    (void)task, (void)value, (void)text, (void)length;
    return NULL;
}

static inline void *weir_refuse_bool(const redisReadTask *task, int value) {
    (void)task, (void)value;
    return NULL;
}
#endif

static inline void weir_refuse_resp3(redisReplyObjectFunctions *functions) {
#if HIREDIS_MAJOR >= 1
    functions->createDouble = weir_refuse_double;
    functions->createBool = weir_refuse_bool;
#else
    (void)functions;
#endif
}
