import Delivery
import Platform
import Testing

@Suite("A key that signs webhooks")
struct SigningKeyTests {
    @Test("is base64 after whsec_, or without it")
    func base64() throws {
        let bytes = (0..<24).map { UInt8($0) }
        #expect(try SigningKey.parse("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX").bytes == bytes)
        #expect(try SigningKey.parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYX").bytes == bytes)
        let longest = "whsec_" + String(repeating: "A", count: 86) + "=="
        #expect(try SigningKey.parse(longest).bytes == [UInt8](repeating: 0, count: 64))
    }

    @Test(
        "is the text itself where that is no such base64",
        arguments: [
            "short", "correct horse battery staple", "AAECAwQF", "AAECAwQFBgcICQoLDA0ODxAREhMUFRY",
            String(repeating: "A", count: 88), "ключ-из-букв",
        ])
    func text(text: String) throws {
        #expect(try SigningKey.parse(text).bytes == Array(text.utf8))
    }

    @Test(
        "is refused with the reason, which holds nothing of it",
        arguments: [
            ("", .empty), ("whsec_", .length(0)), ("whsec_hunter2!", .notBase64),
            ("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRY", .notBase64), ("whsec_AAECAwQF", .length(6)),
            ("whsec_" + String(repeating: "A", count: 88), .length(66)), ("whsk_AAECAwQF", .asymmetric),
            ("whpk_AAECAwQF", .asymmetric),
        ] as [(String, SigningKeyFault)])
    func faults(text: String, fault: SigningKeyFault) {
        #expect(throws: fault) { try SigningKey.parse(text) }
        #expect(!fault.description.contains("hunter2") && !fault.description.contains("AAEC"))
    }
}
