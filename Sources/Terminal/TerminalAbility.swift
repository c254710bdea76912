/// What the standard output can show.
package struct TerminalAbility: Equatable, Sendable {
    /// Whether the cursor can be moved, and pages change in place.
    package let movesCursor: Bool
    package let hasColour: Bool

    package init(isTerminal: Bool, environment: [String: String]) {
        movesCursor = isTerminal && environment["TERM"] != "dumb"
        // As no-color.org has it: any text but an empty one.
        hasColour = movesCursor && environment["NO_COLOR", default: ""].isEmpty
    }
}
