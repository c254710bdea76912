/// The real file system, as far as settings and their secrets need it.
package enum FileContents {
    /// Reads a whole file, by its path.
    package typealias Reader = (String) throws(FileReadError) -> [UInt8]

    package static let limitBytes = 1 << 20

    /// Reads a whole file of at most 1 MiB; `/dev/stdin` and pipes are read to their end.
    package static func read(_ path: String) throws(FileReadError) -> [UInt8] {
        try read(path, waiting: true)
    }

    /// Reads a whole file of at most 1 MiB, and of a pipe what is in it at this moment.
    package static func readAtOnce(_ path: String) throws(FileReadError) -> [UInt8] {
        try read(path, waiting: false)
    }

    private static func read(_ path: String, waiting: Bool) throws(FileReadError) -> [UInt8] {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .invalidPath }
        let contents: [UInt8]
        do throws(SystemError) {
            contents = try OwnedDescriptor(reading: path, waiting: waiting).read(limit: limitBytes + 1)
        } catch {
            throw .system(error)
        }
        guard contents.count <= limitBytes else { throw .tooLarge(limitBytes: limitBytes) }
        return contents
    }
}
