package import Platform

/// Why a state file could not be read, written, set aside or removed; `path` is the file's.
package enum StateFileError: Error, Equatable, Sendable {
    case cannotRead(path: String, SystemError)
    case notAFile(path: String)
    case tooLarge(path: String, limitBytes: Int)
    case notUnderstood(path: String, StateDocumentError)
    case cannotWrite(path: String, SystemError)
    case cannotEncode(path: String, StateDocumentError)
    case cannotSetAside(path: String, SystemError)
    case cannotRemove(path: String, SystemError)
}

extension StateFileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotRead(let path, let error): "\(path) cannot be read: \(error)"
        case .notAFile(let path): "\(path) is not a file"
        case .tooLarge(let path, let limit): "\(path) is larger than \(limit) bytes"
        case .notUnderstood(let path, let error): "\(path) is not understood: \(error)"
        case .cannotWrite(let path, let error): "\(path) cannot be written: \(error)"
        case .cannotEncode(let path, let error): "\(path) cannot be written: \(error)"
        case .cannotSetAside(let path, let error): "\(path) cannot be renamed: \(error)"
        case .cannotRemove(let path, let error): "\(path) cannot be removed: \(error)"
        }
    }
}
