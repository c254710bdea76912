package import Alerting
import StateFiles

extension Silence: StateContent {
    package static let kind = "silence"
    package static let version = 1
}
