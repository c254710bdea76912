import TestSupport

/// What weir showed at one moment, or nearly so.
struct ShownPage: Sendable {
    var metrics: MetricsText
    var snapshot: Snapshot

    /// The values of all series of that name, by these labels.
    func values(_ name: String, by labels: String...) -> [[String]: Double] {
        Dictionary(metrics.all(name).map { series in (labels.map { series.labels[$0] ?? "" }, series.value) }) { $1 }
    }
}

extension WeirProcess {
    func page() async throws -> ShownPage {
        ShownPage(metrics: try await metrics(), snapshot: try await snapshot())
    }

    /// Every page that it shows until `body` ends, looked at more often than it polls.
    func pages(during body: () async throws -> Void) async throws -> [ShownPage] {
        let watching = Task {
            var pages: [ShownPage] = []
            while !Task.isCancelled {
                pages.append(try await page())
                try? await Task.sleep(for: .milliseconds(50))
            }
            return pages
        }
        defer { watching.cancel() }
        try await body()
        watching.cancel()
        return try await watching.value
    }
}
