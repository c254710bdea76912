import Alerting
import FoundationEssentials
package import Platform
package import StateFiles

/// All that alerting must not forget over a restart: what fires, what the rules remember, what waits to be delivered.
///
/// It is one file, so that an incident and the news of it are written in the same breath: were they two, a crash between
/// them would lose the one or repeat the other. It is JSON with each incident and each notification on a line of its
/// own, and is written and read line by line: 10,000 notifications are never in memory a second time.
package struct AlertRecord: Sendable {
    package var memory: AlertMemory
    package var waiting: [LaneID: [QueuedNotification]]

    package init(memory: AlertMemory, waiting: [LaneID: [QueuedNotification]] = [:]) {
        self.memory = memory
        self.waiting = waiting
    }

    private static let outboxOpens = Array("],\"outbox\":[".utf8)
    private static let closes = Array("]}}".utf8)

    // MARK: - Writing

    /// Gives the file's bytes to `emit`, block by block.
    package func write(to emit: ([UInt8]) throws(SystemError) -> Void) throws(SystemError) {
        var lines = Lines()
        lines.text("{\"kind\":\"\(AlertsContent.kind)\",\"version\":\(AlertsContent.version),\"content\":")
        lines.text("{\"evaluators\":\(json(memory.evaluators)),\"resolved\":\(json(memory.incidents.resolved))")
        lines.text(",\"active\":[\n")
        for incident in memory.incidents.incidents {
            lines.element { $0 += json(incident).utf8 }
            if lines.isFull { try emit(lines.take()) }
        }
        lines.end(with: Self.outboxOpens)
        for (lane, notifications) in waiting.sorted(by: { $0.key < $1.key }) {
            for notification in notifications {
                lines.element { block in
                    block += "{\"peer\":\(lane.peer),\"notification\":".utf8
                    block += notification.json
                    block.append(UInt8(ascii: "}"))
                }
                if lines.isFull { try emit(lines.take()) }
            }
        }
        lines.end(with: Self.closes)
        try emit(lines.take())
    }

    /// Nothing in it can fail to encode: it has no numbers but whole ones.
    private func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }

    /// Lists whose elements are on lines of their own.
    private struct Lines {
        private static let blockBytes = 64 << 10

        private var block: [UInt8] = []
        private var isFirst = true

        var isFull: Bool { block.count >= Self.blockBytes }

        mutating func text(_ text: String) {
            block += text.utf8
        }

        mutating func element(_ write: (inout [UInt8]) -> Void) {
            if !isFirst { block += ",\n".utf8 }
            isFirst = false
            write(&block)
        }

        mutating func end(with line: [UInt8]) {
            if !isFirst { block.append(UInt8(ascii: "\n")) }
            isFirst = true
            block += line
            block.append(UInt8(ascii: "\n"))
        }

        mutating func take() -> [UInt8] {
            defer { block = [] }
            return block
        }
    }

    // MARK: - Reading

    /// Reads what `write` has written, line by line, and any other JSON that says the same at once.
    package init(_ bytes: [UInt8]) throws(StateDocumentError) {
        if let record = try Self.byLines(bytes) {
            self = record
            return
        }
        let content = try StateDocument<AlertsContent>(json: bytes).content
        self.init(content)
        for waiting in content.outbox { add(waiting.notification, to: waiting.peer) }
    }

    private init(_ content: AlertsContent) {
        self.init(
            memory: AlertMemory(
                incidents: IncidentMachine(active: content.active, resolved: content.resolved),
                evaluators: content.evaluators))
    }

    /// Nil where the lines are not as `write` leaves them.
    private static func byLines(_ bytes: [UInt8]) throws(StateDocumentError) -> AlertRecord? {
        var rest = bytes[...]
        // One at a time: a ruined file may have more lines than there is room for.
        func next() -> ArraySlice<UInt8>? {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            defer { rest = rest[(end + 1)...] }
            return rest[..<end]
        }
        guard let head = next(), head.last == UInt8(ascii: "[") else { return nil }
        var content = try StateDocument<AlertsContent>(json: Array(head) + outboxOpens + closes).content
        while true {
            guard let line = next(), !line.isEmpty else { return nil }
            if line.elementsEqual(outboxOpens) { break }
            content.active.append(try element(line))
        }
        var record = AlertRecord(content)
        while true {
            guard let line = next(), !line.isEmpty else { return nil }
            if line.elementsEqual(closes) { return rest.isEmpty ? record : nil }
            let waiting: AlertsContent.Waiting = try element(line)
            record.add(waiting.notification, to: waiting.peer)
        }
    }

    private static func element<Element: Decodable>(_ line: ArraySlice<UInt8>) throws(StateDocumentError) -> Element {
        do {
            let line = line.last == UInt8(ascii: ",") ? line.dropLast() : line
            return try JSONDecoder().decode(Element.self, from: Data(line))
        } catch {
            throw StateDocumentError(reading: error)
        }
    }

    private mutating func add(_ notification: AlertNotification, to peer: Int) {
        let sequence = UInt64(waiting.values.reduce(0) { $0 + $1.count })
        guard let queued = QueuedNotification(notification, sequence: sequence) else { return }
        waiting[LaneID(channel: notification.channel, peer: peer), default: []].append(queued)
    }
}
