/// What follows from a look at a target.
package enum IncidentAction: Equatable, Sendable {
    /// An incident has begun to fire; whether anybody is told of it is another matter.
    case fired(Incident)
    /// One that fired has ended.
    case resolved(Incident)
    /// The channel is to be told how the incident stands: that it fires, still fires, or has ended.
    case tell(channel: String, Incident)
}
