import Testing

@testable import Exposition

@Suite("A sample's value")
struct MetricValueTests {
    @Test(
        "is written without loss",
        arguments: [
            (.integer(0), "0"), (.integer(.min), "-9223372036854775808"), (.unsigned(.max), "18446744073709551615"),
            (.real(0), "0.0"), (.real(0.1), "0.1"), (.real(1e-9), "1e-09"), (.real(1e300), "1e+300"),
            (.real(1_789_999_999.123), "1789999999.123"), (.real(.infinity), "+Inf"), (.real(-.infinity), "-Inf"),
            (.real(.nan), "NaN"), (MetricValue(true), "1"), (MetricValue(false), "0"),
        ] as [(MetricValue, String)])
    func text(value: MetricValue, text: String) {
        #expect(value.text == text)
    }

    @Test("is none where it is not known")
    func unknown() {
        #expect((nil as Int64?).metric == nil)
        #expect((nil as Double?).metric == nil)
        #expect((nil as Bool?).metric == nil)
        #expect([MetricSample].optional(nil).isEmpty)
        #expect([MetricSample].optional(.integer(3)) == [MetricSample(.integer(3))])
        #expect((false as Bool?).metric == .integer(0))
        for value in [Double.nan, .infinity, -.infinity] { #expect((value as Double?).metric == nil) }
    }

    @Test("is escaped once where it is a label's, and a HELP text's quotes stay")
    func escapes() {
        var bytes: [UInt8] = []
        bytes.append(labels: [("a", "x\\\"\ny"), ("b", "é\t\u{1B}")])
        #expect(String(decoding: bytes, as: UTF8.self) == "a=\"x\\\\\\\"\\ny\",b=\"é\t\u{1B}\"")
        bytes = []
        bytes.append(escaped: "x\\\"\ny", quotes: false)
        #expect(String(decoding: bytes, as: UTF8.self) == "x\\\\\"\\ny")
    }
}
