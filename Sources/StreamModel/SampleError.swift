/// Why one stream, or a part of one, could not be sampled.
///
/// It hides no other stream.
package enum SampleError: Error, Equatable, Sendable {
    case noSuchKey
    case noSuchGroup
    /// The key holds something else than a stream.
    case wrongType
    /// The ACL user may not run this command, or not on this key.
    case noPermission(command: String)
    /// Any other error that the server answered, in its own words.
    case refused(command: String, message: String)
    /// A reply that is not what the command is documented to answer.
    case unexpectedReply(command: String, what: String)
    /// The server that holds it could not be sampled.
    case unreachable(node: String, reason: String)
    /// No server of the cluster serves the part of it that the key is in.
    case slotNotServed(UInt16)
    /// So many of the streams that are one could not be sampled: `first` by name, and why.
    indirect case parts(failed: Int, of: Int, first: Name, SampleError)
}

extension SampleError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noSuchKey: "there is no such key"
        case .noSuchGroup: "there is no such group"
        case .wrongType: "the key does not hold a stream"
        case .noPermission(let command): "this user may not run \(command) on it"
        case .refused(let command, let message): "\(command): \(message)"
        case .unexpectedReply(let command, let what): "\(command) answered what weir does not understand: \(what)"
        case .unreachable(let node, let reason): "\(node) cannot be sampled: \(reason)"
        case .slotNotServed(let slot): "no server of the cluster serves slot \(slot)"
        case .parts(_, of: 1, let first, let error): "\(first): \(error)"
        case .parts(1, let all, let first, let error): "1 of \(all) streams, \(first): \(error)"
        case .parts(let failed, let all, let first, let error):
            "\(failed) of \(all) streams, the first of them \(first): \(error)"
        }
    }
}
