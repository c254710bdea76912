import TestSupport

/// A terminal that a program runs at: a tmux of its own, ended with this object.
final class TmuxTerminal: Sendable {
    private let folder: TemporaryFolder
    private let server: ChildProcess
    private static let variables = ["LC_ALL": "C.UTF-8", "SHELL": "/bin/sh"]

    /// Runs a shell's command at a terminal of that size; `variables` are the program's.
    init(columns: Int, rows: Int, _ command: String, variables: [String: String] = [:]) async throws {
        folder = try TemporaryFolder()
        let words = ["tmux", "-S", "\(folder.path)/socket", "-f", "/dev/null"]
        server = try await ChildProcess(words + ["-D"], variables: Self.variables.merging(variables) { $1 })
        let folder = folder
        try await eventually { folder.entries.contains("socket") }
        try await tmux("new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", command)
    }

    /// What it shows, without blanks at the ends of lines; `withColours`: with the sequences that make them.
    func screen(withColours: Bool = false) async throws -> String {
        try await tmux(["capture-pane", "-p"] + (withColours ? ["-e"] : []))
    }

    /// The first screen that shows what is waited for.
    @discardableResult
    func screen(until isDone: (String) -> Bool) async throws -> String {
        try await eventually {
            try await screen()
        } until: {
            isDone($0)
        }
    }

    func type(_ key: String) async throws {
        try await tmux("send-keys", key)
    }

    func resize(columns: Int, rows: Int) async throws {
        try await tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
    }

    /// Has the terminal take nothing more, until `resume`.
    func pause() {
        server.pause()
    }

    func resume() {
        server.resume()
    }

    /// Takes the terminal away.
    func hangUp() {
        server.kill()
    }

    @discardableResult
    private func tmux(_ words: String...) async throws -> String {
        try await tmux(words)
    }

    private func tmux(_ words: [String]) async throws -> String {
        let (status, output) = try await ChildProcess.run(
            ["tmux", "-S", "\(folder.path)/socket"] + words, variables: Self.variables)
        guard status == 0 else { throw TestFailure.didNotStart(output: output) }
        return output
    }
}
