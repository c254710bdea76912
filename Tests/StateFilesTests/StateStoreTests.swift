import Glibc
import Platform
import TestSupport
import Testing

@testable import StateFiles

@Suite("The state store")
struct StateStoreTests {
    private let temporary: TemporaryFolder
    private let log = RecordedLog()
    private let tally = StateTally()
    private let file = StateFile<Notes>(target: "orders")

    init() throws {
        temporary = try TemporaryFolder()
    }

    private func store(limitBytes: Int = StateFolder.limitBytes) throws -> StateStore {
        try StateStore(
            folder: StateFolder(temporary.path, limitBytes: limitBytes), tally: tally, logger: log.logger)
    }

    /// What the file says now; nil where there is none.
    private func onDisk() throws -> Notes? {
        let bytes = temporary.read(file.name)
        return bytes.isEmpty ? nil : try StateDocument<Notes>(json: bytes).content
    }

    /// Runs `body` while the store writes what is due.
    private func running(_ store: StateStore, _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await store.run() }
            try await body()
            group.cancelAll()
        }
    }

    @Test("saves at once, and loads again after a restart")
    func save() async throws {
        let notes = Notes(lines: ["a"])
        do {
            let store = try store()
            #expect(await store.load(file) == nil)
            try await store.save(notes, to: file)
            #expect(try onDisk() == notes)
            #expect(await store.load(file) == notes)
        }
        // The actor may still be on its way out of its last job.
        let next = try await eventually({ try store() }, until: { _ in true })
        #expect(await next.load(file) == notes)
        #expect(tally.counts == StateTally.Counts())
        #expect(log.lines.isEmpty)
    }

    @Test("writes what is offered while it runs, the newest of it, and leaves nobody waiting")
    func offers() async throws {
        let store = try store()
        try await running(store) {
            for number in 1...1000 { store.offer(Notes(figure: Double(number)), to: file) }
            try await eventually { try onDisk()?.figure == 1000 }
            store.offer(Notes(lines: ["a loss"]), to: file, isUrgent: true)
            try await eventually { try onDisk()?.lines == ["a loss"] }
            // Ordinary again: written once the rest is over, without another offer.
            store.offer(Notes(lines: ["later"]), to: file)
            try await eventually { try onDisk()?.lines == ["later"] }
        }
    }

    @Test("gives what was offered last to whoever loads, and writes it with a flush")
    func flush() async throws {
        let store = try store()
        let other = StateFile<Notes>()
        store.offer(Notes(lines: ["a"]), to: file)
        store.offer(Notes(lines: ["b"]), to: other)
        #expect(await store.load(file) == Notes(lines: ["a"]))
        #expect(try onDisk() == nil)
        await store.flush()
        #expect(try onDisk() == Notes(lines: ["a"]))
        #expect(try StateDocument<Notes>(json: temporary.read(other.name)).content == Notes(lines: ["b"]))
    }

    @Test("does not write what has not changed, since the start either")
    func unchanged() async throws {
        let written = #"{"version":2, "kind":"notes", "content":{"lines":[]}}"#
        try temporary.write(written, to: file.name)
        let store = try store()
        #expect(await store.load(file) == Notes())
        store.offer(Notes(), to: file, isUrgent: true)
        await store.flush()
        try await store.save(Notes(), to: file)
        #expect(temporary.read(file.name) == Array(written.utf8))
    }

    @Test("forgets a document once it is written")
    func forget() async throws {
        let store = try store()
        store.offer(Notes(lines: ["a"]), to: file)
        await store.forget(file)
        #expect(try onDisk() == Notes(lines: ["a"]))
        // Nothing in memory: what the file says is read anew.
        try temporary.write(#"{"version":2,"kind":"notes","content":{"lines":["b"]}}"#, to: file.name)
        #expect(await store.load(file) == Notes(lines: ["b"]))
    }

    @Test(
        "sets a file aside that is of no use, says so, counts it, and goes on",
        arguments: [
            "", "garbage", #"{"version":2,"kind":"notes","content":{"lines":["#,
            String(repeating: "[", count: 100_000), #"{"version":3,"kind":"notes","content":{"lines":[]}}"#,
            #"{"version":2,"kind":"outbox","content":{"lines":[]}}"#, #"{"version":2,"kind":"notes","content":7}"#,
            String(repeating: " ", count: 200_000),
        ])
    func setAside(text: String) async throws {
        try temporary.write(text, to: file.name)
        let store = try store(limitBytes: 150_000)
        #expect(await store.load(file) == nil)
        #expect(tally.counts == StateTally.Counts(filesSetAside: 1))
        #expect(log.lines.count == 1)
        let line = try #require(log.lines.first)
        #expect(line.hasPrefix("warning: a state file is of no use: \(temporary.path)/\(file.name) is "), "\(line)")
        #expect(line.hasSuffix(" renamed=\(file.name).unreadable-1"))
        #expect(temporary.read("\(file.name).unreadable-1") == Array(text.utf8))
        #expect(await store.load(file) == nil)
        try await store.save(Notes(lines: ["new"]), to: file)
        #expect(try onDisk() == Notes(lines: ["new"]))
        #expect(tally.counts == StateTally.Counts(filesSetAside: 1))
    }

    @Test("reads what another process writes, and leaves there what is of no use")
    func read() async throws {
        let store = try store()
        #expect(try await store.read(file) == nil)
        try await store.save(Notes(lines: ["a"]), to: file)
        try temporary.write(#"{"version":2,"kind":"notes","content":{"lines":["b"]}}"#, to: file.name)
        #expect(try await store.read(file) == Notes(lines: ["b"]))
        try temporary.write("garbage", to: file.name)
        await #expect(throws: StateFileError.self) { try await store.read(file) }
        #expect(temporary.read(file.name) == Array("garbage".utf8))
        #expect(tally.counts == StateTally.Counts() && log.lines.isEmpty)
    }

    @Test("that cannot write says so once, keeps the newest, and says when it can again")
    func failures() async throws {
        let store = try store()
        // No file takes the place of a folder, not even for root.
        let path = "\(temporary.path)/\(file.name)"
        try #require(unsafe mkdir(path, 0o700) == 0)
        let error = StateFileError.cannotWrite(path: path, SystemError(code: EISDIR))
        await #expect(throws: error) { try await store.save(Notes(lines: ["a"]), to: file) }
        await #expect(throws: error) { try await store.save(Notes(lines: ["b"]), to: file) }
        store.offer(Notes(lines: ["c"]), to: file)
        await store.flush()
        try await store.save(Notes(), to: StateFile<Notes>())
        #expect(tally.counts == StateTally.Counts(writeFailures: 3))
        #expect(log.lines == ["warning: the state cannot be written, and is kept in memory: \(error)"])
        try #require(unsafe rmdir(path) == 0)
        await store.flush()
        #expect(try onDisk() == Notes(lines: ["c"]))
        #expect(log.lines.dropFirst() == ["info: the state can be written again failures=3"])
        #expect(tally.counts == StateTally.Counts(writeFailures: 3))
    }

    @Test("tries again with the next change")
    func retry() async throws {
        let store = try store()
        let path = "\(temporary.path)/\(file.name)"
        try #require(unsafe mkdir(path, 0o700) == 0)
        try await running(store) {
            store.offer(Notes(lines: ["a"]), to: file)
            try await eventually { tally.counts.writeFailures == 1 }
            try #require(unsafe rmdir(path) == 0)
            store.offer(Notes(lines: ["b"]), to: file)
            try await eventually { try onDisk() == Notes(lines: ["b"]) }
        }
    }

    @Test("fails to write a number that JSON does not have, and nothing else")
    func notFinite() async throws {
        let store = try store()
        await #expect(throws: StateFileError.self) { try await store.save(Notes(figure: .nan), to: file) }
        #expect(tally.counts.writeFailures == 1)
        try await store.save(Notes(figure: 1), to: file)
        #expect(try onDisk() == Notes(figure: 1))
    }

    @Test("never shows a reader half a file")
    func atomic() async throws {
        let store = try store()
        let versions = [Notes.filled(with: "a", bytes: 10), .filled(with: "b", bytes: 300_000)]
        try await store.save(versions[0], to: file)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 1...100 { try await store.save(versions[number % 2], to: file) }
            }
            group.addTask {
                for _ in 0..<300 {
                    let notes = try #require(try onDisk())
                    #expect(versions.contains(notes))
                    await Task.yield()
                }
            }
            try await group.waitForAll()
        }
        #expect(Set(temporary.entries) == [file.name, "lock"])
    }

    @Test("works on a thread of its own")
    func thread() async throws {
        let store = try store()
        #expect(try await store.threadName() == "state\n")
    }
}

extension StateStore {
    fileprivate func threadName() throws -> String {
        let descriptor = try SystemError.check { unsafe open("/proc/thread-self/comm", O_RDONLY | O_CLOEXEC) }
        return String(decoding: try OwnedDescriptor(descriptor).read(limit: 100), as: UTF8.self)
    }
}
