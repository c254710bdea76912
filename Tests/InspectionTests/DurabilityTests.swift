import Inspection
import StreamModel
import Testing

@Suite("What a crash would lose")
struct DurabilityTests {
    private func lines(
        _ configuration: Durability.Configuration?, _ change: (inout NodeObservation) -> Void = { _ in }
    ) -> [DiagnosisLine] {
        var node = NodeObservation()
        node.persistence.lastSaveSeconds = now.milliseconds / 1000 - 300
        node.persistence.changesSinceLastSave = 12
        node.persistence.appendOnlyEnabled = false
        node.connectedReplicas = 0
        change(&node)
        return Durability(node, configuration, at: now).lines
    }

    @Test(
        "goes by appendfsync, where that may be asked",
        arguments: [("always", .ok), ("everysec", .ok), ("no", .note), (nil, .note)] as [(String?, DiagnosisLine.Level)]
    )
    func appendOnly(appendfsync: String?, level: DiagnosisLine.Level) {
        let configuration = appendfsync.map { Durability.Configuration(save: "3600 1", appendfsync: $0) }
        let line = lines(configuration) { $0.persistence.appendOnlyEnabled = true }.first { $0.text.hasPrefix("AOF") }
        #expect(line?.level == level)
        #expect(line?.text.contains(appendfsync ?? "may not be asked") == true)
    }

    @Test("goes by the snapshots")
    func snapshots() {
        #expect(lines(nil)[0].text == "RDB: last snapshot, or start, 5 min ago, 12 changes since")
        #expect(lines(nil)[1].text.contains("loses what was written since the last snapshot"))
        let off = lines(Durability.Configuration(save: ""))
        #expect(off[0].text.contains("save is empty"))
        #expect(off[1].text.contains("loses every stream and every group"))
        let failed = lines(nil) { $0.persistence.lastSaveSucceeded = false }
        #expect(failed.contains { $0.level == .warn && $0.text.hasPrefix("RDB: the last snapshot failed") })
    }

    @Test("goes by the replicas and what has to reach them")
    func replicas() {
        #expect(lines(nil).last?.text == "no replicas: nobody takes over from it")
        func replica(lag: Int64) -> NodeObservation.Replica {
            NodeObservation.Replica(address: "h", port: "1", state: "online", lagSeconds: lag)
        }
        let late = lines(Durability.Configuration(minReplicasToWrite: "0")) {
            $0.replicas = [replica(lag: 1), replica(lag: 30)]
        }
        #expect(late.contains(DiagnosisLine(.warn, "2 of 2 replicas online, at most 30 s behind")))
        #expect(late.last?.text.contains("a failover may lose any write") == true)
    }

    @Test("says nothing of what a managed service does not tell")
    func silent() {
        #expect(Durability(NodeObservation(), nil, at: now).lines == [])
    }
}
