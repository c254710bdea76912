import Settings
import Testing

@Suite("The limit of a target's memory")
struct MemoryLimitTests {
    private static let target = "targets:\n  - url: redis://h\n    "

    @Test(
        "is read as a size, quoted or not, of 1 MiB and more",
        arguments: [
            ("2GiB", 2 << 30), ("\"2GiB\"", 2 << 30), ("500MB", 500_000_000), ("1MiB", 1 << 20),
            ("1048576B", 1 << 20),
        ] as [(String, Int64)])
    func read(text: String, bytes: Int64) throws {
        #expect(try Loading(Self.target + "memory_limit: \(text)").load().targets.map(\.memoryLimitBytes) == [bytes])
    }

    @Test("is not known where it is not given")
    func absent() throws {
        #expect(try Loading(Self.target).load().targets.map(\.memoryLimitBytes) == [nil])
    }

    @Test(
        "of another kind is refused",
        arguments: [
            (
                "memory_limit: 2G",
                "19: targets[0].memory_limit: \"2G\" is not a size: "
                    + "a whole number with B, KiB, MiB, GiB, KB, MB or GB, such as 16KiB"
            ),
            ("memory_limit: 2147483648", "19: targets[0].memory_limit: 2147483648 has no unit: 2147483648B?"),
            (
                "memory_limit: 1023KiB",
                "19: targets[0].memory_limit: \"1023KiB\" is out of range: 1048576 bytes and more, such as 2GiB"
            ),
            ("memory_limit:", "18: targets[0].memory_limit: empty; a size such as 16KiB is meant"),
            ("memory_limit: [2GiB]", "19: targets[0].memory_limit: a list, where a size such as 16KiB is meant"),
            ("memory_limit: {a: b}", "19: targets[0].memory_limit: a mapping, where a size such as 16KiB is meant"),
            ("memory_limt: 2GiB", "5: targets[0].memory_limt: unknown key; did you mean memory_limit?"),
        ])
    func refused(yaml: String, expected: String) {
        #expect(Loading(Self.target + yaml).complaints() == ["weir.yaml:3:" + expected])
    }
}
