import StreamModel

extension RemediationOrder {
    /// The consumer or the stream that gets the entries.
    var destination: Name? {
        switch task {
        case .claim(let consumer, _): consumer
        case .move(let stream, _, _, _): stream
        case .forget: nil
        }
    }
}
