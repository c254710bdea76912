package import StreamModel

/// A stream as the last look showed it, against which the next one is held: what has not changed is not taken apart again,
/// and of groups in which nothing was done nobody's pending entries are asked for again.
package final class KnownStream: Sendable {
    /// Of what was answered about the stream and its groups.
    let fingerprint: Int
    let stream: StreamObservation
    /// A moment before it was asked for.
    let asked: ContinuousClock.Instant
    /// Whether there was nothing to be looked at more closely.
    let isSettled: Bool
    /// How many groups can be asked for their consumers together with the stream, and what the answers are expected to take.
    let (groupsAsked, consumerBytes): (Int, Int)

    package init(fingerprint: Int, stream: StreamObservation, asked: ContinuousClock.Instant, isSettled: Bool = false) {
        self.fingerprint = fingerprint
        self.stream = stream
        self.asked = asked
        self.isSettled = isSettled
        groupsAsked = stream.groups.count { !$0.isBare }
        consumerBytes = stream.groups.reduce(0) { $0 + $1.expectedBytes }
    }

    /// Those that are asked for their consumers together with the stream.
    var groupsWithConsumers: some Sequence<GroupObservation> { stream.groups.lazy.filter { !$0.isBare } }

    /// The stream at the next look, to which was answered by `now` that it and its groups are the same as before.
    ///
    /// `consumers`: of each of `groupsWithConsumers`; nil where they could not be had.
    func unchanged(consumers: [[ConsumerObservation]?], by now: ContinuousClock.Instant) -> StreamObservation {
        let elapsed = (now - asked) / .milliseconds(1)
        var stream = stream
        stream.later = nil
        var answers = consumers.makeIterator()
        for index in stream.groups.indices {
            stream.groups[index].undelivered = nil
            guard !stream.groups[index].isBare else { continue }
            stream.groups[index].seeAgain(answers.next() ?? nil, within: elapsed)
            // A closer look may have told more than this one does.
            if !isSettled { stream.groups[index].agedMilliseconds = nil }
        }
        return stream
    }

    /// Gives those groups of a stream that has changed their consumers that were asked for.
    func add(_ consumers: [[ConsumerObservation]?], to stream: inout StreamObservation) {
        var place = stream.groups.startIndex
        for (group, answer) in zip(groupsWithConsumers, consumers) {
            // Servers list groups by name.
            while place < stream.groups.endIndex, stream.groups[place].name < group.name { place += 1 }
            guard place < stream.groups.endIndex, stream.groups[place].name == group.name else { continue }
            stream.groups[place].consumers = answer
        }
    }
}

extension GroupObservation {
    /// Whether there is nobody in it, and nothing pending: it has no consumers to ask for.
    var isBare: Bool { consumerCount == 0 && pending == 0 }

    /// Takes the next look at its consumers, nil where they could not be had; of the group itself the server says the same as
    /// before.
    ///
    /// `elapsed`: since before the last look, in milliseconds.
    fileprivate mutating func seeAgain(_ seen: [ConsumerObservation]?, within elapsed: Double) {
        agedMilliseconds = seen.flatMap { aging(to: $0, within: elapsed) }
        consumers = seen
        error = nil
        pendingPage = agedMilliseconds.flatMap { pendingPage?.aged(by: $0) }
    }

    /// By how much all that is pending has grown older since the last look; nil where anything else may have become of it.
    ///
    /// Every read and every claim sets the idle time of its consumer to 0, whatever it gets or takes; what is acknowledged
    /// is missing in the counts, which are the same as before.
    private func aging(to seen: [ConsumerObservation], within elapsed: Double) -> Int64? {
        guard let consumers, consumers.count == seen.count else { return nil }
        var aging: Int64?
        for (before, now) in zip(consumers, seen) {
            guard before.name == now.name, before.pending == now.pending, Double(now.idleMilliseconds) > elapsed + 1
            else { return nil }
            // By the server's own clock.
            aging = now.idleMilliseconds - before.idleMilliseconds
        }
        return aging
    }
}

extension PendingPage {
    /// A whole list as it is so much later; nil for a part of one.
    fileprivate func aged(by milliseconds: Int64) -> PendingPage? {
        guard startsSweep, endsSweep else { return nil }
        var page = self
        for index in rows.indices where !rows[index].isNacked { page.rows[index].idleMilliseconds += milliseconds }
        return page
    }
}
