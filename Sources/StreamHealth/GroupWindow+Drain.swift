import StreamModel

extension GroupWindow {
    /// Whether, at any time within the window, the group was given by one sample all that the one before saw waiting.
    ///
    /// On a busy stream some entries wait whenever one looks: they are on their way, and no backlog. That each of them is
    /// delivered by the next look shows in the IDs, on every server version and without any count.
    var hasCaughtUp: Bool {
        // The first sample tells of the time before the window.
        kept.samples.dropFirst().contains(where: \.value.hasCaughtUp)
    }

    /// Whether the entries that wait have become fewer, by more than they go up and down from one sample to the next.
    ///
    /// The medians of the window's first and last third are compared, so that one dip is no recovery and one burst no
    /// backlog, and the thirds are of time, so that missing samples do not shift them.
    ///
    /// Nil where too little has been seen.
    var isDraining: Bool? {
        let known = kept.samples.compactMap { sample in
            sample.value.countedWaiting.map { (time: sample.time, waiting: $0) }
        }
        guard known.count > 2, let first = known.first?.time, let last = known.last?.time else { return nil }
        let third = last.milliseconds(since: first) / 3
        let early = median(known.filter { $0.time.milliseconds(since: first) <= third }.map(\.waiting))
        let late = median(known.filter { last.milliseconds(since: $0.time) <= third }.map(\.waiting))
        let steps = zip(known, known.dropFirst()).map { before, after in abs(after.waiting - before.waiting) }
        let fall = early - late
        return fall > 0 && fall / 2 >= median(steps)
    }

    /// The lower one of an even number; 0 of none.
    private func median(_ values: [Int64]) -> Int64 {
        values.isEmpty ? 0 : values.sorted()[(values.count - 1) / 2]
    }
}
