import StreamModel

/// GroupVanished and GroupMissing: groups that are not there.
extension GroupRules {
    static func judgeVanished(_ stream: StreamSnapshot, at now: Timestamp, _ judgement: inout Judgement) {
        for group in stream.vanishedGroups {
            judgement.holds(.groupVanished, .group(group.name, stream: stream.name), words(on: group, of: stream, now))
        }
    }

    private static func words(
        on group: VanishedGroup, of stream: StreamSnapshot, _ now: Timestamp
    ) -> Judgement.Words {
        let seconds = Double(now.milliseconds(since: group.since)) / 1000
        let name = SeenGroup.name(of: group.name, in: stream.name)
        return Judgement.Words(
            what: "Group \(name) had consumers, and has been gone for \(FigureText.duration(seconds)).",
            command: stream.command("XINFO GROUPS"),
            details: group.restore.map { ["restore": $0] } ?? [:])
    }

    static func judgeExpected(
        _ snapshot: TargetSnapshot, _ settings: TargetAlertSettings, _ judgement: inout Judgement
    ) {
        for expected in settings.expected {
            let subject = AlertSubject.group(expected.group, stream: expected.stream)
            let stream = snapshot.stream(named: expected.stream)
            switch snapshot.presence(ofGroup: expected.group, in: expected.stream) {
            case .there: continue
            case .unknown: judgement.isUnknown(.groupMissing, subject)
            case .gone where stream == nil && !snapshot.showsAllStreams: judgement.isUnknown(.groupMissing, subject)
            case .gone:
                // One that had consumers is GroupVanished's.
                if let stream, stream.vanishedGroups.contains(where: { $0.name == expected.group }) { continue }
                judgement.holds(.groupMissing, subject, words(on: expected, of: stream))
            }
        }
    }

    /// `stream`: nil where it is not there at all.
    private static func words(
        on expected: TargetAlertSettings.ExpectedGroup, of stream: StreamSnapshot?
    ) -> Judgement.Words {
        let (key, group) = (expected.stream, expected.group)
        let what = "Group \(SeenGroup.name(of: group, in: key)) is expected, and is not there: "
        let create = "XGROUP CREATE \(key.quoted) \(group.quoted) 0"
        let look = "XINFO GROUPS \(key.quoted)"
        guard let stream, stream.error != .noSuchKey else {
            return Judgement.Words(
                what: what + "neither is the stream.", command: look, details: ["restore": create + " MKSTREAM"])
        }
        if stream.error == .wrongType {
            return Judgement.Words(what: what + "the key does not hold a stream.", command: "TYPE \(key.quoted)")
        }
        let others =
            stream.groups.isEmpty ? "no groups" : counted(Int64(stream.groups.count), "other group", "other groups")
        return Judgement.Words(
            what: what + "the stream has \(others).", command: stream.command("XINFO GROUPS"),
            details: stream.members == nil ? ["restore": create] : [:])
    }
}

extension TargetSnapshot {
    /// Whether none was left out, or could not be looked for.
    fileprivate var showsAllStreams: Bool {
        streamsNotSampled == 0 && error == nil
    }
}
