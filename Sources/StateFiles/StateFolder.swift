import Glibc
import Platform

/// The folder of weir's state files: this process' alone for as long as this object lives.
///
/// Whatever it does may block. Threads may share it as long as no two of them write the same file.
package final class StateFolder: Sendable {
    package static let limitBytes = 256 << 20
    private static let lockName = "lock"

    package let path: String
    /// Of one file: what is larger is neither written nor read into memory.
    let limitBytes: Int
    /// Files are named relative to it, so that they stay together when the folder is moved.
    let folder: OwnedDescriptor
    /// The kernel gives the lock up with the last descriptor, however the process ends.
    ///
    /// Nil for a guest.
    private let lock: OwnedDescriptor?

    var isGuest: Bool { lock == nil }

    /// Opens the folder, makes it where there is none, and clears away what a killed weir has left half-written.
    ///
    /// `isGuest`: beside the weir whose folder it is, to leave files there that nobody else writes.
    package init(
        _ path: String, isGuest: Bool = false, limitBytes: Int = StateFolder.limitBytes
    ) throws(StateFolderError) {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .invalidPath }
        let folder = try Self.open(path)
        do {
            // Root, and whoever else the permissions do not bind, learns here of a read-only file system.
            _ = try SystemError.check { unsafe faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) }
        } catch {
            throw .notWritable(path: path, error)
        }
        lock = isGuest ? nil : try Self.lock(path, folder)
        self.folder = folder
        self.path = path
        self.limitBytes = limitBytes
        if !isGuest { removeTemporaries() }
    }

    /// Whether a weir has ever run on it: a guest may have been given the wrong path.
    package var hasHadOwner: Bool { names(beginningWith: Self.lockName, endingWith: "").contains(Self.lockName) }

    private static func open(_ path: String) throws(StateFolderError) -> OwnedDescriptor {
        do {
            return try openFolder(path)
        } catch {
            switch error.code {
            case ENOENT: break
            case ENOTDIR where exists(path): throw .notAFolder(path: path)
            case ENOTDIR: throw .cannotCreate(path: path, error)
            default: throw .cannotOpen(path: path, error)
            }
        }
        do {
            try create(path)
            return try openFolder(path)
        } catch {
            throw .cannotCreate(path: path, error)
        }
    }

    private static func openFolder(_ path: String) throws(SystemError) -> OwnedDescriptor {
        OwnedDescriptor(
            try SystemError.check { unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) })
    }

    private static func exists(_ path: String) -> Bool {
        unsafe access(path, F_OK) == 0
    }

    /// Makes the folder and its parents, for weir alone.
    private static func create(_ path: String) throws(SystemError) {
        let bytes = Array(path.utf8)
        for end in bytes.indices where end > 0 && bytes[end] == UInt8(ascii: "/") {
            try makeFolder(String(decoding: bytes[..<end], as: UTF8.self))
        }
        try makeFolder(path)
    }

    private static func makeFolder(_ path: String) throws(SystemError) {
        do {
            _ = try SystemError.check { unsafe mkdir(path, 0o700) }
        } catch {
            // It is a parent that was there before, or somebody was quicker.
            if error.code != EEXIST { throw error }
        }
    }

    private static func lock(
        _ path: String, _ folder: borrowing OwnedDescriptor
    ) throws(StateFolderError) -> OwnedDescriptor {
        let file: OwnedDescriptor
        do {
            let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW
            let number = folder.number
            file = OwnedDescriptor(try SystemError.check { unsafe openat(number, lockName, flags, 0o600) })
        } catch {
            throw .notWritable(path: path, error)
        }
        do {
            let number = file.number
            _ = try SystemError.check { flock(number, LOCK_EX | LOCK_NB) }
        } catch {
            if error.code == EWOULDBLOCK { throw .inUse(path: path, process: holder(file)) }
            throw .cannotLock(path: path, error)
        }
        // Who holds the lock is for people only: without room on the disk for the number it is held all the same.
        if ftruncate(file.number, 0) == 0 { try? file.write(Array("\(getpid())\n".utf8)) }
        return file
    }

    private static func holder(_ lock: borrowing OwnedDescriptor) -> Int32? {
        guard let text = try? lock.read(limit: 32) else { return nil }
        return Int32(String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
