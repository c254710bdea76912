/// The kinds of channels, by their words in settings.
enum ChannelType: String, CaseIterable, SectionKind {
    case webhook
    case alertmanager
    case slack
    case discord
    case pagerduty

    /// Where PagerDuty takes events, unless it is told otherwise.
    static let pagerDutyURL = "https://events.pagerduty.com/v2/enqueue"

    static let key = "type"

    static let owners: [String: [ChannelType]] = [
        "url_file": [.webhook, .slack, .discord, .pagerduty],
        "urls": [.alertmanager],
        "format": [.webhook],
        "secret": [.webhook],
        "secret_file": [.webhook],
        "routing_key": [.pagerduty],
        "routing_key_file": [.pagerduty],
    ]

    /// Whether whoever knows the URL may write.
    var hasSecretURL: Bool {
        switch self {
        case .slack, .discord: true
        case .webhook, .alertmanager, .pagerduty: false
        }
    }
}
