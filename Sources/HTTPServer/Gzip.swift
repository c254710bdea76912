internal import CZlib

/// The gzip format (RFC 1952).
package enum Gzip {
    /// The bytes as one gzip member; nil if zlib could not, which the caller answers by sending them as they are.
    ///
    /// `level` is 1, the fastest, to 9, the smallest. Of a page of metrics, 3 makes less than 4 in two thirds of its time, and a
    /// tenth more than 6, zlib's default, in a third.
    package static func compress(_ source: any BodySource, level: Int32 = 3) -> [UInt8]? {
        guard (1...9).contains(level) else { return nil }
        var stream = unsafe z_stream()
        guard unsafe czlib_deflate_init_gzip(&stream, level) == Z_OK else { return nil }
        defer { unsafe deflateEnd(&stream) }

        // In blocks, as the bound zlib gives beforehand is more than the input, and an array keeps what it reserved.
        var input = [UInt8](repeating: 0, count: 65536)
        var output = [UInt8](repeating: 0, count: 32768)
        var compressed: [UInt8] = []
        var reader = source.makeReader()
        var left = source.count
        return unsafe input.withUnsafeMutableBufferPointer { input in
            while true {
                let read = unsafe reader.read(into: UnsafeMutableRawBufferPointer(input))
                left -= read
                guard left == 0 || read > 0 else { return nil }
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = UInt32(read)
                repeat {
                    let (result, written) = unsafe output.withUnsafeMutableBufferPointer { output in
                        unsafe stream.next_out = output.baseAddress
                        unsafe stream.avail_out = UInt32(output.count)
                        let result = unsafe deflate(&stream, left == 0 ? Z_FINISH : Z_NO_FLUSH)
                        return unsafe (result, output.count - Int(stream.avail_out))
                    }
                    compressed += output.prefix(written)
                    switch result {
                    case Z_STREAM_END: return compressed
                    // No progress, as all of the block has been taken in and everything written.
                    case Z_OK, Z_BUF_ERROR: continue
                    default: return nil
                    }
                } while unsafe stream.avail_out == 0
            }
        }
    }
}
