#include <gnutls/gnutls.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>

/* gnutls_free is a variable, which Swift takes for state that anybody may change. */
static inline void weir_gnutls_free(void *memory) { gnutls_free(memory); }
