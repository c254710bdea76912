import StreamModel

/// How many of the entries ever added lie at or before D, carried from poll to poll.
///
/// Redis before 7.4.2 and Valkey before 8.1 lose count of R, and with it of the lag, for good once entries are trimmed
/// before they were delivered. Between two polls they count right; so weir adds up for itself. Not for later ones: there
/// R itself jumps when it is estimated anew.
struct DeliveryRank: Equatable, Codable, Sendable {
    @Compact private(set) var rank: Int64?

    /// Takes the next look.
    ///
    /// `previous` is the one before it, nil at first sight or after a discontinuity.
    mutating func advance(from previous: Position?, to present: Position) {
        rank = next(from: previous, to: present)
    }

    /// A - rank(D): the lag, as long as nothing after D was deleted singly.
    func lag(at position: Position) -> Int64? {
        guard let rank, let added = position.added, let deleted = position.deleted, deleted <= position.delivered
        else { return nil }
        let lag = added - rank
        return (0...position.length).contains(lag) ? lag : nil
    }

    /// The rules are those that held in random histories against a model; anything else drops the rank.
    private func next(from previous: Position?, to present: Position) -> Int64? {
        guard let added = present.added, let deleted = present.deleted else { return nil }
        // Everything ever added lies at or before D.
        if present.delivered >= present.generated { return added }
        guard let previous else { return nil }
        if present.delivered == previous.delivered { return rank }
        guard present.delivered > previous.delivered, let read = present.read, let readBefore = previous.read else {
            return nil
        }
        // What the group passed was all still there: it read every entry that it passed.
        if let rank, let first = present.first, first <= previous.delivered, deleted == previous.deleted,
            deleted <= previous.delivered
        {
            return rank + read - readBefore
        }
        // It began to read at the first entry, which was not trimmed meanwhile and has nothing deleted behind it.
        if let first = present.first, previous.delivered < first, previous.first == first, first <= present.delivered,
            deleted == .zero, let addedBefore = previous.added
        {
            return addedBefore - previous.length + read - readBefore
        }
        return nil
    }
}
