import Platform
import RedisClient

/// Where a target's password comes from, before any other file has been opened.
enum PasswordSource {
    /// From `WEIR_REDIS_PASSWORD` or its file, if from anywhere.
    case shared
    case given(Secret)
    case file(path: String, origin: SettingsOrigin)

    /// Reads a password out of a file: everything but one newline at the end.
    static func read(
        _ path: String, origin: SettingsOrigin, readFile: (String) throws(FileReadError) -> [UInt8]
    ) throws(SettingsProblem) -> Secret {
        var bytes: [UInt8]
        do throws(FileReadError) {
            bytes = try readFile(path)
        } catch {
            throw SettingsProblem(origin: origin, complaint: .unreadable(error))
        }
        if bytes.last == UInt8(ascii: "\n") {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        }
        guard !bytes.isEmpty else { throw SettingsProblem(origin: origin, complaint: .emptyPasswordFile) }
        return Secret(bytes)
    }
}
