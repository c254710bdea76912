package import StreamModel

/// Which entry somebody asks about.
package enum EntryReference: Equatable, Sendable {
    case one(StreamID)
    /// The only one that was added in this millisecond.
    case millisecond(UInt64)

    /// Parses `<ms>-<sequence>` or `<ms>`; nil for anything else, and for `0-0`, which Redis never gives to an entry.
    package init?(_ text: String) {
        let isPlain = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if isPlain, let milliseconds = UInt64(text) {
            self = .millisecond(milliseconds)
        } else if let id = StreamID(text.utf8), id != .zero {
            self = .one(id)
        } else {
            return nil
        }
    }
}
