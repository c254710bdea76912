package import Crypto
package import Platform

/// Why a connection could not be made, or was lost.
///
/// It is never used again after one of these.
package indirect enum RedisClientError: Error, Equatable, Sendable {
    case cannotConnect(reason: String)
    case timedOut(after: Duration)
    case closed
    /// The server has hung up on a connection without TLS before it answered anything.
    case closedUnanswered
    /// The server has answered a connection without TLS in TLS.
    case speaksTLS
    case tls(TLSError)
    case brokenConnection(reason: String)
    /// The bytes received are not RESP.
    case protocolViolation(String)
    case unreadablePasswordFile(path: String, FileReadError)
    case emptyPasswordFile(path: String)
    /// The server answers in RESP3, for which it was not asked: the connection's next session understands that.
    case speaksRESP3
    /// The password or the user was refused, or is needed and was not given.
    case authenticationFailed(String)
    /// The server reads its data set from disk and answers nothing else meanwhile.
    case loading
    /// A command without which no sample is possible was refused.
    case refused(command: String, message: String)
    /// The server has answered something else than the command's answers are.
    case unexpectedAnswer(command: String, what: String)
    /// The server was asked as one of a cluster, and is none.
    case clusterDisabled
    /// The server is one of a cluster, was asked as if it were alone, and named the node that has the key.
    case onOtherNode(String)
    /// No sentinel has named the primary that is called so; why, of each.
    case noPrimaryNamed(String, by: [SentinelFailure])
    /// The server that a sentinel named is a replica.
    case notPrimary
    /// Of several servers none could be asked; why, of each by its name.
    case nodes([String: RedisClientError])
    /// weir itself ended the exchange, because it stops.
    case interrupted
}

extension RedisClientError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotConnect(let reason): "cannot connect: \(reason)"
        case .timedOut(let timeout): "no answer within \(timeout)"
        case .closed: "the server closed the connection"
        case .closedUnanswered: "the server closed the connection without an answer: it may speak only TLS on this port"
        case .speaksTLS: "the server speaks TLS on this port"
        case .tls(let error): "TLS: \(error)"
        case .brokenConnection(let reason): "the connection broke: \(reason)"
        case .protocolViolation(let what): "the answer is not Redis' protocol: \(what)"
        case .unreadablePasswordFile(let path, let error): "the password's file \(path) cannot be read: \(error)"
        case .emptyPasswordFile(let path): "the password's file \(path) is empty"
        case .speaksRESP3: "the server answers in RESP3, though it was not asked to: weir connects anew and reads that"
        case .authenticationFailed(let message): "the login failed: \(message)"
        case .loading: "the server is loading its data set into memory"
        case .refused(let command, let message): "\(command) was refused: \(message)"
        case .unexpectedAnswer(let command, let what): "the answer to \(command) is not understood: \(what)"
        case .clusterDisabled:
            "the server is not part of a cluster (cluster-enabled no): its URL has to begin with redis:// or rediss://"
        case .onOtherNode(let node):
            "it is on another node of this cluster, \(node): a URL redis+cluster:// is for all of them"
        case .noPrimaryNamed(let name, let failures):
            "no sentinel names the primary of \"\(name)\": \(failures.map(\.description).joined(separator: "; "))"
        case .notPrimary: "it is a replica, and no sentinel names another server as the primary"
        case .nodes(let errors):
            errors.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
        case .interrupted: "weir is stopping"
        }
    }
}
