/// The kinds of channels, by their words in settings.
enum ChannelType: String, CaseIterable {
    case webhook
    case alertmanager
    case slack
    case discord
    case pagerduty

    static let words = allCases.map(\.rawValue)

    /// Where PagerDuty takes events, unless it is told otherwise.
    static let pagerDutyURL = "https://events.pagerduty.com/v2/enqueue"

    /// The keys that are for some types only.
    private static let owners: [String: [ChannelType]] = [
        "url_file": [.webhook, .slack, .discord, .pagerduty],
        "urls": [.alertmanager],
        "format": [.webhook],
        "secret": [.webhook],
        "secret_file": [.webhook],
        "routing_key": [.pagerduty],
        "routing_key_file": [.pagerduty],
    ]

    /// The types that know the key, where this one does not.
    func owners(of key: String) -> [ChannelType]? {
        guard let owners = Self.owners[key], !owners.contains(self) else { return nil }
        return owners
    }

    /// Whether whoever knows the URL may write.
    var hasSecretURL: Bool {
        switch self {
        case .slack, .discord: true
        case .webhook, .alertmanager, .pagerduty: false
        }
    }
}
