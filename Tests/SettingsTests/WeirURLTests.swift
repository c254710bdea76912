import Platform
import Testing

@testable import Settings

@Suite("The URL of a running weir")
struct WeirURLTests {
    @Test(
        "has pages under its path, and shows no password",
        arguments: [
            ("http://h", "http://h/metrics", "http://h"), ("https://h:1/", "https://h:1/metrics", "https://h:1"),
            ("http://h/a/b//", "http://h/a/b/metrics", "http://h/a/b"),
            ("http://u:p%40@[::1]:1/a", "http://u:p%40@[::1]:1/a/metrics", "http://[::1]:1/a"),
        ])
    func pages(text: String, page: String, shown: String) throws {
        let url = try WeirURL(parsing: text)
        #expect(String(decoding: url.page("/metrics").bytes, as: UTF8.self) == page)
        #expect(url.shown == shown)
        #expect(!"\(url)".contains("p%40"))
    }

    @Test(
        "is one of http or https, without a query",
        arguments: [
            ("", .empty), ("h:10061", .scheme), ("redis://h", .scheme), ("http://", .noHost), ("http://h?x=1", .query),
            ("http://h/#a", .fragment), ("http://h:0", .port),
        ] as [(String, HTTPURLFault)])
    func wrong(text: String, fault: HTTPURLFault) {
        #expect(throws: fault) { _ = try WeirURL(parsing: text) }
    }
}
