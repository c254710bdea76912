import StreamModel

/// A value that may be absent, in the room of the value alone: Swift's own optionals of these take eight bytes more, and
/// the state of a group has dozens.
@propertyWrapper
struct Compact<Value: CompactlyAbsent>: Equatable, Sendable {
    private var stored: Value

    init(wrappedValue: Value?) {
        stored = wrappedValue ?? .absent
    }

    var wrappedValue: Value? {
        get { stored == .absent ? nil : stored }
        set { stored = newValue ?? .absent }
    }
}

/// As the optional that it stands for.
extension Compact: Codable where Value: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self.init(wrappedValue: container.decodeNil() ? nil : try container.decode(Value.self))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}

/// One of its values never comes from a server or a clock, and can stand for none.
protocol CompactlyAbsent: Equatable, Sendable {
    static var absent: Self { get }
}

extension Int64: CompactlyAbsent {
    static var absent: Int64 { .min }
}

extension Timestamp: CompactlyAbsent {
    static var absent: Timestamp { Timestamp(milliseconds: .min) }
}

extension StreamID: CompactlyAbsent {
    /// The highest of all: nothing could be added after it.
    static var absent: StreamID { StreamID(milliseconds: .max, sequence: .max) }
}
