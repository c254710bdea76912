import RedisClient
import StreamModel

/// A reply of names and values in turn, read by name: the positions and the number of fields differ between versions.
///
/// Looked up by going through them: there are a dozen at most, and a dictionary costs more to make than it saves.
struct ReplyFields {
    private let command: String
    private let elements: [RedisReply]

    init(_ reply: RedisReply, of command: String) throws(SampleError) {
        guard let elements = reply.elements, elements.count.isMultiple(of: 2) else {
            throw .unexpectedReply(command: command, what: "not a list of fields")
        }
        self.command = command
        self.elements = elements
    }

    subscript(_ name: StaticString) -> RedisReply? {
        for index in stride(from: 0, to: elements.count, by: 2) {
            guard case .string(let bytes) = elements[index], bytes.count == name.utf8CodeUnitCount else { continue }
            if name.withUTF8Buffer({ unsafe $0.elementsEqual(bytes) }) { return elements[index + 1] }
        }
        return nil
    }

    /// An integer that every version answers.
    func integer(_ name: StaticString) throws(SampleError) -> Int64 {
        guard let value = self[name]?.integer else { throw missing(name, "an integer") }
        return value
    }

    func name(_ field: StaticString) throws(SampleError) -> Name {
        guard let bytes = self[field]?.bytes else { throw missing(field, "a string") }
        return Name(bytes)
    }

    func id(_ name: StaticString) throws(SampleError) -> StreamID {
        guard let id = optionalID(name) else { throw missing(name, "an ID") }
        return id
    }

    func optionalID(_ name: StaticString) -> StreamID? {
        self[name]?.bytes.flatMap { StreamID($0) }
    }

    private func missing(_ name: StaticString, _ what: String) -> SampleError {
        .unexpectedReply(command: command, what: "\(name) is not \(what)")
    }
}
