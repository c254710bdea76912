#include <microhttpd.h>

/* MHD_start_daemon takes its options as variadic arguments, which Swift does not import. MHD_USE_ITC gives the thread
   an eventfd to be woken by: without it stopping shuts the listening socket down, which goes unseen while the connection
   limit is reached, as the thread does not watch the socket then. */
static inline struct MHD_Daemon *cmicrohttpd_start(int listening_socket, unsigned int connections,
                                                   unsigned int connections_per_address, unsigned int timeout_seconds,
                                                   size_t connection_memory, MHD_AccessHandlerCallback handler,
                                                   void *handler_argument) {
    return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, handler, handler_argument,
                            MHD_OPTION_LISTEN_SOCKET, (MHD_socket)listening_socket,
                            MHD_OPTION_CONNECTION_LIMIT, connections,
                            MHD_OPTION_PER_IP_CONNECTION_LIMIT, connections_per_address,
                            MHD_OPTION_CONNECTION_TIMEOUT, timeout_seconds,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory,
                            MHD_OPTION_END);
}
