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

    /// `lastLook` says which poll last looked at a stream; 0: none.
    init(
        _ names: some Sequence<Name>, preferring isPreferred: Set<Name>, beat: UInt64, batchSize: Int,
        lastLook: (Name) -> UInt64
    ) {
        let order = names.map { (look: lastLook($0), name: $0) }.sorted { ($0.look, $0.name) < ($1.look, $1.name) }
        preferred = order.lazy.map(\.name).filter { isPreferred.contains($0) }[...]
        quiet = order.lazy.map(\.name).filter { !isPreferred.contains($0) }[...]
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
