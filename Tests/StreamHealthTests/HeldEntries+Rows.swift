import StreamModel

@testable import StreamHealth

extension HeldEntries {
    /// By consumer, as a sweep over these rows shows it.
    static func byConsumer(_ rows: [PendingEntry]) -> NameTable<HeldEntries> {
        var figures = PendingFigures()
        let stream = StreamObservation.sample(length: 1, first: 1, last: 1, generated: 1)
        figures.add(rows, in: stream, poisonDeliveries: 5)
        return figures.holdings
    }
}
