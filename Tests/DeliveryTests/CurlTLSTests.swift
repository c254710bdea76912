import Delivery
import TestSupport
import Testing

@Suite("TLS", .serialized)
struct CurlTLSTests {
    private let sender = CurlSender(version: "1.2.3")

    private func error(_ request: OutgoingRequest) async throws -> TransferError {
        try #require(await #expect(throws: TransferError.self) { try await sender.send(request) })
    }

    @Test("A certificate of an authority in the file is trusted, by its name and its address, and by nobody else")
    func trust() async throws {
        let certificates = try await TestCertificates()
        let server = try await TLSServer(
            certificate: certificates.certificate("server", for: "DNS:localhost,IP:127.0.0.1"))
        let stranger = try await TestCertificates()
        for host in ["localhost", "127.0.0.1"] {
            let url = "https://\(host):\(server.port)/"
            let answer = try await sender.send(OutgoingRequest(.get, to: url, caFile: certificates.authority))
            #expect(answer.status == 200)
            let untrusted = TransferError.tls(
                host: "\(host):\(server.port)", reason: "no authority that is trusted has signed its certificate")
            #expect(try await error(OutgoingRequest(.get, to: url)) == untrusted)
            #expect(try await error(OutgoingRequest(.get, to: url, caFile: stranger.authority)) == untrusted)
        }
    }

    @Test("A certificate for another name is not accepted")
    func wrongName() async throws {
        let certificates = try await TestCertificates()
        let server = try await TLSServer(certificate: certificates.certificate("other", for: "DNS:other.example"))
        for host in ["localhost", "127.0.0.1"] {
            #expect(
                try await error(
                    OutgoingRequest(.get, to: "https://\(host):\(server.port)/", caFile: certificates.authority))
                    == .tls(host: "\(host):\(server.port)", reason: "its certificate is for another name"))
        }
    }

    @Test("A certificate that has expired is not accepted")
    func expired() async throws {
        let certificates = try await TestCertificates()
        let server = try await TLSServer(
            certificate: certificates.certificate("old", for: "DNS:localhost", dates: .past))
        #expect(
            try await error(
                OutgoingRequest(.get, to: "https://localhost:\(server.port)/", caFile: certificates.authority))
                == .tls(host: "localhost:\(server.port)", reason: "its certificate has expired"))
    }

    @Test("A file of authorities that is missing, empty or no certificate is named")
    func caFile() async throws {
        let certificates = try await TestCertificates()
        let server = try await TLSServer(certificate: certificates.certificate("server", for: "DNS:localhost"))
        let files = [
            "/nowhere/ca.pem", try certificates.write("", to: "empty.pem"),
            try certificates.write("-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----\n", to: "bad.pem"),
        ]
        for file in files {
            let error = try await error(OutgoingRequest(.get, to: "https://localhost:\(server.port)/", caFile: file))
            #expect(error == .caFile(path: file))
        }
    }

    @Test("A server that speaks no TLS is no receiver for https")
    func plainText() async throws {
        let receiver = try WebhookReceiver()
        #expect(
            try await error(OutgoingRequest(to: "https://127.0.0.1:\(receiver.port)/", timeout: .milliseconds(300)))
                == .timedOut(host: "127.0.0.1:\(receiver.port)"))
    }

    @Test("A handshake that the server ends says why")
    func handshake() async throws {
        let certificates = try await TestCertificates()
        let server = try await TLSServer(
            certificate: certificates.certificate("server", for: "DNS:localhost"),
            arguments: ["-tls1_2", "-Verify", "1"])
        let error = try await error(
            OutgoingRequest(.get, to: "https://localhost:\(server.port)/", caFile: certificates.authority))
        guard case .tls("localhost:\(server.port)", let reason) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(reason.hasPrefix("the handshake failed: ") && reason.count > 30, "\(reason)")
    }
}
