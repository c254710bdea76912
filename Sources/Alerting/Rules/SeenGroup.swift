import StreamModel

/// One group in one look, and how alerts speak of it.
struct SeenGroup {
    let stream: StreamSnapshot
    let group: GroupSnapshot

    var subject: AlertSubject { .group(group.name, stream: stream.name) }

    /// `shippers of stream orders`.
    var name: String { Self.name(of: group.name, in: stream.name) }

    static func name(of group: Name, in stream: Name) -> String {
        "\(group.inSentence) of stream \(stream.inSentence)"
    }

    /// `1234 entries waiting (exact), the first since 4 min`.
    var waiting: String {
        guard let lag = group.lag else { return "entries waiting" }
        let entries = counted(lag.entries, "entry", "entries")
        let accuracy =
            lag.isExact ? "\(entries) waiting (exact)" : "about \(entries) waiting (within \(lag.uncertainty))"
        guard lag.entries > 0, let seconds = group.lagSeconds else { return accuracy }
        return "\(accuracy), the first since \(FigureText.duration(seconds))"
    }

    /// `3 consumers`.
    var consumers: String { counted(group.consumerCount, "consumer", "consumers") }

    /// How long all its consumers have not been seen; nil where one of them is not shown, or there is none.
    var unseenSeconds: Double? {
        guard group.error == nil, group.consumersNotShown == 0 else { return nil }
        return group.consumers.map(\.idleSeconds).min()
    }

    /// What to type about the group: nothing where its stream is several, as there is no key of that name.
    func command(_ verb: String, _ rest: String = "") -> String? {
        stream.command(verb, "\(group.name.quoted)\(rest)")
    }
}

extension StreamSnapshot {
    func command(_ verb: String, _ rest: String = "") -> String? {
        members == nil ? "\(verb) \(name.quoted)\(rest.isEmpty ? "" : " ")\(rest)" : nil
    }
}
