import Crypto
import Glibc
import TestSupport
import Testing

@Suite("A session of TLS")
struct TLSSessionTests {
    /// Waits until the socket has input or takes output.
    private func wait(for events: Int32, on socket: Int32) throws {
        var descriptor = pollfd(fd: socket, events: Int16(events), revents: 0)
        try #require(unsafe poll(&descriptor, 1, 10_000) == 1)
    }

    @Test("What is in GnuTLS' buffer already is not waited for", arguments: [1, 7, 20_000])
    func buffered(size: Int) async throws {
        let certificates = try await TestCertificates()
        let server = try await TLSServer(certificate: certificates.certificate("server", for: "DNS:localhost"))
        let client = try HTTPClient(port: server.port)
        let session = try TLSSession(
            on: client.descriptor, host: "localhost",
            credentials: TLSCredentials(TLSSettings(caFile: certificates.authority)))
        #expect(!session.hasHeard)
        shaking: while true {
            switch try session.handshake() {
            case .done: break shaking
            case .needsInput: try wait(for: POLLIN, on: client.descriptor)
            case .needsOutput: try wait(for: POLLOUT, on: client.descriptor)
            }
        }
        #expect(session.hasHeard)
        let request = Array("GET / HTTP/1.0\r\n\r\n".utf8)
        #expect(try session.send(request.span) == request.count)
        var page: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: size)
        var ending: TLSError?
        var wasBuffered = false
        while ending == nil {
            if session.hasBufferedInput { wasBuffered = true } else { try wait(for: POLLIN, on: client.descriptor) }
            do throws(TLSError) {
                let count = try session.receive(into: &buffer)
                page += buffer.prefix(count)
            } catch {
                ending = error
            }
        }
        #expect(ending == .closed)
        #expect(wasBuffered == (size < 20_000))
        #expect(String(decoding: page, as: UTF8.self).contains("Ciphers supported in s_server binary"))
    }
}
