import RedisClient
import Remediation
import StreamModel

/// What became of one entry, as `MoveScript` says it.
enum MovedRow: Equatable, Sendable {
    case moved(MovedEntry)
    case left(LeftEntry)
    /// Whoever was quicker has acknowledged, claimed or moved it.
    case taken
    /// There is a copy, and the entry is still pending.
    case copied(MovedEntry)

    init?(_ row: [RedisReply]) {
        guard row.count >= 2, let id = row[0].bytes.flatMap({ StreamID($0) }), let verdict = row[1].bytes else {
            return nil
        }
        switch String(decoding: verdict, as: UTF8.self) {
        case "moved": self = .moved(MovedEntry(id, row.dropFirst(2)))
        case "copied": self = .copied(MovedEntry(id, row.dropFirst(2)))
        case "gone": self = .left(LeftEntry(id: id, reason: .bodyGone))
        case "wide":
            guard row.count >= 3, let fields = row[2].integer else { return nil }
            self = .left(LeftEntry(id: id, reason: .tooManyFields(Int(clamping: fields))))
        case "taken": self = .taken
        default: return nil
        }
    }
}

extension MovedEntry {
    /// `rest`: the consumer, the idle time, the deliveries and the ID of the copy.
    fileprivate init(_ id: StreamID, _ rest: ArraySlice<RedisReply>) {
        let rest = Array(rest)
        self.init(id: id)
        guard rest.count >= 4 else { return }
        consumer = rest[0].bytes.map { Name($0) }
        idleMilliseconds = rest[1].integer
        deliveries = rest[2].integer
        copy = rest[3].bytes.flatMap { StreamID($0) }
    }

    init(_ row: PendingEntry) {
        self.init(
            id: row.id, consumer: row.consumer, idleMilliseconds: row.idleMilliseconds, deliveries: row.deliveries)
    }
}
