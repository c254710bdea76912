import HTTPServer
import TestSupport
import Testing

@Suite("Accept and Accept-Encoding")
struct AcceptTests {
    private static let text = MediaType("text", "plain", version: "0.0.4")
    private static let openMetrics = MediaType("application", "openmetrics-text", version: "1.0.0")

    @Test(
        "The metrics format the client likes best is chosen",
        arguments: [
            // Prometheus 2.42, 2.53 and 3.5.3, curl, and a browser.
            (
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", openMetrics
            ),
            (
                "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
                    + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2", openMetrics
            ),
            (
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                    + "application/openmetrics-text;version=0.0.1;q=0.5,"
                    + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
                openMetrics
            ),
            ("*/*", text),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", text),
            // Weight comes before the server's order, and so does the more specific name.
            ("text/plain;q=0.5, application/openmetrics-text;q=0.6", openMetrics),
            ("text/*, application/openmetrics-text", openMetrics),
            ("application/*, text/*", text),
            ("application/*, */*", openMetrics),
            // The most specific range governs, even against the offer.
            ("text/plain;version=0.0.4;q=0, */*", openMetrics),
            ("text/plain;q=0.1, text/*, application/*;q=0.2", openMetrics),
            // A version asked for must be the one offered; other parameters do not count.
            ("application/openmetrics-text;version=0.0.1", nil),
            ("application/openmetrics-text", openMetrics),
            ("application/openmetrics-text;version=2.0.0, text/plain;q=0.1", text),
            ("text/plain;charset=utf-8;escaping=values", text),
            ("application/openmetrics-text;version=\"1.0.0\"", openMetrics),
            // Case, white space and empty parts.
            ("APPLICATION/OpenMetrics-Text; Version=1.0.0 ;\tQ=1", openMetrics),
            (" ,, text/plain ;; q=0.3 ,", text),
            // Malformed parts are passed over.
            ("application/openmetrics-text;q=2, text/plain;q=0.1", text),
            ("application/openmetrics-text;q=0.1234, text/plain;q=0.1", text),
            ("application/openmetrics-text;q=, text/plain;q=0.1", text),
            ("application/openmetrics-text;q=1.001, text/plain;q=0.1", text),
            ("application/openmetrics-text;x=\"open, text/plain", nil),
            ("application/openmetrics-text;x=\"a,b;\\\"\";q=0.2, text/plain;q=0.1", openMetrics),
            ("*/plain, text, /, text/, /plain, text/plain/x", nil),
            // Nothing that is offered.
            ("image/png", nil), ("*/*;q=0", nil), ("", nil), (nil, nil),
        ] as [(String?, MediaType?)])
    func mediaType(header: String?, expected: MediaType?) {
        #expect(AcceptHeader(header).best(of: [Self.text, Self.openMetrics]) == expected)
    }

    @Test("Nothing offered, nothing chosen")
    func noOffers() {
        #expect(AcceptHeader("*/*").best(of: []) == nil)
    }

    @Test(
        "gzip is sent to those who take it",
        arguments: [
            (nil, false), ("", false), ("gzip", true), ("GZIP", true), ("x-gzip", true), ("gzip;q=0", false),
            ("gzip;q=0.0", false), ("gzip;q=0.001", true), ("gzip; q=1.0", true), ("gzip;q=nonsense", false),
            ("deflate, gzip, br", true), ("deflate, br", false), ("identity", false), ("*", true), ("*;q=0", false),
            ("*;q=0, gzip", true), ("*, gzip;q=0", false), ("*;q=0.5, identity", true), ("gzipped", false),
        ] as [(String?, Bool)])
    func encoding(header: String?, accepted: Bool) {
        #expect(AcceptEncoding(header).acceptsGzip == accepted)
    }

    @Test("No header, however strange, is too much for the parsers", arguments: UInt64(1)...4)
    func anything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = [
            "text", "/", "plain", "*", ";", ",", "q", "=", "0", ".", "5", "1", "\"", "\\", " ", "\t", "gzip", "version",
            "é", "\u{301}", "\r\n", "\u{FFFD}", "\0",
        ]
        for _ in 0..<5_000 {
            let length = Int.random(in: 0...40, using: &random)
            let header = (0..<length).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
            let best = AcceptHeader(header).best(of: [Self.text, Self.openMetrics])
            #expect(best == nil || header.contains("/"))
            #expect(!AcceptEncoding(header).acceptsGzip || header.contains("gzip") || header.contains("*"))
        }
    }
}
