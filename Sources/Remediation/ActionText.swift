import StreamModel

/// What an audit says of actions: sentences with their full stops.
enum ActionText {
    static func moved(_ entries: [MovedEntry], _ order: RemediationOrder) -> String {
        let verb = order.isDryRun ? "would be" : count(entries.count, "was", "were")
        return "\(number(entries.count, "entry", "entries")) of \(place(order))\(provenance(entries, order)) "
            + "\(verb) \(deed(order))."
    }

    static func forgotten(_ consumers: [Name], _ order: RemediationOrder) -> String {
        let verb = order.isDryRun ? "would be" : count(consumers.count, "was", "were")
        return
            "\(number(consumers.count, "consumer", "consumers")) of \(place(order)) that \(count(consumers.count, "holds", "hold")) "
            + "nothing, unseen for \(duration(order.minIdleMilliseconds)) or longer, \(verb) deleted: \(list(consumers))."
    }

    static func purged(_ ids: [StreamID], _ order: RemediationOrder) -> String {
        "\(number(ids.count, "entry", "entries")) of \(place(order)) had been removed from the stream while pending: "
            + "XAUTOCLAIM took \(count(ids.count, "it", "them")) off the list, and nobody will process \(count(ids.count, "it", "them"))."
    }

    static func left(_ entries: [LeftEntry], _ order: RemediationOrder) -> String {
        let why =
            switch entries.first?.reason {
            case .tooManyFields?: "have more than 3000 fields, which a script cannot copy"
            case .bodyGone?, nil: "are pending, and the stream no longer holds them"
            }
        let ids = entries.prefix(3).map(\.id.description).joined(separator: ", ")
        let more = entries.count > 3 ? " and \(entries.count - 3) more" : ""
        return "Left where they are in \(place(order)): entries that \(why): \(ids)\(more)."
    }

    static func refused(_ refusal: Refusal, _ order: RemediationOrder) -> String {
        "Refused for \(place(order)): \(refusal)."
    }

    static func failed(_ text: String, _ order: RemediationOrder) -> String {
        var place = place(order)
        if let destination = order.destination, destination != order.stream {
            place += ", to \(destination.inSentence)"
        }
        return "Failed for \(place): \(text)\(text.hasSuffix(".") ? "" : ".")"
    }

    private static func place(_ order: RemediationOrder) -> String {
        "group \(order.group.inSentence) of stream \(order.stream.inSentence)"
    }

    /// Who held them, for how long, how often they were delivered: as far as is known.
    private static func provenance(_ entries: [MovedEntry], _ order: RemediationOrder) -> String {
        var parts: [String] = []
        let holders = Set(entries.compactMap(\.consumer)).sorted()
        if !holders.isEmpty { parts.append("held by \(list(holders))") }
        if case .move(_, let least, _, _) = order.task, least > 1 {
            parts.append("delivered \(least) times or more")
        }
        parts.append(
            "idle for \(duration(entries.compactMap(\.idleMilliseconds).min() ?? order.minIdleMilliseconds)) or longer")
        return ", \(parts.joined(separator: ", ")),"
    }

    private static func deed(_ order: RemediationOrder) -> String {
        switch order.task {
        case .claim(let consumer, _): "claimed for consumer \(consumer.inSentence)"
        case .move(order.stream, _, _, _): "added to the end of the stream again"
        case .move(let stream, _, _, _): "moved to stream \(stream.inSentence)"
        case .forget: "deleted"
        }
    }

    /// The first few by name.
    private static func list(_ names: [Name]) -> String {
        let shown = names.prefix(5).map(\.inSentence).joined(separator: ", ")
        return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
    }

    private static func number(_ count: Int, _ one: String, _ many: String) -> String {
        "\(count) \(self.count(count, one, many))"
    }

    private static func count(_ count: Int, _ one: String, _ many: String) -> String {
        count == 1 ? one : many
    }

    /// Of a few seconds the tenths too: 1.5 s is not to read as if `min_idle` had been cut short.
    private static func duration(_ milliseconds: Int64) -> String {
        guard (1_000..<10_000).contains(milliseconds), milliseconds % 1_000 >= 100 else {
            return FigureText.duration(Double(milliseconds) / 1000)
        }
        return "\(milliseconds / 1_000).\(milliseconds % 1_000 / 100) s"
    }
}
