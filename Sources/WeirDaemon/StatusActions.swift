import Alerting
import Remediation
import StreamModel

/// What remediation does, on the status page: nothing where no policy may do anything.
enum StatusActions {
    /// Actions that are shown: the newest.
    private static let shown = 10

    static func render(_ state: ActionBoard.State) -> String {
        guard !state.settings.inForce.isEmpty else { return "" }
        var html = "<section>\n<h2>Remediation</h2>\n"
        switch state.pause {
        case .running: html += "<p>Mode \(state.settings.mode.rawValue).</p>\n"
        case .paused(let reason, let since):
            let past = since.map { " since \($0.inUTC)" } ?? ""
            let why = reason.isEmpty ? "." : ": \(htmlEscaped(reason))"
            html += "<p class=\"bad\">It is paused\(past)\(why)</p>\n"
        }
        guard !state.rows.isEmpty else { return html + "<p>Nothing was to be done yet.</p>\n</section>\n" }
        html += "<ul>\n"
        for record in state.rows.prefix(shown).map(\.record) {
            let time = "<time>\(StatusPage.clockTime(record.time))</time>"
            let isBad = record.result == .failed ? " class=\"bad\"" : ""
            let what = "\(record.action.rawValue), \(record.result.rawValue)"
            html += "<li\(isBad)>\(time) <b>\(what)</b> \(htmlEscaped(record.text))</li>\n"
        }
        return html + "</ul>\n</section>\n"
    }
}
