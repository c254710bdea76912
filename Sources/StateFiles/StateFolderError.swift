package import Platform

/// Why a folder cannot be weir's for its state.
package enum StateFolderError: Error, Equatable, Sendable {
    case invalidPath
    case cannotCreate(path: String, SystemError)
    case notAFolder(path: String)
    case cannotOpen(path: String, SystemError)
    case notWritable(path: String, SystemError)
    case cannotLock(path: String, SystemError)
    /// `process` where the other has left its number.
    case inUse(path: String, process: Int32?)
    case noThread(BlockingThreadError)
}

extension StateFolderError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidPath: "the path of the state folder is not empty and has no NUL in it"
        case .cannotCreate(let path, let error): "the state folder \(path) cannot be created: \(error)"
        case .notAFolder(let path): "the state folder \(path) is not a folder"
        case .cannotOpen(let path, let error): "the state folder \(path) cannot be opened: \(error)"
        case .notWritable(let path, let error): "the state folder \(path) cannot be written to: \(error)"
        case .cannotLock(let path, let error): "the state folder \(path) cannot be locked: \(error)"
        case .inUse(let path, let process):
            "the state folder \(path) is in use by another weir\(process.map { ", process \($0)" } ?? "")"
        case .noThread(let error): "the state cannot be written: \(error)"
        }
    }
}
