package import RedisClient
import StreamModel

/// What this user may not ask, or this server does not know, as far as the server has said so.
///
/// It is not asked again before the next pass of discovery: the server counts what it refuses, and whoever watches its
/// errorstats would see weir's own.
struct Denials: Equatable, Sendable {
    /// What need not be asked, by the commands' names.
    private(set) var inForce: [String: SampleError] = [:]
    /// What was denied when it was last asked: also by an earlier pass, where this one has not come to it yet.
    private(set) var latest: [String: SampleError] = [:]

    init() {}

    /// Why the command need not be asked; nil where nothing is known against it.
    subscript(_ command: String) -> SampleError? { inForce[command] }

    /// Has everything asked again.
    mutating func beginPass() {
        inForce = [:]
    }

    /// Remembers an error where it is about the command, not about the key; nil: the command was answered.
    mutating func note(_ error: RedisErrorReply?, to command: RedisCommand) {
        if let error, error.concernsCommand {
            inForce[command.name] = SampleError(error, to: command.name)
            latest[command.name] = inForce[command.name]
        } else if !latest.isEmpty {
            latest[command.name] = nil
        }
    }
}

extension RedisErrorReply {
    /// Whether the server answers so whatever the key.
    ///
    /// `NOPERM` is also the answer to a key that the user may not read. The texts: "this user has no permissions to run
    /// the 'xrange' command" (6.0 adds "or its subcommand"; from 7.2 it is "User weir has no …"), against "… to access one
    /// of the keys used as arguments" and "No permissions to access a key".
    package var concernsCommand: Bool {
        code == "NOPERM" ? message.contains("permissions to run") : isOfUnknownCommand
    }

    /// Whether the server does not know the command, or not under this name.
    package var isOfUnknownCommand: Bool {
        let text = message.lowercased()
        return text.hasPrefix("err unknown command") || text.hasPrefix("err unknown subcommand")
    }
}
