import Platform
import Settings
import Testing

@Suite("Addresses to listen on")
struct ListenAddressTests {
    @Test(
        "are read",
        arguments: [
            ("0.0.0.0:10061", ListenAddress(host: "0.0.0.0", port: 10_061)),
            ("127.0.0.1:0", ListenAddress(host: "127.0.0.1", port: 0)),
            ("[::]:10061", ListenAddress(host: "::", port: 10_061)),
            ("[::1]:65535", ListenAddress(host: "::1", port: 65_535)),
            (":10061", ListenAddress(host: "0.0.0.0", port: 10_061)),
            ("localhost:80", ListenAddress(host: "localhost", port: 80)),
        ])
    func read(text: String, address: ListenAddress) throws {
        #expect(try ListenAddress(parsing: text) == address)
    }

    @Test(
        "that are wrong are refused with the part that is",
        arguments: [
            ("10061", ListenAddress.Fault.noPort), ("localhost", .noPort), ("[::1]", .bracket), ("localhost:", .port),
            (":65536", .port), (":+1", .port), (":-1", .port), (":http", .port), ("256.0.0.1:80", .host),
            ("1.2.3:80", .host), ("a b:80", .host), ("ä:80", .host), ("::1", .bareIPv6), ("::1:10061", .bareIPv6),
            ("fe80::zz:80", .bareIPv6), ("[::1:80", .bracket), ("[127.0.0.1]:80", .bracket), ("[]:80", .bracket),
        ])
    func refuse(text: String, fault: ListenAddress.Fault) {
        #expect(throws: Complaint.listenAddress(Excerpt(text), fault)) { try ListenAddress(parsing: text) }
    }

    @Test("are written as they are read", arguments: ["0.0.0.0:10061", "[::1]:0", "localhost:80"])
    func description(text: String) throws {
        #expect(try ListenAddress(parsing: text).description == text)
    }
}
