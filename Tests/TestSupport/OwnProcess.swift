internal import Glibc

/// The process that the tests run in.
package enum OwnProcess {
    package static var openDescriptorCount: Int { folderEntries("/proc/self/fd").count }

    /// One name for each thread.
    package static var threadNames: [String] {
        folderEntries("/proc/self/task").map { thread in
            String(
                decoding: fileContents("/proc/self/task/\(thread)/comm").prefix { $0 != UInt8(ascii: "\n") },
                as: UTF8.self)
        }
    }

    /// Whether it is built with a sanitizer of addresses or threads.
    package static let isSanitized = ["__asan_init", "__tsan_init"].contains { (name: String) in
        unsafe dlsym(nil, name) != nil
    }

    /// What it holds of memory that is its own, not a file's, in bytes.
    package static var anonymousBytes: Int {
        let lines = String(decoding: fileContents("/proc/self/status"), as: UTF8.self).split(separator: "\n")
        let line = lines.first { $0.hasPrefix("RssAnon:") } ?? ""
        return (line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) } ?? 0)
            * 1024
    }
}
