import StreamModel
import Testing

@Suite("Figures as text")
struct FigureTextTests {
    @Test(
        "have three significant digits where they are rates",
        arguments: [
            (0, "0"), (0.000_9, "< 0.001"), (0.001, "0.001"), (0.012_34, "0.012"), (0.5, "0.5"), (0.9996, "1"),
            (1.234, "1.23"), (2, "2"), (2.5, "2.5"), (9.996, "10"), (12.345, "12.3"), (99.96, "100"), (123.4, "123"),
            (999.6, "1000"), (1_234, "1230"), (12_345, "12300"), (999_900, "1000000"), (1e14, "100000000000000"),
            (1e15, "> 1e15"), (.infinity, ""), (.nan, ""), (-1, ""),
        ] as [(Double, String)])
    func rates(rate: Double, text: String) {
        #expect(FigureText.rate(rate) == text)
    }

    @Test(
        "have one unit where they are durations, however long",
        arguments: [
            (0, "0 ms"), (0.25, "250 ms"), (1, "1 s"), (119.9, "119 s"), (120, "2 min"), (7_199, "119 min"),
            (7_200, "2 h"), (172_800, "2 days"), (3e9, "34722 days"), (1e300, "over 100 years"),
            (.infinity, "over 100 years"), (.nan, "over 100 years"), (-1, "0 ms"), (-.infinity, "0 ms"),
        ] as [(Double, String)])
    func durations(seconds: Double, text: String) {
        #expect(FigureText.duration(seconds) == text)
    }
}
