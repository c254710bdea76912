import Crypto
import Testing

@Suite("bcrypt")
struct BcryptHashTests {
    private static let hash = "$2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW"

    @Test(
        "A password is right for its hash alone",
        arguments: [
            // By Go, and crypt_blowfish's own sample.
            ("$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi", "fakepassword"),
            ("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U"),
            ("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U"),
        ])
    func matches(hash: String, password: String) throws {
        let hash = try BcryptHash(parsing: hash)
        #expect(hash.matches(Array(password.utf8)))
        for wrong in ["", password + "x", String(password.dropLast()), password.uppercased(), password + "\0x"] {
            #expect(!hash.matches(Array(wrong.utf8)) || wrong == password)
        }
    }

    @Test("72 bytes count, as bcrypt has it")
    func long() throws {
        let hash = BcryptHash(ofNothing: 4)
        #expect(!hash.matches([UInt8](repeating: 1, count: 10_000)))
        #expect(!hash.matches([]))
    }

    @Test("Its cost is known", arguments: [4, 10, 14])
    func cost(cost: Int) throws {
        let text = "$2a$\(cost < 10 ? "0" : "")\(cost)$" + String(repeating: "a", count: 53)
        #expect(try BcryptHash(parsing: text).cost == cost)
        #expect(BcryptHash(ofNothing: cost).cost == cost)
    }

    @Test(
        "What is no hash says why",
        arguments: [
            ("", .notBcrypt), ("secret", .notBcrypt), ("$1$salt$hash", .notBcrypt), ("$2x$10$", .notBcrypt),
            ("$2y$1$abc", .cost), ("$2y$03$abc", .cost), ("$2y$32$abc", .cost), ("$2y$-1$abc", .cost), ("$2y$", .cost),
            ("$2y$15$abc", .tooDear(cost: 15, most: 14)), ("$2y$31$abc", .tooDear(cost: 31, most: 14)),
            ("$2y$10$abc", .length), (hash + "x", .length), (String(hash.dropLast()), .length),
            (String(hash.dropLast()) + "-", .character), (String(hash.dropLast(2)) + "é", .character),
        ] as [(String, BcryptFault)])
    func faults(text: String, fault: BcryptFault) {
        #expect(throws: fault) { try BcryptHash(parsing: text) }
        #expect(text.count < 8 || !fault.description.contains(text))
    }

    @Test("No hash is shown")
    func secrecy() throws {
        let hash = try BcryptHash(parsing: Self.hash)
        #expect("\(hash) \(String(reflecting: hash)) \([hash])".contains("abcdef") == false)
        var dumped = ""
        dump(hash, to: &dumped)
        #expect(!dumped.contains("abcdef"))
    }
}
