import Glibc
package import Platform

extension StateFolder {
    /// Files of one name that have been set aside and are kept: the newest.
    static let keptAside = 10
    /// No document's name begins with a dot.
    private static let temporaryPrefix = ".tmp-"

    /// What the file holds; nil where there is none.
    package func read<Content>(_ file: StateFile<Content>) throws(StateFileError) -> Content? {
        try read(file.name)
    }

    package func read<Content: StateContent>(_ name: String) throws(StateFileError) -> Content? {
        guard let bytes = try readBytes(name) else { return nil }
        do {
            return try StateDocument(json: bytes).content
        } catch {
            throw .notUnderstood(path: path(to: name), error)
        }
    }

    /// Replaces the file: a reader, and the next weir after a crash, finds the old one whole or the new one.
    package func write(_ content: some StateContent, to name: String) throws(StateFileError) {
        let bytes: [UInt8]
        do {
            bytes = try StateDocument(content).json()
        } catch {
            throw .cannotEncode(path: path(to: name), error)
        }
        guard bytes.count <= limitBytes else { throw .tooLarge(path: path(to: name), limitBytes: limitBytes) }
        try write(to: name) { file throws(SystemError) in try file.write(bytes) }
    }

    /// Replaces the file by what `fill` writes: for one that is never to be in memory as a whole.
    package func write(
        to name: String, fill: (borrowing OwnedDescriptor) throws(SystemError) -> Void
    ) throws(StateFileError) {
        do {
            try replace(name, fill)
            // Only now does the new name outlast a loss of power.
            try folder.sync()
        } catch {
            throw .cannotWrite(path: path(to: name), error)
        }
    }

    /// Renames a file that is of no use, and gives its new name.
    func setAside(_ name: String) throws(StateFileError) -> String {
        let prefix = "\(name).unreadable-"
        let numbers = entries().compactMap { $0.hasPrefix(prefix) ? UInt64($0.dropFirst(prefix.count)) : nil }.sorted()
        let aside = prefix + String((numbers.last ?? 0) &+ 1)
        do {
            _ = try SystemError.check { unsafe renameat(folder.number, name, folder.number, aside) }
        } catch {
            throw .cannotSetAside(path: path(to: name), error)
        }
        for number in numbers.dropLast(Self.keptAside - 1) { unlink(prefix + String(number)) }
        return aside
    }

    /// The names of the files that begin and end so, in order.
    package func names(beginningWith start: String, endingWith end: String) -> [String] {
        entries().filter { $0.hasPrefix(start) && $0.hasSuffix(end) }.sorted()
    }

    package func remove(_ name: String) {
        unlink(name)
    }

    /// Removes a file that somebody counts on being gone; false: there was none.
    package func delete(_ name: String) throws(StateFileError) -> Bool {
        do {
            _ = try SystemError.check { unsafe unlinkat(folder.number, name, 0) }
            // Only now is it gone after a loss of power too.
            try folder.sync()
            return true
        } catch {
            if error.code == ENOENT { return false }
            throw .cannotRemove(path: path(to: name), error)
        }
    }

    func removeTemporaries() {
        for name in entries() where name.hasPrefix(Self.temporaryPrefix) { unlink(name) }
    }

    package func path(to name: String) -> String {
        "\(path)/\(name)"
    }

    /// The bytes of the file; nil where there is none.
    package func readBytes(_ name: String) throws(StateFileError) -> [UInt8]? {
        let contents: [UInt8]?
        do {
            contents = try readFile(name)
        } catch {
            if error.code == ENOENT { return nil }
            throw .cannotRead(path: path(to: name), error)
        }
        guard let contents else { throw .notAFile(path: path(to: name)) }
        guard contents.count <= limitBytes else { throw .tooLarge(path: path(to: name), limitBytes: limitBytes) }
        return contents
    }

    /// One byte beyond the limit at most; nil where it is no regular file.
    private func readFile(_ name: String) throws(SystemError) -> [UInt8]? {
        // Without O_NONBLOCK a named pipe would be waited on.
        let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let file = OwnedDescriptor(try SystemError.check { unsafe openat(folder.number, name, flags) })
        var status = stat()
        let number = file.number
        _ = try SystemError.check { unsafe fstat(number, &status) }
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        return try file.read(limit: limitBytes + 1)
    }

    private func replace(
        _ name: String, _ fill: (borrowing OwnedDescriptor) throws(SystemError) -> Void
    ) throws(SystemError) {
        let temporary = Self.temporaryPrefix + name
        do {
            try create(temporary, fill)
            _ = try SystemError.check { unsafe renameat(folder.number, temporary, folder.number, name) }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private func create(
        _ name: String, _ fill: (borrowing OwnedDescriptor) throws(SystemError) -> Void
    ) throws(SystemError) {
        // Where a write has failed and its file could not be removed either.
        unlink(name)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let file = OwnedDescriptor(try SystemError.check { unsafe openat(folder.number, name, flags, 0o600) })
        if isGuest {
            let number = file.number
            // Whoever leaves it may be another user than the weir that is to read it.
            _ = try SystemError.check { fchmod(number, 0o644) }
        }
        try fill(file)
        try file.sync()
        try file.close()
    }

    private func unlink(_ name: String) {
        unsafe unlinkat(folder.number, name, 0)
    }

    /// The names of what is in the folder; none where that cannot be told.
    private func entries() -> [String] {
        let descriptor = unsafe openat(folder.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        guard let listing = unsafe fdopendir(descriptor) else {
            Glibc.close(descriptor)
            return []
        }
        defer { unsafe closedir(listing) }
        var names: [String] = []
        while let entry = unsafe readdir(listing) {
            let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            let name = unsafe (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
            unsafe names.append(String(cString: name))
        }
        return names
    }
}
