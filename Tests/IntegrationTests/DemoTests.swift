import Glibc
import TestSupport
import Testing

@Suite("The demonstration")
struct DemoTests {
    @Test("It shows the five streams with their troubles, and leaves nothing behind")
    func demo() async throws {
        let folder = try TemporaryFolder()
        let port = try LoopbackListener.unusedPort()
        let weir = try await WeirProcess(["demo", "--port", "\(port)"], variables: ["TMPDIR": folder.path])
        #expect(try await weir.port() == port)
        let page = try await weir.metrics {
            ($0.value("redis_stream_group_messages_pending", ["stream": "payments"]) ?? 0) >= 40
                && ($0.value("redis_stream_group_consumers", ["stream": "invoices"]) ?? 0) == 1
        }
        let groups = Set(page.all("redis_stream_group_lag").compactMap { $0.labels["group"] })
        #expect(page.streams == ["orders", "payments", "emails", "clicks", "invoices"])
        #expect(groups == ["shippers", "billing", "ledger", "senders", "analytics", "archive"])
        let crashed = ["group": "ledger", "consumer": "ledger-2"]
        #expect(page.value("redis_stream_group_consumer_messages_pending", crashed) == 40)
        #expect(weir.output.contains("http://127.0.0.1:\(port)/metrics"))
        #expect(folder.entries.contains { $0.hasPrefix("weir-demo-") })
        let server = try #require(weir.children.first)
        #expect(ChildProcess.isAlive(server))

        weir.signal(SIGINT)
        #expect(try await weir.exitStatus(within: .seconds(2)) == 0)
        #expect(!ChildProcess.isAlive(server))
        #expect(folder.entries.isEmpty)
    }

    @Test("Killed, it takes its server with it")
    func killed() async throws {
        let folder = try TemporaryFolder()
        let weir = try await WeirProcess(["demo", "--port", "0"], variables: ["TMPDIR": folder.path])
        _ = try await weir.port()
        let server = try #require(weir.children.first)
        weir.signal(SIGKILL)
        #expect(try await weir.exitStatus(within: .seconds(2)) == 128 + SIGKILL)
        try await eventually { !ChildProcess.isAlive(server) }
    }

    @Test("A port that is taken is no obstacle, nor is none", arguments: [true, false])
    func portTaken(isTaken: Bool) async throws {
        let folder = try TemporaryFolder()
        let taken = try LoopbackListener()
        let wanted = isTaken ? taken.port : 0
        let weir = try await WeirProcess(["demo", "--port", "\(wanted)"], variables: ["TMPDIR": folder.path])
        let port = try await weir.port()
        #expect(port != taken.port)
        #expect(weir.output.contains("http://127.0.0.1:\(port)/metrics"))
        weir.signal(SIGTERM)
        #expect(try await weir.exitStatus(within: .seconds(2)) == 0)
        #expect(folder.entries.isEmpty)
    }

    @Test("Without a redis-server it says how to come by one")
    func noServer() async throws {
        let folder = try TemporaryFolder()
        let setpriv = try await ChildProcess.run(["sh", "-c", "command -v setpriv"]).output
        let bin = try #require(setpriv.split(separator: "\n").first)
        _ = unsafe symlink(String(bin), "\(folder.path)/setpriv")
        let weir = try await WeirProcess.run(["demo"], variables: ["PATH": folder.path, "TMPDIR": folder.path])
        #expect(weir.status == 1)
        #expect(weir.output.contains("redis-server cannot be started"))
        #expect(folder.entries == ["setpriv"])
    }
}
