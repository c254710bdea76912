import Glibc
import Platform
import TestSupport
import Testing

@testable import StateFiles

@Suite("The state folder")
struct StateFolderTests {
    private let temporary: TemporaryFolder
    private let file = StateFile<Notes>(target: "orders")
    private let notes = Notes(lines: ["a", "b"], figure: 3)

    init() throws {
        temporary = try TemporaryFolder()
    }

    private func failure(_ path: String) -> StateFolderError? {
        do {
            _ = try StateFolder(path)
            return nil
        } catch {
            return error
        }
    }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        unsafe stat(path, &status)
        return status.st_mode & 0o777
    }

    @Test("is made with its parents, for weir alone, and reads back what was written")
    func roundTrip() throws {
        let path = "\(temporary.path)/a//b/c/"
        let folder = try StateFolder(path)
        for name in ["a", "a/b", "a/b/c"] { #expect(mode("\(temporary.path)/\(name)") == 0o700) }
        #expect(try folder.read(file) == nil)
        try folder.write(notes, to: file.name)
        #expect(try folder.read(file) == notes)
        try folder.write(Notes(), to: file.name)
        #expect(try folder.read(file) == Notes())
        #expect(mode("\(path)/\(file.name)") == 0o600)
        #expect(Set(temporary.entries(of: "a/b/c")) == [file.name, "lock"])
        _ = consume folder
        #expect(try StateFolder(path).read(file) == Notes())
    }

    @Test("takes files from a guest, beside its weir, that this can read whoever the guest is")
    func guest() throws {
        let folder = try StateFolder(temporary.path)
        let guest = try StateFolder(temporary.path, isGuest: true)
        try guest.write(notes, to: file.name)
        #expect(mode("\(temporary.path)/\(file.name)") == 0o644)
        #expect(try folder.read(file) == notes)
        #expect(folder.names(beginningWith: "notes", endingWith: ".json") == [file.name])
    }

    @Test("says what it deleted, what it could not, and whether it has ever been a weir's")
    func delete() throws {
        let guest = try StateFolder(temporary.path, isGuest: true)
        #expect(!guest.hasHadOwner)
        try guest.write(notes, to: file.name)
        #expect(try guest.delete(file.name))
        #expect(try !guest.delete(file.name))
        let path = "\(temporary.path)/\(file.name)"
        try #require(unsafe mkdir(path, 0o700) == 0)
        #expect(throws: StateFileError.cannotRemove(path: path, SystemError(code: EISDIR))) {
            try guest.delete(file.name)
        }
        _ = try StateFolder(temporary.path)
        #expect(guest.hasHadOwner)
    }

    @Test("belongs to one weir at a time, and the second learns who has it")
    func exclusive() throws {
        let folder = try StateFolder(temporary.path)
        #expect(failure(temporary.path) == .inUse(path: temporary.path, process: getpid()))
        #expect(
            failure(temporary.path)?.description
                == "the state folder \(temporary.path) is in use by another weir, process \(getpid())")
        _ = consume folder
        #expect(failure(temporary.path) == nil)
        try temporary.write("no number", to: "lock")
        let again = try StateFolder(temporary.path)
        try temporary.write("no number", to: "lock")
        #expect(failure(temporary.path) == .inUse(path: temporary.path, process: nil))
        _ = consume again
    }

    @Test("that cannot be had says why")
    func refusals() throws {
        let path = try temporary.write("", to: "file")
        #expect(failure(path) == .notAFolder(path: path))
        #expect(failure("\(path)/folder") == .cannotCreate(path: "\(path)/folder", SystemError(code: ENOTDIR)))
        #expect(
            failure("\(path)/folder")?.description
                == "the state folder \(path)/folder cannot be created: Not a directory")
        #expect(failure("/proc/weir") == .cannotCreate(path: "/proc/weir", SystemError(code: ENOENT)))
        #expect(failure("") == .invalidPath)
        #expect(failure("a\0b") == .invalidPath)
        let long = "\(temporary.path)/\(String(repeating: "x", count: 300))"
        #expect(failure(long) == .cannotOpen(path: long, SystemError(code: ENAMETOOLONG)))
        // Nobody writes there, not even root.
        #expect(
            [EACCES, EROFS, EPERM].map { .notWritable(path: "/proc/self", SystemError(code: $0)) }
                .contains(failure("/proc/self")))
    }

    @Test("is rid of what a killed weir has left half-written, and of nothing else")
    func leftovers() throws {
        for name in [".tmp-\(file.name)", ".tmp-other.json", "silences.json", "x.json.unreadable-1"] {
            try temporary.write("x", to: name)
        }
        _ = try StateFolder(temporary.path)
        #expect(Set(temporary.entries) == ["silences.json", "x.json.unreadable-1", "lock"])
    }

    @Test("leaves the old file and nothing else where the new one cannot take its place")
    func failedRename() throws {
        let folder = try StateFolder(temporary.path)
        try folder.write(notes, to: file.name)
        // No file takes the place of a folder, not even for root.
        try #require(unsafe mkdir("\(temporary.path)/taken.json", 0o700) == 0)
        let path = "\(temporary.path)/taken.json"
        #expect(throws: StateFileError.cannotWrite(path: path, SystemError(code: EISDIR))) {
            try folder.write(notes, to: "taken.json")
        }
        // A folder in the place of the temporary file: nothing is written at all.
        try #require(unsafe mkdir("\(temporary.path)/.tmp-\(file.name)", 0o700) == 0)
        #expect(
            throws: StateFileError.cannotWrite(
                path: "\(temporary.path)/\(file.name)", SystemError(code: EEXIST))
        ) {
            try folder.write(Notes(), to: file.name)
        }
        #expect(try folder.read(file) == notes)
        #expect(Set(temporary.entries) == [file.name, "lock", "taken.json", ".tmp-\(file.name)"])
    }

    @Test("takes nothing beyond the limit, neither in nor out")
    func limit() throws {
        let size = try StateDocument(notes).json().count
        let folder = try StateFolder(temporary.path, limitBytes: size)
        try folder.write(notes, to: file.name)
        #expect(try folder.read(file) == notes)
        let path = "\(temporary.path)/\(file.name)"
        #expect(throws: StateFileError.tooLarge(path: path, limitBytes: size)) {
            try folder.write(Notes(lines: ["a", "bc"], figure: 3), to: file.name)
        }
        #expect(try folder.read(file) == notes)
        try temporary.write([UInt8](repeating: UInt8(ascii: " "), count: size + 1), to: file.name)
        #expect(throws: StateFileError.tooLarge(path: path, limitBytes: size)) { try folder.read(file) }
    }

    @Test("reads nothing but files")
    func notFiles() throws {
        let folder = try StateFolder(temporary.path)
        let path = "\(temporary.path)/\(file.name)"
        try #require(unsafe mkfifo(path, 0o600) == 0)
        #expect(throws: StateFileError.notAFile(path: path)) { try folder.read(file) }
        #expect(try folder.setAside(file.name) == "\(file.name).unreadable-1")
        try #require(unsafe mkdir(path, 0o700) == 0)
        #expect(throws: StateFileError.notAFile(path: path)) { try folder.read(file) }
        #expect(try folder.setAside(file.name) == "\(file.name).unreadable-2")
        try #require(unsafe symlink("/etc/hostname", path) == 0)
        #expect(throws: StateFileError.cannotRead(path: path, SystemError(code: ELOOP))) { try folder.read(file) }
        #expect(try folder.setAside(file.name) == "\(file.name).unreadable-3")
        #expect(throws: StateFileError.cannotSetAside(path: path, SystemError(code: ENOENT))) {
            try folder.setAside(file.name)
        }
    }

    @Test("keeps the ten files that were set aside last, and writes over none")
    func setAside() throws {
        let folder = try StateFolder(temporary.path)
        // Of another name, and of no number.
        let others = ["notes-a.json.unreadable-1", "\(file.name).unreadable-", "\(file.name).unreadable-x"]
        for name in others { try temporary.write("x", to: name) }
        for number in 1...13 {
            try temporary.write("\(number)", to: file.name)
            #expect(try folder.setAside(file.name) == "\(file.name).unreadable-\(number)")
        }
        let kept = (4...13).map { "\(file.name).unreadable-\($0)" }
        #expect(Set(temporary.entries) == Set(others + kept + ["lock"]))
        for number in 4...13 {
            #expect(temporary.read("\(file.name).unreadable-\(number)") == Array("\(number)".utf8))
        }
    }

    @Test("fails to write where the disk is full")
    func fullDisk() throws {
        let full = OwnedDescriptor(unsafe open("/dev/full", O_WRONLY | O_CLOEXEC))
        try #require(full.number >= 0)
        #expect(throws: SystemError(code: ENOSPC)) { try full.write([1]) }
    }
}
