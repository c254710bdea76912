/// One consumer's line of `XINFO CONSUMERS`.
package struct ConsumerObservation: Equatable, Sendable {
    package var name: Name
    package var pending: Int64
    /// Since the consumer's last attempt to read or claim; before Redis 7.2 since the last that got something.
    package var idleMilliseconds: Int64
    /// Since it last got something; nil where it never has (the server says -1), and before Redis 7.2.
    package var inactiveMilliseconds: Int64?

    package init(name: Name, pending: Int64, idleMilliseconds: Int64, inactiveMilliseconds: Int64?) {
        self.name = name
        self.pending = pending
        self.idleMilliseconds = idleMilliseconds
        self.inactiveMilliseconds = inactiveMilliseconds
    }
}
