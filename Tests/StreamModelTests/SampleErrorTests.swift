import StreamModel
import Testing

@Suite("What kept a stream from being sampled")
struct SampleErrorTests {
    @Test("is told in plain words that name the command")
    func description() {
        let all: [SampleError] = [
            .noSuchKey, .noSuchGroup, .wrongType, .noPermission(command: "XINFO GROUPS"),
            .refused(command: "XLEN", message: "ERR no"), .unexpectedReply(command: "XPENDING", what: "not a list"),
            .parts(failed: 1, of: 1, first: Name("shard:2"), .noSuchKey),
            .parts(failed: 1, of: 8, first: Name("shard:2"), .noSuchKey),
            .parts(failed: 3, of: 8, first: Name("shard:2"), .wrongType),
        ]
        #expect(
            all.map(\.description) == [
                "there is no such key", "there is no such group", "the key does not hold a stream",
                "this user may not run XINFO GROUPS on it", "XLEN: ERR no",
                "XPENDING answered what weir does not understand: not a list",
                "shard:2: there is no such key", "1 of 8 streams, shard:2: there is no such key",
                "3 of 8 streams, the first of them shard:2: the key does not hold a stream",
            ])
    }
}
