/// Why a file could not be read.
///
/// Holds no path: the one who asked knows it, and what stands for a password's file may be the password.
package enum FileReadError: Error, Sendable, Equatable {
    case system(SystemError)
    case tooLarge(limitBytes: Int)
    case invalidPath
}

extension FileReadError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let error): error.description
        case .tooLarge(let limit): "larger than \(limit) bytes"
        case .invalidPath: "a path is not empty and has no NUL in it"
        }
    }
}
