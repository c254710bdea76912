import Terminal

/// Something that is wrong, as `weir once` tells of it.
struct Trouble: Equatable, Sendable {
    /// Why it says less than it seems to.
    enum Mark: Equatable, Sendable {
        /// Not yet for long enough to be told of.
        case pending
        case silenced
        /// That rule says what is really wrong.
        case inhibited(by: String)
    }

    /// `ok`: it is good to know, and no trouble.
    var status: CheckStatus
    /// Nil: it is no rule's.
    var rule: String?
    var what: String
    var target: String?
    var stream: String?
    var group: String?
    var mark: Mark?

    init(
        _ status: CheckStatus, _ what: String, target: String? = nil, stream: String? = nil, group: String? = nil
    ) {
        self.status = status
        self.what = what
        self.target = target
        self.stream = stream
        self.group = group
    }

    /// What an alert tells of; nil: it is over, or the same rule says something worse of the same.
    init?(_ alert: AlertsDocument.Item) {
        if alert.inhibitedBy == alert.alertname { return nil }
        switch alert.severity {
        case "critical": status = .critical
        case "warning": status = .warning
        default: status = .ok
        }
        rule = alert.alertname
        what = alert.what
        (target, stream, group) = (alert.target, alert.stream, alert.group)
        if let rule = alert.inhibitedBy {
            mark = .inhibited(by: rule)
        } else if alert.silenced {
            mark = .silenced
        } else if alert.state == "pending" {
            mark = .pending
        } else if alert.state != "firing" {
            return nil
        }
    }

    /// Whether it decides the exit status.
    var counts: Bool { status > .ok && (mark == nil || mark == .pending) }

    /// What it decides.
    var weight: CheckStatus { counts ? status : .ok }

    /// `orders: LagHigh (pending): Group …`; `namesTarget`: there are several.
    func sentence(namesTarget: Bool) -> String {
        var text = namesTarget && rule != nil ? target.map { "\($0): " } ?? "" : ""
        if let rule { text += rule }
        switch mark {
        case nil: break
        case .pending?: text += " (pending)"
        case .silenced?: text += " (silenced)"
        case .inhibited(let rule)?: text += " (because of \(rule))"
        }
        return text + (rule == nil ? "" : ": ") + what
    }

    func line(namesTarget: Bool) -> Line {
        let word = status == .ok ? "info" : status.word
        let ink: Ink = counts ? status.ink : .faint
        let padding = String(repeating: " ", count: max(1, 10 - word.count))
        return Line([Span(word, ink), Span(padding + sentence(namesTarget: namesTarget), counts ? .plain : .faint)])
    }
}
