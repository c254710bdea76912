import StreamModel
import Testing

@Suite("Slots of a cluster")
struct KeySlotTests {
    /// As `CLUSTER KEYSLOT` of Redis answers.
    @Test(
        "are of the key, or of its tag",
        arguments: [
            ("", 0), ("123456789", 0x31c3), ("foo", 12_182), ("{foo}", 12_182), ("bar", 5061),
            ("{user1000}.following", 3443), ("{user1000}.followers", 3443), ("user1000", 3443),
            ("foo{}{bar}", 8363), ("foo{{bar}}zap", 4015), ("{bar", 4015), ("foo{bar}{zap}", 5061),
            ("foo{bar", 15_278), ("}{", 12_793), ("\u{e9}", 10_180), ("{orders}:dead", 105), ("orders", 105),
        ] as [(String, UInt16)])
    func known(key: String, slot: UInt16) {
        #expect(KeySlot(of: Name(key)).number == slot)
    }

    @Test(
        "of a pattern are known where its keys have one tag",
        arguments: [
            ("foo", "foo"), ("foo{}{bar}", "foo{}{bar}"), ("{orders}:*", "orders"), ("a{orders}b?", "orders"),
            ("{orders}[ab]", "orders"), ("{orders}\\*", "orders"), ("{{bar}}*", "{bar"), ("{o}{*}", "o"),
            ("*", nil), ("orders*", nil), ("*{orders}", nil), ("{ord*}", nil), ("{}*{orders}", nil),
            ("{}{orders}*", nil),
            ("orders\\*", nil), ("{orders*", nil), ("}{*", nil),
        ] as [(String, String?)])
    func patterns(pattern: String, hashed: String?) {
        let expected = hashed.map { KeySlot(of: Name($0)) }
        #expect(KeySlot(ofAllMatching: Glob(pattern)) == expected)
    }
}
