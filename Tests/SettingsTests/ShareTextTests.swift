import Settings
import Testing

@Suite("Shares")
struct ShareTextTests {
    @Test(
        "are read as percentages and as fractions",
        arguments: [
            ("2%", 0.02), ("0.02", 0.02), ("0.5%", 0.005), ("100%", 1), ("1", 1), ("1.0", 1),
        ])
    func read(text: String, share: Double) throws {
        #expect(try ShareText.parse(text) == share)
    }

    @Test("of nothing, or of more than all, are out of range", arguments: ["0", "0%", "0.0", "2", "101%"])
    func outOfRange(text: String) {
        let error = #expect(throws: Complaint.self) { try ShareText.parse(text) }
        #expect(error?.description == "\"\(text)\" is out of range: above 0% to 100%, such as 2% or 0.02")
    }

    @Test(
        "in any other form are refused", arguments: ["2 %", "%", "two", "-2%", "1e-2", "0x1p-3", "nan", ".5", "1.2.3"])
    func refuse(text: String) {
        let error = #expect(throws: Complaint.self) { try ShareText.parse(text) }
        #expect(error?.description == "\"\(text)\" is not a share such as 2% or 0.02")
    }
}
