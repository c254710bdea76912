/// A real server of HTTPS on a loopback port, which answers every GET with a page.
package final class TLSServer: Sendable {
    package let port: UInt16
    private let process: ChildProcess

    /// `certificate` is a file with a certificate and its key; `arguments` are for `openssl s_server`.
    package init(certificate: String, arguments: [String] = []) async throws {
        let port = try LoopbackListener.unusedPort()
        self.port = port
        let words = ["openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate, "-key", certificate]
        process = try await ChildProcess(words + ["-www"] + arguments)
        try await eventually { () throws(HTTPClientError) -> Bool in
            _ = try HTTPClient(port: port)
            return true
        }
    }
}
