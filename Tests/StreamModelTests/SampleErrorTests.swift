import StreamModel
import Testing

@Suite("What kept a stream from being sampled")
struct SampleErrorTests {
    @Test("is told in plain words that name the command")
    func description() {
        let all: [SampleError] = [
            .noSuchKey, .noSuchGroup, .wrongType, .noPermission(command: "XINFO GROUPS"),
            .refused(command: "XLEN", message: "ERR no"), .unexpectedReply(command: "XPENDING", what: "not a list"),
        ]
        #expect(
            all.map(\.description) == [
                "there is no such key", "there is no such group", "the key does not hold a stream",
                "this user may not run XINFO GROUPS on it", "XLEN: ERR no",
                "XPENDING answered what weir does not understand: not a list",
            ])
    }
}
