import StreamModel

extension NodeRules {
    /// PersistenceFailing.
    static func judgePersistence(_ look: Look, _ judgement: inout Judgement) {
        let persistence = look.observation.persistence
        if persistence.saveFailed || persistence.appendFailed {
            judgement.holds(.persistenceFailing, nil, look.subject, Words(failing: look))
        } else if persistence.lastSaveSucceeded == nil || persistence.appendOnlyEnabled == nil
            || persistence.appendOnlyEnabled == true && persistence.lastAppendOnlyWriteSucceeded == nil
        {
            judgement.isUnknown(.persistenceFailing, nil, look.subject)
        }
    }
}

extension NodeObservation.Persistence {
    fileprivate var saveFailed: Bool { lastSaveSucceeded == false }

    fileprivate var appendFailed: Bool { appendOnlyEnabled == true && lastAppendOnlyWriteSucceeded == false }
}

extension Judgement.Words {
    fileprivate init(failing look: NodeRules.Look) {
        let persistence = look.observation.persistence
        var sentences: [String] = []
        if persistence.saveFailed {
            let changes = persistence.changesSinceLastSave.map {
                ": \($0) \($0 == 1 ? "change is" : "changes are") not in its last one"
            }
            sentences.append("The last background save of \(look.node.node) failed\(changes ?? "").")
        }
        if persistence.appendFailed {
            sentences.append("The last write of \(look.node.node) to its append-only file failed.")
        }
        self.init(what: sentences.joined(separator: " "), command: "INFO persistence")
    }
}
