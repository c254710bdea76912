import Glibc
import Platform
import Synchronization

/// File descriptor 1, for what a command has to say; keeps whether it could be said.
package enum StandardOutput {
    /// Why the first write failed that did; nothing is written after that.
    private static let failure = Mutex<SystemError?>(nil)

    /// Writes a line.
    package static func say(_ line: String) {
        write(Array((line + "\n").utf8))
    }

    /// Writes it at once; false where that cannot be done any more.
    @discardableResult
    static func write(_ bytes: [UInt8]) -> Bool {
        // Nobody holds the lock while a reader lets the writer wait: the process is to end all the same.
        if failure.withLock(\.self) != nil { return false }
        do throws(SystemError) {
            try OwnedDescriptor.write(bytes, to: STDOUT_FILENO)
            return true
        } catch {
            failure.withLock { $0 = error }
            return false
        }
    }

    /// The exit status of a command that has ended with that one: 3 where not all that it had to say could be written.
    ///
    /// Says why on standard error, unless somebody has read as much as they wanted.
    package static func status(after status: Int32) -> Int32 {
        guard let error = failure.withLock(\.self) else { return status }
        if error.code != EPIPE { StandardError.write("the output cannot be written: \(error)\n") }
        return 3
    }
}
