import StreamModel

extension StreamSnapshot.Figures {
    /// What an observation shows by itself; `serverTime`: the server's clock, nil where it is not known.
    init(_ stream: StreamObservation, serverTime: Timestamp?) {
        func age(_ id: StreamID?) -> Double? {
            guard let id, let serverTime else { return nil }
            return id.ageMilliseconds(at: serverTime).map { Double($0) / 1000 }
        }
        self.init(
            length: stream.length, counters: stream.counters,
            firstEntryAgeSeconds: age(stream.currentCounters?.firstEntryID),
            lastEntryAgeSeconds: age(stream.currentCounters?.lastEntryID))
        lastAddedAgeSeconds = age(stream.currentCounters?.lastGeneratedID)
    }
}
