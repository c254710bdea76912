import Inspection
import StreamModel

/// What `weir trace --json` prints.
struct TraceDocument: JSONDocument {
    var schema = 1
    /// Unix seconds.
    var time: Double
    var target: String
    var node: String
    var stream: String
    var id: String
    var entry: Entry
    /// By name.
    var groups: [Group]
    var groupsLeftOut: Int
    /// What the server would not tell, in words.
    var refusals: [String]

    init(_ trace: EntryTrace, stream: Name, node: String, target: String, at time: Timestamp) {
        self.time = time.seconds
        self.target = target
        self.node = node
        self.stream = stream.text
        id = trace.look.id.description
        entry = Entry(trace)
        groups = trace.groups.map { Group($0, at: trace.look.serverTime) }
        groupsLeftOut = trace.look.groupsLeftOut
        refusals = trace.look.refusals.map(\.description)
    }

    struct Entry: Encodable {
        /// `present`, `not_yet`, `never`, `removed`, `absent`, `absent_or_not_yet` or `unknown`.
        var state: String
        @OrNull var ageSeconds: Double?
        /// Null: it is there, never was, or may not have been added yet.
        @OrNull var mayBeTrimmed: Bool?
        @OrNull var mayBeDeleted: Bool?
    }

    struct Group: Encodable {
        var group: String
        /// `undelivered`, `pending`, `dangling`, `done`, `passed`, `lost`, `none`, `moving` or `unknown`.
        var state: String
        var lastDeliveredId: String
        /// Entries that come before it.
        @OrNull var ahead: Int64?
        @OrNull var aheadAtLeast: Int64?
        @OrNull var aheadAtMost: Int64?
        @OrNull var deliveredPerSecond: Double?
        @OrNull var expectedSeconds: Double?
        var consumers: Int64
        @OrNull var consumerSeenSeconds: Double?
        @OrNull var consumer: String?
        @OrNull var deliveries: Int64?
        @OrNull var idleSeconds: Double?
        /// Unix seconds, by the server's clock.
        @OrNull var lastDeliveredAt: Double?
        @OrNull var error: String?
    }
}

extension TraceDocument.Entry {
    fileprivate init(_ trace: EntryTrace) {
        let state: String
        var absence: EntryAbsence?
        switch trace.presence {
        case .present: state = "present"
        case .notYet: state = "not_yet"
        case .absentOrNotYet: state = "absent_or_not_yet"
        case .unknown: state = "unknown"
        case .absent(let known):
            state = known.wasNever ? "never" : known.wasThere ? "removed" : "absent"
            absence = known.wasNever ? nil : known
        }
        self.init(
            state: state, ageSeconds: trace.ageMilliseconds.map { Double($0) / 1000 },
            mayBeTrimmed: absence?.mayBeTrimmed, mayBeDeleted: absence?.mayBeDeleted)
    }
}

extension TraceDocument.Group {
    fileprivate init(_ trace: GroupTrace, at time: Timestamp?) {
        var (place, row): (EntryPlace?, PendingEntry?)
        let state: String
        switch trace.outcome {
        case .undelivered(let known): (state, place) = ("undelivered", known)
        case .pending(let known): (state, row) = ("pending", known)
        case .dangling(let known): (state, row) = ("dangling", known)
        case .done: state = "done"
        case .passed: state = "passed"
        case .lost(wasThere: _): state = "lost"
        case .none: state = "none"
        case .moving: state = "moving"
        case .unknown, .undecided: state = "unknown"
        }
        var perSecond: Double?
        switch trace.pace {
        case .perSecond(let rate): perSecond = rate
        case .still: perSecond = 0
        case .unknown: break
        }
        // One that was given back is nobody's, and its idle time and its deliveries are none.
        let held = row.flatMap { $0.isNacked ? nil : $0 }
        self.init(
            group: trace.group.text, state: state, lastDeliveredId: trace.lastDeliveredID.description,
            ahead: place?.ahead, aheadAtLeast: place?.bounds.lowerBound, aheadAtMost: place?.bounds.upperBound,
            deliveredPerSecond: perSecond, expectedSeconds: trace.expectedSeconds, consumers: trace.consumerCount,
            consumerSeenSeconds: (row == nil ? trace.lastSeenMilliseconds : trace.holderSeenMilliseconds)
                .map { Double($0) / 1000 },
            consumer: held?.consumer?.text, deliveries: held?.deliveries,
            idleSeconds: held.map { Double($0.idleMilliseconds) / 1000 },
            lastDeliveredAt: held.flatMap { row in
                time.map { $0.advanced(byMilliseconds: -row.idleMilliseconds).seconds }
            }, error: state == "unknown" ? trace.outcome.unknown : nil)
    }
}
