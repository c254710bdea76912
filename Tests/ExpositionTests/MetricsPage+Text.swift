import Exposition

extension MetricsPage {
    /// The page as a client gets it, in blocks of so many bytes.
    func text(blockSize: Int = 4096) -> [UInt8] {
        var reader = MetricsPageReader(self)
        var text: [UInt8] = []
        while true {
            let block = unsafe [UInt8](unsafeUninitializedCapacity: blockSize) { buffer, count in
                count = unsafe reader.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            if block.isEmpty { return text }
            text += block
        }
    }
}
