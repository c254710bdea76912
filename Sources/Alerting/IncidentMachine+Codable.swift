import StreamModel

/// As lists of incidents, which name themselves.
extension IncidentMachine: Codable {
    private enum Key: String, CodingKey {
        case active, resolved
        case lastLook = "last_look"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            active: try container.decode([Incident].self, forKey: .active),
            resolved: try container.decode([Incident].self, forKey: .resolved),
            lastLook: try container.decode([String: Timestamp].self, forKey: .lastLook))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(incidents.sorted { $0.key < $1.key }, forKey: .active)
        try container.encode(resolved, forKey: .resolved)
        try container.encode(lastLook, forKey: .lastLook)
    }
}
