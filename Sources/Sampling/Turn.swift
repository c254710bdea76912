import StreamModel

/// The order in which a poll looks at the streams, as far as its time reaches, in batches.
///
/// Of every four batches three are of those that are preferred and one of the quiet, while there are both; in each the
/// stream that was looked at longest ago comes first, so that none starves.
struct Turn: Sendable {
    private var preferred: ArraySlice<Name>
    private var quiet: ArraySlice<Name>
    private let batchSize: Int
    /// Batches taken so far, by the polls before too: one that gets through a single batch must not take the same kind
    /// each time.
    private(set) var beat: UInt64

    /// `streams`: each with the poll that last looked at it; 0: none.
    init(
        _ streams: [(look: UInt64, name: Name)], preferring isPreferred: Set<Name>, beat: UInt64, batchSize: Int
    ) {
        var (preferred, quiet): ([Name], [Name]) = ([], [])
        // Quick where they come by name and all were looked at last time, as they mostly do.
        for stream in streams.sorted(by: { $0.look == $1.look ? $0.name < $1.name : $0.look < $1.look }) {
            if isPreferred.contains(stream.name) { preferred.append(stream.name) } else { quiet.append(stream.name) }
        }
        (self.preferred, self.quiet) = (preferred[...], quiet[...])
        self.beat = beat
        self.batchSize = batchSize
    }

    /// The next batches, in one; empty once all had their turn.
    mutating func next(batches count: Int) -> [Name] {
        var names: [Name] = []
        for _ in 0..<count {
            guard let batch = next() else { break }
            names += batch
        }
        return names
    }

    private mutating func next() -> [Name]? {
        let isForQuiet = beat % 4 == 3
        beat += 1
        return if isForQuiet {
            quiet.take(batchSize) ?? preferred.take(batchSize)
        } else {
            preferred.take(batchSize) ?? quiet.take(batchSize)
        }
    }
}

extension ArraySlice<Name> {
    fileprivate mutating func take(_ count: Int) -> [Name]? {
        guard !isEmpty else { return nil }
        defer { removeFirst(Swift.min(count, self.count)) }
        return Array(prefix(count))
    }
}
