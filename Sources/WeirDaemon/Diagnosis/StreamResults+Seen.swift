import StreamModel

extension StreamResults {
    /// Those that were seen, in no order.
    var seen: [(name: Name, stream: StreamObservation)] {
        compactMap { name, result in (try? result.get()).map { (name: name, stream: $0) } }
    }
}
