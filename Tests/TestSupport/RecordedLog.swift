package import Logging
import Synchronization

/// What has been logged.
package final class RecordedLog: Sendable {
    private let recorded = Mutex<[String]>([])

    package init() {}

    package var lines: [String] { recorded.withLock(\.self) }

    /// `warning: message key=value`, without debugging messages.
    package var logger: Logger { logger(level: .info) }

    package func logger(level: Logger.Level) -> Logger {
        Logger(label: "test") { _ in Recorder(log: self, logLevel: level) }
    }

    private struct Recorder: LogHandler {
        let log: RecordedLog
        var logLevel: Logger.Level
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let fields = (event.metadata ?? [:]).map { " \($0.key)=\($0.value)" }.sorted().joined()
            log.recorded.withLock { $0.append("\(event.level): \(event.message)\(fields)") }
        }
    }
}
