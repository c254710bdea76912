/// A block of a page that is being filled.
@safe
struct PageBlock {
    private let buffer: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init(_ buffer: UnsafeMutableRawBufferPointer) {
        unsafe self.buffer = unsafe buffer
    }

    var room: Int { unsafe buffer.count - count }
    var isFull: Bool { room == 0 }

    /// Appends as much as there is room for.
    mutating func append(_ bytes: Span<UInt8>) {
        let part = bytes.extracting(first: room)
        unsafe part.withUnsafeBytes { part in
            unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).copyMemory(from: part)
        }
        count += part.count
    }

    /// Appends as much as there is room for, and gives the rest.
    mutating func append(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let part = min(room, bytes.count)
        append(bytes.span)
        return bytes.dropFirst(part)
    }

    mutating func append(_ byte: UInt8) {
        guard !isFull else { return }
        unsafe buffer[count] = byte
        count += 1
    }
}
