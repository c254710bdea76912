import Glibc

/// Why a file could not be read.
///
/// Holds no path: the one who asked knows it, and what stands for a password's file may be the password.
package enum FileReadError: Error, Sendable, Equatable {
    /// What the system said, an `errno`.
    case system(Int32)
    case tooLarge(limitBytes: Int)
    case invalidPath
}

extension FileReadError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let code): unsafe String(cString: strerror(code))
        case .tooLarge(let limit): "larger than \(limit) bytes"
        case .invalidPath: "a path is not empty and has no NUL in it"
        }
    }
}
