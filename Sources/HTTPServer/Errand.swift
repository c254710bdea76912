/// Something that takes time, which a request waits for.
struct Errand: Sendable {
    let run: @Sendable () -> Void
    /// Done in place of it where there is no time for it.
    let decline: @Sendable () -> Void
}
