/// The keys of a web configuration.
extension SectionGrammar {
    static let webConfig = SectionGrammar(known: [
        "tls_server_config", "http_server_config", "basic_auth_users", "rate_limit",
    ])

    static let webTLS = SectionGrammar(known: [
        "cert", "key", "client_ca", "cert_file", "key_file", "client_auth_type", "client_ca_file",
        "client_allowed_sans",
        "min_version", "max_version", "cipher_suites", "prefer_server_cipher_suites", "curve_preferences",
    ])

    static let webHTTP = SectionGrammar(known: ["http2", "headers"])

    static let webHeaders = SectionGrammar(known: [
        "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "X-XSS-Protection",
        "Strict-Transport-Security",
    ])

    static let rateLimit = SectionGrammar(known: ["interval", "burst"])
}
