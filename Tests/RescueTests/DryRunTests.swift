import RedisClient
import Remediation
import Rescue
import StreamModel
import TestSupport
import Testing

@Suite("A dry run")
struct DryRunTests {
    @Test("sends nothing that could change anything, and says what would be done", arguments: ServerProgram.all)
    func reads(program: ServerProgram) async throws {
        let stage = try await Stage(program)
        let wide = (0..<3_001).flatMap { [Array("f\($0)".utf8), []] }
        let ids = try await stage.hold((0..<12).map { entry("\($0)") } + [wide])
        try await stage.hold([entry("last")], by: "r", idle: 0)
        try await stage.client.send("XDEL", "s", "\(ids[3])")
        try await stage.client.send("CONFIG", "RESETSTAT")
        let before = try await stage.dump("s")
        var rescuer = try stage.rescuer()

        for order in [RemediationOrder.move(to: "s"), .move(to: "retry"), .move(to: "dead", hasProvenance: true)] {
            var order = order.rehearsed
            let blind = await rescuer.carryOut(order)
            #expect(blind.obstacle == nil)
            #expect(blind.entries.map(\.id) == ids)
            #expect(blind.entries.allSatisfy { $0.copy == nil && $0.consumer == Name("c") && $0.deliveries == 2 })
            order.mayReadBodies = true
            let seen = await rescuer.carryOut(order)
            #expect(seen.entries.map(\.id) == ids.enumerated().filter { ![3, 12].contains($0.offset) }.map(\.element))
            #expect(
                seen.left == [
                    LeftEntry(id: ids[3], reason: .bodyGone), LeftEntry(id: ids[12], reason: .tooManyFields(3_001)),
                ])
        }
        _ = await rescuer.carryOut(RemediationOrder.claim(to: "r").rehearsed)
        #expect(await rescuer.carryOut(RemediationOrder.forget("c", "r").rehearsed).forgotten.isEmpty)

        #expect(try await stage.dump("s") == before)
        #expect(try await stage.client.send("EXISTS", "retry", "dead").integer == 0)
        let reading: Set = [
            "xpending", "xrange", "xinfo", "xinfo|groups", "xinfo|consumers", "xlen", "command", "command|info",
            // And what the test and the login have sent.
            "client", "client|setname", "config", "config|resetstat", "dump", "exists", "info", "auth",
        ]
        let calls = try await stage.calls()
        #expect(Set(calls.keys).isSubset(of: reading), "\(calls)")
        #expect((calls["xpending"] ?? 0) >= 6)
    }
}
