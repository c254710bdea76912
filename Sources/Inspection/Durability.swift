package import StreamModel

/// What a server's persistence and replication let a crash or a failover lose.
package struct Durability: Equatable, Sendable {
    /// What `CONFIG GET` said; nil where it may not be asked.
    package struct Configuration: Equatable, Sendable {
        package var save: String?
        package var appendfsync: String?
        package var minReplicasToWrite: String?

        package init(save: String? = nil, appendfsync: String? = nil, minReplicasToWrite: String? = nil) {
            self.save = save
            self.appendfsync = appendfsync
            self.minReplicasToWrite = minReplicasToWrite
        }
    }

    private let node: NodeObservation
    private let configuration: Configuration?
    private let time: Timestamp

    /// `configuration`: nil where it may not be asked.
    package init(_ node: NodeObservation, _ configuration: Configuration?, at time: Timestamp) {
        self.node = node
        self.configuration = configuration
        self.time = time
    }

    package var lines: [DiagnosisLine] { (snapshots + [appendOnly] + replication).compactMap(\.self) }

    private var snapshots: [DiagnosisLine?] {
        let persistence = node.persistence
        let isOff = configuration?.save?.isEmpty == true
        let last = persistence.lastSaveSeconds.map { seconds in
            FigureText.duration(Double(max(0, time.milliseconds / 1000 - seconds)))
        }
        let changes = persistence.changesSinceLastSave.map { ", \($0) changes since" } ?? ""
        return [
            isOff
                ? DiagnosisLine(.note, "RDB: no snapshots by themselves (save is empty)")
                : last.map { DiagnosisLine(.ok, "RDB: last snapshot, or start, \($0) ago\(changes)") },
            persistence.lastSaveSucceeded == false
                ? DiagnosisLine(.warn, "RDB: the last snapshot failed; Redis may refuse writes until one succeeds")
                : nil,
        ]
    }

    private var appendOnly: DiagnosisLine? {
        switch node.persistence.appendOnlyEnabled {
        case nil: return nil
        case false?:
            let isAllLost = configuration?.save?.isEmpty == true
            return DiagnosisLine(
                .note,
                isAllLost
                    ? "AOF: off. A restart or a crash loses every stream and every group"
                    : "AOF: off. A crash loses what was written since the last snapshot, and groups go back to it")
        case true?:
            if node.persistence.lastAppendOnlyWriteSucceeded == false {
                return DiagnosisLine(.warn, "AOF: the last write failed; Redis may refuse writes until one succeeds")
            }
            switch configuration?.appendfsync {
            case nil: return DiagnosisLine(.note, "AOF: on; appendfsync is not known, as CONFIG GET may not be asked")
            case "always"?:
                return DiagnosisLine(.ok, "AOF: on, appendfsync always. A crash loses nothing that was answered")
            case "everysec"?:
                return DiagnosisLine(.ok, "AOF: on, appendfsync everysec. A crash of the machine loses a second or two")
            case let other?:
                return DiagnosisLine(
                    .note, "AOF: on, appendfsync \(other). A crash of the machine loses what the kernel had not written"
                )
            }
        }
    }

    private var replication: [DiagnosisLine?] {
        guard node.identity?.role != "slave" else { return [] }
        guard !node.replicas.isEmpty else {
            return [
                node.connectedReplicas == nil ? nil : DiagnosisLine(.note, "no replicas: nobody takes over from it")
            ]
        }
        let lag = node.replicas.map(\.lagSeconds).max() ?? 0
        let online = node.replicas.count { $0.state == "online" }
        let text = "\(online) of \(node.replicas.count) replicas online, at most \(lag) s behind"
        let isWell = online == node.replicas.count && lag <= 10
        let promise: String
        switch configuration?.minReplicasToWrite {
        case nil: promise = "min-replicas-to-write is not known, as CONFIG GET may not be asked"
        case "0"?: promise = "min-replicas-to-write is 0: a failover may lose any write that was answered"
        case let count?: promise = "min-replicas-to-write is \(count): with fewer replicas writes are refused"
        }
        return [DiagnosisLine(isWell ? .ok : .warn, text), DiagnosisLine(.note, promise)]
    }
}
