import RedisClient
import StreamModel

/// A reply of names and values in turn, read by name: the positions and the number of fields differ between versions.
struct ReplyFields {
    private let command: String
    private let fields: ReplyList

    init(_ reply: RedisReply, of command: String) throws(SampleError) {
        guard let fields = reply.list, fields.count.isMultiple(of: 2) else {
            throw .unexpectedReply(command: command, what: "not a list of fields")
        }
        self.command = command
        self.fields = fields
    }

    subscript(_ name: StaticString) -> RedisReply? { fields[field: name] }

    /// An integer that every version answers.
    func integer(_ name: StaticString) throws(SampleError) -> Int64 {
        guard let value = self[name]?.integer else { throw missing(name, "an integer") }
        return value
    }

    /// `likely`: taken instead of a copy where it is the same.
    func name(_ field: StaticString, likely: Name? = nil) throws(SampleError) -> Name {
        guard let bytes = self[field]?.text else { throw missing(field, "a string") }
        if let likely, likely.bytes.elementsEqual(bytes) { return likely }
        return Name(Array(bytes))
    }

    func id(_ name: StaticString) throws(SampleError) -> StreamID {
        guard let id = optionalID(name) else { throw missing(name, "an ID") }
        return id
    }

    func optionalID(_ name: StaticString) -> StreamID? {
        self[name]?.text.flatMap { StreamID($0) }
    }

    private func missing(_ name: StaticString, _ what: String) -> SampleError {
        .unexpectedReply(command: command, what: "\(name) is not \(what)")
    }
}
