internal import Glibc
internal import Synchronization

/// A process that a test has started; it ends with this object, or with the test run, at the latest.
package final class ChildProcess: Sendable {
    package let identifier: Int32
    private let log: TemporaryFolder
    private let status = Mutex<Int32?>(nil)

    /// Starts the program that is `words[0]`, found in the PATH, in an environment of `variables` and little more.
    package init(_ words: [String], variables: [String: String] = [:]) async throws(TestFailure) {
        log = try TemporaryFolder()
        // A debug build's backtrace of a crash takes longer than the whole test run.
        var environment = ["SWIFT_BACKTRACE": "enable=no"]
        for name in ["PATH", "HOME", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "TSAN_OPTIONS", "LLVM_PROFILE_FILE"] {
            if let value = unsafe getenv(name) { environment[name] = unsafe String(cString: value) }
        }
        environment.merge(variables) { $1 }
        identifier = try await ProcessSpawner.shared.spawn(
            words, variables: environment, log: "\(log.path)/output")
    }

    deinit {
        kill()
    }

    /// Runs a program to its end.
    package static func run(
        _ words: [String], variables: [String: String] = [:], within limit: Duration = .seconds(20)
    ) async throws -> (status: Int32, output: String) {
        let process = try await ChildProcess(words, variables: variables)
        let status = try await process.exitStatus(within: limit)
        return (status, process.output)
    }

    /// What it has written so far, to standard output and to standard error.
    package var output: String {
        String(decoding: fileContents("\(log.path)/output"), as: UTF8.self)
    }

    /// Nil while it runs; for a process that a signal has ended, 128 and the signal's number, as in a shell.
    package var exitStatus: Int32? { reap(WNOHANG) }

    package func exitStatus(within limit: Duration) async throws -> Int32 {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if let exitStatus { return exitStatus }
            try await Task.sleep(for: .milliseconds(2))
        }
        guard let exitStatus else { throw TestFailure.didNotEnd(within: limit, output: output) }
        return exitStatus
    }

    package func signal(_ number: Int32) {
        status.withLock { status in
            // Not to whoever has the identifier now.
            if status == nil { _ = Glibc.kill(identifier, number) }
        }
    }

    /// Stops it, and returns once it has stopped.
    package func pause() {
        signal(SIGSTOP)
        var event = unsafe siginfo_t()
        _ = unsafe waitid(P_PID, id_t(identifier), &event, WSTOPPED | WEXITED | WNOWAIT)
    }

    package func resume() {
        signal(SIGCONT)
    }

    /// Ends it at once, and returns once it has ended.
    package func kill() {
        signal(SIGKILL)
        _ = reap(0)
    }

    /// The processes that it has started.
    package var children: [Int32] {
        let list = fileContents("/proc/\(identifier)/task/\(identifier)/children")
        return String(decoding: list, as: UTF8.self).split(separator: " ").compactMap { Int32($0) }
    }

    package var threadCount: Int { folderEntries("/proc/\(identifier)/task").count }

    /// Whether a process with that identifier runs.
    package static func isAlive(_ identifier: Int32) -> Bool {
        let fields = String(decoding: fileContents("/proc/\(identifier)/stat"), as: UTF8.self).split(separator: " ")
        return fields.count > 2 && fields[2] != "Z"
    }

    private func reap(_ options: Int32) -> Int32? {
        status.withLock { known in
            if let known { return known }
            var raw: Int32 = 0
            guard unsafe waitpid(identifier, &raw, options) == identifier else { return nil }
            let signal = raw & 0x7f
            known = signal == 0 ? raw >> 8 & 0xff : 128 + signal
            return known
        }
    }
}
