package import Platform

/// One receiver of alerts, as the user has named it.
package struct ChannelSettings: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case webhook(WebhookFormat)
        /// Pushes to the API v2 of every Alertmanager, and keeps firing alerts alive there.
        case alertmanager
        case slack
        case discord
        /// Events API v2.
        case pagerDuty(routingKey: Secret)
    }

    package enum WebhookFormat: String, CaseIterable, Sendable {
        /// The body of Alertmanager's webhooks, version 4.
        case alertmanager
        /// The body that Standard Webhooks recommends: `type`, `timestamp`, `data`.
        case standard
    }

    /// 1 s to 60 s: Standard Webhooks asks for 15 to 30.
    package static let defaultTimeout = Duration.seconds(15)
    package static let defaultRepeatInterval = Duration.seconds(4 * 3600)

    /// The `channel` label; no two are the same.
    package var name: String
    package var kind: Kind
    /// At least one, more only for `alertmanager`: `http://` or `https://`, whole.
    ///
    /// Secret, as that of a chat holds a token.
    package var urls: [Secret]
    /// Keys that sign what is sent, as bytes; during a rotation more than one.
    package var signingKeys: [Secret] = []
    /// In the order in which they were given.
    package var headers: [Header] = []
    /// Certificates of the authorities that are trusted in place of the system's.
    package var caFile: String?
    package var sendResolved = true
    package var repeatInterval = Self.defaultRepeatInterval
    /// For one attempt, from connecting to the end of the answer.
    package var timeout = Self.defaultTimeout

    package init(name: String, kind: Kind, urls: [Secret]) {
        self.name = name
        self.kind = kind
        self.urls = urls
    }

    package struct Header: Equatable, Sendable {
        package var name: String
        package var value: Secret

        package init(name: String, value: Secret) {
            self.name = name
            self.value = value
        }
    }
}
