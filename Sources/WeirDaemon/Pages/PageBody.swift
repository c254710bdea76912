package import Exposition
package import HTTPServer

/// A page as it goes out, made from one state of the board.
struct PageBody: Sendable {
    var body: any BodySource
    var isCompressed: Bool
    /// Of the board that the page was made from.
    var version: UInt64
}

extension PageBody {
    /// `isCompressed`: whether it is wanted so; what zlib cannot compress goes out as it is.
    init(_ page: any BodySource, version: UInt64, isCompressed: Bool) {
        let compressed = isCompressed ? Gzip.compress(page) : nil
        self.init(body: compressed ?? page, isCompressed: compressed != nil, version: version)
    }
}

extension MetricsPage: BodySource {
    package func makeReader() -> any BodyReader { MetricsPageReader(self) }
}

extension MetricsPageReader: BodyReader {}
