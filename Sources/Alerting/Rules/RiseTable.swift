import StreamModel

/// One count of each group, where it is not 0.
struct RiseTable: Equatable, Sendable {
    /// By stream and group.
    private var rises: [Name: [Name: Rise]] = [:]

    /// Takes the count of a group, and says how it has grown where that is news.
    ///
    /// `isFirstLook`: nothing was seen before of any group, and there is nothing to compare with.
    mutating func record(
        _ count: Int64, of group: Name, in stream: Name, isFirstLook: Bool, at now: Timestamp,
        windowMilliseconds: Int64
    ) -> Rise? {
        if count == 0 && rises.isEmpty { return nil }
        let before = rises[stream]?[group]
        guard count > 0 else {
            if before != nil { rises[stream]?[group] = nil }
            return nil
        }
        var rise = before ?? Rise(from: isFirstLook ? count : 0)
        rise.see(count, at: now, windowMilliseconds: windowMilliseconds)
        if rise != before { rises[stream, default: [:]][group] = rise }
        return rise.isNews(at: now, windowMilliseconds: windowMilliseconds) ? rise : nil
    }

    /// A group of the same name that comes later is another, and is counted from 0.
    mutating func forgetGone(in snapshot: TargetSnapshot) {
        for (stream, groups) in rises {
            let kept = groups.filter { group, _ in
                if case .gone = snapshot.presence(ofGroup: group, in: stream) { false } else { true }
            }
            if kept.count < groups.count || kept.isEmpty { rises[stream] = kept.isEmpty ? nil : kept }
        }
    }
}

/// As the table alone.
extension RiseTable: Codable {
    init(from decoder: any Decoder) throws {
        rises = try decoder.singleValueContainer().decode([Name: [Name: Rise]].self)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rises)
    }
}
