import CPlatform
import Synchronization

/// Gives back to the system what the heap has no use for.
///
/// A poll, and a page above all, leave holes behind that glibc keeps for good: of what lies between blocks that are in use
/// it gives nothing back by itself.
final class HeapTrim: Sendable {
    /// At most this part of the time is spent on it: a large heap takes milliseconds, in which nobody else gets memory.
    private static let share = 200

    private let next = Mutex(ContinuousClock.now)

    /// Call it after each poll.
    func turn() {
        let start = ContinuousClock.now
        guard next.withLock({ start >= $0 }) else { return }
        weir_trim_heap()
        let end = ContinuousClock.now
        next.withLock { $0 = end + (end - start) * Self.share }
    }
}
