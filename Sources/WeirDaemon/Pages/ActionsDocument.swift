import Remediation
import StreamModel

/// The JSON document of `/api/v1/actions`.
struct ActionsDocument: JSONDocument {
    var schema = 1
    /// Unix seconds.
    var time: Double
    /// The ceiling for all policies.
    var mode: String
    var paused: Bool
    @OrNull var pausedReason: String?
    @OrNull var pausedSince: Double?
    var policies: [Policy]
    var waiting: [Wait]
    /// The newest first.
    var actions: [Action]

    init(_ state: ActionBoard.State, at time: Timestamp) {
        self.time = time.seconds
        mode = state.settings.mode.rawValue
        paused = state.pause.isPaused
        if case .paused(let reason, let since) = state.pause {
            _pausedReason = OrNull(wrappedValue: reason)
            _pausedSince = OrNull(wrappedValue: since?.seconds)
        } else {
            _pausedReason = OrNull(wrappedValue: nil)
            _pausedSince = OrNull(wrappedValue: nil)
        }
        policies = state.settings.policies.map { Policy($0, mode: state.settings.mode(of: $0)) }
        waiting = state.waiting.map(Wait.init)
        actions = state.rows.map(Action.init)
    }

    struct Policy: Encodable {
        var name: String
        /// How far it may go, the ceiling considered.
        var mode: String
        var action: String
        var target: String
        var stream: String
        var group: String
        var minIdleSeconds: Double
        @OrNull var to: String?
        @OrNull var toStream: String?
        @OrNull var afterDeliveries: Int64?
        @OrNull var rereadsOwnPel: Bool?
        @OrNull var perCycle: Int?
        @OrNull var perHour: Int?
        var notify: [String]

        init(_ policy: RemediationPolicy, mode: RemediationMode) {
            name = policy.name
            self.mode = mode.rawValue
            action = policy.action.kind.rawValue
            target = policy.target.description
            stream = policy.stream.description
            group = policy.group.description
            minIdleSeconds = Double(policy.minIdleMilliseconds) / 1000
            var claimant: (name: Name, rereads: Bool)?
            var deliveries: Int64?
            switch policy.action {
            case .claim(let to, let rereadsOwnPEL): claimant = (to, rereadsOwnPEL)
            case .deadLetter(_, let afterDeliveries): deliveries = afterDeliveries
            case .requeue, .forgetConsumer: break
            }
            _to = OrNull(wrappedValue: claimant?.name.text)
            _toStream = OrNull(wrappedValue: policy.destination?.text)
            _afterDeliveries = OrNull(wrappedValue: deliveries)
            _rereadsOwnPel = OrNull(wrappedValue: claimant?.rereads)
            _perCycle = OrNull(wrappedValue: policy.limits.perCycle)
            _perHour = OrNull(wrappedValue: policy.limits.perHour)
            notify = policy.notify
        }
    }

    struct Wait: Encodable {
        var target: String
        var policy: String
        var action: String
        var stream: String
        var group: String
        var reason: String
        var since: Double
        var until: Double

        init(_ wait: RemediationWait) {
            target = wait.target
            policy = wait.key.policy
            action = wait.action.rawValue
            stream = wait.key.stream.text
            group = wait.key.group.text
            reason = wait.reason.rawValue
            since = wait.since.seconds
            until = wait.until.seconds
        }
    }

    struct Action: Encodable {
        var id: String
        var time: Double
        var policy: String
        var action: String
        var mode: String
        var result: String
        @OrNull var reason: String?
        var text: String
        var target: String
        var stream: String
        @OrNull var shownAs: String?
        var group: String
        @OrNull var to: String?
        var count: Int
        /// Empty, as the lists after it, where the record is old and others needed the room.
        var entries: [Entry]
        var left: [Left]
        var forgotten: [String]
        var purged: [String]
        var alerts: [Cause]

        init(_ row: ActionRow) {
            let record = row.record
            id = record.id
            time = record.time.seconds
            policy = record.policy
            action = record.action.rawValue
            mode = record.mode.rawValue
            result = record.result.rawValue
            _reason = OrNull(wrappedValue: record.reason)
            text = record.text
            target = record.target
            stream = record.stream.text
            _shownAs = OrNull(wrappedValue: record.shownAs?.text)
            group = record.group.text
            _to = OrNull(wrappedValue: record.destination?.text)
            count = row.count
            entries = record.entries.map(Entry.init)
            left = record.left.map(Left.init)
            forgotten = record.forgotten.map(\.text)
            purged = record.purged.map(\.description)
            alerts = record.causes.map { Cause(alertname: $0.alertname, fingerprint: $0.fingerprint) }
        }
    }

    struct Entry: Encodable {
        var id: String
        @OrNull var consumer: String?
        @OrNull var idleSeconds: Double?
        @OrNull var deliveries: Int64?
        @OrNull var copy: String?

        init(_ entry: MovedEntry) {
            id = entry.id.description
            _consumer = OrNull(wrappedValue: entry.consumer?.text)
            _idleSeconds = OrNull(wrappedValue: entry.idleMilliseconds.map { Double($0) / 1000 })
            _deliveries = OrNull(wrappedValue: entry.deliveries)
            _copy = OrNull(wrappedValue: entry.copy?.description)
        }
    }

    struct Left: Encodable {
        var id: String
        var reason: String
        @OrNull var fields: Int?

        init(_ entry: LeftEntry) {
            id = entry.id.description
            switch entry.reason {
            case .bodyGone:
                reason = "body_gone"
                _fields = OrNull(wrappedValue: nil)
            case .tooManyFields(let count):
                reason = "too_many_fields"
                _fields = OrNull(wrappedValue: count)
            }
        }
    }

    struct Cause: Encodable {
        var alertname: String
        var fingerprint: String
    }
}
