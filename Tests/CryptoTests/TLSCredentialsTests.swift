import Crypto
import Glibc
import Platform
import TestSupport
import Testing

@Suite("Files of certificates and keys")
struct TLSCredentialsTests {
    private func error(_ settings: TLSSettings) throws -> TLSError {
        try #require(#expect(throws: TLSError.self) { try TLSCredentials(settings) })
    }

    @Test("A file that cannot be read is named with the system's reason")
    func unreadable() throws {
        let folder = try TemporaryFolder()
        for (path, code) in [("/nowhere/x.pem", ENOENT), (folder.path, EISDIR)] {
            let expected = TLSError.unreadableFile(path: path, SystemError(code: code))
            #expect(try error(TLSSettings(caFile: path)) == expected)
            #expect(try error(TLSSettings(certificateFile: path)) == expected)
        }
    }

    @Test("A file that holds something else is named with what it lacks")
    func invalid() async throws {
        let certificates = try await TestCertificates()
        let whole = try await certificates.certificate("client", for: "DNS:client")
        let (certificate, key) = (certificates.path("client.crt"), certificates.path("client.key"))
        let broken = "-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----\n"
        let useless = [
            try certificates.write("", to: "empty.pem"), try certificates.write(broken, to: "broken.pem"),
            try certificates.write("no PEM", to: "text.pem"),
        ]
        func expectMistake(_ settings: TLSSettings, at path: String, lacks: String) throws {
            let error = try error(settings)
            #expect("\(error)".hasPrefix("\(path) has no \(lacks) in PEM: "), "\(error)")
        }
        for path in useless + [key] {
            try expectMistake(TLSSettings(caFile: path), at: path, lacks: "certificate")
        }
        for path in useless {
            try expectMistake(TLSSettings(certificateFile: path, keyFile: key), at: path, lacks: "certificate")
        }
        for path in useless + [certificate] {
            try expectMistake(TLSSettings(certificateFile: whole, keyFile: path), at: path, lacks: "private key")
        }
        try expectMistake(TLSSettings(certificateFile: certificate), at: certificate, lacks: "private key")
        _ = try TLSCredentials(TLSSettings(caFile: certificates.authority, certificateFile: whole))
        _ = try TLSCredentials(TLSSettings(certificateFile: certificate, keyFile: key))
    }

    @Test("A key that belongs to another certificate is named with it")
    func mismatch() async throws {
        let certificates = try await TestCertificates()
        _ = try await certificates.certificate("one", for: "DNS:one")
        _ = try await certificates.certificate("two", for: "DNS:two")
        let (certificate, key) = (certificates.path("one.crt"), certificates.path("two.key"))
        #expect(
            try error(TLSSettings(certificateFile: certificate, keyFile: key))
                == .keyMismatch(certificate: certificate, key: key))
    }

    @Test("A key with a password is said to have one")
    func encrypted() async throws {
        let certificates = try await TestCertificates()
        let certificate = try await certificates.certificate("client", for: "DNS:client")
        let (plain, modern, old) = (
            certificates.path("client.key"), certificates.path("modern.key"), certificates.path("old.key")
        )
        try await certificates.run(["pkcs8", "-topk8", "-in", plain, "-out", modern, "-passout", "pass:secret"])
        try await certificates.run(["ec", "-aes256", "-in", plain, "-out", old, "-passout", "pass:secret"])
        for path in [modern, old] {
            #expect(
                try error(TLSSettings(certificateFile: certificate, keyFile: path)) == .encryptedKey(path: path))
        }
    }

    @Test("Authorities are not read where nothing is verified")
    func skipped() throws {
        _ = try TLSCredentials(TLSSettings(caFile: "/nowhere/x.pem", skipsVerification: true))
    }
}
