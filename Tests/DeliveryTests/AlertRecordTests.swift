import Alerting
import FoundationEssentials
import StreamModel
import Testing

@testable import Delivery

@Suite("The record of alerting")
struct AlertRecordTests {
    private static func machine() -> IncidentMachine {
        var machine = IncidentMachine()
        let context = IncidentContext(
            settings: AlertSettings(), channels: [ChannelRoute(name: "ops", repeatMilliseconds: nil)])
        let keys = ["a", "b\n\"\\", "c"].map { group in
            IncidentKey(
                target: "demo", rule: .groupStopped, level: .critical, subject: .group(Name(group), stream: Name("s")))
        }
        let holds = Verdict.holds(Finding(severity: .critical, what: "It is so."))
        _ = machine.ingest(
            Dictionary(keys.map { ($0, holds) }) { $1 }, of: "demo", at: Timestamp(milliseconds: 1),
            gapMilliseconds: 5000, context: context)
        _ = machine.ingest(
            [keys[0]: holds, keys[1]: holds, keys[2]: .clear], of: "demo", at: Timestamp(milliseconds: 2),
            gapMilliseconds: 5000, context: context)
        return machine
    }

    private static func record(notifications: Int) throws -> AlertRecord {
        var record = AlertRecord(memory: AlertMemory(incidents: machine()))
        for number in 0..<notifications {
            let channel = number % 2 == 0 ? "ops" : "am"
            let notification = Notices.notification(
                "n\(number)", about: [UInt64(number)], channel: channel, text: "line\n],\"outbox\":[\n\u{2028}")
            record.waiting[LaneID(channel: channel, peer: number % 2), default: []].append(
                try #require(QueuedNotification(notification, sequence: UInt64(number))))
        }
        return record
    }

    private static func bytes(_ record: AlertRecord) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try record.write { bytes += $0 }
        return bytes
    }

    private static func notifications(_ record: AlertRecord) -> [LaneID: [AlertNotification]] {
        record.waiting.mapValues { $0.compactMap(\.notification) }
    }

    @Test("reads back as it was written, whatever the names in it", arguments: [0, 1, 2, 500])
    func roundTrip(notifications: Int) throws {
        let record = try Self.record(notifications: notifications)
        let again = try AlertRecord(try Self.bytes(record))
        #expect(Set(again.memory.incidents.incidents.map(\.key)) == Set(record.memory.incidents.incidents.map(\.key)))
        #expect(again.memory.incidents.resolved == record.memory.incidents.resolved)
        #expect(Self.notifications(again) == Self.notifications(record))
    }

    @Test("is JSON, and is read as such also where somebody has laid it out otherwise")
    func json() throws {
        let record = try Self.record(notifications: 3)
        let content = try JSONDecoder().decode(Document.self, from: Data(try Self.bytes(record)))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .prettyPrinted
        let again = try AlertRecord(Array(try encoder.encode(content)))
        #expect(Self.notifications(again) == Self.notifications(record))
        #expect(again.memory.incidents.resolved == record.memory.incidents.resolved)
    }

    @Test("is not believed where it is cut off anywhere, is of another kind, or of a newer version")
    func ruined() throws {
        let bytes = try Self.bytes(try Self.record(notifications: 3))
        for length in stride(from: 0, to: bytes.count - 2, by: 7) {
            #expect(throws: (any Error).self) { try AlertRecord(Array(bytes.prefix(length))) }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        for (from, to) in [("\"alerts\"", "\"memory\""), ("\"version\":1", "\"version\":9"), ("\"peer\":0", "\"p\":0")]
        {
            #expect(throws: (any Error).self) { try AlertRecord(Array(text.replacing(from, with: to).utf8)) }
        }
    }

    private struct Document: Codable {
        var kind: String
        var version: Int
        var content: AlertsContent
    }
}
