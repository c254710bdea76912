import Exposition
import Remediation
import StreamModel
import Synchronization

/// What remediation did, would not do and waits for: put up by whoever acts, read by pages and by the desk of alerts.
final class ActionBoard: Sendable {
    /// Records that are kept.
    static let keptActions = 500
    /// What they list, all together: beyond that the oldest keep their counts alone.
    static let keptEntries = 10_000

    struct State: Sendable {
        /// The newest first.
        var rows: [ActionRow] = []
        var tally = ActionTally()
        var pause = PauseState.running
        /// By target, policy, stream and group.
        var waiting: [RemediationWait] = []
        /// Those in force.
        var settings = RemediationSettings()
    }

    private struct Kept {
        /// The newest last.
        var rows: [ActionRow] = []
        var listed = 0
        var ids = ActionIDs()
        var tally = ActionTally()
        var pause = PauseState.running
        var waiting: [String: [RemediationWait]] = [:]
        var settings = RemediationSettings()
        var version: UInt64 = 0

        mutating func keep(_ row: ActionRow) {
            rows.append(row)
            listed += row.listed
            if rows.count > keptActions { listed -= rows.removeFirst().listed }
            for index in rows.indices where listed > keptEntries {
                listed -= rows[index].listed
                rows[index].dropLists()
            }
        }
    }

    private let kept = Mutex(Kept())

    /// Counts and keeps the records; gives them with their IDs.
    func record(_ records: [ActionRecord]) -> [ActionRecord] {
        if records.isEmpty { return [] }
        return kept.withLock { kept in
            kept.version += 1
            return records.map { record in
                var record = record
                record.id = kept.ids.next(at: record.time)
                kept.tally.count(record)
                kept.keep(ActionRow(record))
                return record
            }
        }
    }

    /// From now on these settings are in force; what they may do is counted from 0.
    func put(_ settings: RemediationSettings) {
        kept.withLock { kept in
            kept.version += 1
            kept.settings = settings
            kept.tally.expect(settings.inForce.map(\.action.kind))
        }
    }

    func put(_ pause: PauseState) {
        kept.withLock { kept in
            if kept.pause != pause { kept.version += 1 }
            kept.pause = pause
        }
    }

    /// All that waits at the target; of one that is no longer watched: none.
    func put(waiting: [RemediationWait], of target: String) {
        kept.withLock { kept in
            if kept.waiting[target] ?? [] != waiting { kept.version += 1 }
            kept.waiting[target] = waiting.isEmpty ? nil : waiting
        }
    }

    /// The newest first.
    var rows: [ActionRow] { kept.withLock { $0.rows.reversed() } }

    /// Grows with each change.
    var version: UInt64 { kept.withLock(\.version) }

    func read() -> State {
        let kept = kept.withLock(\.self)
        let waiting = kept.waiting.sorted { $0.key < $1.key }.flatMap { target, waits in
            // A target that no policy is about any more is no longer looked at, and nobody says that nothing waits there.
            let names = Set(kept.settings.policies(at: target).map(\.name))
            return waits.filter { names.contains($0.key.policy) }.sorted { $0.key < $1.key }
        }
        return State(
            rows: kept.rows.reversed(), tally: kept.tally, pause: kept.pause, waiting: waiting, settings: kept.settings)
    }

    /// What the metrics page shows.
    var figures: RemediationFigures {
        let (tally, pause) = kept.withLock { ($0.tally, $0.pause) }
        let counts = tally.counts.sorted { $0.key < $1.key }.map { key, count in
            RemediationFigures.Count(
                action: key.action.rawValue, result: key.result.rawValue, actions: count.actions,
                entries: count.entries)
        }
        return RemediationFigures(counts: counts, isPaused: pause.isPaused)
    }
}

extension RemediationSettings {
    /// The policies that may do anything at all.
    var inForce: [RemediationPolicy] { policies.filter { mode(of: $0) > .off } }
}
