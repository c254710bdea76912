internal import Glibc
internal import Synchronization

/// Starts processes, all from one thread that lasts as long as the test run.
///
/// The kernel ends them with the thread that started them (`setpriv --pdeathsig`), so that a test run which is killed
/// leaves no server behind; the pool's own threads may end at any time.
final class ProcessSpawner: Sendable {
    static let shared = ProcessSpawner()

    private let jobs = Mutex<[@Sendable () -> Void]>([])
    private let bell: (read: Int32, write: Int32)

    private init() {
        var ends: [Int32] = [-1, -1]
        _ = unsafe pipe(&ends)
        bell = (ends[0], ends[1])
        BackgroundThread.start { [self] in
            var byte: UInt8 = 0
            while unsafe read(bell.read, &byte, 1) == 1 {
                let job = jobs.withLock { $0.removeFirst() }
                job()
            }
        }
    }

    /// The process of `words`, its output appended to the file `log`, in an environment of `variables` alone.
    func spawn(_ words: [String], variables: [String: String], log: String) async throws(TestFailure) -> Int32 {
        let result: Result<Int32, TestFailure> = await withCheckedContinuation { continuation in
            jobs.withLock {
                $0.append { continuation.resume(returning: Self.spawn(words, variables, log)) }
            }
            _ = unsafe write(bell.write, [0] as [UInt8], 1)
        }
        return try result.get()
    }

    private static func spawn(
        _ words: [String], _ variables: [String: String], _ log: String
    ) -> Result<Int32, TestFailure> {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // A child that inherited the tests' sockets would keep connections open which a test has closed.
        for descriptor: Int32 in 3..<1024 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }

        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let parented = ["setpriv", "--pdeathsig", "KILL", "--"] + words
        var arguments = unsafe parented.map { unsafe strdup($0) } + [nil]
        var environment = unsafe variables.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
        defer { unsafe (arguments + environment).forEach { unsafe free($0) } }
        var process: Int32 = 0
        let result = unsafe posix_spawnp(&process, "setpriv", &actions, &attributes, &arguments, &environment)
        return result == 0 ? .success(process) : .failure(.system(call: "posix_spawn", errno: result))
    }
}
