internal import Glibc

/// The `weir` that was built, running as a process of its own; ended with this object.
package final class WeirProcess: Sendable {
    private let process: ChildProcess

    /// Runs `weir` with `arguments`, behind `wrapper` where one is given.
    package init(
        _ arguments: [String], variables: [String: String] = [:], behind wrapper: [String] = []
    ) async throws {
        process = try await ChildProcess(wrapper + [Self.executable()] + arguments, variables: variables)
    }

    /// Runs the daemon on a free port, and returns once it listens.
    package static func serving(
        _ arguments: [String], variables: [String: String] = [:], behind wrapper: [String] = []
    ) async throws -> WeirProcess {
        let weir = try await WeirProcess(
            arguments + ["--listen", "127.0.0.1:0"], variables: variables, behind: wrapper)
        _ = try await weir.port()
        return weir
    }

    /// Runs a command of `weir` to its end.
    package static func run(
        _ arguments: [String], variables: [String: String] = [:]
    ) async throws -> (status: Int32, output: String) {
        try await ChildProcess.run([executable()] + arguments, variables: variables)
    }

    package var identifier: Int32 { process.identifier }

    /// The processes that it has started.
    package var children: [Int32] { process.children }

    package var threadCount: Int { process.threadCount }

    /// All that it has printed and logged so far.
    package var output: String { process.output }

    /// The first line that holds all these texts, once there is one.
    @discardableResult
    package func line(within limit: Duration = .seconds(10), with texts: String...) async throws -> String {
        let found = try await eventually(within: limit) {
            lines(with: texts)
        } until: { (found: [Substring]) in
            if found.isEmpty, let status = process.exitStatus {
                throw TestFailure.didNotStart(output: "exit status \(status)\n\(output)")
            }
            return !found.isEmpty
        }
        return String(found[0])
    }

    private func lines(with texts: [String]) -> [Substring] {
        output.split(separator: "\n").filter { line in texts.allSatisfy { line.contains($0) } }
    }

    /// The ports that it has said to listen on, in turn.
    package var ports: [UInt16] {
        let prefix = "://127.0.0.1:"
        return lines(with: ["listening", prefix]).compactMap { line in
            guard let start = line.firstRange(of: prefix)?.upperBound else { return nil }
            return UInt16(line[start...].prefix { $0.isASCII && $0.isNumber })
        }
    }

    /// The port that it listens on, once it does.
    package func port() async throws -> UInt16 {
        try await line(with: "listening", "://127.0.0.1:")
        guard let port = ports.last else { throw TestFailure.didNotStart(output: output) }
        return port
    }

    package func request(
        _ method: String = "GET", _ target: String, headers: [String] = []
    ) async throws -> HTTPReply {
        try HTTPClient.request(method, target, headers: headers, port: try await port())
    }

    /// The metrics page, of one target where one is named.
    package func metrics(target: String? = nil) async throws -> MetricsText {
        MetricsText(try await request("GET", "/metrics\(target.map { "?target=\($0)" } ?? "")").text)
    }

    /// The first metrics page that shows what is waited for.
    @discardableResult
    package func metrics(
        within limit: Duration = .seconds(10), until isDone: (MetricsText) -> Bool
    ) async throws -> MetricsText {
        try await eventually(within: limit) {
            try await metrics()
        } until: {
            isDone($0)
        }
    }

    package func signal(_ number: Int32) {
        process.signal(number)
    }

    package var exitStatus: Int32? { process.exitStatus }

    package func exitStatus(within limit: Duration) async throws -> Int32 {
        try await process.exitStatus(within: limit)
    }

    /// Beside the test bundle, whether that is this program or was given to it; else where debug builds go.
    package static func executable() throws(TestFailure) -> String {
        var target = [CChar](repeating: 0, count: 4096)
        let length = unsafe readlink("/proc/self/exe", &target, target.count - 1)
        let own = String(decoding: target.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        let bundles = ([own] + CommandLine.arguments).filter { $0.hasSuffix(".xctest") }
        let source = "\(#filePath)".split(separator: "/").dropLast(3).joined(separator: "/")
        let candidates = bundles.map { bundle in
            bundle.lastIndex(of: "/").map { "\(bundle[..<$0])/weir" } ?? "./weir"
        }
        let all = candidates + ["/\(source)/.build/debug/weir"]
        guard let found = all.first(where: { unsafe access($0, X_OK) == 0 }) else {
            throw .noExecutable(lookedAt: all)
        }
        return found
    }
}
