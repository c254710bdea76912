import Glibc

/// The real file system, as far as settings need it.
package enum FileContents {
    package static let limitBytes = 1 << 20

    /// Reads a whole file of at most 1 MiB; `/dev/stdin` and pipes are read to their end.
    package static func read(_ path: String) throws(FileReadError) -> [UInt8] {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .invalidPath }
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno) }
        defer { close(descriptor) }
        var contents: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                let code = errno
                if code == EINTR { continue }
                throw .system(code)
            }
            if count == 0 { return contents }
            contents += chunk[..<count]
            guard contents.count <= limitBytes else { throw .tooLarge(limitBytes: limitBytes) }
        }
    }
}
