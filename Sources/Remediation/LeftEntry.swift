package import StreamModel

/// An entry that was left where it is.
package struct LeftEntry: Equatable, Sendable {
    package enum Reason: Equatable, Sendable {
        /// It is pending, and nothing is left of it in the stream.
        case bodyGone
        /// A script cannot copy so many.
        case tooManyFields(Int)
    }

    package var id: StreamID
    package var reason: Reason

    package init(id: StreamID, reason: Reason) {
        self.id = id
        self.reason = reason
    }
}
