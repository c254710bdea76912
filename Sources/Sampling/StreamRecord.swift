import StreamModel

/// What the sampler remembers of one stream from poll to poll.
struct StreamRecord: Sendable {
    /// A stream's memory, and its time to live, are asked for once in so many looks at it.
    private static let looksPerMemory: UInt64 = 60

    /// The poll that last looked at it; 0: none yet.
    var lastLook: UInt64 = 0
    /// Looks that showed it.
    private(set) var looks: UInt64 = 0
    /// What one entry of it takes in a reply, by the last look; nil: not known.
    var entryBytes: Int?
    /// `MEMORY USAGE`, when it was last asked for.
    var memoryBytes: Int64?
    /// Whether it has a time to live, when that was last asked for.
    var expires: Bool?
    /// Whether that was asked for since it has mattered, with or without an answer.
    var wasAskedExpiry = false
    /// How the last look showed it; nil where the next one has nothing to be held against.
    var known: KnownStream?

    /// Whether it is its turn to be asked for its memory: at first sight, and then each at another time.
    func isMemoryDue(_ name: Name) -> Bool {
        looks == 0 ? memoryBytes == nil : isTurn(of: name)
    }

    /// Whether it is its turn to be asked for its time to live, where that matters: as soon as it does, and then with its
    /// memory.
    func isExpiryDue(_ name: Name) -> Bool {
        !wasAskedExpiry || isTurn(of: name)
    }

    private func isTurn(of name: Name) -> Bool {
        (looks &+ name.stableHash).isMultiple(of: Self.looksPerMemory)
    }

    mutating func look() {
        looks += 1
    }

    /// The poll could not see it: what comes next may be another stream of the same name.
    mutating func fail(at poll: UInt64) {
        lastLook = poll
        looks = 0
        known = nil
        entryBytes = nil
        memoryBytes = nil
        expires = nil
        wasAskedExpiry = false
    }
}
