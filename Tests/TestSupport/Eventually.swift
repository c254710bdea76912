/// Looks again and again until it sees what was waited for: where no event says that something has changed.
///
/// An error while looking counts as not seen. Fails with what was seen last.
@discardableResult
package func eventually<Value>(
    within limit: Duration = .seconds(10), _ look: () async throws -> Value, until isDone: (Value) throws -> Bool
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while true {
        let last: String
        do {
            let value = try await look()
            if try isDone(value) { return value }
            last = "\(value)"
        } catch {
            last = "\(error)"
        }
        guard ContinuousClock.now < deadline else {
            throw TestFailure.neverHappened(within: limit, last: String(last.prefix(4000)))
        }
        try await Task.sleep(for: .milliseconds(10))
    }
}

/// Looks again and again until it is so.
package func eventually(within limit: Duration = .seconds(10), _ isSo: () async throws -> Bool) async throws {
    try await eventually(within: limit, isSo) { $0 }
}
