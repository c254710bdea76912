#include <curl/curl.h>

/* curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt take their argument as a variadic one, which Swift does not
   import: one function for each type of argument. The parentheses keep the macros of the same names out, which count
   arguments or check types that are only known here. */

/* For CURLOPTTYPE_LONG. */
static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
    return (curl_easy_setopt)(handle, option, value);
}

/* For CURLOPTTYPE_OFF_T, which is wider than long on some machines. */
static inline CURLcode ccurl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return (curl_easy_setopt)(handle, option, value);
}

/* For strings and bytes, which curl copies. */
static inline CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value) {
    return (curl_easy_setopt)(handle, option, value);
}

/* For the context of callbacks, and for buffers and lists, which curl refers to. */
static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return (curl_easy_setopt)(handle, option, value);
}

/* For CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION, whose type is the same but for char. */
static inline CURLcode ccurl_set_receiver(CURL *handle, CURLoption option,
                                          size_t (*receive)(char *, size_t, size_t, void *)) {
    return (curl_easy_setopt)(handle, option, receive);
}

/* Restricts the transfer to HTTP. The option that does is another one since 7.85, where the old one is deprecated, and
   both are enumerators, which Swift cannot choose between by the version. */
static inline CURLcode ccurl_allow_http_only(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075500
    return (curl_easy_setopt)(handle, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    return (curl_easy_setopt)(handle, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

/* Lets go of a name's resolution that is still under way when the transfer ends; curl otherwise waits for it, and with
   it every other transfer. Before 7.87 there is no way to. */
static inline CURLcode ccurl_do_not_wait_for_resolver(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075700
    return (curl_easy_setopt)(handle, CURLOPT_QUICK_EXIT, 1L);
#else
    (void)handle;
    return CURLE_OK;
#endif
}

/* For CURLINFO_LONG; 0 where it is not known. */
static inline long ccurl_get_long(CURL *handle, CURLINFO what) {
    long value = 0;
    return (curl_easy_getinfo)(handle, what, &value) == CURLE_OK ? value : 0;
}

/* For CURLINFO_OFF_T; 0 where it is not known. */
static inline curl_off_t ccurl_get_offset(CURL *handle, CURLINFO what) {
    curl_off_t value = 0;
    return (curl_easy_getinfo)(handle, what, &value) == CURLE_OK ? value : 0;
}

/* For options of the multi handle that are a long. */
static inline CURLMcode ccurl_multi_set_long(CURLM *handle, CURLMoption option, long value) {
    return (curl_multi_setopt)(handle, option, value);
}
