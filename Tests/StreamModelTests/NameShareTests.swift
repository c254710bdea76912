import StreamModel
import Testing

@Suite("The share that goes with a name")
struct NameShareTests {
    @Test("is the same on every machine")
    func stable() {
        #expect(Name("orders").stableShare == 0.708_218_637_988_853_9)
        #expect((0..<1).contains(Name("").stableShare))
    }

    @Test("is evenly spread, however alike the names are", arguments: ["", "redis-", "10.0.0.1:"])
    func spread(prefix: String) {
        var tenths = [Int](repeating: 0, count: 10)
        for number in 0..<1_000 { tenths[Int(Name("\(prefix)\(number)").stableShare * 10)] += 1 }
        #expect(tenths.allSatisfy { (60...140).contains($0) }, "\(tenths)")
    }
}
