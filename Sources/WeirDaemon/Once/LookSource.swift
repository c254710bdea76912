/// Where looks come from.
protocol LookSource: Sendable {
    /// Takes a look; an error means that nothing could be seen.
    mutating func look() async throws(LookError) -> Look
}
