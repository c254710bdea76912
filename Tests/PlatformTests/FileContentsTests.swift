import Glibc
import Platform
import TestSupport
import Testing

@Suite("Files")
struct FileContentsTests {
    /// Runs the body with the path of a new file, which is gone afterwards.
    private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
        let folder = try TemporaryFolder()
        try body(folder.write(bytes, to: "file"))
    }

    @Test("are read whole, up to 1 MiB", arguments: [0, 1, 16_384, 16_385, 1 << 20])
    func read(size: Int) throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        try withFile(bytes) { path in
            let contents = try FileContents.read(path)
            #expect(contents == bytes)
        }
    }

    @Test("larger than 1 MiB are refused")
    func tooLarge() throws {
        try withFile([UInt8](repeating: 0, count: (1 << 20) + 1)) { path in
            #expect(throws: FileReadError.tooLarge(limitBytes: 1 << 20)) { try FileContents.read(path) }
        }
    }

    @Test("that are pipes without a writer are empty to who does not wait")
    func pipe() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/pipe"
        #expect(unsafe mkfifo(path, 0o600) == 0)
        #expect(try FileContents.readAtOnce(path) == [])
    }

    @Test(
        "that cannot be read say why",
        arguments: [
            ("/does/not/exist", "No such file or directory"), ("/", "Is a directory"),
            ("", "a path is not empty and has no NUL in it"), ("a\0b", "a path is not empty and has no NUL in it"),
        ])
    func unreadable(path: String, reason: String) {
        let error = #expect(throws: FileReadError.self) { try FileContents.read(path) }
        #expect(error?.description == reason)
    }
}
