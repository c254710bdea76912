internal import Glibc

/// A folder of one test's own, removed with this object.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws(TestFailure) {
        var template = Array("/tmp/weir-test-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw .system(call: "mkdtemp", errno: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        Self.remove(path)
    }

    /// Writes a file anew, and gives its path.
    @discardableResult
    package func write(_ bytes: some Sequence<UInt8>, to name: String) throws(TestFailure) -> String {
        let file = "\(path)/\(name)"
        let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(call: "open", errno: errno) }
        defer { close(descriptor) }
        let bytes = Array(bytes)
        let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard count == bytes.count else { throw .system(call: "write", errno: errno) }
        return file
    }

    @discardableResult
    package func write(_ text: String, to name: String) throws(TestFailure) -> String {
        try write(text.utf8, to: name)
    }

    /// The bytes of a file; none where it cannot be read.
    package func read(_ name: String) -> [UInt8] { fileContents("\(path)/\(name)") }

    /// The names of what is in the folder.
    package var entries: [String] { folderEntries(path) }

    /// The names of what is in a folder within it.
    package func entries(of folder: String) -> [String] { folderEntries("\(path)/\(folder)") }

    private static func remove(_ path: String) {
        // It follows no link, and fails for a folder that is not empty.
        if unsafe Glibc.remove(path) == 0 { return }
        for name in folderEntries(path) { remove("\(path)/\(name)") }
        unsafe rmdir(path)
    }
}

/// The names of what is in a folder; none where it is gone.
func folderEntries(_ path: String) -> [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
        let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != "." && name != ".." { names.append(name) }
    }
    return names
}

/// The bytes of a file; none where it cannot be read, as a process in `/proc` that is gone.
func fileContents(_ path: String) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var contents: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
        let count = unsafe read(descriptor, &block, block.count)
        guard count > 0 else { return contents }
        contents += block.prefix(count)
    }
}
