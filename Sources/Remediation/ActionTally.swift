/// How many actions there were, and how many entries they concerned, by kind and result.
package struct ActionTally: Equatable, Sendable {
    package struct Key: Hashable, Comparable, Sendable {
        package var action: RemediationAction.Kind
        package var result: ActionRecord.Result

        package static func < (left: Key, right: Key) -> Bool {
            (left.action.rawValue, left.result.rawValue) < (right.action.rawValue, right.result.rawValue)
        }
    }

    package struct Count: Equatable, Sendable {
        package var actions: UInt64 = 0
        package var entries: UInt64 = 0
    }

    package private(set) var counts: [Key: Count] = [:]

    package init() {}

    /// Shows these actions with all results from now on, at 0 before there are any: what appears at 1 has no increase.
    package mutating func expect(_ actions: some Sequence<RemediationAction.Kind>) {
        for action in actions {
            for result in ActionRecord.Result.allCases {
                counts[Key(action: action, result: result), default: Count()].actions += 0
            }
        }
    }

    package mutating func count(_ record: ActionRecord) {
        let key = Key(action: record.action, result: record.result)
        counts[key, default: Count()].actions += 1
        counts[key, default: Count()].entries += UInt64(record.count)
    }
}
