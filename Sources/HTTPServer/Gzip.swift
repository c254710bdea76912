internal import CZlib

/// The gzip format (RFC 1952).
package enum Gzip {
    /// The bytes as one gzip member; nil if zlib could not, which the caller answers by sending them as they are.
    ///
    /// `level` is 1, the fastest, to 9, the smallest. 4 makes a page of metrics 3 % larger than 6, zlib's default, in
    /// two thirds of the time.
    package static func compress(_ bytes: [UInt8], level: Int32 = 4) -> [UInt8]? {
        guard (1...9).contains(level), let length = UInt32(exactly: bytes.count) else { return nil }
        var stream = unsafe z_stream()
        guard unsafe czlib_deflate_init_gzip(&stream, level) == Z_OK else { return nil }
        defer { unsafe deflateEnd(&stream) }

        // In blocks, as the bound zlib gives beforehand is more than the input, and an array keeps what it reserved.
        var block = [UInt8](repeating: 0, count: 32768)
        var compressed: [UInt8] = []
        return unsafe bytes.withUnsafeBufferPointer { input in
            // zlib does not write to its input; next_in is not const for the sake of old callers.
            unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            unsafe stream.avail_in = length
            while true {
                let (result, written) = unsafe block.withUnsafeMutableBufferPointer { output in
                    unsafe stream.next_out = output.baseAddress
                    unsafe stream.avail_out = UInt32(output.count)
                    let result = unsafe deflate(&stream, Z_FINISH)
                    return unsafe (result, output.count - Int(stream.avail_out))
                }
                compressed += block.prefix(written)
                switch result {
                case Z_STREAM_END: return compressed
                case Z_OK: continue
                default: return nil
                }
            }
        }
    }
}
