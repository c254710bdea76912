import Platform

/// Where a target's password comes from, before any other file has been opened.
enum PasswordSource {
    /// From `WEIR_REDIS_PASSWORD` or its file, if from anywhere.
    case shared
    case given(Secret)
    case file(SecretFile)
}
