extension AlertNotification {
    /// Everything in one line: `orders: firing LagHigh ×2; resolved RedisDown`.
    var headline: String {
        "\(target): \(Self.list(worstFirst))"
    }

    /// Those that fire before those that have ended, the most severe first; a chat has no room for them all.
    var worstFirst: [Alert] {
        // The sort is stable in fact and not by promise.
        alerts.enumerated().sorted { left, right in
            if left.element.status != right.element.status { return left.element.status == .firing }
            if left.element.severity != right.element.severity { return left.element.severity > right.element.severity }
            return left.offset < right.offset
        }.map(\.element)
    }

    /// In place of those that there was no room for.
    static func remainder(_ alerts: some Collection<Alert>) -> String {
        "and \(alerts.count) more: \(list(alerts))"
    }

    private static func list(_ alerts: some Collection<Alert>) -> String {
        [Alert.Status.firing, .resolved].compactMap { status in
            let names = alerts.filter { $0.status == status }.map(\.name)
            guard !names.isEmpty else { return nil }
            let counts = names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            var isNew = Set<String>()
            let list = names.filter { isNew.insert($0).inserted }.map { name in
                counts[name] == 1 ? name : "\(name) ×\(counts[name] ?? 0)"
            }
            return "\(status.rawValue) \(list.joined(separator: ", "))"
        }.joined(separator: "; ")
    }
}
