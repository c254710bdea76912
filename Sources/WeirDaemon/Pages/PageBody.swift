import HTTPServer

/// The bytes of a page as they go out, made from one state of the board.
struct PageBody: Sendable {
    var bytes: [UInt8]
    var isCompressed: Bool
    /// Of the board that the page was made from.
    var version: UInt64
}

extension PageBody {
    /// `isCompressed`: whether it is wanted so; what zlib cannot compress goes out as it is.
    init(_ page: [UInt8], version: UInt64, isCompressed: Bool) {
        let compressed = isCompressed ? Gzip.compress(page) : nil
        self.init(bytes: compressed ?? page, isCompressed: compressed != nil, version: version)
    }
}
