import Alerting
import StreamModel
import Testing

@Suite("Persistence")
struct PersistenceRuleTests {
    private static let save = "The last background save of 10.0.0.1:6379 failed"
    private static let append = "The last write of 10.0.0.1:6379 to its append-only file failed."

    @Test(
        "fails where the last save did, or the last write of an append-only file that is on",
        arguments: [
            (true, false, false, nil, "clear"), (true, true, true, nil, "clear"), (true, true, false, nil, append),
            (false, false, true, nil, "\(save)."), (false, nil, nil, 1, "\(save): 1 change is not in its last one."),
            (false, true, false, 42, "\(save): 42 changes are not in its last one. \(append)"),
            (nil, false, true, nil, "unknown"), (true, nil, true, nil, "unknown"), (true, true, nil, nil, "unknown"),
            (nil, true, false, nil, append),
        ] as [(Bool?, Bool?, Bool?, Int64?, String)])
    func failing(saved: Bool?, isOn: Bool?, written: Bool?, changes: Int64?, text: String) {
        var target = RuledTarget()
        target.snapshot.nodes = [
            RuledTarget.up { node in
                node.persistence.lastSaveSucceeded = saved
                node.persistence.appendOnlyEnabled = isOn
                node.persistence.lastAppendOnlyWriteSucceeded = written
                node.persistence.changesSinceLastSave = changes
            }
        ]
        #expect(target.look(.persistenceFailing).text == text)
    }
}
