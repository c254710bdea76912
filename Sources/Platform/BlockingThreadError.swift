import Glibc

/// Why there is no thread to block.
package enum BlockingThreadError: Error, Equatable, Sendable {
    case cannotStart(errno: Int32)
}

extension BlockingThreadError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotStart(let code): unsafe "no thread can be started: \(String(cString: strerror(code)))"
        }
    }
}
