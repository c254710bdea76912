import RedisClient
import Remediation

extension RemediationOutcome.Obstacle {
    /// An error that the server answered to a command.
    init(_ error: RedisErrorReply) {
        self = error.code == "CROSSSLOT" ? .refused(.slotsDiffer) : .server(error.message)
    }
}
