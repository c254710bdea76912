internal import Glibc

/// Files of the project that tests read: golden pages and documents.
package enum ProjectFile {
    /// The path of a file by its path in the project.
    package static func path(_ name: String, thisFile: String = #filePath) -> String {
        let parts = thisFile.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/" + name
    }

    package static func read(_ path: String) throws(ProjectFileError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ProjectFileError(path: path, errno: errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = unsafe Glibc.read(descriptor, &block, block.count)
            guard count >= 0 else { throw ProjectFileError(path: path, errno: errno) }
            if count == 0 { return bytes }
            bytes += block.prefix(count)
        }
    }

    package static func write(_ bytes: [UInt8], to path: String) throws(ProjectFileError) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ProjectFileError(path: path, errno: errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw ProjectFileError(path: path, errno: errno) }
            rest = rest.dropFirst(count)
        }
    }
}

/// A file of the project that could not be read or written.
package struct ProjectFileError: Error {
    package let path: String
    package let errno: Int32
}
