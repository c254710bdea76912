import StreamModel
import Testing

@testable import StreamHealth

@Suite("What happened to a part of a logical stream")
struct ShownEventsTests {
    private static let name = Name("s")

    @Test("names the logical stream, which is not stored")
    func events() throws {
        var target = Target()
        var configuration = Target.configuration
        configuration.logicalStreams = LogicalStreams([LogicalStream(match: Glob("s"), name: Name("all"))])
        for (logical, shownAs) in [(LogicalStreams([]), nil), (configuration.logicalStreams, Name("all"))] {
            configuration.logicalStreams = logical
            target.state = TargetState(configuration)
            for (second, generated) in [(0, 20), (5, 10)] as [(Int64, UInt64)] {
                let stream = StreamObservation.sample(length: 1, first: 5, last: 5, generated: generated)
                target.ingest([Self.name: .success(stream)], at: second)
            }
            #expect(target.snapshot(at: 5).events.map(\.kind) == [.recreated])
            #expect(target.snapshot(at: 5).events.map(\.shownAs) == [shownAs])
            #expect(target.state.memory.events.map(\.shownAs) == [nil])
        }
    }
}
