import Settings
import Testing

@Suite("Durations")
struct DurationTextTests {
    @Test(
        "are read with their units, single and compound",
        arguments: [
            ("250ms", Duration.milliseconds(250)), ("5s", .seconds(5)), ("2m", .seconds(120)), ("4h", .seconds(14_400)),
            ("1d", .seconds(86_400)), ("1m30s", .seconds(90)), ("1d2h3m4s5ms", .milliseconds(93_784_005)),
            ("0s", .zero), ("007s", .seconds(7)), ("90m", .seconds(5400)),
        ])
    func read(text: String, duration: Duration) throws {
        #expect(try DurationText.parse(text) == duration)
    }

    @Test(
        "in any other form are refused with what was meant",
        arguments: [
            "5 parsecs", "5 s", " 5s", "1.5s", "-5s", "+5s", "s", "ms", "5sec", "30s1m", "5s5s", "5S", "1h ", "１s",
            "5s6",
            "999999999999999999999s", "9223372036854775807d", "106751991167d106751991167h", "nan",
        ])
    func refuse(text: String) {
        let error = #expect(throws: Complaint.self) { try DurationText.parse(text) }
        #expect(
            error?.description
                == "\"\(text)\" is not a duration: whole numbers with ms, s, m, h or d, the largest first, such as 5s or 1m30s"
        )
    }

    @Test("without a unit are refused, and the unit is offered")
    func bareNumber() {
        let error = #expect(throws: Complaint.self) { try DurationText.parse("5") }
        #expect(error?.description == "5 has no unit: 5s?")
        #expect(throws: Complaint.empty(.duration)) { try DurationText.parse("") }
    }

    @Test("are written as they are read", arguments: ["250ms", "5s", "1m30s", "1d", "1h1ms", "0s"])
    func format(text: String) throws {
        #expect(DurationText.format(try DurationText.parse(text)) == text)
    }
}
