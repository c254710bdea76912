/// The flags as they were typed: checking them, and keeping their secrets, is the business of `Settings`.
package struct SettingsFlags: Sendable, Equatable {
    package var config: String?
    package var redis: [String]
    package var stream: [String]
    package var interval: String?
    package var listen: [String]
    package var stateDir: String?
    package var logLevel: String?
    package var logFormat: String?
    package var shard: String?
    package var webConfigFile: String?

    package init(
        config: String? = nil, redis: [String] = [], stream: [String] = [], interval: String? = nil,
        listen: [String] = [], stateDir: String? = nil, logLevel: String? = nil, logFormat: String? = nil,
        shard: String? = nil, webConfigFile: String? = nil
    ) {
        self.config = config
        self.redis = redis
        self.stream = stream
        self.interval = interval
        self.listen = listen
        self.stateDir = stateDir
        self.logLevel = logLevel
        self.logFormat = logFormat
        self.shard = shard
        self.webConfigFile = webConfigFile
    }

    func values(of option: SettingsOption) -> [String] {
        switch option {
        case .config: config.map { [$0] } ?? []
        case .redis: redis
        case .stream: stream
        case .interval: interval.map { [$0] } ?? []
        case .listen: listen
        case .stateDir: stateDir.map { [$0] } ?? []
        case .logLevel: logLevel.map { [$0] } ?? []
        case .logFormat: logFormat.map { [$0] } ?? []
        case .shard: shard.map { [$0] } ?? []
        case .webConfigFile: webConfigFile.map { [$0] } ?? []
        }
    }
}

extension SettingsFlags: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Only which flags were given: a URL may hold a password, and so may anything typed in the wrong place.
    package var description: String {
        SettingsOption.allCases.filter { !values(of: $0).isEmpty }.map(\.flag).joined(separator: " ")
    }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
