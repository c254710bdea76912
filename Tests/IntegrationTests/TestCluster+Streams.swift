import StreamModel
import TestSupport

extension TestCluster {
    /// Names of so many streams on each of the primaries that there were at the start, in their order.
    static func names(_ count: Int, _ prefix: String, primaries: Int = 3) -> [[String]] {
        var names = [[String]](repeating: [], count: primaries)
        var number = 0
        while names.contains(where: { $0.count < count }) {
            number += 1
            let index = place(of: "\(prefix)\(number)", primaries: primaries)
            if names[index].count < count { names[index].append("\(prefix)\(number)") }
        }
        return names
    }

    /// Which of the primaries that there were at the start serves the key, as long as no slot has moved.
    static func place(of key: String, primaries: Int = 3) -> Int {
        let slot = Int(KeySlot(of: Name(key)).number)
        return (0..<primaries).last { 16_384 * $0 / primaries <= slot } ?? 0
    }

    /// How the slot of a key is moved, and with it all keys of the slot.
    func migration(ofKey key: String, from source: TestNode, to target: TestNode) -> SlotMigration {
        migration(of: KeySlot(of: Name(key)).number, from: source, to: target)
    }
}
