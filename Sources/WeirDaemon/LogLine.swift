import FoundationEssentials
package import Logging

/// Writes log lines to standard error, as text for people or as JSON for collectors.
package struct LogLine: LogHandler {
    package enum Format: Sendable {
        case text, json
    }

    private let format: Format
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]

    package init(format: Format, level: Logger.Level) {
        self.format = format
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.map { ($0.key, "\($0.value)") }.sorted {
            $0.0 < $1.0
        }
        let time = Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let line =
            switch format {
            case .text: Self.text(time: time, level: event.level, message: "\(event.message)", fields)
            case .json: Self.json(time: time, level: event.level, message: "\(event.message)", fields)
            }
        StandardError.write(line + "\n")
    }

    static func text(time: String, level: Logger.Level, message: String, _ fields: [(String, String)]) -> String {
        let pairs = fields.map { name, value in " \(name)=\(quoted(value))" }.joined()
        return "\(time) \(level.rawValue) \(oneLine(message))\(pairs)"
    }

    static func json(time: String, level: Logger.Level, message: String, _ fields: [(String, String)]) -> String {
        var object = Dictionary(fields) { $1 }
        object["time"] = time
        object["level"] = level.rawValue
        object["message"] = message
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// Names come from outside: a line stays one line, and a terminal is sent nothing that it would obey.
    private static func oneLine(_ text: String) -> String {
        text.unicodeScalars.map { isObeyed($0) ? "\\u{\(String($0.value, radix: 16))}" : String($0) }.joined()
    }

    /// By scalars, not characters: with a combining mark after it a quote is another character, and still a quote.
    private static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && !text.unicodeScalars.contains { " \"=\\".unicodeScalars.contains($0) || isObeyed($0) }
        if isPlain { return text }
        let escaped = text.unicodeScalars.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\"\(oneLine(escaped))\""
    }

    private static func isObeyed(_ scalar: UnicodeScalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
