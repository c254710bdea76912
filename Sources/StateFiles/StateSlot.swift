/// One document between what it should say and what its file says.
struct StateSlot: Sendable {
    private(set) var schedule = WriteSchedule()
    private(set) var unwritten: (any StateContent)?
    /// Nil where that is not known.
    private(set) var written: (any StateContent)?

    init(written: (any StateContent)? = nil) {
        self.written = written
    }

    var newest: (any StateContent)? { unwritten ?? written }

    mutating func take(_ content: any StateContent, at time: WriteSchedule.Instant, isUrgent: Bool) {
        if let unwritten, content.isEqual(to: unwritten) {
            if isUrgent { schedule.changed(at: time, isUrgent: true) }
        } else if let written, content.isEqual(to: written) {
            unwritten = nil
            schedule.reverted()
        } else {
            unwritten = content
            schedule.changed(at: time, isUrgent: isUrgent)
        }
    }

    mutating func succeeded(from start: WriteSchedule.Instant, to end: WriteSchedule.Instant) {
        written = unwritten
        unwritten = nil
        schedule.succeeded(from: start, to: end)
    }

    /// What the file says is no longer known: where only the last step failed, it is the new content.
    mutating func failed(from start: WriteSchedule.Instant, to end: WriteSchedule.Instant) {
        written = nil
        schedule.failed(from: start, to: end)
    }
}
