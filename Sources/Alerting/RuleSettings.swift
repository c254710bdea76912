package import StreamModel

/// One rule as the user wants it: what is nil stays as it is defined.
package struct RuleSettings: Equatable, Sendable {
    package var isOn = true
    /// Of the usual level.
    package var holdMilliseconds: Int64?
    package var keepFiringMilliseconds: Int64 = 0
    /// In place of all the rule's levels.
    package var severity: Severity?
    /// The channels that are told; nil: all.
    package var notify: [String]?
    /// Which streams it is for.
    package var streams = [Glob("*")]
    /// Which groups it is for.
    package var groups = [Glob("*")]
    package var limits: [RuleLimit: Int64] = [:]

    package init() {}
}
