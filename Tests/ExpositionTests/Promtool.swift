import Glibc

/// Prometheus' own checker, where it is installed.
struct Promtool {
    struct Failure: Error {
        var errno: Int32
    }

    /// Nil where it is not in `PATH`.
    static let path: String? = {
        guard let path = unsafe getenv("PATH").flatMap({ unsafe String(validatingCString: $0) }) else { return nil }
        return path.split(separator: ":").map { "\($0)/promtool" }.first { unsafe access($0, X_OK) == 0 }
    }()

    let path: String

    /// Runs `promtool check metrics` on the page in `file`; the status is that of `waitpid`, 0 where all is well.
    func checkMetrics(_ file: String) throws(Failure) -> (status: Int32, output: String) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw Failure(errno: errno) }
        defer { close(ends[0]) }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, file, O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)

        var arguments: [UnsafeMutablePointer<CChar>?] = unsafe []
        for word in [path, "check", "metrics"] { unsafe arguments.append(strdup(word)) }
        unsafe arguments.append(nil)
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var pid: pid_t = 0
        let result = unsafe posix_spawn(&pid, path, &actions, nil, arguments, nil)
        close(ends[1])
        guard result == 0 else { throw Failure(errno: result) }

        let output = readAll(from: ends[0])
        var status: Int32 = -1
        while unsafe waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { throw Failure(errno: errno) }
        }
        return (status, output)
    }

    private func readAll(from descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe read(descriptor, &block, block.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += block.prefix(count)
        }
    }
}
