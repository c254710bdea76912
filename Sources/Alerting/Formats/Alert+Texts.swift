extension Alert {
    var name: String { labels["alertname"] ?? "" }

    /// What it is about, in a few words.
    var title: String {
        let summary = annotations["summary"] ?? ""
        let text = summary.isEmpty ? name : summary
        return status == .resolved ? "Resolved: \(text)" : text
    }

    /// Where its runbook is.
    var runbookURL: String? { Self.link(annotations["runbook_url"] ?? "") }

    /// Where weir shows it.
    var pageURL: String? { Self.link(generatorURL) }

    /// The description, what weir has done about it, the command and the links, in at most `limit` UTF-16 code units.
    func text(_ markup: Markup, links: [String], limit: Int) -> String {
        // Links are whole or left out, and leave at least half of the room.
        var linkLine = ""
        for link in links {
            let longer = linkLine.isEmpty ? link : "\(linkLine) · \(link)"
            if longer.utf16.count <= limit / 2 { linkLine = longer }
        }
        let room = limit - (linkLine.isEmpty ? 0 : linkLine.utf16.count + 1)

        let what = [annotations["description"], annotations["remediation"]].compactMap(\.self).joined(separator: "\n")
        let command = annotations["command"] ?? ""
        let wanted = markup.text(what, limit: min(room, Self.annotationLimit))
        let commandRoom = max(room / 2, room - wanted.utf16.count - 1)
        let code = command.isEmpty ? "" : markup.code(command, limit: min(commandRoom, Self.annotationLimit))
        let description = markup.text(what, limit: min(room - code.utf16.count - 1, Self.annotationLimit))
        return [description, code, linkLine].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// In UTF-16 code units; nobody reads on in a chat.
    private static let annotationLimit = 4_000

    /// Nil where it is empty, or longer than browsers and receivers take it: a stream's name is in it.
    private static func link(_ url: String) -> String? {
        url.isEmpty || url.utf8.count > 2_048 ? nil : url
    }
}
