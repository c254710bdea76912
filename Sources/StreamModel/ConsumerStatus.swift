/// How a consumer of a group fares.
///
/// The raw values are what the metrics and the API say.
package enum ConsumerStatus: String, Hashable, Sendable, CaseIterable {
    /// It gets entries, or holds some and is in time with them.
    case active
    /// It holds nothing, and there was nothing for it to get.
    ///
    /// A reader that blocks on a quiet stream looks so.
    case idle
    /// It works on a long batch: it was not seen for a while, but what it holds becomes less.
    case busy
    /// It holds entries that are overdue, and was itself not seen either: it is dead.
    case stale
    /// It is seen, yet holds entries that are overdue: they are forgotten.
    case stuck
    /// It holds nothing, and was not seen for a very long time.
    case abandoned
}
