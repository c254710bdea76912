import TestSupport
import Testing

@testable import StateFiles

@Suite("The names of state files")
struct StateFileTests {
    @Test(
        "show the target where they can",
        arguments: [
            (nil, "notes.json"), ("", "notes-.json"), ("orders", "notes-orders.json"),
            ("10.0.0.1:6379", "notes-10.0.0.1%3A6379.json"), ("/run/redis.sock", "notes-%2Frun%2Fredis.sock.json"),
            ("..", "notes-%2E..json"), ("../lock", "notes-%2E.%2Flock.json"), ("%2E", "notes-%252E.json"),
            ("größe", "notes-gr%C3%B6%C3%9Fe.json"), ("a~b c", "notes-a%7Eb%20c.json"), ("\0", "notes-%00.json"),
        ] as [(String?, String)])
    func table(target: String?, name: String) {
        #expect(StateFile<Notes>(target: target).name == name)
    }

    @Test("are the same in every run, also where a hash stands for what is too long")
    func stable() {
        let long = String(repeating: "x", count: 160)
        #expect(FileNameText.encoded(long) == long)
        let start = String(repeating: "x", count: 120)
        #expect(FileNameText.encoded(long + "x") == start + "~8c0c65a96f6a2b625dcda63f506a5af7")
        #expect(FileNameText.encoded(long + "y") == start + "~8c0c65a96e6a2b625dcda63f506a59bc")
    }

    @Test("are distinct, short and safe for any targets", arguments: UInt64(1)...8)
    func anyTargets(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = ["a", ".", "/", "%", "2F", "%2F", "~", "\0", "\n", "é", "e\u{301}", "🦀", "-", "A"]
        let long = String(repeating: "long", count: 50)
        var names: [[UInt8]: String] = [:]
        for _ in 0..<2_000 {
            let short = (0..<Int.random(in: 0...6, using: &random)).compactMap { _ in
                pieces.randomElement(using: &random)
            }.joined()
            let target = Bool.random(using: &random) ? short : long + short
            let name = StateFile<Notes>(target: target).name
            #expect(name.utf8.count <= 180)
            #expect(name.utf8.allSatisfy { $0 > UInt8(ascii: " ") && $0 < 0x7F && $0 != UInt8(ascii: "/") })
            #expect(FileNameText.encoded(target).utf8.first != UInt8(ascii: "."))
            names[Array(target.utf8)] = name
        }
        #expect(Set(names.values).count == names.count)
    }
}
