/// An authority of a test's own, and certificates that it signs, made by `openssl`.
package final class TestCertificates: Sendable {
    /// From when until when a certificate holds, as `openssl` writes it.
    package struct Dates: Sendable {
        let from: String
        let until: String

        package static let past = Dates(from: "20200101000000Z", until: "20200201000000Z")
        package static let future = Dates(from: "20900101000000Z", until: "20900201000000Z")
    }

    private let folder: TemporaryFolder

    /// `name` is the authority's.
    package init(name: String = "weir test authority") async throws {
        folder = try TemporaryFolder()
        try folder.write(Self.configuration, to: "openssl.conf")
        try folder.write("", to: "index")
        try await run([
            "req", "-x509", "-subj", "/CN=\(name)", "-days", "2", "-keyout", path("authority.key"), "-out", authority,
        ])
    }

    /// The certificate of the authority.
    package var authority: String { path("authority.pem") }

    /// A file of the folder, for what is to be read in place of certificates.
    package func write(_ text: String, to name: String) throws -> String { try folder.write(text, to: name) }

    /// A certificate for `names`, such as `DNS:localhost`, with its key in one file; valid for two days.
    ///
    /// Beside it, the certificate alone is in `file.crt`, and the key in `file.key`.
    package func certificate(
        _ file: String, for names: String, extensions: String = "", dates: Dates? = nil
    ) async throws -> String {
        let extensions = try folder.write("subjectAltName=\(names)\n\(extensions)\n", to: "\(file).ext")
        let validity = dates.map { ["-startdate", $0.from, "-enddate", $0.until] } ?? ["-days", "2"]
        try await run(["req", "-subj", "/CN=weir test", "-keyout", path("\(file).key"), "-out", path("\(file).csr")])
        try await run(
            [
                "ca", "-batch", "-notext", "-config", path("openssl.conf"), "-in", path("\(file).csr"), "-cert",
                authority, "-keyfile", path("authority.key"), "-outdir", folder.path, "-extfile", extensions, "-out",
                path("\(file).crt"),
            ] + validity)
        return try folder.write(folder.read("\(file).crt") + folder.read("\(file).key"), to: "\(file).pem")
    }

    /// What a file of the folder holds.
    package func read(_ name: String) -> [UInt8] { folder.read(name) }

    /// The path of a file of the folder.
    package func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    /// Runs `openssl`, for what else is to be made in the folder.
    package func run(_ arguments: [String]) async throws {
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        let words = ["openssl"] + arguments + (arguments[0] == "req" ? key : [])
        let (status, output) = try await ChildProcess.run(words, variables: ["WEIR_TEST_FOLDER": folder.path])
        guard status == 0 else { throw TestFailure.didNotStart(output: output) }
    }

    /// Only `openssl ca` signs for dates of one's choice, and it wants books.
    private static let configuration = """
        [ca]
        default_ca = books
        [books]
        database = $ENV::WEIR_TEST_FOLDER/index
        rand_serial = yes
        unique_subject = no
        default_md = sha256
        policy = names
        [names]
        commonName = supplied

        """
}
