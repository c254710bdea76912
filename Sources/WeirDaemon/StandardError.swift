import Glibc
import Platform

/// File descriptor 2, written to directly: nothing is lost in a buffer when the process ends.
package enum StandardError {
    package static func write(_ text: String) {
        // Where nobody reads it there is nobody to tell.
        try? OwnedDescriptor.write(Array(text.utf8), to: STDERR_FILENO)
    }
}
