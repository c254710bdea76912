/// What is wrong with the query of a request for the snapshot.
enum SnapshotQueryError: Error, Equatable, CustomStringConvertible {
    case unknown(String, meant: String?)
    case repeated(String)
    case notAChoice(String, String)

    static let known = ["target", "stream", "group", "history"]

    var description: String {
        switch self {
        case .unknown(let name, let meant):
            "the query has '\(name)'; "
                + (meant.map { "did you mean '\($0)'?" } ?? "there are \(Self.known.joined(separator: ", "))")
        case .repeated(let name): "the query has '\(name)' more than once"
        case .notAChoice(let name, let value): "the query has '\(name)=\(value)'; it is 0 or 1"
        }
    }
}
