import Crypto
import Testing

@Suite("Hashes")
struct DigestTests {
    @Test(
        "by SHA-1 are those of RFC 3174",
        arguments: [
            ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
            ),
        ])
    func sha1(message: String, expected: String) throws {
        let digest = try #require(Digest.sha1(Array(message.utf8)))
        #expect(digest.hexadecimal == expected)
    }

    @Test(
        "by SHA-256 are those of FIPS 180-2",
        arguments: [
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func sha256(message: String, expected: String) throws {
        let digest = try #require(Digest.sha256(Array(message.utf8)))
        #expect(digest.hexadecimal == expected)
    }
}
