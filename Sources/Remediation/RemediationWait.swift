package import StreamModel

/// A policy whose condition holds for a group, and that has to wait before it may do anything about it.
package struct RemediationWait: Equatable, Sendable {
    /// The raw values are what the API says.
    package enum Reason: String, Sendable {
        /// The condition has to hold for two full windows.
        case windows
        /// Something was done about the group a moment ago.
        case cooldown
        /// The last attempt has failed.
        case retry
        /// The consumer that gets the entries was not seen since it was last given some, but by that.
        case sighting
    }

    package var target: String
    package var key: CaseKey
    package var action: RemediationAction.Kind
    package var reason: Reason
    /// Since when the condition has held without a break.
    package var since: Timestamp
    /// When it may be over, if nothing else changes.
    package var until: Timestamp

    package init(
        target: String, key: CaseKey, action: RemediationAction.Kind, reason: Reason, since: Timestamp,
        until: Timestamp
    ) {
        self.target = target
        self.key = key
        self.action = action
        self.reason = reason
        self.since = since
        self.until = until
    }
}
