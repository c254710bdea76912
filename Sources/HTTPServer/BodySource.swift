/// What the bytes of an answer come from: they are at hand, or put together while they go out.
package protocol BodySource: Sendable {
    var count: Int { get }

    /// Reads them from the first on; each client has its own.
    func makeReader() -> any BodyReader
}

/// Where one client is in a body.
package protocol BodyReader {
    /// Fills the buffer's start with what comes next, and says with how much: some, until the end has been read.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int
}

extension BodySource {
    /// All of them.
    package var bytes: [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            var reader = makeReader()
            while filled < count {
                let rest = unsafe UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[filled...]))
                let read = unsafe reader.read(into: rest)
                if read == 0 { return }
                filled += read
            }
        }
    }
}

extension [UInt8]: BodySource {
    package func makeReader() -> any BodyReader { ArraySlice(self) }
}

extension ArraySlice<UInt8>: BodyReader {
    package mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let block = prefix(buffer.count)
        unsafe buffer.copyBytes(from: block)
        self = dropFirst(block.count)
        return block.count
    }
}
