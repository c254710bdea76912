import Inspection
import RedisClient

extension CommandTrial {
    /// Takes what `ACL DRYRUN` says: the words of a denial are no error there.
    init(_ right: String, dryRun exchange: RedisExchange) {
        guard exchange.replies.first?.error == nil else {
            self.init(
                right, .notTried("it writes, and the server's ACL DRYRUN (from 7.0, +acl|dryrun) may not be asked"))
            return
        }
        let answer = exchange.replies.first?.bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
        if answer == "OK" {
            self.init(right, .allowed(elapsed: exchange.elapsed, bytes: exchange.bytesReceived))
        } else if answer.contains("permissions to run") {
            self.init(right, .denied(answer))
        } else {
            self.init(right, .deniedKey(answer))
        }
    }

    /// `otherwise`: what becomes of it where it is denied.
    func line(otherwise: String) -> DiagnosisLine {
        let name = right.split(separator: "|").joined(separator: " ").uppercased()
        switch outcome {
        case .allowed(let elapsed, let bytes):
            return DiagnosisLine(.ok, "\(name)  \(CostText.milliseconds(elapsed))  \(CostText.bytes(bytes))")
        case .denied(let words), .deniedKey(let words):
            return DiagnosisLine(.warn, "\(name) is denied (\(words)). Without: \(otherwise)")
        case .unknownCommand(let words):
            return DiagnosisLine(.warn, "\(name) is not known to the server (\(words)). Without: \(otherwise)")
        case .refused(let words): return DiagnosisLine(.warn, "\(name): \(words)")
        case .notTried(let reason): return DiagnosisLine(.note, "\(name) was not tried: \(reason)")
        }
    }
}
