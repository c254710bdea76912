import Exposition

/// What weir serves that is made from the board.
enum Page: Hashable, Sendable {
    /// `target`: only the figures of that one, without those of weir's own process.
    case metrics(MetricsFormat, target: String?)
    /// With the lag of each group over the window, or without.
    case snapshot(hasHistory: Bool)

    var contentType: String {
        switch self {
        case .metrics(let format, _): format.contentType
        case .snapshot: "application/json"
        }
    }
}
