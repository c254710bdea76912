import Remediation
import StreamModel
import Testing

@testable import WeirDaemon

@Suite("Remediation on the status page")
struct StatusActionsTests {
    private let board = ActionBoard()

    private var html: String { StatusActions.render(board.read()) }

    @Test("is shown only where a policy may do anything")
    func shown() {
        _ = board.record([.sample()])
        #expect(html == "")
        board.put(.sample(mode: .off, .sample()))
        #expect(html == "")
        board.put(.sample(.sample(mode: .off)))
        #expect(html == "")
        board.put(.sample(.sample(mode: .dryRun)))
        #expect(html.contains("<h2>Remediation</h2>\n<p>Mode act.</p>"))
        #expect(
            StatusActions.render(ActionBoard.State(settings: .sample(.sample()))).contains("Nothing was to be done"))
    }

    @Test("says that it is paused, why and since when")
    func paused() {
        board.put(.sample(.sample()))
        board.put(.paused(reason: "<why>", since: Timestamp(milliseconds: 1_795_264_245_007)))
        #expect(html.contains("<p class=\"bad\">It is paused since 2026-11-21 12:30:45 UTC: &lt;why&gt;</p>"))
        board.put(.paused(reason: "", since: nil))
        #expect(html.contains("<p class=\"bad\">It is paused.</p>"))
    }

    @Test("has the newest ten actions, with nothing in them that a browser would obey")
    func actions() {
        board.put(.sample(.sample()))
        _ = board.record((0..<10).map { .sample(text: "Number \($0).") })
        _ = board.record([
            .sample(at: 1_795_264_245_007, result: .failed, text: "<script>alert(1)</script>\u{338}\"'&")
        ])
        #expect(html.matches(of: /<li/).count == 10)
        #expect(!html.contains("Number 0.") && html.contains("Number 9."))
        #expect(
            html.contains(
                "<li class=\"bad\"><time>12:30:45</time> <b>requeue, failed</b> "
                    + "&lt;script&gt;alert(1)&lt;/script&gt;\u{338}&quot;&#39;&amp;</li>\n<li><time>"))
    }
}
