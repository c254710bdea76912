import Remediation

/// A record as it is kept: what it counts for stays when there is no room any more for what it lists.
struct ActionRow: Equatable, Sendable {
    private(set) var record: ActionRecord
    let count: Int

    init(_ record: ActionRecord) {
        self.record = record
        count = record.count
    }

    /// What it lists: entries, consumers, IDs.
    var listed: Int {
        record.entries.count + record.left.count + record.forgotten.count + record.purged.count
    }

    mutating func dropLists() {
        record.entries = []
        record.left = []
        record.forgotten = []
        record.purged = []
    }
}
