import StreamModel
import Testing

@testable import StreamHealth

@Suite("When a stream was last added to")
struct LastAdditionTests {
    private static let name = Name("s")

    @Test(
        "is told by the last generated ID, whether or not that entry is still there",
        arguments: [(Target.made(3), 4), (0, nil), (1, nil)] as [(UInt64, Double?)])
    func additions(generated: UInt64, age: Double?) throws {
        var target = Target()
        let stream = StreamObservation.sample(length: 0, first: nil, last: nil, generated: generated)
        target.ingest([Self.name: .success(stream)], at: 5)
        #expect(target.stream(Self.name, at: 7)?.figures?.lastAddedAgeSeconds == age)
        var old = stream
        old.countersAreCurrent = false
        target.ingest([Self.name: .success(old)], at: 10)
        #expect(try #require(target.stream(Self.name, at: 10)?.figures).lastAddedAgeSeconds == nil)
    }
}
