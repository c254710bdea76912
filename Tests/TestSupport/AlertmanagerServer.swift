internal import Glibc

/// A real Alertmanager on a loopback port of its own, ended with this object; it notifies nobody.
package final class AlertmanagerServer: Sendable {
    package static let isInstalled = unsafe access(program, X_OK) == 0
    /// Debian's.
    private static let program = "/usr/bin/prometheus-alertmanager"

    package let port: UInt16
    private let folder: TemporaryFolder
    private let process: ChildProcess

    /// Starts one, and returns once it is ready.
    package init() async throws {
        folder = try TemporaryFolder()
        let settings = try folder.write(
            "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n", to: "alertmanager.yml")
        (port, process) = try await Self.launch(settings: settings, data: "\(folder.path)/data")
    }

    deinit {
        // Before its folder is removed.
        process.kill()
    }

    private static func launch(
        settings: String, data: String
    ) async throws -> (port: UInt16, process: ChildProcess) {
        var failure = ""
        for _ in 0..<10 {
            let port = try LoopbackListener.unusedPort()
            let process = try await ChildProcess([
                program, "--config.file=\(settings)", "--storage.path=\(data)",
                "--web.listen-address=127.0.0.1:\(port)",
                // Empty: no port for a cluster.
                "--cluster.listen-address=",
            ])
            try await eventually(within: .seconds(20)) {
                let ready = process.exitStatus == nil ? try HTTPClient.request("GET", "/-/ready", port: port) : nil
                return ready == nil || ready?.status == 200
            }
            if process.exitStatus == nil { return (port, process) }
            failure = process.output
            guard failure.contains("in use") else { break }
        }
        throw TestFailure.didNotStart(output: failure)
    }
}
