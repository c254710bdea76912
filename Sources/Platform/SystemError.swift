import Glibc

/// What a system call said when it failed.
package struct SystemError: Error, Equatable, Sendable {
    /// An `errno`.
    package let code: Int32

    package init(code: Int32) {
        self.code = code
    }

    /// The result of a call that gives a negative one where it fails, made again where a signal interrupts it.
    package static func check<Result: SignedInteger>(_ call: () -> Result) throws(SystemError) -> Result {
        while true {
            let result = call()
            if result >= 0 { return result }
            let code = errno
            if code != EINTR { throw SystemError(code: code) }
        }
    }
}

extension SystemError: CustomStringConvertible {
    package var description: String { unsafe String(cString: strerror(code)) }
}
