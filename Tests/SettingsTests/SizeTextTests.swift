import Settings
import Testing

@Suite("Sizes")
struct SizeTextTests {
    @Test(
        "are read with binary and decimal units",
        arguments: [
            ("512B", 512), ("16KiB", 16_384), ("2MiB", 2_097_152), ("1GiB", 1_073_741_824), ("16KB", 16_000),
            ("2MB", 2_000_000), ("1GB", 1_000_000_000), ("0B", 0),
        ])
    func read(text: String, bytes: Int) throws {
        #expect(try SizeText.parse(text) == bytes)
    }

    @Test(
        "in any other form are refused",
        arguments: [
            "16k", "16K", "16 KiB", "1.5MiB", "-1B", "+1B", "KiB", "16kib", "１B", "99999999999999999999B",
            "9223372036854775807KiB",
        ])
    func refuse(text: String) {
        let error = #expect(throws: Complaint.self) { try SizeText.parse(text) }
        #expect(
            error?.description
                == "\"\(text)\" is not a size: a whole number with B, KiB, MiB, GiB, KB, MB or GB, such as 16KiB")
    }

    @Test("without a unit are refused, and the unit is offered")
    func bareNumber() {
        let error = #expect(throws: Complaint.self) { try SizeText.parse("16384") }
        #expect(error?.description == "16384 has no unit: 16384B?")
        #expect(throws: Complaint.empty(.size)) { try SizeText.parse("") }
    }
}
