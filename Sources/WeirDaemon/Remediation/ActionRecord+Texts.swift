import Remediation
import StreamModel

extension ActionRecord {
    var mode: RemediationMode { isDryRun ? .dryRun : .act }

    /// As alerts and pages name it: a logical stream by its own name.
    var shownStream: Name { shownAs ?? stream }
}
