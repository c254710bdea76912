#include <microhttpd.h>

/* The certificate of a daemon of TLS, which it wants to have been told of: each session gets its own credentials before
   its handshake begins, so that this is never called. It stands in for a gnutls_certificate_retrieve_function2. */
static inline int cmicrohttpd_no_certificate(void *session, const void *authorities, int authority_count,
                                             const void *algorithms, int algorithm_count, void **certificates,
                                             unsigned int *certificate_count, void **key) {
    return -1;
}

/* MHD_start_daemon takes its options as variadic arguments, which Swift does not import. MHD_USE_ITC, a part of
   MHD_ALLOW_SUSPEND_RESUME, gives the thread an eventfd to be woken by: without it stopping shuts the listening socket
   down, which goes unseen while the connection limit is reached, as the thread does not watch the socket then. */
static inline struct MHD_Daemon *cmicrohttpd_start(int listening_socket, int tls, unsigned int connections,
                                                   unsigned int connections_per_address, unsigned int timeout_seconds,
                                                   size_t connection_memory, MHD_AccessHandlerCallback handler,
                                                   MHD_NotifyConnectionCallback connection_changed,
                                                   MHD_RequestCompletedCallback completed,
                                                   size_t (*unescape)(void *, struct MHD_Connection *, char *),
                                                   void *(*target)(void *, const char *, struct MHD_Connection *),
                                                   void *argument) {
    struct MHD_OptionItem tls_options[] = {
        {MHD_OPTION_HTTPS_CERT_CALLBACK, 0, (void *)cmicrohttpd_no_certificate},
        {MHD_OPTION_END, 0, NULL},
    };
    unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (tls ? MHD_USE_TLS : 0);
    return MHD_start_daemon(flags, 0, NULL, NULL, handler, argument,
                            MHD_OPTION_LISTEN_SOCKET, (MHD_socket)listening_socket,
                            MHD_OPTION_CONNECTION_LIMIT, connections,
                            MHD_OPTION_PER_IP_CONNECTION_LIMIT, connections_per_address,
                            MHD_OPTION_CONNECTION_TIMEOUT, timeout_seconds,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory,
                            MHD_OPTION_NOTIFY_CONNECTION, connection_changed, argument,
                            MHD_OPTION_NOTIFY_COMPLETED, completed, argument,
                            MHD_OPTION_UNESCAPE_CALLBACK, unescape, argument,
                            MHD_OPTION_URI_LOG_CALLBACK, target, argument,
                            MHD_OPTION_ARRAY, tls ? tls_options : tls_options + 1,
                            MHD_OPTION_END);
}

/* Has a target end where its query begins. The library shows it as const, and cuts it into pieces itself next: each of the
   query's would take 64 bytes of the connection's memory, and 0.9.75 loses the answer to say that there are too many. */
static inline void cmicrohttpd_end_at_query(const char *query) { *(char *)query = '\0'; }

/* How long the body of a 304 is said to be, so that cmicrohttpd_leave_length_out can leave its length out. */
#if MHD_VERSION >= 0x00097700
static const uint64_t cmicrohttpd_length_of_none = 0;
#else
static const uint64_t cmicrohttpd_length_of_none = MHD_SIZE_UNKNOWN;
#endif

/* A 304's Content-Length would be that of the page. Without one, versions before 0.9.77 want to send the body in chunks, or
   else to end it by closing the connection. MHD_set_response_options is variadic. */
static inline enum MHD_Result cmicrohttpd_leave_length_out(struct MHD_Response *response) {
#if MHD_VERSION >= 0x00097700
    return MHD_set_response_options(response, MHD_RF_HEAD_ONLY_RESPONSE, MHD_RO_END);
#else
    return MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
#endif
}

/* MHD_get_connection_info is variadic too. 0: the library does not know. */
static inline size_t cmicrohttpd_request_bytes(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info ? info->header_size : 0;
}

/* -1: the library does not know. */
static inline int cmicrohttpd_descriptor(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

/* NULL: it is in plain text. */
static inline void *cmicrohttpd_session(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    return info ? info->tls_session : NULL;
}

/* NULL: the library does not know. */
static inline const struct sockaddr *cmicrohttpd_address(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info ? info->client_addr : NULL;
}
