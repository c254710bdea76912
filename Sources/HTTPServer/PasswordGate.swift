internal import Crypto
internal import Synchronization

/// Whether a name and a password are a user's.
///
/// bcrypt is slow on purpose, so that what came of it is remembered: of the last 100 that were right, and apart from
/// them, as anybody can make those, of the last 100 that were wrong. Neither passwords nor their hashes are kept.
final class PasswordGate: Sendable {
    enum Verdict: Sendable {
        case granted
        case denied
        /// Too many others are being checked.
        case busy
    }

    /// What is to be found out by bcrypt.
    struct Question: Sendable {
        fileprivate let key: [UInt8]
        fileprivate let hash: BcryptHash
        fileprivate let password: [UInt8]
        fileprivate let isUser: Bool
    }

    enum Answer {
        case known(Verdict)
        case unknown(Question)
    }

    private struct Memory: Sendable {
        var granted = RecentSet<[UInt8]>(limit: 100)
        var denied = RecentSet<[UInt8]>(limit: 100)
    }

    /// Of this process alone, so that what is remembered tells nothing elsewhere.
    private let secret = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
    private let memory = Mutex(Memory())

    func ask(_ credentials: BasicCredentials, users: [String: BcryptHash]) -> Answer {
        let user = users[credentials.user]
        // Whoever is no user costs as much as the dearest, or the time would tell who is one.
        let hash = user ?? BcryptHash(ofNothing: users.values.map(\.cost).max() ?? 10)
        let name = Array(credentials.user.utf8)
        // Of hashes all are equally long, and with the name's length no two questions are the same bytes.
        let key = HMAC.sha256(
            Self.bytes(of: name.count) + name + hash.bytes + credentials.password, key: secret)
        return memory.withLock { memory in
            if user != nil, memory.granted.contains(key) { return .known(.granted) }
            if memory.denied.contains(key) { return .known(.denied) }
            return .unknown(Question(key: key, hash: hash, password: credentials.password, isUser: user != nil))
        }
    }

    /// Finds out by bcrypt: blocks for as long as that takes.
    func settle(_ question: Question) -> Verdict {
        let isRight = question.hash.matches(question.password) && question.isUser
        memory.withLock { memory in
            if isRight { memory.granted.insert(question.key) } else { memory.denied.insert(question.key) }
        }
        return isRight ? .granted : .denied
    }

    private static func bytes(of count: Int) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
    }
}
