/// What one poll saw of a group's pending entries: the next part of a sweep over them, or all of one.
package struct PendingPage: Equatable, Sendable {
    /// By ID.
    package var rows: [PendingEntry]
    /// The first row is the list's first: a new sweep, whatever became of the one before.
    package var startsSweep: Bool
    /// All has been seen that was pending when the sweep began, and is still.
    package var endsSweep: Bool

    package init(rows: [PendingEntry], startsSweep: Bool, endsSweep: Bool) {
        self.rows = rows
        self.startsSweep = startsSweep
        self.endsSweep = endsSweep
    }
}
