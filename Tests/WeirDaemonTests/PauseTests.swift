import Glibc
import StateFiles
import StreamModel
import TestSupport
import Testing

@testable import WeirDaemon

@Suite("A pause")
struct PauseTests {
    private let temporary: TemporaryFolder
    private let store: StateStore
    private let tally = StateTally()
    private let log = RecordedLog()
    private let watch: PauseWatch

    init() throws {
        temporary = try TemporaryFolder()
        store = try StateStore(folder: StateFolder(temporary.path), tally: tally, logger: log.logger)
        watch = PauseWatch(store: store, hasFolder: true)
    }

    private func time(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    @Test("lasts from the command to the other, and survives both")
    func command() async throws {
        #expect(await watch.pauseState() == .running)
        let folder = try PauseFolder(temporary.path)
        #expect(folder.hasHadWeir)
        #expect(try !folder.end())
        try folder.begin(reason: "moving \"house\"", at: time(1_000))
        #expect(await watch.pauseState() == .paused(reason: "moving \"house\"", since: time(1_000)))
        // Another reason: paused it has been all the time.
        try PauseFolder(temporary.path).begin(reason: "", at: time(2_000))
        #expect(await watch.pauseState() == .paused(reason: "", since: time(1_000)))
        #expect(try folder.end())
        #expect(await watch.pauseState() == .running)
        #expect(try !folder.end())
        #expect(log.lines.isEmpty)
    }

    @Test(
        "is in force while its file is there, whatever that says, and nobody sets it aside",
        arguments: [
            ("", "it is not JSON, is cut off, or has a number out of range"),
            ("stop!", "it is not JSON, is cut off, or has a number out of range"),
            (
                #"{"version":2,"kind":"pause","content":{}}"#,
                "a newer weir has written it: its version is 2, and this weir knows 1 at most"
            ),
            (#"{"version":1,"kind":"silence","content":{}}"#, #"it is of the kind "silence", and should be "pause""#),
            (
                #"{"version":1,"kind":"pause","content":{"reason":"x"}}"#,
                "it cannot be understood at content.since: it is not there"
            ),
        ])
    func garbage(text: String, trouble: String) async throws {
        try temporary.write(text, to: "pause.json")
        for _ in 0..<2 {
            #expect(await watch.pauseState() == .paused(reason: "pause.json cannot be read: \(trouble)", since: nil))
        }
        #expect(temporary.read("pause.json") == Array(text.utf8))
        #expect(tally.counts.filesSetAside == 0 && log.lines.isEmpty)
        // A better one takes its place.
        try PauseFolder(temporary.path).begin(reason: "why", at: time(5))
        #expect(await watch.pauseState() == .paused(reason: "why", since: time(5)))
        unsafe unlink("\(temporary.path)/pause.json")
        #expect(await watch.pauseState() == .running)
    }

    @Test("is in force also where its place is taken by what is no file")
    func noFile() async throws {
        let path = "\(temporary.path)/pause.json"
        try #require(unsafe mkdir(path, 0o700) == 0)
        #expect(await watch.pauseState() == .paused(reason: "pause.json cannot be read: it is not a file", since: nil))
        let folder = try PauseFolder(temporary.path)
        #expect(throws: StateFileError.self) { try folder.begin(reason: "", at: time(0)) }
        #expect(throws: StateFileError.self) { try folder.end() }
        try #require(unsafe rmdir(path) == 0)
        try #require(unsafe symlink("/nonexistent", path) == 0)
        #expect(await watch.pauseState().isPaused)
        #expect(try folder.end())
        #expect(await watch.pauseState() == .running)
    }

    @Test("gives no more of its reason than anybody reads")
    func longReason() async throws {
        try PauseFolder(temporary.path).begin(reason: String(repeating: "ö", count: 501), at: time(0))
        let state = await watch.pauseState()
        #expect(state == .paused(reason: String(repeating: "ö", count: 500), since: time(0)))
    }

    @Test("there is none without a state_dir, and one where that cannot be looked into")
    func withoutFolder() async throws {
        #expect(await PauseWatch(store: nil, hasFolder: false).pauseState() == .running)
        #expect(await PauseWatch(store: nil, hasFolder: true).pauseState().isPaused)
        let elsewhere = try TemporaryFolder()
        #expect(try !PauseFolder(elsewhere.path).hasHadWeir)
    }
}
