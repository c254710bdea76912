import Glibc

/// An open file or folder, closed with this value.
package struct OwnedDescriptor: ~Copyable, Sendable {
    package let number: Int32

    package init(_ number: Int32) {
        self.number = number
    }

    /// Opens a file for reading.
    ///
    /// `waiting`: for what is written into a pipe; otherwise one without a writer has nothing in it.
    package init(reading path: String, waiting: Bool = false) throws(SystemError) {
        let flags = O_RDONLY | O_CLOEXEC | (waiting ? 0 : O_NONBLOCK)
        self.init(try SystemError.check { unsafe Glibc.open(path, flags) })
    }

    deinit {
        Glibc.close(number)
    }

    /// Closes it, for whoever must know: some file systems tell only now that a write has failed.
    package consuming func close() throws(SystemError) {
        let number = number
        discard self
        // Linux has closed it even where a signal interrupts: to close it again could close somebody else's.
        if Glibc.close(number) != 0, errno != EINTR { throw SystemError(code: errno) }
    }

    /// Writes all of `bytes`, or fails.
    package func write(_ bytes: [UInt8]) throws(SystemError) {
        try Self.write(bytes, to: number)
    }

    /// Writes all of `bytes` to a descriptor that is somebody else's, or fails.
    package static func write(_ bytes: [UInt8], to number: Int32) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = try SystemError.check {
                unsafe rest.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress, $0.count) }
            }
            // Never seen of a file; and would be tried for ever.
            guard count > 0 else { throw SystemError(code: EIO) }
            rest = rest.dropFirst(count)
        }
    }

    /// The bytes up to the end, or the first `limit` where there are more.
    package func read(limit: Int) throws(SystemError) -> [UInt8] {
        var contents: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 64 * 1024)
        while contents.count < limit {
            let size = min(block.count, limit - contents.count)
            let count = try SystemError.check {
                unsafe block.withUnsafeMutableBytes { unsafe Glibc.read(number, $0.baseAddress, size) }
            }
            if count == 0 { break }
            contents += block[..<count]
        }
        return contents
    }

    package func sync() throws(SystemError) {
        _ = try SystemError.check { fsync(number) }
    }
}
