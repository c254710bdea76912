import CZlib
import HTTPServer
import TestSupport
import Testing

@Suite("Gzip")
struct GzipTests {
    @Test("What was compressed comes back", arguments: Sample.allCases, [Int32(1), 4, 9])
    func roundTrip(sample: Sample, level: Int32) throws {
        let compressed = try #require(Gzip.compress(sample.bytes, level: level))
        #expect(compressed.starts(with: [0x1F, 0x8B, 0x08]))
        let expanded = try #require(decompress(compressed, length: sample.bytes.count))
        #expect(expanded == sample.bytes)
    }

    @Test("A page of metrics shrinks to less than a fifth")
    func shrinks() throws {
        let compressed = try #require(Gzip.compress(Sample.repetitive.bytes))
        #expect(compressed.count < Sample.repetitive.bytes.count / 5)
    }

    @Test("A level there is not gives nil", arguments: [Int32.min, -1, 0, 10])
    func level(_ level: Int32) {
        #expect(Gzip.compress([1, 2, 3], level: level) == nil)
    }

    enum Sample: CaseIterable {
        case empty, small, random, repetitive

        var bytes: [UInt8] {
            switch self {
            case .empty: return []
            case .small: return Array("redis_up 1\n".utf8)
            case .random:
                var random = SplitMix64(seed: 7)
                return (0..<5_000_000).map { _ in UInt8.random(in: 0...255, using: &random) }
            case .repetitive:
                return (0..<50_000).flatMap { line in
                    #"redis_stream_length{db="db0",stream="orders:\#(line % 1000)"} \#(line * 31)\#n"#.utf8
                }
            }
        }
    }

    /// The content of one gzip member that fills `bytes` to the end; nil if it is anything else.
    private func decompress(_ bytes: [UInt8], length: Int) -> [UInt8]? {
        var input = bytes
        var output = [UInt8](repeating: 0, count: length + 1)
        return unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                var stream = unsafe z_stream()
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = UInt32(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(output.count)
                // inflateInit2 is a macro for this call; 31 takes the gzip format and no other.
                guard unsafe inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
                else { return nil }
                defer { unsafe inflateEnd(&stream) }
                guard unsafe inflate(&stream, Z_FINISH) == Z_STREAM_END, unsafe stream.avail_in == 0 else { return nil }
                return unsafe Array(output.prefix(Int(stream.total_out)))
            }
        }
    }
}
