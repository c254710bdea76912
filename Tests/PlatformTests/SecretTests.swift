import Platform
import Testing

@Suite("Secrets")
struct SecretTests {
    @Test(
        "from a file lose one newline and nothing else",
        arguments: [
            ("pw\n", "pw"), ("pw", "pw"), ("pw\n\n", "pw\n"), (" pw ", " pw "), ("pw\r\n", "pw"), ("pw\r", "pw\r"),
            ("", nil), ("\n", nil), ("\r\n", nil), ("\n\n", "\n"),
        ] as [(String, String?)])
    func file(contents: String, expected: String?) {
        #expect(Secret(fileContents: Array(contents.utf8)) == expected.map { Secret(Array($0.utf8)) })
    }

    @Test("cannot be printed")
    func printed() {
        let secret = Secret(Array("hunter2".utf8))
        var text = "\(secret) \(String(reflecting: secret))"
        dump(secret, to: &text)
        #expect(!text.contains("hunter2"))
        #expect(!text.contains("104"), "the bytes of it")
    }
}
