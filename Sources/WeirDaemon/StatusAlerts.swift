import Alerting

/// What fires, on the status page: the worst first.
enum StatusAlerts {
    /// Alerts that are shown: whatever is wrong beyond, somebody reading these knows that all is.
    private static let shown = 50

    static func render(_ incidents: [Incident]) -> String {
        let firing = incidents.filter { $0.phase == .firing }
        guard !firing.isEmpty else { return "" }
        let told = firing.filter { $0.suppression == nil }
        var html = "<section>\n<h2>Alerts</h2>\n<ul>\n"
        for incident in told.prefix(shown) {
            let text = "\(incident.key.rule.rawValue) (\(incident.finding.severity.rawValue))"
            html += "<li class=\"bad\"><b>\(htmlEscaped(text))</b> \(htmlEscaped(incident.finding.what))"
            if let command = incident.finding.command { html += " <code>\(htmlEscaped(command))</code>" }
            html += "</li>\n"
        }
        if told.count > shown { html += "<li>and \(told.count - shown) more</li>\n" }
        let rest = firing.count - told.count
        if rest > 0 { html += "<li>\(rest) more that these explain, or that are silenced</li>\n" }
        return html + "</ul>\n</section>\n"
    }
}
