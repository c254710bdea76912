package import RedisClient
import Sampling
import StreamModel

/// A command that weir uses, tried for real.
package struct CommandTrial: Equatable, Sendable {
    package enum Outcome: Equatable, Sendable {
        case allowed(elapsed: Duration, bytes: Int)
        /// In the server's words.
        case denied(String)
        /// The user may run it, but not on that key.
        case deniedKey(String)
        case unknownCommand(String)
        /// Anything else that the server said.
        case refused(String)
        /// Why.
        case notTried(String)
    }

    /// As `ACL SETUSER` has it: `xinfo|stream`.
    package var right: String
    package var outcome: Outcome

    package init(_ right: String, _ outcome: Outcome) {
        self.right = right
        self.outcome = outcome
    }

    package init(_ right: String, _ exchange: RedisExchange) {
        self.right = right
        guard let error = exchange.replies.first?.error else {
            outcome = .allowed(elapsed: exchange.elapsed, bytes: exchange.bytesReceived)
            return
        }
        // Who may not run it is told so first.
        if error.message == "ERR no such key" || ["MOVED", "ASK"].contains(error.code) {
            outcome = .allowed(elapsed: exchange.elapsed, bytes: exchange.bytesReceived)
        } else if error.isOfUnknownCommand {
            outcome = .unknownCommand(error.message)
        } else if error.code == "NOPERM" {
            outcome = error.concernsCommand ? .denied(error.message) : .deniedKey(error.message)
        } else {
            outcome = .refused(error.message)
        }
    }
}

extension CommandTrial {
    /// What tries it, changes nothing and is cheap; nil where there is nothing to try it on, or where it writes.
    package static func command(for right: String, on subject: TrialSubject) -> RedisCommand? {
        switch right {
        case "info": return RedisCommand("INFO")
        case "time": return RedisCommand("TIME")
        case "scan": return RedisCommand("SCAN", "0", "COUNT", "10")
        case "cluster|slots": return RedisCommand("CLUSTER", "SLOTS")
        case "cluster|nodes": return RedisCommand("CLUSTER", "NODES")
        case "asking": return RedisCommand("ASKING")
        case "select": return RedisCommand("SELECT", String(subject.database))
        case "client|setname": return RedisCommand("CLIENT", "SETNAME", "weir")
        case "command|info": return RedisCommand("COMMAND", "INFO", "xautoclaim")
        default: break
        }
        guard let stream = subject.stream?.bytes else { return nil }
        switch right {
        case "type": return RedisCommand("TYPE", key: stream)
        case "xlen": return RedisCommand("XLEN", key: stream)
        case "xinfo|stream": return RedisCommand("XINFO", "STREAM", key: stream)
        case "xinfo|groups": return RedisCommand("XINFO", "GROUPS", key: stream)
        case "memory|usage": return RedisCommand("MEMORY", "USAGE", key: stream)
        case "pttl": return RedisCommand("PTTL", key: stream)
        case "xrange":
            return RedisCommand("XRANGE", key: stream, then: ["-", "+", "COUNT", "1"].map { Array($0.utf8) })
        default: break
        }
        guard let group = subject.group else { return nil }
        switch right {
        case "xinfo|consumers": return RedisCommand("XINFO", "CONSUMERS", key: stream, then: [group.bytes])
        case "xpending":
            let row = ["-", "+", "10"].map { Array($0.utf8) }
            return RedisCommand("XPENDING", key: stream, then: [group.bytes] + row)
        default: return nil
        }
    }

    /// What a writing command is asked of `ACL DRYRUN` with, which runs nothing.
    package static func dryRun(of right: String, as user: String, on key: [UInt8]) -> RedisCommand? {
        let words: [String]?
        switch right {
        case "xautoclaim": words = ["g", "c", "0", "0-0"]
        case "xack": words = ["g", "0-0"]
        case "xadd": words = ["*", "f", "v"]
        case "eval", "evalsha":
            return RedisCommand("ACL", "DRYRUN", user, right, "return 0", "0")
        case "xgroup|delconsumer":
            return RedisCommand(
                "ACL", "DRYRUN", user, "xgroup", "delconsumer", key: key, then: ["g", "c"].map { Array($0.utf8) })
        default: words = nil
        }
        guard let words else { return nil }
        return RedisCommand("ACL", "DRYRUN", user, right, key: key, then: words.map { Array($0.utf8) })
    }
}
