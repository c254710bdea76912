import TestSupport

/// An authority of a test's own, and certificates that it signs, made by `openssl`.
final class TestCertificates: Sendable {
    private let folder: TemporaryFolder

    init() async throws {
        folder = try TemporaryFolder()
        try await run([
            "req", "-x509", "-subj", "/CN=weir test authority", "-days", "2", "-keyout", path("authority.key"), "-out",
            authority,
        ])
    }

    /// The certificate of the authority.
    var authority: String { path("authority.pem") }

    /// A file of the folder, for what is to be read in place of certificates.
    func write(_ text: String, to name: String) throws -> String { try folder.write(text, to: name) }

    /// A certificate for `names`, such as `DNS:localhost`, with its key in one file.
    func certificate(_ file: String, for names: String, days: Int = 2) async throws -> String {
        let extensions = try folder.write("subjectAltName=\(names)\n", to: "\(file).ext")
        try await run(["req", "-subj", "/CN=weir test", "-keyout", path("\(file).key"), "-out", path("\(file).csr")])
        try await run([
            "x509", "-req", "-in", path("\(file).csr"), "-CA", authority, "-CAkey", path("authority.key"),
            "-set_serial", "\(Int.random(in: 1...1_000_000))", "-days", "\(days)", "-extfile", extensions, "-out",
            path("\(file).crt"),
        ])
        return try folder.write(folder.read("\(file).crt") + folder.read("\(file).key"), to: "\(file).pem")
    }

    private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    private func run(_ arguments: [String]) async throws {
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        let words = ["openssl"] + arguments + (arguments[0] == "req" ? key : [])
        let (status, output) = try await ChildProcess.run(words)
        guard status == 0 else { throw TestFailure.didNotStart(output: output) }
    }
}
