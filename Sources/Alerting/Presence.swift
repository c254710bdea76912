/// Whether what an alert is about is there, by one look.
enum Presence: Equatable, Sendable {
    case there
    /// The look does not show it, and does not show that it is gone.
    case unknown
    case gone(Departure)
}
