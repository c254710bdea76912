import HTTPServer
import Settings
import StreamModel

/// What of the snapshot a request is for: `?target=NAME&stream=PATTERN&group=PATTERN&history=1`.
struct SnapshotQuery: Sendable {
    private(set) var target: String?
    private(set) var stream: Glob?
    private(set) var group: Glob?
    /// With the lag of each group over the window.
    private(set) var hasHistory = false

    init(_ parameters: QueryParameters) throws(SnapshotQueryError) {
        var given: Set<String> = []
        for (name, value) in parameters.all {
            guard given.insert(name).inserted else { throw .repeated(name) }
            switch name {
            case "target": target = value
            case "stream": stream = Glob(value)
            case "group": group = Glob(value)
            case "history":
                guard value == "1" || value == "0" else { throw .notAChoice(name, value) }
                hasHistory = value == "1"
            default: throw .unknown(name, meant: Suggestion.nearest(to: name, among: SnapshotQueryError.known))
            }
        }
    }

    /// Whether it is for all that there is.
    var isForAll: Bool { target == nil && stream == nil && group == nil }

    /// A target stays although none of its streams is asked for: whether it is up is part of the answer.
    func selection(of targets: [TargetSnapshot]) -> [TargetSnapshot] {
        if isForAll { return targets }
        return targets.filter { target == nil || $0.name == target }.map { target in
            var target = target
            target.streams = target.streams.compactMap(selection)
            return target
        }
    }

    /// Nil where the stream has nothing that is asked for.
    private func selection(of whole: StreamSnapshot) -> StreamSnapshot? {
        if let stream, !stream.matches(whole.name) { return nil }
        guard let group else { return whole }
        var part = whole
        part.groups.removeAll { !group.matches($0.name) }
        part.vanishedGroups.removeAll { !group.matches($0.name) }
        return part.groups.isEmpty && part.vanishedGroups.isEmpty ? nil : part
    }
}
