import StreamModel
import TestSupport
import Testing

@Suite("Weirs that share streams")
struct ShardTests {
    private static let streams = (0..<10_000).map { Name("stream:\($0)") }

    private func owners(_ stream: Name, among count: Int) -> [Int] {
        (0..<count).filter { Shard(index: $0, count: count)?.owns(stream, of: "orders") == true }
    }

    @Test("each stream is watched by one, and all by about as many", arguments: [1, 2, 3, 7, 16])
    func cover(count: Int) {
        var counts: [Int: Int] = [:]
        for stream in Self.streams {
            let owners = owners(stream, among: count)
            #expect(owners.count == 1)
            counts[owners.first ?? -1, default: 0] += 1
        }
        let fair = Self.streams.count / count
        #expect(counts.count == count)
        #expect(counts.values.allSatisfy { abs($0 - fair) < max(200, fair / 5) }, "\(counts)")
    }

    @Test("one more takes its part from all others, and nothing moves between those", arguments: [1, 2, 3, 7])
    func growth(count: Int) {
        let moved = Self.streams.filter { owners($0, among: count) != owners($0, among: count + 1) }
        #expect(moved.allSatisfy { owners($0, among: count + 1) == [count] })
        let fair = Self.streams.count / (count + 1)
        #expect(abs(moved.count - fair) < fair / 5 + 100)
    }

    @Test("the same stream of another target may be another one's, and names of any bytes are somebody's")
    func targets() throws {
        let shard = try #require(Shard(index: 0, count: 2))
        let other = Self.streams.count { shard.owns($0, of: "orders") != shard.owns($0, of: "billing") }
        #expect((4_000...6_000).contains(other))
        var random = SplitMix64(seed: 1)
        for _ in 0..<100 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: .min ... .max, using: &random)
            }
            #expect(owners(Name(bytes), among: 5).count == 1)
        }
    }

    @Test("there is no shard beyond the last, and one owns the target")
    func bounds() {
        #expect(Shard(index: 3, count: 3) == nil)
        #expect(Shard(index: -1, count: 3) == nil)
        #expect(Shard(index: 0, count: 0) == nil)
        #expect((0..<3).count { Shard(index: $0, count: 3)?.owns("orders") == true } == 1)
    }

    /// Other versions of weir, and other machines, must agree.
    @Test("the places are fixed")
    func fixed() {
        let places = ["orders", "payments", "emails", "clicks", "", "a", "b", "c"].map { name in
            owners(Name(name), among: 5).first
        }
        #expect(places == [4, 2, 1, 0, 3, 1, 2, 3])
    }
}
